using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Npgsql;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.Browser.Tests;

/// <summary>Flashcards where a browser, a day or a card passes from one to another: tabs, people, midnight.</summary>
[Collection<OneAppForCards>]
public sealed class CardsHandoverTests(AppProcess app, Chromium chromium)
{
    private const string Slug = "yangtze-delta-symposium-2020";
    private const string Study = $"/cards/study?deck={Slug}";
    private const string Newest = "(select id from learner order by id desc limit 1)";

    [Fact]
    public async Task Two_tabs_of_a_fresh_browser_begin_one_learner_and_both_can_send()
    {
        var first = await chromium.PersonAsync(app.Address, Screen.Phone);
        var second = await first.Context.NewPageAsync();
        var before = await NumberAsync("select count(*) from learner");
        // Both requests leave before either is answered
        var (asked, both) = (0, new TaskCompletionSource());
        await first.Context.RouteAsync("**/pack", async route =>
        {
            if (Interlocked.Increment(ref asked) == 2) both.SetResult();
            await both.Task;
            await route.ContinueAsync();
        });
        await Task.WhenAll(first.GotoAsync(Study), second.GotoAsync(Study));
        foreach (var page in (IPage[])[first, second]) await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        Assert.Equal(1, await NumberAsync("select count(*) from learner") - before);
        // a secret that the cookie has replaced lies nowhere a script can read it
        Assert.Equal(0, await first.EvaluateAsync<int>("() => new Promise(resolve => { const o = indexedDB.open('studyquiz-device'); o.onsuccess = () => { const c = o.result.transaction('secrets').objectStore('secrets').count(); c.onsuccess = () => resolve(c.result); }; })"));

        foreach (var page in (IPage[])[first, second])
        {
            await page.ReloadAsync();
            await CardsTests.RateAsync(page, isKnown: true);
            await Assertions.Expect(page.Locator("[data-link=saved]")).ToHaveAttributeAsync("data-unsent", "0");
            await Assertions.Expect(page.Locator(".note.warn")).ToHaveCountAsync(0);
        }

        // the page shows that nothing waits before it has taken the answer, too
        await UntilAsync($"select count(*) from review where learner_id = {Newest}", 2);
    }

