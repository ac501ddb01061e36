using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

/// <summary>
/// axe-core finds nothing serious or critical, and nothing is wider than its screen. A page is scanned whole in light, and again
/// for contrast in dark, for colours are all that the two differ in. They are the same on every screen: where a story is gone through on
/// two, dark is scanned on one.
/// </summary>
public sealed class AccessibilityTests(AppProcess app, Chromium chromium) : IClassFixture<AppProcess>
{
    private const string Everything = "{ resultTypes: ['violations'] }";
    private const string Contrast = "{ resultTypes: ['violations'], runOnly: ['color-contrast'] }";

    private static readonly string _axe = new BundledAxeScriptProvider().GetScript();

    public static TheoryData<string, Screen> People => new() { { "zh-CN", Screen.Phone }, { "en-GB", Screen.Desktop } };

    [Theory]
    [MemberData(nameof(People), DisableDiscoveryEnumeration = true)]
    public async Task Pages_for_everyone(string language, Screen screen)
    {
        var page = await chromium.PersonAsync(app.Address, screen, language);
        foreach (var path in (string[])["/", "/sources", "/self-test", "/join", "/join?pin=00000000", "/sign-in", "/sign-up", "/forgot-password", "/privacy", "/no-such-page"])
        {
            await page.GotoAsync(path);
            await IsCleanAsync(page, screen, path);
        }

        var taker = new SelfTaker(page);
        await taker.BeginAsync("20");
        await IsCleanAsync(page, screen, "attempt");
        await page.EvaluateAsync("document.querySelector('form#answers').submit()");
        await page.WaitForURLAsync("**/result*");
        await IsCleanAsync(page, screen, "result");

        await taker.BeginAsync(mode: "practice");
        await IsCleanAsync(page, screen, "practice");
        await taker.BeToldAsync();
        await IsCleanAsync(page, screen, "practice, told");

        await taker.BeginAsync(mode: "read");
        await IsCleanAsync(page, screen, "reading");
        await taker.BeginAsync(mode: "challenge");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[data-type] .stem").WaitForAsync();
        await IsCleanAsync(page, screen, "challenge");
        await taker.BeginAsync(mode: "practice", types: "flashcard");
        await page.Locator("[data-next]").ClickAsync();
        await page.Locator("[data-selfcheck] .rate").WaitForAsync();
        await IsCleanAsync(page, screen, "self-check");

        await page.GotoAsync("/my-data");
        await IsCleanAsync(page, screen, "my data");
        await page.GotoAsync("/continue");
        await page.Locator("form[action='/continue/new'] button").ClickAsync();
        await page.Locator(".code8").WaitForAsync();
        await IsCleanAsync(page, screen, "a code for another browser");
        await CardsTests.SignUpAsync(page, "axe" + screen.Width);
        await page.GotoAsync("/account?passkey=kept");
        await IsCleanAsync(page, screen, "account");
    }

    [Theory]
    [MemberData(nameof(People), DisableDiscoveryEnumeration = true)]
    public async Task Cards_on_both_sides_with_their_dialogs(string language, Screen screen)
    {
        var page = await chromium.PersonAsync(app.Address, screen, language);
        await page.GotoAsync("/cards/study?deck=yangtze-delta-symposium-2020");
        await page.Locator(".card").WaitForAsync();
        await IsCleanAsync(page, screen, "card front");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("e");
        await page.Locator("figure.ev mark").First.WaitForAsync();
        await IsCleanAsync(page, screen, "card back");
        foreach (var button in (string[])["flag", "more"])
        {
            await page.Locator($".card header .btn:has(use[href='#i-{button}'])").ClickAsync();
            await page.Locator("dialog[open]").WaitForAsync();
            await IsCleanAsync(page, screen, "card, " + button);
            await page.Keyboard.PressAsync("Escape");
            await page.Locator("dialog[open]").WaitForAsync(new() { State = WaitForSelectorState.Detached });
        }

        await page.Keyboard.PressAsync("2");
        await Assertions.Expect(page.Locator("[data-link=saved][data-unsent='0']")).ToBeVisibleAsync();
        foreach (var path in (string[])["/", "/cards", "/cards/yangtze-delta-symposium-2020", "/progress?curve=1", "/cards/optimise", "/cards/import"])
        {
            await page.GotoAsync(path);
            await IsCleanAsync(page, screen, path);
        }

        await page.GotoAsync("/cards/study?deck=no-such-deck");
        await page.Locator("h1").WaitForAsync();
        await IsCleanAsync(page, screen, "no such deck");
    }

