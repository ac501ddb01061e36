using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

/// <summary>The notebook of wrong answers, as a learner comes by one and works with it.</summary>
[Collection<OneAppForSelfTests>]
public sealed class NotebookTests(AppProcess app, Chromium chromium)
{
    [Fact]
    public async Task What_was_missed_is_in_the_notebook_and_goes_and_comes_back_by_hand_without_script()
    {
        var page = await FilledAsync(app, chromium, Screen.Phone);
        var missed = await page.Locator(".miss").CountAsync();
        Assert.True(missed > 1);
        var first = page.Locator(".miss").First;
        await Assertions.Expect(first.Locator(".told")).ToBeHiddenAsync();
        await first.Locator("summary").ClickAsync();
        await Assertions.Expect(first.Locator(".opt.right").First).ToBeVisibleAsync();

        // The same learner in a browser that runs no script
        var plain = await chromium.PersonAsync(app.Address, Screen.Phone, script: false);
        await plain.Context.AddCookiesAsync((await page.Context.CookiesAsync()).Where(cookie => cookie.Name == "sq-device").Select(cookie => new Cookie { Name = cookie.Name, Value = cookie.Value, Url = app.Address.ToString() }));
        await plain.GotoAsync("/notebook");
        var stem = await plain.Locator(".miss .q").First.InnerTextAsync();
        await plain.Locator(".miss button").First.ClickAsync();
        await Assertions.Expect(plain.Locator("[role=status]")).ToContainTextAsync("移出去了");
        Assert.Equal(missed - 1, await plain.Locator(".miss").CountAsync());
        await plain.Locator("[role=status] button").ClickAsync();
        Assert.Equal(stem, await plain.Locator(".miss .q").First.InnerTextAsync());

        await plain.Locator(".rule-of summary").ClickAsync();
        await plain.Locator(".rule-of label").Nth(3).ClickAsync();
        await plain.Locator(".rule-of button").ClickAsync();
        Assert.Equal(4, await plain.Locator(".miss .dots").First.Locator("i").CountAsync());
        await plain.Locator(".types summary").ClickAsync();
        await plain.Locator(".types li a").Last.ClickAsync();
        Assert.True(await plain.Locator(".miss").CountAsync() < missed);
        await plain.Locator("a[href^='/notebook/print']").ClickAsync();
        await Assertions.Expect(plain.Locator(".nbsheet ol").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Its_cards_are_gone_through_like_those_of_any_deck()
    {
        var page = await FilledAsync(app, chromium, Screen.Phone);
        var missed = await page.Locator(".miss").CountAsync();
        await page.Locator(".head a[href$='~notebook']").ClickAsync();
        for (var i = 0; i < missed; i++)
        {
            await page.Locator(".rate .show").ClickAsync();
            await page.Locator(".rate .yes").ClickAsync();
            await page.Locator(".card:not(.turned), .done, main h1:not(.vh)").First.WaitForAsync();
        }

        await Assertions.Expect(page.Locator(".rate .show")).ToHaveCountAsync(0);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("main h1:not(.vh)")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".rate .show")).ToHaveCountAsync(0);
    }

    /// <summary>Somebody's notebook, after a test of 20 questions of which most answers were wrong.</summary>
    internal static async Task<IPage> FilledAsync(AppProcess app, Chromium chromium, Screen screen, string language = "zh-CN", bool dark = false)
    {
        var page = await chromium.PersonAsync(app.Address, screen, language, dark);
        var taker = new SelfTaker(page);
        await taker.BeginAsync("20");
        // Whatever stands first is chosen, and nothing is waited for: the hand-in takes the form
        await page.EvaluateAsync(
            """
            for (const q of document.querySelectorAll('section.q')) {
              const box = q.querySelector('input[type=radio], input[type=checkbox]');
              if (box) box.checked = true;
              const blank = q.querySelector('input.blank');
              if (blank) blank.value = '一体化';
            }
            document.querySelector('form#answers').submit();
            """);
        await page.WaitForURLAsync("**/result*");
        await page.GotoAsync("/notebook");
        return page;
    }
}