    [Fact]
    public async Task Reviews_of_a_browser_that_lost_its_cookie_go_to_whom_it_has_become()
    {
        var page = await WithTwoUnsentAsync();
        await page.Context.ClearCookiesAsync();
        await page.UnrouteAllAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("[data-link=saved]")).ToHaveAttributeAsync("data-unsent", "0");
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".note.warn")).ToHaveCountAsync(0);
        Assert.Equal(2, await NumberAsync($"select count(*) from review where learner_id = {Newest}"));
        // Answered where the cookie is lost in the middle of it, likewise
        await page.Context.ClearCookiesAsync();
        await CardsTests.RateAsync(page, isKnown: true);
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await UntilAsync($"select count(*) from review where learner_id = {Newest}", 1);
    }

    [Fact]
    public async Task An_account_is_asked_before_it_gets_reviews_that_were_made_without_one()
    {
        var page = await WithTwoUnsentAsync();
        await page.Context.ClearCookiesAsync();
        await CardsTests.SignUpAsync(page, "heng");
        await page.UnrouteAllAsync();
        await page.GotoAsync(Study);
        const string Hengs = "select count(*) from review r join learner l on l.id = r.learner_id join account a on a.id = l.account_id where a.user_name = 'heng'";
        await Assertions.Expect(page.Locator(".note.warn")).ToContainTextAsync("2条");
        Assert.Equal(0, await NumberAsync(Hengs));
        await page.GetByRole(AriaRole.Button, new() { Name = "算作我的复习" }).ClickAsync();
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".note.warn")).ToHaveCountAsync(0);
        await UntilAsync(Hengs, 2);
    }

    [Fact]
    public async Task Without_a_network_nobody_gets_the_cards_of_who_was_here_before()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        await CardsTests.SignUpAsync(page, "bobby");
        await page.GotoAsync(Study);
        await page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".strip")).ToContainTextAsync("这是bobby的卡");

        // The session ends without the form, somebody else signs up, and the network goes
        await page.Context.SetOfflineAsync(false);
        await page.Context.ClearCookiesAsync();
        await CardsTests.SignUpAsync(page, "carol");
        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync(Study);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("现在没有网络");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("请联网打开一次闪卡");
        await Assertions.Expect(page.Locator(".card, .kept")).ToHaveCountAsync(0);

        // The page that could not open comes back by itself, and then works without a network as well
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await page.Context.SetOfflineAsync(true);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".strip")).ToContainTextAsync("这是carol的卡");
        await CardsTests.RateAsync(page, isKnown: true);
        await Assertions.Expect(page.Locator("[data-unsent]")).ToHaveAttributeAsync("data-unsent", "1");
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.Locator("[data-link=saved]")).ToHaveAttributeAsync("data-unsent", "0");
        Assert.Equal((0, 1), (
            await NumberAsync("select count(*) from review r join learner l on l.id = r.learner_id join account a on a.id = l.account_id where a.user_name = 'bobby'"),
            await NumberAsync("select count(*) from review r join learner l on l.id = r.learner_id join account a on a.id = l.account_id where a.user_name = 'carol'")));
    }

    [Fact]
    public async Task A_screen_left_open_reaches_the_next_study_day_and_counts_the_time_on_cards()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone, zone: Chromium.Noon);
        await page.Clock.InstallAsync();
        await OneCardADayAsync(page);
        await page.GotoAsync(Study);
        await FinishAsync(page);
        await page.Clock.FastForwardAsync("00:50:00");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("用了1分钟");
        var done = await page.Locator("h1").TextContentAsync();
        Assert.Equal("今天的卡都过完了", done);

        await page.Clock.FastForwardAsync("49:00:00");
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        // for the server it is still the same day
        await Assertions.Expect(page.Locator(".deck-notes .note.warn")).ToContainTextAsync("时钟快了约2天");

        // A card that was turned before the day ended is answered on the day after, and its answer kept
        await page.Locator(".rate .show").ClickAsync();
        await page.Clock.FastForwardAsync("24:00:00");
        await Assertions.Expect(page.Locator(".card.turned")).ToBeVisibleAsync();
        var question = await page.Locator(".card").GetAttributeAsync("data-question");
        var answers = await NumberAsync($"select count(*) from review where learner_id = {Newest} and question_id = {question}");
        await page.Locator(".rate .yes").ClickAsync();
        await UntilAsync($"select count(*) from review where learner_id = {Newest} and question_id = {question}", answers + 1);

        // A clock without a date is told, and once it is set the cards come
        await page.Clock.SetSystemTimeAsync(new DateTime(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("这台设备的时钟不对");
        await page.Clock.SetSystemTimeAsync(DateTime.UtcNow);
        await page.EvaluateAsync("() => dispatchEvent(new Event('focus'))");
        await Assertions.Expect(page.Locator("h1")).Not.ToHaveTextAsync("这台设备的时钟不对");
    }

    [Fact]
    public async Task Without_a_network_a_screen_left_open_goes_on_with_the_next_day_and_loses_nothing()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone, zone: Chromium.Noon);
        await page.Clock.InstallAsync();
        await OneCardADayAsync(page);
        await page.GotoAsync(Study);
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await page.Context.SetOfflineAsync(true);
        await FinishAsync(page);
        var waiting = await page.Locator("[data-unsent]").GetAttributeAsync("data-unsent");
        await page.Clock.FastForwardAsync("25:00:00");
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-unsent]")).ToHaveAttributeAsync("data-unsent", waiting!);
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.Locator("[data-link=saved]")).ToHaveAttributeAsync("data-unsent", "0");
    }

    [Fact]
    public async Task A_card_that_another_tab_has_answered_is_not_answered_again()
    {
        var first = await chromium.PersonAsync(app.Address, Screen.Phone);
        await first.GotoAsync(Study);
        await Assertions.Expect(first.Locator(".card")).ToBeVisibleAsync();
        var second = await first.Context.NewPageAsync();
        await second.GotoAsync(Study);
        var question = await first.Locator(".card").GetAttributeAsync("data-question");
        await Assertions.Expect(second.Locator(".card")).ToHaveAttributeAsync("data-question", question!);
        await second.Locator(".rate .show").ClickAsync();
        await CardsTests.RateAsync(first, isKnown: true);
        await Assertions.Expect(first.Locator("[data-link=saved]")).ToHaveAttributeAsync("data-unsent", "0");
        await second.Locator(".rate .yes").ClickAsync();
        await Assertions.Expect(second.Locator(".deck-notes")).ToContainTextAsync("另一个窗口");
        await Assertions.Expect(second.Locator(".card")).Not.ToHaveAttributeAsync("data-question", question!);
        Assert.Equal(1, await NumberAsync($"select count(*) from review where learner_id = {Newest}"));

        // Coming back to a tab shows what the other has done
        var next = await second.Locator(".card").GetAttributeAsync("data-question");
        await CardsTests.RateAsync(second, isKnown: true);
        await Assertions.Expect(second.Locator(".deck-notes .note")).ToHaveCountAsync(0);
        await Assertions.Expect(first.Locator(".card")).ToHaveAttributeAsync("data-question", next!);
        await first.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");
        await Assertions.Expect(first.Locator(".card")).Not.ToHaveAttributeAsync("data-question", next!);
    }

    [Fact]
    public async Task More_than_a_batch_holds_goes_on_with_the_next()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        var packs = 0;
        await page.RouteAsync("**/pack", async route =>
        {
            var answer = await route.FetchAsync();
            var pack = JsonNode.Parse(await answer.TextAsync())!;
            if (packs++ == 0)
            {
                // As of a day that holds more than a pack: one card is in it
                (pack["newToday"], pack["newPerDay"], pack["later"], pack["more"], pack["ratingButtons"]) = (1, 1, 9, 9, 4);
                pack["cards"] = new JsonArray(pack["cards"]![0]!.DeepClone());
            }

            await route.FulfillAsync(new() { Response = answer, Body = pack.ToJsonString() });
        });
        await page.GotoAsync(Study);
        await page.Locator(".rate .show").ClickAsync();
        await page.Locator("[data-rating='4']").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("今天还有9张没装进这一批");
        await page.GetByRole(AriaRole.Button, new() { Name = "接着来" }).ClickAsync();
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("[data-link=saved]")).ToHaveTextAsync("已保存");
        // what was done of the day stays counted
        await Assertions.Expect(page.Locator(".steps")).ToHaveAttributeAsync("aria-valuenow", "1");
    }

    [Fact]
    public async Task What_the_server_cannot_read_holds_up_nothing_else_in_the_queue()
    {
        var page = await WithTwoUnsentAsync();
        // A note that was cut in the middle of a character, and a change of which nothing can be made
        await page.EvaluateAsync(
            """
            () => new Promise((resolve, reject) => {
              const opening = indexedDB.open('studyquiz-cards');
              opening.onsuccess = () => {
                const transaction = opening.result.transaction('changes', 'readwrite');
                const changes = transaction.objectStore('changes');
                changes.getAll().onsuccess = ({ target: { result: [{ learner }] } }) => {
                  const [at, question] = [new Date().toISOString(), Number(document.querySelector('.card').dataset.question)];
                  changes.add({ learner, change: { kind: 'mark', body: { id: '11111111-1111-4111-8111-111111111111', question, at, note: 'a\ud83db' } } });
                  changes.add({ learner, change: { kind: 'review', body: { id: '22222222-2222-4222-8222-222222222222', version: 'none', at, rating: 3 } } });
                };
                transaction.oncomplete = resolve;
                transaction.onabort = reject;
              };
            })
            """);
        await page.UnrouteAllAsync();
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".note.warn")).ToContainTextAsync("有1条服务器不收");
        await Assertions.Expect(page.Locator("[data-link=saved]")).ToHaveAttributeAsync("data-unsent", "0");
        Assert.Equal((2, 1), (
            await NumberAsync($"select count(*) from review where learner_id = {Newest}"),
            await NumberAsync($"select count(*) from question_mark where learner_id = {Newest} and note = 'a' || chr(65533) || 'b'")));
    }

    [Fact]
    public async Task Where_nothing_is_kept_for_times_without_a_network_the_screens_say_so_from_the_start()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone, userAgent: "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36 MicroMessenger/8.0.50");
        await page.GotoAsync("/cards");
        await Assertions.Expect(page.Locator("[data-no-offline]")).ToContainTextAsync("在浏览器打开");
        await page.GotoAsync(Study);
        await Assertions.Expect(page.Locator(".deck-notes [data-no-offline]")).ToContainTextAsync("在浏览器打开");
        await page.Context.SetOfflineAsync(true);
        await Assertions.Expect(page.Locator(".strip")).ToContainTextAsync("在浏览器打开");
        await page.Context.SetOfflineAsync(false);
        await CardsTests.RateAsync(page, isKnown: true);
        await Assertions.Expect(page.Locator("[data-no-offline]")).ToHaveCountAsync(0);

        var plain = await chromium.PersonAsync(new Uri($"http://{Chromium.LanName}:{app.Port}"), Screen.Phone);
        await plain.GotoAsync("/cards");
        await Assertions.Expect(plain.Locator("[data-no-offline]")).ToContainTextAsync("https");
        await plain.GotoAsync(Study);
        await Assertions.Expect(plain.Locator(".deck-notes [data-no-offline]")).ToContainTextAsync("https");

        // and where it works nobody is told anything
        var able = await chromium.PersonAsync(app.Address, Screen.Phone);
        await able.GotoAsync("/cards");
        await Assertions.Expect(able.Locator("[data-no-offline]")).ToBeHiddenAsync();
        await able.GotoAsync(Study);
        await able.EvaluateAsync("() => navigator.serviceWorker.ready");
        await Assertions.Expect(able.Locator(".card")).ToBeVisibleAsync();
        await Assertions.Expect(able.Locator("[data-no-offline]")).ToHaveCountAsync(0);
    }

    // A browser without an account whose two answers did not reach the server
    private async Task<IPage> WithTwoUnsentAsync()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        await page.RouteAsync("**/api/cards/changes", route => route.AbortAsync());
        await page.GotoAsync(Study);
        for (var i = 1; i <= 2; i++)
        {
            await CardsTests.RateAsync(page, isKnown: true);
            await Assertions.Expect(page.Locator("[data-unsent]")).ToHaveAttributeAsync("data-unsent", $"{i}");
        }

        return page;
    }

    private static Task OneCardADayAsync(IPage page) =>
        page.RouteAsync("**/pack", async route =>
        {
            var answer = await route.FetchAsync();
            var pack = JsonNode.Parse(await answer.TextAsync())!;
            (pack["newToday"], pack["newPerDay"], pack["ratingButtons"]) = (1, 1, 2);
            await route.FulfillAsync(new() { Response = answer, Body = pack.ToJsonString() });
        });

    // A new card comes twice before it is over for the day
    private static async Task FinishAsync(IPage page)
    {
        for (var i = 0; i < 2; i++)
        {
            await CardsTests.RateAsync(page, isKnown: true);
            await Assertions.Expect(page.Locator(i == 0 ? ".card:not(.turned)" : "h1:text('今天的卡都过完了')")).ToBeVisibleAsync();
        }
    }

    private Task UntilAsync(string sql, long expected) => Until.TrueAsync(async () => await NumberAsync(sql) == expected, $"{expected} by {sql}");

    private async Task<long> NumberAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(app.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