    [Theory]
    [MemberData(nameof(People), DisableDiscoveryEnumeration = true)]
    public async Task The_notebook_of_wrong_answers(string language, Screen screen)
    {
        var empty = await chromium.PersonAsync(app.Address, screen, language);
        await empty.GotoAsync("/notebook");
        await IsCleanAsync(empty, screen, "empty notebook");
        var page = await NotebookTests.FilledAsync(app, chromium, screen, language);
        await IsCleanAsync(page, screen, "notebook");
        await page.EvaluateAsync("for (const details of document.querySelectorAll('.miss details')) details.open = true");
        await IsCleanAsync(page, screen, "notebook, open");
        foreach (var menu in (string[])[".types", ".rule-of"])
        {
            await page.GotoAsync("/notebook");
            await page.Locator(menu + " > summary").ClickAsync();
            await IsCleanAsync(page, screen, "notebook, " + menu);
        }

        await page.GotoAsync("/notebook");
        await page.Locator(".miss button").First.ClickAsync();
        await page.WaitForURLAsync("**done=removed*");
        await IsCleanAsync(page, screen, "taken out");
        foreach (var path in (string[])["/notebook?show=left", "/notebook?type=flashcard", "/notebook?done=days", "/notebook/print"])
        {
            await page.GotoAsync(path);
            await IsCleanAsync(page, screen, path);
        }
    }

    [Fact]
    public async Task A_game_on_every_screen_in_every_phase()
    {
        var host = await GameHost.SignInAsync(app, chromium, Screen.Desktop);
        await IsCleanAsync(host.Remote, "host list");
        await host.Remote.Locator("details.options > summary").First.ClickAsync();
        await host.Remote.Locator("input[value=Balanced]").CheckAsync();
        await host.OpenGameAsync(questions: 1);
        var player = await Player.JoinAsync(chromium, app.Address, host.Pin, "白露");
        await host.Remote.Locator(".seatlist button").First.ClickAsync();
        // Scanning takes longer than reading does, so a phase may end by itself: each screen is scanned as it is found.
        while (true)
        {
            var phase = await host.PhaseAsync();
            await IsCleanAsync(host.Remote, "remote, " + phase);
            await IsCleanAsync(host.Projector!, "projector, " + phase);
            await IsCleanAsync(player.Page, "player, " + phase);
            if (await host.IsOverAsync()) break;
            await host.GoOnAsync();
        }

        foreach (var path in (string[])["/people", "/audit"])
        {
            await host.Remote.GotoAsync(path);
            await IsCleanAsync(host.Remote, path);
        }
    }

