using Microsoft.Playwright;
using Npgsql;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.Browser.Tests;

/// <summary>Flashcards as people use them: by finger, by keyboard, with the network gone and the browser killed.</summary>
public sealed class CardsTests(AppProcess app, Chromium chromium) : IClassFixture<AppProcess>
{
    private const string Slug = "yangtze-delta-symposium-2020";
    private const string Busiest = "(select learner_id from review group by learner_id order by count(*) desc limit 1)";
    private const string Study = $"/cards/study?deck={Slug}";

    [Fact]
    public async Task Twenty_cards_reviewed_without_a_network_survive_a_killed_browser_and_are_stored_once_each()
    {
        using var folder = TestFolder.Create();
        var first = await chromium.KeepingAsync(app.Address, folder.Path, Screen.Phone);
        var page = first.Pages[0];
        await page.GotoAsync(Study);
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await ExecuteAsync("insert into deck (learner_id, source_id, new_per_day) select l.id, s.id, 40 from learner l, source s where s.slug = @slug on conflict (learner_id, source_id) do update set new_per_day = 40");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".mid b")).ToHaveTextAsync("40");
        Assert.True(await page.EvaluateAsync<bool>("() => navigator.serviceWorker.ready.then(() => true)"));
        await first.CloseAsync();

        // The network goes, the browser was closed: it opens from what it kept
        await app.KillAsync();
        var second = await chromium.KeepingAsync(app.Address, folder.Path, Screen.Phone);
        await second.SetOfflineAsync(true);
        page = second.Pages[0];
        await page.GotoAsync(Study);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 1; i <= 20; i++)
        {
            await Assertions.Expect(page.Locator(".card:not(.turned)")).ToBeVisibleAsync();
            seen.Add((await page.Locator(".card").GetAttributeAsync("data-question"))!);
            await RateAsync(page, isKnown: i % 3 != 0);
            await Assertions.Expect(page.Locator("[data-unsent]")).ToHaveAttributeAsync("data-unsent", $"{i}");
        }

        await Assertions.Expect(page.Locator(".saved")).ToHaveTextAsync("离线，20条待同步");
        Chromium.Kill(folder.Path);
        Assert.Equal(20, seen.Count);

        await app.StartAsync();
        var third = await chromium.KeepingAsync(app.Address, folder.Path, Screen.Phone);
        page = third.Pages[0];
        await page.GotoAsync(Study);
        await Assertions.Expect(page.Locator("[data-unsent]")).ToHaveAttributeAsync("data-unsent", "0");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await third.CloseAsync();

        Assert.Equal("20, 20, 20", await NumbersAsync("select count(*), count(distinct client_id), count(distinct question_id) from review where learner_id = " + Busiest + " and question_id = any(@questions)", seen));
        Assert.Equal("6", await NumbersAsync("select count(*) from review where rating = 1 and learner_id = " + Busiest, seen));
    }

    [Fact]
    public async Task A_new_version_of_the_shell_loses_no_review_that_waits()
    {
        using var front = new UpdatedShell(app.Address);
        var page = await chromium.PersonAsync(front.Address, Screen.Phone);
        await page.GotoAsync(Study);
        await page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await page.Context.SetOfflineAsync(true);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 1; i <= 3; i++)
        {
            await Assertions.Expect(page.Locator(".card:not(.turned)")).ToBeVisibleAsync();
            seen.Add((await page.Locator(".card").GetAttributeAsync("data-question"))!);
            await RateAsync(page, isKnown: true);
            await Assertions.Expect(page.Locator("[data-unsent]")).ToHaveAttributeAsync("data-unsent", $"{i}");
        }

        // The network is back with a newer version, whose server does not take the reviews yet: the open page goes on as it is
        (front.IsUpdated, front.LosesChanges) = (true, true);
        await page.Context.SetOfflineAsync(false);
        await page.EvaluateAsync("() => navigator.serviceWorker.getRegistration().then(one => one.update())");
        await page.WaitForFunctionAsync("() => navigator.serviceWorker.getRegistration().then(one => Boolean(one.waiting))");
        await Assertions.Expect(page.Locator("[data-unsent]")).ToHaveAttributeAsync("data-unsent", "3");
        Assert.NotEqual(0, front.Lost);

        // Closed and opened: the new one has taken over, and the reviews still wait
        var next = await page.Context.NewPageAsync();
        await page.CloseAsync();
        // the browser needs a moment to see that nobody uses the old one any more
        for (var tries = 1; tries <= 20; tries++)
        {
            await next.GotoAsync("about:blank");
            try
            {
                await next.GotoAsync(Study, new() { Timeout = 5_000 });
            }
            catch (TimeoutException)
            {
                // a page that was asked for in the very moment of the change may never come; whoever sees that loads it again
                continue;
            }

            if (await next.Locator("html[data-shell=new]").CountAsync() == 1) break;
        }

        await Assertions.Expect(next.Locator("html[data-shell=new]")).ToHaveCountAsync(1);
        await Assertions.Expect(next.Locator("[data-unsent]")).ToHaveAttributeAsync("data-unsent", "3");
        var caches = await next.EvaluateAsync<string[]>("() => caches.keys()");
        Assert.Equal("studyquiz-shell-ffffffffffff", Assert.Single(caches));

        front.LosesChanges = false;
        await next.ReloadAsync();
        await Assertions.Expect(next.Locator("[data-unsent]")).ToHaveAttributeAsync("data-unsent", "0");
        await Assertions.Expect(next.Locator(".card")).ToBeVisibleAsync();
        Assert.Equal("3, 3", await NumbersAsync("select count(*), count(distinct question_id) from review where received_at > now() - interval '2 minutes' and question_id = any(@questions) and learner_id = (select learner_id from review order by received_at desc limit 1)", seen));
    }

    [Fact]
    public async Task The_keyboard_alone_turns_rates_shows_evidence_and_undoes()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Desktop, "en-GB", dark: true);
        await page.GotoAsync(Study);
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        var question = await page.Locator(".card").GetAttributeAsync("data-question");
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.Locator(".card.turned .answer")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("e");
        await Assertions.Expect(page.Locator("figure.ev mark").First).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("1");
        await Assertions.Expect(page.Locator(".card")).Not.ToHaveAttributeAsync("data-question", question!);
        await Assertions.Expect(page.Locator(".ask")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".saved")).ToHaveTextAsync("Saved");
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Locator(".card")).ToHaveAttributeAsync("data-question", question!);
        await Assertions.Expect(page.Locator(".card:not(.turned)")).ToBeVisibleAsync();

        // A key that is held down does what one press does
        foreach (var key in new[] { "Enter", "2", "Space", "u", "Enter", "1" })
        {
            for (var i = 0; i < 6; i++) await page.Keyboard.DownAsync(key);
            await page.Keyboard.UpAsync(key);
            await Assertions.Expect(page.Locator(key is "Enter" or "Space" ? ".card.turned" : ".card:not(.turned)")).ToBeVisibleAsync();
        }

        await Assertions.Expect(page.Locator(".saved")).ToHaveTextAsync("Saved");
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Locator(".card")).ToHaveAttributeAsync("data-question", question!);

        // Held down on what opens a dialog it does nothing to what the dialog begins with
        await page.GetByRole(AriaRole.Button, new() { Name = "More: favourite, note, put off, suspend" }).FocusAsync();
        await page.Keyboard.DownAsync("Enter");
        await Assertions.Expect(page.Locator("dialog button[aria-pressed]")).ToBeFocusedAsync();
        await page.Keyboard.DownAsync("Enter");
        await page.Keyboard.UpAsync("Enter");
        await Assertions.Expect(page.Locator("dialog button[aria-pressed=false]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);

        // What can be done otherwise opens at its first deed, keeps the focus, and gives it back to the card
        foreach (var (name, first) in new[] { ("Report a problem", "dialog input >> nth=0"), ("More: favourite, note, put off, suspend", "dialog button[aria-pressed]") })
        {
            await page.GetByRole(AriaRole.Button, new() { Name = name }).FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator(first)).ToBeFocusedAsync();
            await page.Keyboard.PressAsync("Space");
            await page.Keyboard.PressAsync("Escape");
            await Assertions.Expect(page.Locator("dialog")).ToHaveCountAsync(0);
            await Assertions.Expect(page.Locator(".ask")).ToBeFocusedAsync();
            await Assertions.Expect(page.Locator(".card:not(.turned)")).ToBeVisibleAsync();
        }
    }

    [Fact]
    public async Task A_swipe_to_the_left_is_not_known_and_one_to_the_right_known()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        await page.GotoAsync(Study);
        foreach (var (by, rating) in new[] { (-160, 1), (160, 3) })
        {
            await page.Locator(".card .face").ClickAsync();
            var question = await page.Locator(".card.turned").GetAttributeAsync("data-question");
            await SwipeAsync(page, by);
            await Assertions.Expect(page.Locator($".card[data-question='{question}']")).ToHaveCountAsync(0);
            await Assertions.Expect(page.Locator("[data-link=saved]")).ToBeVisibleAsync();
            Assert.Equal($"{rating}", await NumbersAsync("select rating::bigint from review where question_id = any(@questions) order by received_at desc limit 1", [question!]));
        }
    }

    [Fact]
    public async Task Signing_out_with_unsent_reviews_warns_first_and_they_wait_for_their_own_account()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        await SignUpAsync(page, "yun");
        await page.GotoAsync(Study);
        await page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await page.RouteAsync("**/api/cards/changes", route => route.AbortAsync());
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await RateAsync(page, isKnown: true);
        await Assertions.Expect(page.Locator("[data-unsent]")).ToHaveAttributeAsync("data-unsent", "1");

        await page.GotoAsync("/account");
        var signOut = page.Locator("form[action='/sign-out'] button");
        await signOut.ClickAsync();
        await Assertions.Expect(page.Locator("form[action='/sign-out'] [data-unsent]")).ToContainTextAsync("1");
        await signOut.ClickAsync();
        await page.WaitForURLAsync(url => !url.EndsWith("/account", StringComparison.Ordinal));
        await page.UnrouteAllAsync();

        // Somebody else on the same device neither gets the review nor sees the cards of the other
        await SignUpAsync(page, "shan");
        await page.GotoAsync(Study);
        await Assertions.Expect(page.Locator(".deck-notes .note")).ToContainTextAsync("请用yun登录");
        await page.GotoAsync("/cards");
        await Assertions.Expect(page.Locator("sq-cards-queue .note")).ToContainTextAsync("请用yun登录");
        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync(Study);
        await Assertions.Expect(page.Locator(".deck-notes .note")).ToContainTextAsync("请用yun登录");
        await Assertions.Expect(page.Locator(".strip")).ToContainTextAsync("这是shan的卡");
        await Assertions.Expect(page.Locator(".strip")).Not.ToContainTextAsync("待同步");
        await page.Context.SetOfflineAsync(false);
        Assert.Equal("0", await NumbersAsync("select count(*) from review r join learner l on l.id = r.learner_id join account a on a.id = l.account_id where a.user_name in ('yun', 'shan')", []));
        // who leaves nothing of their own behind is not warned
        await page.GotoAsync("/account");
        await page.Locator("form[action='/sign-out'] button").ClickAsync();
        await page.WaitForURLAsync(url => !url.EndsWith("/account", StringComparison.Ordinal));

        await page.GotoAsync("/sign-in");
        await page.Locator("input[name=name]").FillAsync("yun");
        await page.Locator("input[name=password]").FillAsync("chalk-and-talk");
        await page.Locator("form[action='/sign-in'] button.primary").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("sign-in", StringComparison.Ordinal));
        // A database that the browser cannot read is told, and nothing is lost by it
        var unreading = await page.Context.NewPageAsync();
        await unreading.AddInitScriptAsync("indexedDB.open = () => { throw new Error('broken'); }");
        await unreading.GotoAsync("/cards");
        await Assertions.Expect(unreading.Locator("sq-cards-queue [data-unread='1']")).ToContainTextAsync("读不出");
        await unreading.CloseAsync();
        // the list of decks sends it as well
        await page.GotoAsync("/cards");
        await Assertions.Expect(page.Locator("sq-cards-queue .note")).ToContainTextAsync("已送出");
        Assert.Equal("1", await NumbersAsync("select count(*) from review r join learner l on l.id = r.learner_id join account a on a.id = l.account_id where a.user_name = 'yun'", []));
    }

    [Fact]
    public async Task Another_page_without_a_network_says_so_and_leads_to_what_works()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        await page.GotoAsync(Study);
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync("/self-test");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("现在没有网络");
        // Kept are the shell and what it is made of, and nothing that was made for somebody
        var kept = await page.EvaluateAsync<string[]>("async () => (await Promise.all((await caches.keys()).map(async name => (await (await caches.open(name)).keys()).map(r => new URL(r.url).pathname)))).flat()");
        Assert.Equal(7, kept.Length);
        Assert.All(kept, path => Assert.Matches(@"^/(cards/study|favicon\.svg|manifest\.webmanifest|icon-\d+\.png|client/(cards|site)\.[0-9a-f]{12}\.(js|css))$", path));
        await page.Locator(".kept a").ClickAsync();
        await Assertions.Expect(page.Locator(".card")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".strip")).ToContainTextAsync("离线");
        await page.Context.SetOfflineAsync(false);
    }

    internal static async Task RateAsync(IPage page, bool isKnown)
    {
        await page.Locator(".rate .show").ClickAsync();
        await page.Locator(isKnown ? ".rate .yes" : ".rate .no").ClickAsync();
    }

    private static async Task SwipeAsync(IPage page, int by)
    {
        var box = (await page.Locator(".card").BoundingBoxAsync())!;
        var devtools = await page.Context.NewCDPSessionAsync(page);
        async Task TouchAsync(string type, float x) => await devtools.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["type"] = type,
            ["touchPoints"] = type == "touchEnd" ? Array.Empty<object>() : [new Dictionary<string, object>(StringComparer.Ordinal) { ["x"] = x, ["y"] = box.Y + 120 }],
        });
        var x = box.X + box.Width / 2;
        await TouchAsync("touchStart", x);
        for (var i = 1; i <= 8; i++) await TouchAsync("touchMove", x + by * i / 8f);
        await TouchAsync("touchEnd", 0);
    }

    internal static async Task SignUpAsync(IPage page, string name)
    {
        await page.GotoAsync("/sign-up");
        await page.Locator("input[name=name]").FillAsync(name);
        await page.Locator("input[name=password]").FillAsync("chalk-and-talk");
        await page.Locator("main form button.primary").ClickAsync();
        await page.WaitForURLAsync(url => !url.Contains("sign-up", StringComparison.Ordinal));
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(app.ConnectionString);
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue("slug", Slug);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>The numbers of a query's row, with commas between.</summary>
    private async Task<string> NumbersAsync(string sql, IEnumerable<string> questions)
    {
        await using var source = NpgsqlDataSource.Create(app.ConnectionString);
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue("questions", questions.Select(question => long.Parse(question, System.Globalization.CultureInfo.InvariantCulture)).ToArray());
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
        return string.Join(", ", Enumerable.Range(0, reader.FieldCount).Select(reader.GetInt64));
    }
}
