using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

/// <summary>
/// Takes the pictures of the README anew, at 360 px and 1280 px. Only when asked for: what is on them is walked through and scanned by
/// <see cref="AccessibilityTests"/>.
/// </summary>
public sealed class ScreenshotTests(AppProcess app, Chromium chromium) : IClassFixture<AppProcess>
{
    [Fact(Explicit = true)]
    public async Task Learning_alone()
    {
        foreach (var screen in (Screen[])[Screen.Phone, Screen.Desktop])
        {
            var page = await chromium.PersonAsync(app.Address, screen);
            await page.GotoAsync("/");
            await TakeAsync(page, "home", screen);
            await page.GotoAsync("/sources");
            await TakeAsync(page, "source", screen);
            var taker = new SelfTaker(page);
            await taker.BeginAsync();
            await taker.AnswerAsync();
            await taker.SavedAsync();
            await TakeAsync(page, "self-test", screen);
            await taker.HandInAsync();
            await TakeAsync(page, "result", screen);
            await page.GotoAsync("/sources");
            await page.Locator("a.kp[href*='-P04']").First.ClickAsync();
            await Assertions.Expect(page.Locator(".mnote.on")).ToHaveCountAsync(1);
            await page.Locator("#P04").EvaluateAsync("paragraph => scrollTo(0, paragraph.offsetTop - 90)");
            await TakeAsync(page, "source-open", screen);
            await page.GotoAsync("/self-test");
            await TakeAsync(page, "self-test-start", screen);
            await taker.BeginAsync(mode: "practice");
            await taker.BeToldAsync();
            await TakeAsync(page, "practice", screen);
        }
    }

    [Fact(Explicit = true)]
    public async Task Studying_cards()
    {
        foreach (var screen in (Screen[])[Screen.Phone, Screen.Desktop])
        {
            var page = await chromium.PersonAsync(app.Address, screen);
            await page.GotoAsync("/cards/study?deck=yangtze-delta-symposium-2020");
            for (var i = 1; i <= 12; i++)
            {
                await page.Locator(".rate .show").ClickAsync();
                if (i == 4) await TakeAsync(page, "card", screen);
                await page.Locator(i % 4 == 0 ? ".rate .no" : ".rate .yes").ClickAsync();
                await page.Locator(".card:not(.turned)").WaitForAsync();
            }

            await Assertions.Expect(page.Locator("[data-link=saved][data-unsent='0']")).ToBeVisibleAsync();
            await page.GotoAsync("/cards/yangtze-delta-symposium-2020");
            await TakeAsync(page, "deck", screen);
            await page.GotoAsync("/progress");
            await TakeAsync(page, "progress", screen);
        }
    }

    [Theory(Explicit = true)]
    [InlineData("zh-CN", false)]
    [InlineData("en-GB", true)]
    public async Task Wrong_answers(string language, bool dark)
    {
        foreach (var screen in (Screen[])[Screen.Phone, Screen.Desktop])
        {
            var page = await NotebookTests.FilledAsync(app, chromium, screen, language, dark);
            await TakeAsync(page, "notebook", screen, keep: !dark);
            await page.Locator(".miss summary").First.ClickAsync();
            await TakeAsync(page, "notebook-open", screen, keep: false);
            await page.GotoAsync("/notebook/print");
            await TakeAsync(page, "notebook-print", screen, keep: false);
        }
    }

    [Fact(Explicit = true)]
    public async Task Playing_together()
    {
        foreach (var screen in (Screen[])[Screen.Phone, Screen.Desktop])
        {
            var host = await GameHost.SignInAsync(app, chromium, screen);
            await host.OpenGameAsync(questions: 2, screen, "single_choice", "multiple_choice");
            var player = await Player.JoinAsync(chromium, app.Address, host.Pin, "白露");
            foreach (var name in (string[])["青石", "小满", "Leo", "江南"]) await Player.JoinAsync(chromium, app.Address, host.Pin, name);
            await player.Page.SetViewportSizeAsync(screen.Width, screen.Height);
            await Assertions.Expect(host.Projector!.Locator(".names")).ToContainTextAsync("江南");
            await TakeAsync(host.Projector, "lobby", screen);
            await host.GoOnAsync();
            await host.GoOnAsync();
            await player.MayAnswerAsync();
            await TakeAsync(host.Projector, "question", screen);
            await TakeAsync(host.Remote, "remote", screen);
            await TakeAsync(player.Page, "player", screen);
            await player.AnswerAsync(await host.KeyAsync());
            await player.HasReceiptAsync();
            await TakeAsync(player.Page, "receipt", screen);
            await host.GoOnAsync();
            await player.SeesVerdictAsync();
            await TakeAsync(player.Page, "verdict", screen);
            await TakeAsync(host.Projector, "distribution", screen);
            await host.GoOnAsync();
            await Assertions.Expect(host.Projector.Locator(".board")).ToBeVisibleAsync();
            await TakeAsync(host.Projector, "leaderboard", screen);
        }
    }

    [Theory(Explicit = true)]
    [InlineData("zh-CN", false)]
    [InlineData("en-GB", true)]
    public async Task Making_a_bank(string language, bool dark)
    {
        foreach (var screen in (Screen[])[Screen.Phone, Screen.Desktop])
        {
            var editor = await BankMaker.SignInAsync(app, chromium, screen, language, dark);
            var slug = $"{(dark ? "night" : "day")}-{screen.Width}";
            await editor.Page.GotoAsync("/banks/new");
            await TakeAsync(editor.Page, "make", screen, keep: !dark);
            await editor.MakeAsync(slug);
            await editor.Page.Locator(".decide button[value=accept]").ClickAsync();
            await editor.Page.WaitForURLAsync("**/review?done=*");
            await TakeAsync(editor.Page, "review", screen, keep: !dark);
            await editor.Page.GotoAsync($"/banks/{slug}/report");
            await TakeAsync(editor.Page, "report", screen, keep: !dark);
        }
    }

    private static async Task TakeAsync(IPage page, string name, Screen screen, bool keep = true)
    {
        await page.EvaluateAsync("document.fonts.ready");
        var picture = await page.ScreenshotAsync(new() { Animations = ScreenshotAnimations.Disabled });
        Assert.NotEmpty(picture);
        if (!keep) return;
        Directory.CreateDirectory(Facts.ScreenshotFolder);
        await File.WriteAllBytesAsync(Path.Combine(Facts.ScreenshotFolder, $"{name}-{screen.Width}.png"), picture);
    }
}
