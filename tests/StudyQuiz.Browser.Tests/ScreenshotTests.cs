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

    [Theory(Explicit = true)]
    [InlineData("zh-CN", false)]
    [InlineData("en-GB", true)]
    public async Task Exchange_people_and_programs(string language, bool dark)
    {
        foreach (var screen in (Screen[])[Screen.Phone, Screen.Desktop])
        {
            var editor = await BankMaker.SignInAsync(app, chromium, screen, language, dark);
            var (page, slug) = (editor.Page, $"files-{(dark ? "night" : "day")}-{screen.Width}");
            await editor.MakeAsync(slug);
            await page.GotoAsync($"/banks/{slug}/import");
            await page.Locator("#text").FillAsync(Paper);
            await page.Locator("form[action$='/import'] button.primary").ClickAsync();
            await page.WaitForURLAsync("**/import/*");
            await page.Locator("label:has(#show-all)").ClickAsync();
            await TakeAsync(page, "import", screen, keep: !dark);
            await page.GotoAsync("/groups");
            await page.Locator("form[action='/groups'] input[name=name]").First.FillAsync((dark ? "明远" : "光明") + (screen.Width < 1000 ? "小学" : "中学"));
            await page.Locator("form[action='/groups'] button").First.ClickAsync();
            await page.WaitForURLAsync("**/groups/*-*");
            await page.Locator("#text").FillAsync(Roster);
            await page.Locator("form[action$='/roster'] button").Last.ClickAsync();
            await TakeAsync(page, "roster", screen, keep: false);
            await page.Locator("form[action$='/roster/add'] button").ClickAsync();
            await page.WaitForURLAsync("**/groups/*added=*");
            await TakeAsync(page, "group", screen, keep: !dark);
            await page.GotoAsync("/people");
            await page.Locator(".invitemenu summary").ClickAsync();
            await page.Locator("form[action='/people/invite'] button").ClickAsync();
            await TakeAsync(page, "invite", screen, keep: false);
            await page.GotoAsync("/account/tokens");
            await TakeAsync(page, "tokens", screen, keep: false);
            await page.GotoAsync("/api");
            await page.Locator("#AddItem summary").ClickAsync();
            await page.Locator("#AddItem").EvaluateAsync("operation => scrollTo(0, operation.offsetTop - 120)");
            await TakeAsync(page, "api", screen, keep: !dark);
        }
    }

    private const string Paper = """
        一、单选题
        1. 社区食堂开张多久了？（A）
        A. 一年    B. 两年    C. 三年
        2. 10³ 是几个百？
        A. 十  B. 百
        答案：A
        4. 食堂每天供应几餐？
        A. 一餐
        C. 三餐
        答案：B
        二、判断题
        （√）5. 座谈会是在社区开的。
        6. 食堂只对老人开放。
        答案：也许
        """;

    private const string Roster = "光明中学 2026 届花名册\n姓名,学号,年级,班级\n王芳,0203,七年级,一班\n李雷,0204,七年级,一班\n韩梅梅,0301,七年级,二班\n林涛,0302,八年级,一班\n,0303,八年级,一班\n";

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
