using Microsoft.Playwright;
using Npgsql;

namespace StudyQuiz.Browser.Tests;

/// <summary>Flashcards of which several decks hold the same, what is taken back, and a device that is full.</summary>
[Collection<OneAppForCards>]
public sealed class CardsUndoTests(AppProcess app, Chromium chromium)
{
    private const string Study = "/cards/study?deck=yangtze-delta-symposium-2020";
    private const string Newest = "(select id from learner order by id desc limit 1)";

    [Fact]
    public async Task A_card_is_one_in_all_decks_and_what_was_done_last_is_taken_back_after_a_reload_too()
    {
        var page = await NotebookTests.FilledAsync(app, chromium, Screen.Phone);
        var notebook = (await page.Locator(".head a[href$='~notebook']").GetAttributeAsync("href"))!;
        var zone = await page.EvaluateAsync<string>("() => Intl.DateTimeFormat().resolvedOptions().timeZone");
        Assert.Equal(1, await NumberAsync($"select count(*) from learner where id = {Newest} and time_zone = '{zone}'"));
        // What was missed has come in its source's deck as well
        await NumberAsync($"with come as (update card set due_day = last_day where learner_id = {Newest} returning 1) select count(*) from come");
        await page.GotoAsync(Study);
        var inSource = await LeftAsync(page);
        await page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await page.GotoAsync(notebook);
        var missed = await LeftAsync(page);

        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".strip")).ToContainTextAsync("离线");
        var first = await QuestionAsync(page);
        await CardsTests.RateAsync(page, isKnown: true);
        await Assertions.Expect(page.Locator("[data-unsent='1']")).ToBeVisibleAsync();
        await page.GotoAsync(Study);
        Assert.Equal(inSource - 1, await LeftAsync(page));
        await page.GotoAsync(notebook);
        Assert.Equal(missed - 1, await LeftAsync(page));
        var second = await QuestionAsync(page);
        await SetAsideAsync(page, "埋到明天", missed - 2);
        var third = await QuestionAsync(page);
        await SetAsideAsync(page, "搁置", missed - 3);
        Assert.Equal(3, new[] { first, second, third }.Distinct(StringComparer.Ordinal).Count());

        await page.ReloadAsync();
        await UndoAsync(page, "撤销“搁置”", third, "已撤销“搁置”");
        await page.ReloadAsync();
        await UndoAsync(page, "撤销“埋到明天”", second, "已撤销“埋到明天”");
        await UndoAsync(page, "撤销上一张", first, "已撤销上次的“会”");
        await Assertions.Expect(page.Locator(".undo")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".mid b")).ToHaveTextAsync($"{missed}");

        // What the server leaves out of the next pack comes back all the same
        await SetAsideAsync(page, "搁置", missed - 1);
        // A request that was begun without the network fails only when it is back, after many that made the next wait long
        await page.EvaluateAsync(
            """
            () => {
              const real = window.fetch;
              let isHeld = true;
              const back = new Promise(resolve => addEventListener('online', () => { isHeld = false; setTimeout(resolve, 50); }));
              window.fetch = (address, ...rest) => isHeld && `${address}`.endsWith('/changes')
                ? back.then(() => { throw new TypeError('cut'); })
                : real(address, ...rest);
              document.dispatchEvent(new Event('visibilitychange'));
            }
            """);
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.Locator("[data-link=saved]")).ToHaveAttributeAsync("data-unsent", "0");
        await page.ReloadAsync();
        Assert.Equal(missed - 1, await LeftAsync(page));
        await UndoAsync(page, "撤销“搁置”", first, "已撤销“搁置”");
        await Assertions.Expect(page.Locator(".mid b")).ToHaveTextAsync($"{missed}");
        await Assertions.Expect(page.Locator("[data-link=saved]")).ToHaveAttributeAsync("data-unsent", "0");
        await page.ReloadAsync();
        Assert.Equal(missed, await LeftAsync(page));
        Assert.Equal((0, 1, 1), (
            await NumberAsync($"select count(*) from question_mark where learner_id = {Newest} and (suspended or buried_day >= current_date)"),
            await NumberAsync($"select count(*) from review where learner_id = {Newest} and kind = 'rated'"),
            await NumberAsync($"select count(*) from review where learner_id = {Newest} and kind = 'undone'")));
    }

    [Fact]
    public async Task A_device_that_is_full_says_so_and_calls_nothing_saved_that_is_not()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        await page.GotoAsync(Study);
        await CardsTests.RateAsync(page, isKnown: true);
        await Assertions.Expect(page.Locator("[data-link=saved]")).ToHaveTextAsync("已保存");
        await page.EvaluateAsync("() => { for (const write of ['add', 'put']) IDBObjectStore.prototype[write] = () => { throw new DOMException('full', 'QuotaExceededError'); }; }");
        await page.Context.SetOfflineAsync(true);
        for (var i = 1; i <= 2; i++)
        {
            await CardsTests.RateAsync(page, isKnown: true);
            await Assertions.Expect(page.Locator("[data-full]")).ToContainTextAsync($"有{i}条只在这一页里");
            await Assertions.Expect(page.Locator(".saved")).ToHaveTextAsync($"离线，{i}条待同步");
        }

        await page.Locator(".undo").ClickAsync();
        await Assertions.Expect(page.Locator("[data-undone]")).ToBeVisibleAsync();
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.Locator("[data-link=saved]")).ToHaveAttributeAsync("data-unsent", "0");
        await Assertions.Expect(page.Locator("[data-full]")).ToContainTextAsync("都已送到服务器");
        Assert.Equal((3, 1), (
            await NumberAsync($"select count(*) from review where learner_id = {Newest} and kind = 'rated'"),
            await NumberAsync($"select count(*) from review where learner_id = {Newest} and kind = 'undone'")));

        // Where there is room again nothing is said of it
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-full]")).ToHaveCountAsync(0);
    }

    private static async Task<int> LeftAsync(IPage page) =>
        int.Parse(await page.Locator(".mid b").InnerTextAsync(), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<string> QuestionAsync(IPage page) => (await page.Locator(".card").GetAttributeAsync("data-question"))!;

    private static async Task SetAsideAsync(IPage page, string deed, int left)
    {
        await page.GetByRole(AriaRole.Button, new() { Name = "更多" }).ClickAsync();
        await page.Locator("dialog .deed button", new() { HasText = deed }).ClickAsync();
        await Assertions.Expect(page.Locator(".mid b")).ToHaveTextAsync($"{left}");
    }

    private static async Task UndoAsync(IPage page, string button, string question, string told)
    {
        await page.Locator(".undo", new() { HasText = button }).ClickAsync();
        await Assertions.Expect(page.Locator(".card")).ToHaveAttributeAsync("data-question", question);
        await Assertions.Expect(page.Locator("[data-undone]")).ToContainTextAsync(told);
    }

    private async Task<long> NumberAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(app.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
