using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

/// <summary>A practice: told after each answer, with a thumb, with the keyboard, and through a network that goes.</summary>
[Collection<OneAppForSelfTests>]
public sealed class PracticeTests(AppProcess app, Chromium chromium)
{
    [Fact]
    public async Task A_thumb_answers_every_type_and_is_told_each_time()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        // One paper: of those drawn at random now and then one lacks a type, whose questions all give others away
        var taker = new SelfTaker(page) { Paper = "六种题型" };
        await taker.BeginAsync("all", "practice", "single_choice", "multiple_choice", "true_false", "cloze", "ordering", "matching");
        var types = await page.Locator("section.q").EvaluateAllAsync<string[]>("all => all.map(q => q.dataset.type)");
        var firsts = types.Index().DistinctBy(question => question.Item).Select(question => question.Index + 1).ToList();
        Assert.Equal(6, firsts.Count);
        foreach (var number in firsts)
        {
            await page.EvaluateAsync("to => { location.hash = '#q' + to; }", number);
            await Assertions.Expect(page.Locator("section.q:visible")).ToHaveAttributeAsync("data-position", $"{number}");
            await taker.BeToldAsync();
            Assert.True(await page.Locator("section.q:visible figure.ev mark").CountAsync() > 0);
        }

        Assert.Equal(6, await page.Locator(".steps i.r, .steps i.x, .steps i.c").CountAsync());
        await page.ReloadAsync();
        Assert.Equal(6, await page.Locator("[data-verdict]").CountAsync());
        await page.Locator("[data-end]").ClickAsync();
        await page.Locator("[data-end-dialog] [value=end]").ClickAsync();
        await Assertions.Expect(page.Locator(".score .big")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_keyboard_alone_is_enough_and_arrows_decide_nothing()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Desktop, "en-GB", dark: true);
        await new SelfTaker(page).BeginAsync("5", "practice", "single_choice");
        await page.Locator("section.q:visible .opt input").First.FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Locator("section.q:visible .opt input:checked")).ToHaveCountAsync(1);
        Assert.Equal(0, await Told(page).CountAsync());
        await page.Keyboard.PressAsync("Enter");
        await Told(page).WaitForAsync();
        await Assertions.Expect(Told(page)).ToBeFocusedAsync();
        for (var i = 2; i <= 5; i++)
        {
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator("section.q:visible")).ToHaveAttributeAsync("data-position", $"{i}");
            await page.Keyboard.PressAsync("1");
            await Told(page).WaitForAsync();
        }

        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/result*");
        await Assertions.Expect(page.Locator(".score .big")).ToContainTextAsync("/ 5");
    }

    [Fact]
    public async Task Without_a_network_answers_wait_and_are_told_once_it_is_back()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        var taker = new SelfTaker(page);
        await taker.BeginAsync(mode: "practice");
        await page.Context.SetOfflineAsync(true);
        for (var i = 1; i <= 2; i++)
        {
            await taker.ConfirmAsync();
            await Assertions.Expect(page.Locator("section.q:visible [data-waits]")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync($"已排队{i}条");
            // what is kept can't be changed any more, and can't be ended without a network
            Assert.Equal(0, await page.Locator("section.q:visible form :is(input:not([type=hidden]), select):enabled").CountAsync());
            await page.Locator("[data-next]").ClickAsync();
        }

        await page.Locator("[data-end]").ClickAsync();
        await page.Locator("[data-end-dialog] [value=end]").ClickAsync();
        await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("已排队2条");
        // Refused before the network is back: an end that still waits for it would end the practice then, as was asked
        await Assertions.Expect(page.Locator("body > [role=status]")).ToContainTextAsync("连上后再结束");
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.Locator("[data-verdict]")).ToHaveCountAsync(2);
        await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("已保存");
    }

    [Fact]
    public async Task An_input_method_is_not_taken_for_an_answer()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        await new SelfTaker(page).BeginAsync(mode: "practice", types: "cloze");
        var blank = page.Locator("section.q:visible .blank");
        await blank.FillAsync("一体化");
        await blank.EvaluateAsync("b => b.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, isComposing: true }))");
        await blank.EvaluateAsync("b => b.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, keyCode: 229 }))");
        Assert.True(await blank.IsEnabledAsync());
        Assert.Equal(0, await Told(page).CountAsync());

        // Half given, it outlives a reload, and is not given by it
        await page.ReloadAsync();
        await Assertions.Expect(blank).ToHaveValueAsync("一体化");
        Assert.Equal(0, await Told(page).CountAsync());
        await blank.PressAsync("Enter");
        await Told(page).WaitForAsync();
    }

    [Fact]
    public async Task Of_two_tabs_the_first_answer_stands_and_the_other_tab_says_so()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        var taker = new SelfTaker(page);
        await taker.BeginAsync(mode: "practice", types: "true_false");
        var other = await page.Context.NewPageAsync();
        await other.GotoAsync(page.Url);
        await taker.AnswerAsync();
        await Told(page).WaitForAsync();
        var verdict = await Told(page).GetAttributeAsync("data-verdict");
        await other.Locator("section.q:visible label.opt").Nth(1).ClickAsync();
        await Told(other).WaitForAsync();
        Assert.Equal(verdict, await Told(other).GetAttributeAsync("data-verdict"));
        await Assertions.Expect(other.Locator("[data-saved]")).ToContainTextAsync("另一页先答过了");
    }

    [Fact]
    public async Task Without_script_each_question_has_its_button()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone, script: false);
        await new SelfTaker(page).BeginAsync(mode: "practice");
        var form = page.Locator("section.q:has(label.opt) form").First;
        await form.Locator("label.opt").First.ClickAsync();
        await form.Locator("button.primary").ClickAsync();
        await Assertions.Expect(page.Locator("[data-verdict]")).ToHaveCountAsync(1);
        await page.Locator("[data-end]").ClickAsync();
        await Assertions.Expect(page.Locator(".score .big")).ToBeVisibleAsync();
    }

    private static ILocator Told(IPage page) => page.Locator("section.q:visible [data-verdict]");
}
