using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

/// <summary>What a verdict leads to: to its sentence in the text and the key points around it, and to an editor who finds that the answer should count.</summary>
[Collection<OneAppForSelfTests>]
public sealed class AppealTests(AppProcess app, Chromium chromium)
{
    private const string Answer = "另一种说法";

    [Fact]
    public async Task A_learner_appeals_on_a_phone_an_editor_accepts_by_keyboard_and_the_learner_sees_it()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        var taker = new SelfTaker(page);
        await taker.BeginAsync("5", types: "cloze");
        await page.Locator("section.q:visible input.blank").FillAsync(Answer);
        await page.Locator("section.q:visible input.blank").BlurAsync();
        await taker.SavedAsync();
        await taker.HandInAsync();
        var result = page.Url;
        var review = page.Locator("article.review", new() { HasText = Answer });
        await review.Locator(".appeal > summary").ClickAsync();
        await review.Locator("textarea").FillAsync("原文里两个词是一个意思");
        await AccessibilityTests.IsCleanAsync(page, "an appeal being written");
        await review.Locator(".appeal button").ClickAsync();
        await Assertions.Expect(page.Locator("[data-appeal=open]")).ToBeVisibleAsync();
        await Assertions.Expect(review.Locator(".appeal")).ToHaveCountAsync(0);

        var editor = (await BankMaker.SignInAsync(app, chromium, Screen.Desktop)).Page;
        await editor.GotoAsync("/appeals");
        await Assertions.Expect(editor.Locator(".given")).ToHaveTextAsync(Answer);
        await AccessibilityTests.IsCleanAsync(editor, "appeals");
        await editor.SetViewportSizeAsync(Screen.Phone.Width, Screen.Phone.Height);
        await AccessibilityTests.IsCleanAsync(editor, "appeals on a phone");
        await editor.Locator("textarea[name=reason]").FocusAsync();
        await editor.Keyboard.TypeAsync("意思相同");
        await editor.Keyboard.PressAsync("Tab");
        await Assertions.Expect(editor.Locator("button[value=counts]")).ToBeFocusedAsync();
        await editor.Keyboard.PressAsync("Enter");
        await editor.WaitForURLAsync("**/appeals?done=accepted&regraded=1");
        await AccessibilityTests.IsCleanAsync(editor, "no appeals left");

        await page.GotoAsync("/self-test");
        await Assertions.Expect(page.Locator(".attempts")).ToContainTextAsync("改判了，原来 0");
        await page.GotoAsync(result + "?show=all");
        await Assertions.Expect(page.Locator("[data-appeal=accepted]")).ToContainTextAsync("意思相同");
        await Assertions.Expect(page.Locator(".score .big")).ToContainTextAsync("1 / 5");
        await AccessibilityTests.IsCleanAsync(page, "a regraded result");
        await page.GotoAsync(result.Split('?')[0] + "/print");
        await AccessibilityTests.IsCleanAsync(page, "a result for print");
    }

    [Fact]
    public async Task A_key_point_opens_below_its_sentence_under_a_thumb_and_beside_it_by_keyboard()
    {
        var page = await NotebookTests.FilledAsync(app, chromium, Screen.Phone);
        await page.GotoAsync("/sources");
        var sentence = page.Locator("#P04 a.kp").Nth(1);
        await sentence.ClickAsync();
        var opened = page.Locator(".inplace");
        await Assertions.Expect(opened).ToBeInViewportAsync();
        await Assertions.Expect(page.Locator(".mnote .more")).ToBeHiddenAsync();
        // Right below: nothing but the gap between, and the text goes on after it
        var gap = await page.EvaluateAsync<double>("() => document.querySelector('.inplace').getBoundingClientRect().top - [...document.querySelectorAll('#P04 .t > p:first-of-type a.kp.on')].at(-1).getBoundingClientRect().bottom");
        Assert.InRange(gap, -12, 24);
        await AccessibilityTests.IsCleanAsync(page, "a key point open below its sentence");
        await opened.Locator("[data-close]").ClickAsync();
        await Assertions.Expect(opened).ToHaveCountAsync(0);

        await page.SetViewportSizeAsync(Screen.Desktop.Width, Screen.Desktop.Height);
        var note = page.Locator("#P04 .mnote > a").Nth(1);
        await note.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        var open = page.Locator("#P04 .mnote.on");
        await Assertions.Expect(open.Locator(".more")).ToBeVisibleAsync();
        await Assertions.Expect(open.Locator("> a")).ToBeFocusedAsync();
        var off = await page.EvaluateAsync<double>("() => document.querySelector('.mnote.on > a').getBoundingClientRect().top - document.getElementById(document.querySelector('.mnote.on').dataset.for).getClientRects()[0].top");
        Assert.InRange(off, -24, 24);
        await AccessibilityTests.IsCleanAsync(page, "a key point open in the margin");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(open).ToHaveCountAsync(0);
        // Its cards are there once one of its questions was answered
        await page.GotoAsync("/sources");
        await page.Locator(".mnote > a:has(.well:not([data-r='0']))").First.ClickAsync();
        await page.Locator(".mnote.on a[href*='~k']").ClickAsync();
        await page.Locator(".card").WaitForAsync();
    }
}
