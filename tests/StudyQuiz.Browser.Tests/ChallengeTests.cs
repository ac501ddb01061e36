using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

/// <summary>Reading with the answers shown, then a challenge that uses what was read; and flashcards judged by oneself.</summary>
[Collection<OneAppForSelfTests>]
public sealed class ChallengeTests(AppProcess app, Chromium chromium)
{
    [Fact]
    public async Task What_was_read_is_run_through_by_keyboard_until_a_miss_over_a_reload_a_second_tab_and_a_cut()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        var taker = new SelfTaker(page) { Paper = "同一份" };
        await taker.BeginAsync("all", "read", "true_false");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("section.q:visible .stem")).ToBeFocusedAsync();
        await page.RunAndWaitForResponseAsync(() => page.Keyboard.PressAsync("Enter"), response => response.Url.EndsWith("/place", StringComparison.Ordinal));
        await HoldsInLargeTextAsync(page);
        var keys = await page.Locator("section.q").EvaluateAllAsync<string[][]>("all => all.map(q => [q.querySelector('.stem').textContent, q.querySelector('.opt.right').textContent.includes('对') && !q.querySelector('.opt.right').textContent.includes('错') ? '1' : '2'])");
        var right = keys.ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
        await page.GotoAsync("/self-test");
        await page.Locator("section[aria-labelledby=reading] a").ClickAsync();
        // As long as its script is on its way all stand below each other
        await Assertions.Expect(page.Locator("section.q:visible")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("section.q:visible")).ToHaveAttributeAsync("data-position", "3");

        await taker.BeginAsync(null, "challenge", "true_false");
        Assert.Equal(0, await page.Locator("[data-type]").CountAsync());
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Stem(page)).ToBeFocusedAsync();
        await page.Keyboard.PressAsync(right[await StemAsync(page)]);
        await Assertions.Expect(page.Locator("[data-verdict=Right]")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".run")).ToContainTextAsync("连对 1");

        // The second question outlives a reload and is answered on another page; this one is told when it is late with its own
        await page.Keyboard.PressAsync("Enter");
        await Stem(page).WaitForAsync();
        var second = await StemAsync(page);
        await page.ReloadAsync();
        Assert.Equal(second, await StemAsync(page));
        await HoldsInLargeTextAsync(page);
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(page.Url);
        await other.Keyboard.PressAsync(right[second]);
        await other.Locator("[data-verdict=Right]").WaitForAsync();
        await page.Keyboard.PressAsync(right[second] == "1" ? "2" : "1");
        await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("另一页先答过了");
        await Assertions.Expect(page.Locator(".run")).ToContainTextAsync("连对 2");
        await other.CloseAsync();

        // A short cut: the answer waits, and arrives in time
        await page.Keyboard.PressAsync("Enter");
        await Stem(page).WaitForAsync();
        var third = await StemAsync(page);
        await page.Context.SetOfflineAsync(true);
        await page.Keyboard.PressAsync(right[third]);
        await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("已排队1条");
        await page.Context.SetOfflineAsync(false);
        await page.Locator("[data-verdict=Right]").WaitForAsync();

        // Back leads to where it was begun, and from there back into the run; a miss ends it
        await page.GoBackAsync();
        await page.GoForwardAsync();
        await page.Locator("[data-verdict=Right]").WaitForAsync();
        await page.Keyboard.PressAsync("Enter");
        await Stem(page).WaitForAsync();
        await page.Keyboard.PressAsync(right[await StemAsync(page)] == "1" ? "2" : "1");
        await page.WaitForURLAsync("**/result*");
        await Assertions.Expect(page.Locator(".score .big")).ToHaveTextAsync(new Regex("^3\\s*连对$", RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Equal(1, await page.Locator("article.review").CountAsync());
    }

    [Fact]
    public async Task A_flashcard_is_remembered_compared_and_judged_with_a_thumb_and_with_keys()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        var taker = new SelfTaker(page);
        await taker.BeginAsync("5", "practice", "flashcard");
        await page.Locator("section.q:visible textarea").FillAsync("增长极，样板区");
        await page.Keyboard.PressAsync("Enter"); // a line of its own, and no check
        Assert.Equal(0, await page.Locator("[data-selfcheck]").CountAsync());
        await page.Locator("[data-next]").ClickAsync();
        var check = page.Locator("section.q:visible [data-selfcheck]");
        await Assertions.Expect(check.Locator(".saidit input").First).ToBeFocusedAsync();
        await Assertions.Expect(check.Locator(".wrote")).ToContainTextAsync("增长极，样板区");
        await page.ReloadAsync();
        await Assertions.Expect(check.Locator(".wrote")).ToContainTextAsync("增长极，样板区");
        await HoldsInLargeTextAsync(page);
        await check.Locator(".saidit label").First.ClickAsync();
        await check.Locator(".rate .yes").ClickAsync();
        await Assertions.Expect(page.Locator("section.q:visible [data-verdict=Right]")).ToContainTextAsync("自评：会");
        await Assertions.Expect(page.Locator("section.q:visible .opt.right").First).ToContainTextAsync("说到了");

        // Thought only, and judged by key
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[data-next]").PressAsync("Enter");
        await Assertions.Expect(check.Locator(".saidit input").First).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("1");
        await Assertions.Expect(page.Locator("section.q:visible [data-verdict=Wrong]")).ToContainTextAsync("自评：不会");
        await page.ReloadAsync();
        Assert.Equal(2, await page.Locator("[data-verdict]").CountAsync());
    }

    /// <summary>At the largest text nothing is wider than the phone.</summary>
    internal static async Task HoldsInLargeTextAsync(IPage page)
    {
        var widest = await page.EvaluateAsync<int>(
            """
            () => {
              const before = document.documentElement.dataset.text;
              document.documentElement.dataset.text = 'xl';
              const widest = Math.max(...[...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && !e.closest('.vh, .vh *, svg')).map(e => e.getBoundingClientRect().right));
              document.documentElement.dataset.text = before;
              return Math.ceil(widest);
            }
            """);
        Assert.True(widest <= Screen.Phone.Width, $"{widest} px wide on {page.Url}");
    }

    private static ILocator Stem(IPage page) => page.Locator("section[data-type] .stem");

    private static async Task<string> StemAsync(IPage page) => (await Stem(page).TextContentAsync())!;
}
