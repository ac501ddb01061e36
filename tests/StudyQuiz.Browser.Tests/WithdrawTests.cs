using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

/// <summary>A question that is withdrawn while people are at it: in a self-test, and in a game.</summary>
[Collection<OneAppForEditors>]
public sealed class WithdrawTests(AppProcess app, Chromium chromium)
{
    private const string Bank = "/banks/yangtze-delta-symposium-2020";

    [Fact]
    public async Task A_learner_and_a_host_are_told_and_go_on_without_it()
    {
        var learner = await chromium.PersonAsync(app.Address, Screen.Phone);
        var taker = new SelfTaker(learner);
        await taker.BeginAsync("5", types: "single_choice");
        var stem = await learner.Locator("section.q:visible .stem").InnerTextAsync();
        var host = await GameHost.SignInAsync(app, chromium, Screen.Desktop);
        var editor = await host.Remote.Context.NewPageAsync();

        // In an attempt: by keyboard, with a reason
        await WithdrawAsync(editor, stem);
        // Carried out within a moment of the answer, on whichever host
        for (var look = 0; look < 50 && !await editor.GetByText("从 1 份作答").IsVisibleAsync(); look++) await editor.ReloadAsync();
        await learner.Locator("section.q:visible label.opt").First.ClickAsync();
        await Assertions.Expect(learner.Locator("section.q:visible[data-withdrawn] h2")).ToHaveTextAsync("这一题被编辑撤下了");
        await AccessibilityTests.IsCleanAsync(learner, "a withdrawn question");
        await Assertions.Expect(learner.Locator("[data-count]")).ToHaveTextAsync("0 / 4");
        await learner.ReloadAsync();
        await Assertions.Expect(learner.Locator("section.q[data-withdrawn]")).ToHaveCountAsync(1);
        await taker.HandInAsync();
        await Assertions.Expect(learner.Locator(".facts [data-withdrawn]")).ToContainTextAsync("1 题");
        await Assertions.Expect(learner.Locator(".score .big")).ToContainTextAsync("0 / 4");
        await PublishAgainAsync(editor);

        // In a game, while its answers are open: the next one begins
        await host.OpenGameAsync(2, null, "single_choice");
        await Player.JoinAsync(chromium, app.Address, host.Pin, "白露");
        await host.GoOnAsync();
        await host.GoOnAsync();
        await host.KeyAsync();
        var asked = await host.Projector!.Locator(".s-stem").InnerTextAsync();
        await WithdrawAsync(editor, asked);
        await Assertions.Expect(host.Remote.Locator("[data-withdrawn]")).ToContainTextAsync("第 1 题被编辑撤下", new() { Timeout = 15_000 });
        await Assertions.Expect(host.Remote.Locator(".rounds li").Nth(1)).ToHaveAttributeAsync("aria-current", "step");
        await AccessibilityTests.IsCleanAsync(host.Remote, "a remote after a withdrawal");
        await PublishAgainAsync(editor);
    }

    private static async Task WithdrawAsync(IPage editor, string stem)
    {
        var words = stem.ReplaceLineEndings("");
        await editor.GotoAsync($"{Bank}?q={Uri.EscapeDataString(words[..Math.Min(words.Length, 40)])}");
        await editor.Locator("a.st").First.ClickAsync();
        await editor.Locator("main a[href*='/questions/'][href$='/review']").First.ClickAsync();
        await editor.Locator("details.withdraw > summary").FocusAsync();
        await editor.Keyboard.PressAsync("Enter");
        await editor.Keyboard.PressAsync("Tab");
        await editor.Keyboard.TypeAsync("答案有争议");
        await AccessibilityTests.IsCleanAsync(editor, "a question to be withdrawn");
        await editor.Keyboard.PressAsync("Enter");
        await editor.WaitForURLAsync("**/review?done=withdrawn");
    }

    // As it was, for other tests of this app
    private static async Task PublishAgainAsync(IPage editor)
    {
        await editor.Locator("button[value=published]").ClickAsync();
        await editor.WaitForURLAsync("**/review?done=status");
        await Assertions.Expect(editor.Locator(".state.published")).ToBeVisibleAsync();
    }
}