    [Theory]
    [MemberData(nameof(People), DisableDiscoveryEnumeration = true)]
    public async Task Making_a_bank_of_a_text(string language, Screen screen)
    {
        var editor = await BankMaker.SignInAsync(app, chromium, screen, language);
        var page = editor.Page;
        var slug = $"axe-{screen.Width}";
        await page.GotoAsync("/banks/new");
        await IsCleanAsync(page, screen, "form");
        await editor.PasteAsync(" ", "not-a-text");
        await IsCleanAsync(page, screen, "refused");
        await editor.UploadAsync(BankMaker.Long(200_000));
        await IsCleanAsync(page, screen, "waiting");
        await page.Locator("form[action$='/cancel'] button").ClickAsync();
        await Assertions.Expect(page.Locator("main .note.wrong")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await editor.MakeAsync(slug);
        await IsCleanAsync(page, screen, "review");
        await page.Locator(".rest a").First.ClickAsync();
        await IsCleanAsync(page, screen, "rest");
        await page.GotoAsync($"/banks/{slug}/review");
        await page.Locator(".decide button[value=accept]").ClickAsync();
        await page.WaitForURLAsync("**/review?done=*");
        await IsCleanAsync(page, screen, "decided");
        await page.Keyboard.PressAsync("e");
        await page.WaitForURLAsync("**/edit?back=*");
        await page.Locator("sq-question-editor[data-checked]").WaitForAsync();
        await IsCleanAsync(page, screen, "edit");
        await page.Locator("a[href$='/versions']").ClickAsync();
        await IsCleanAsync(page, screen, "versions");
        await page.GotoAsync($"/banks/{slug}/questions/new");
        await IsCleanAsync(page, screen, "types of a new question");
        await page.GotoAsync("/banks");
        await IsCleanAsync(page, screen, "banks");
        await page.GotoAsync($"/banks/{slug}");
        await page.Locator("#questions[data-ready] [data-all]").CheckAsync();
        await page.Locator("#questions summary").First.ClickAsync();
        await IsCleanAsync(page, screen, "bank");
        await page.Locator("#questions a.st").First.PressAsync("Enter");
        await page.WaitForURLAsync("**/questions/*");
        await IsCleanAsync(page, screen, "statistics");
        await page.GotoAsync($"/banks/{slug}/text");
        await IsCleanAsync(page, screen, "text");
        await page.GotoAsync($"/banks/{slug}/report");
        await page.EvaluateAsync("for (const details of document.querySelectorAll('main details')) details.open = true");
        await IsCleanAsync(page, screen, "report");
        await page.GotoAsync("/");
        await IsCleanAsync(page, screen, "home of an editor");
        await page.GotoAsync("/banks/new/00000000-0000-0000-0000-000000000001");
        await IsCleanAsync(page, screen, "gone");
    }

    /// <summary>A group is made, filled and put to use by keyboard alone.</summary>
    [Theory]
    [MemberData(nameof(People), DisableDiscoveryEnumeration = true)]
    public async Task Groups_their_lists_and_reports(string language, Screen screen)
    {
        var page = (await GameHost.SignInAsync(app, chromium, screen, language)).Remote;
        await page.GotoAsync("/groups");
        await page.Locator("#name").FillAsync($"秋季班{screen.Width}");
        await page.Locator("#name").PressAsync("Enter");
        await page.WaitForURLAsync("**/groups/*-*");
        await IsCleanAsync(page, screen, "empty group");
        await page.Locator("#text").FillAsync($"林知夏\t{screen.Width}01\t一班\n周以宁\t{screen.Width}02\t二班\n何处\t{screen.Width}01\n王芳");
        await page.Locator("form[action$='/roster'] button").PressAsync("Enter");
        await Assertions.Expect(page.Locator("#preview")).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(".rosterplan .chip.wrong")).ToHaveCountAsync(1);
        await IsCleanAsync(page, screen, "preview of a list");
        await page.Locator("form[action$='/roster/add'] button").PressAsync("Enter");
        await page.WaitForURLAsync("**?added=3*");
        await page.Locator(".ppl summary").First.PressAsync("Enter");
        await IsCleanAsync(page, screen, "group");
        await page.Locator("form[action$='/invite'] button").PressAsync("Enter");
        await Assertions.Expect(page.Locator("#link")).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("/i/[A-Za-z0-9_-]+$", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        await page.GotoAsync(page.Url[..page.Url.LastIndexOf('/')] + "/report");
        await IsCleanAsync(page, screen, "report of a group");
        await page.GotoAsync("/groups");
        await IsCleanAsync(page, screen, "groups");
        await page.GotoAsync("/people");
        await page.Locator(".invitemenu > summary").PressAsync("Enter");
        await IsCleanAsync(page, screen, "people");
        foreach (var path in (string[])["/account/tokens", "/api", "/webhooks"])
        {
            await page.GotoAsync(path);
            await page.EvaluateAsync("document.querySelectorAll('main details').forEach((details, i) => details.open = i < 3)");
            await IsCleanAsync(page, screen, path);
        }
    }

    internal static async Task IsCleanAsync(IPage page, string what)
    {
        await IsCleanInLightAsync(page, what);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await ScanAsync(page, what + ", dark", Contrast);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
    }

    private static Task IsCleanAsync(IPage page, Screen screen, string what) => screen == Screen.Phone ? IsCleanAsync(page, what) : IsCleanInLightAsync(page, what);

    private static async Task IsCleanInLightAsync(IPage page, string what)
    {
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{what} is {overflow} px wider than the screen");
        // a column that was squeezed until its words stand one letter a line
        var squeezed = await page.EvaluateAsync<string[]>(
            """
            [...document.querySelectorAll('body *')].filter(element => {
              const text = [...element.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data.trim()).join('');
              if (text.length < 6 || element.closest('svg, .vh') || !element.checkVisibility({ visibilityProperty: true })) return false;
              const { width, height } = element.getBoundingClientRect();
              const size = parseFloat(getComputedStyle(element).fontSize);
              return width > 1 && width < 2 * size && height > 3 * size;
            }).map(element => element.outerHTML.slice(0, 200))
            """);
        Assert.True(squeezed.Length == 0, $"{what}: {string.Join(Environment.NewLine, squeezed)} is squeezed to a letter a line");
        await ScanAsync(page, what, Everything);
    }

    // Our pages have no frames, so axe runs in the page itself: the Playwright package's own way opens a further page, and with
    // it a further process, for each scan.
    private static async Task ScanAsync(IPage page, string what, string options)
    {
        if (!await page.EvaluateAsync<bool>("'axe' in window"))
        {
            await page.EvaluateAsync(_axe);
            // colours that are still on their way from one theme to the other would be read as they happen to stand
            await page.EvaluateAsync("const still = new CSSStyleSheet(); still.replaceSync('*, ::before, ::after { transition: none !important }'); document.adoptedStyleSheets.push(still)");
        }

        var serious = await page.EvaluateAsync<string[]>($$"""
            async () => (await axe.run(document, {{options}})).violations
                .filter(violation => ['serious', 'critical'].includes(violation.impact))
                .map(violation => `${violation.id}: ${violation.help}: ${violation.nodes.slice(0, 3).map(node => node.html + ' ' + node.any.map(check => check.message)).join(' | ')}`)
            """);
        Assert.True(serious.Length == 0, what + ": " + string.Join(Environment.NewLine, serious));
    }
}
