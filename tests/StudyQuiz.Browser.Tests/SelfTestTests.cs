using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

[Collection<OneAppForSelfTests>]
public sealed class SelfTestTests(AppProcess app, Chromium chromium)
{
    [Fact]
    public async Task A_learner_with_a_phone_takes_a_test_from_start_to_result()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        var taker = new SelfTaker(page);
        await taker.BeginAsync();
        await taker.AnswerAllAsync();
        await taker.HandInAsync();

        await Assertions.Expect(page.Locator(".score .big")).ToBeVisibleAsync();
        await page.GotoAsync(page.Url.Split('?')[0] + "?show=all");
        Assert.Equal(10, await page.Locator("article.review").CountAsync());
        Assert.True(await page.Locator("figure.ev mark").CountAsync() >= 10);
        await page.Locator("figure.ev footer a").First.ClickAsync();
        await Assertions.Expect(page.Locator(".para mark").First).ToBeVisibleAsync();
        // What the browser kept for the test went with it
        Assert.Equal(0, await page.EvaluateAsync<int>("Object.keys(localStorage).filter(key => key.startsWith('sq-attempt-')).length"));
    }

    [Fact]
    public async Task A_reload_keeps_the_place_and_every_answer()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Desktop);
        var taker = new SelfTaker(page);
        await taker.BeginAsync();
        for (var i = 0; i < 3; i++)
        {
            await taker.AnswerAsync();
            await taker.SavedAsync();
            await taker.NextAsync();
        }

        // A number that no browser counts to, on the last question
        Assert.Equal(200, await page.EvaluateAsync<int>("""
            async () => (await fetch(`/api/attempts/${location.pathname.split('/')[2]}/answers/10`, {
              method: 'POST',
              headers: { 'Content-Type': 'application/json' },
              body: JSON.stringify({ clientId: '10000000-0000-4000-8000-000000000000', sequence: Number.MAX_SAFE_INTEGER - 1, answer: null }),
            })).status
            """));
        await page.ReloadAsync();
        Assert.Equal(3, await taker.AnsweredAsync());
        await Assertions.Expect(page.Locator("section.q:visible")).ToHaveAttributeAsync("data-position", "4");
        await taker.AnswerAsync();
        await taker.SavedAsync();

        // Signed out on another page: what is answered meanwhile waits for whoever comes back
        var cookies = await page.Context.CookiesAsync();
        await page.Context.ClearCookiesAsync();
        await taker.GoToAsync(5);
        await taker.AnswerAsync();
        await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("登录后送出，1条");
        await page.Context.AddCookiesAsync([.. cookies.Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Domain = cookie.Domain, Path = cookie.Path, HttpOnly = cookie.HttpOnly })]);
        await page.ReloadAsync();
        await taker.SavedAsync();
        Assert.Equal(5, await taker.AnsweredAsync());
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Desktop, "en-GB", dark: true);
        await new SelfTaker(page).BeginAsync(types: "single_choice");
        var count = await page.Locator("section.q").CountAsync();
        for (var i = 1; i <= count; i++)
        {
            await Assertions.Expect(page.Locator("section.q:visible")).ToHaveAttributeAsync("data-position", $"{i}");
            await page.Keyboard.PressAsync("2");
            await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("Saved");
            if (i < count) await page.Keyboard.PressAsync("Enter");
        }

        Assert.Equal(count, await page.Locator("aside.sheet ol a.d").CountAsync());

        // What is ordered and matched too: Alt and an arrow move an item, letters fill a slot, Backspace empties it
        await new SelfTaker(page).BeginAsync(types: ["ordering", "matching"]);
        count = await page.Locator("section.q").CountAsync();
        var question = page.Locator("section.q:visible");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 1; i <= count; i++)
        {
            await Assertions.Expect(question).ToHaveAttributeAsync("data-position", $"{i}");
            var type = (await question.GetAttributeAsync("data-type"))!;
            if (seen.Add(type))
            {
                await (type == "ordering" ? OrderByKeysAsync(page, question) : MatchByKeysAsync(page, question));
                await TabToAsync(page, "footer [data-go='1']");
            }

            if (i < count) await page.Keyboard.PressAsync("Enter");
        }

        Assert.Equal(["matching", "ordering"], seen.Order(StringComparer.Ordinal));
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("aside.sheet ol a.d")).ToHaveCountAsync(2);
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var tabs = 0; tabs < 60 && !await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector); tabs++) await page.Keyboard.PressAsync("Tab");
        Assert.True(await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector));
    }

    private static async Task OrderByKeysAsync(IPage page, ILocator question)
    {
        var first = question.Locator(".order li").First;
        var text = await first.Locator("span").First.TextContentAsync();
        await TabToAsync(page, "section.q:not([hidden]) .order li:first-child *");
        await page.Keyboard.PressAsync("Alt+ArrowDown");
        await Assertions.Expect(question.Locator(".order li").Nth(1)).ToContainTextAsync(text!);
        await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("Saved");
    }

    private static async Task MatchByKeysAsync(IPage page, ILocator question)
    {
        var slots = question.Locator("button.slot");
        await page.Keyboard.PressAsync("b");
        await Assertions.Expect(slots.First).ToContainTextAsync("B");
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Backspace");
        await Assertions.Expect(question.Locator("button.slot.full")).ToHaveCountAsync(0);
        foreach (var letter in "ABCDEFGH"[..await slots.CountAsync()]) await page.Keyboard.PressAsync($"{char.ToLowerInvariant(letter)}");
        await Assertions.Expect(question.Locator("button.slot.full")).ToHaveCountAsync(await slots.CountAsync());
        await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("Saved");
    }

    [Fact]
    public async Task Without_script_the_test_is_one_long_form()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone, script: false);
        await new SelfTaker(page).BeginAsync();
        await page.Locator("section.q[data-type=single_choice] label.opt").First.ClickAsync();
        await page.Locator("form#answers button.primary").ClickAsync();
        await Assertions.Expect(page.Locator(".score .big")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Every_type_has_a_control_that_saves()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        var taker = new SelfTaker(page);
        await taker.BeginAsync("all");
        var types = await page.Locator("section.q").EvaluateAllAsync<string[]>("all => all.map(q => q.dataset.type)");
        var firsts = types.Index().DistinctBy(question => question.Item).Select(question => question.Index + 1).ToList();
        Assert.Equal(6, firsts.Count);
        foreach (var number in firsts)
        {
            await taker.GoToAsync(number);
            await taker.AnswerAsync();
            await taker.SavedAsync();
        }

        await page.ReloadAsync();
        Assert.Equal(6, await taker.AnsweredAsync());
        foreach (var number in firsts)
        {
            await taker.GoToAsync(number);
            await ChallengeTests.HoldsInLargeTextAsync(page);
        }

        // However many are still open, the hand-in is in sight
        await page.Locator("[data-sheet]").ClickAsync();
        await page.Locator("dialog [data-hand-in]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-hand-in-dialog] [value=hand-in]")).ToBeInViewportAsync();

        var english = await chromium.PersonAsync(app.Address, Screen.Phone, "en-GB");
        foreach (var path in (string[])["/self-test", "/"])
        {
            await english.GotoAsync(path);
            await english.Locator("header summary").First.ClickAsync();
            await ChallengeTests.HoldsInLargeTextAsync(english);
        }

        // The shipped bank is full of questions that give each other away, and holds the whole paper that the page promises
        await english.GotoAsync("/self-test");
        await Assertions.Expect(english.Locator("section[aria-labelledby=mock]")).ToContainTextAsync("45 questions, 100 points, 45 minutes");
        await english.Locator("section[aria-labelledby=mock] button").ClickAsync();
        await english.WaitForURLAsync("**/self-test/*-*");
        Assert.Equal(45, await english.Locator("section.q").CountAsync());
    }

    [Fact]
    public async Task A_second_tab_a_mark_the_way_back_and_what_is_still_open_are_told()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Desktop);
        var taker = new SelfTaker(page);
        await taker.BeginAsync("5", types: "true_false");
        var stale = await page.Context.NewPageAsync();
        await stale.GotoAsync(page.Url);
        await page.Keyboard.PressAsync("1");
        await page.Keyboard.PressAsync("m");
        await taker.SavedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("section.q:visible .stem")).ToBeFocusedAsync();
        await page.GoBackAsync();
        await Assertions.Expect(page.Locator("section.q:visible")).ToHaveAttributeAsync("data-position", "1");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("section.q:visible")).ToHaveAttributeAsync("data-position", "1");
        await Assertions.Expect(page.Locator("aside.sheet ol a.f")).ToHaveCountAsync(1);

        // What is answered last counts, on whichever tab; the other one is told and shows it
        await stale.Keyboard.PressAsync("2");
        await new SelfTaker(stale).SavedAsync();
        await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("另一页改了第1题");
        await Assertions.Expect(page.Locator("section.q:visible input[value=false]")).ToBeCheckedAsync();
        await page.Locator("aside [data-hand-in]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-unanswered] li")).ToHaveCountAsync(4);
        await page.Locator("[data-unanswered] a").First.ClickAsync();
        await Assertions.Expect(page.Locator("section.q:visible")).ToHaveAttributeAsync("data-position", "2");
    }

    [Fact]
    public async Task At_the_deadline_a_half_composed_word_counts_and_the_time_is_told_three_times()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        await page.Clock.InstallAsync();
        await new SelfTaker(page).BeginAsync("5", types: "cloze");
        await page.EvaluateAsync("""
            () => {
              window.said = [];
              new MutationObserver(() => {
                for (const region of document.querySelectorAll('body > [role=status]')) if (region.textContent && said.at(-1) !== region.textContent) said.push(region.textContent);
              }).observe(document.body, { subtree: true, childList: true, characterData: true });
            }
            """);
        await page.Locator("section.q:visible .blank").EvaluateAsync("""
            blank => {
              blank.focus();
              blank.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
              blank.value = '半个词';
              blank.dispatchEvent(new InputEvent('input', { bubbles: true, isComposing: true }));
            }
            """);
        // The server's clock stands still meanwhile: asked for the time, it would say so
        Func<string, bool> time = address => address.Contains("/api/attempts/", StringComparison.Ordinal) && address.Split('/').Length == 6;
        await page.RouteAsync(time, route => route.AbortAsync());
        await page.Clock.RunForAsync("09:58");
        await Assertions.Expect(page.Locator("[data-clock]")).ToHaveTextAsync("00:02");
        Assert.Equal(["还剩1分钟", "还剩30秒", "还剩10秒"], await page.EvaluateAsync<string[]>("said"));
        await page.UnrouteAsync(time);
        await page.Clock.RunForAsync("00:03");
        await page.Clock.ResumeAsync();
        await page.WaitForURLAsync("**/result*");
        await Assertions.Expect(page.Locator("article.review").First).ToContainTextAsync("半个词");
    }
}
