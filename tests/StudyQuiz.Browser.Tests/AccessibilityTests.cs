using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

/// <summary>axe-core finds nothing serious or critical, and nothing is wider than a phone of 360 px.</summary>
public sealed class AccessibilityTests(AppProcess app, Chromium chromium) : IClassFixture<AppProcess>
{
    [Theory]
    [InlineData("zh-CN", false)]
    [InlineData("en-GB", true)]
    public async Task Pages_for_everyone(string language, bool dark)
    {
        foreach (var screen in (Screen[])[Screen.Phone, Screen.Desktop])
        {
            var page = await chromium.PersonAsync(app.Address, screen, language, dark);
            foreach (var path in (string[])["/", "/sources", "/self-test", "/join", "/join?pin=00000000", "/sign-in", "/sign-up", "/no-such-page"])
            {
                await page.GotoAsync(path);
                await IsCleanAsync(page, path);
            }

            var taker = new SelfTaker(page);
            await taker.BeginAsync(everything: true);
            await IsCleanAsync(page, "attempt");
            await page.EvaluateAsync("document.querySelector('form#answers').submit()");
            await page.WaitForURLAsync("**/result*");
            await IsCleanAsync(page, "result");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_game_on_every_screen_in_every_phase(bool dark)
    {
        var host = await GameHost.SignInAsync(app, chromium, Screen.Desktop, dark: dark);
        await IsCleanAsync(host.Remote, "host list");
        await host.OpenGameAsync(questions: 1);
        var player = await Player.JoinAsync(chromium, app.Address, host.Pin, "白露");
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

        await host.Remote.GotoAsync("/people");
        await IsCleanAsync(host.Remote, "people");
    }

    [Theory]
    [InlineData("zh-CN", true)]
    [InlineData("en-GB", false)]
    public async Task Making_a_bank_of_a_text(string language, bool dark)
    {
        foreach (var screen in (Screen[])[Screen.Phone, Screen.Desktop])
        {
            var editor = await BankMaker.SignInAsync(app, chromium, screen, language, dark);
            var page = editor.Page;
            var slug = $"axe-{language.ToLowerInvariant()}-{screen.Width}";
            await page.GotoAsync("/banks/new");
            await IsCleanAsync(page, "form");
            await editor.PasteAsync(" ", "not-a-text");
            await IsCleanAsync(page, "refused");
            await editor.UploadAsync(BankMaker.Long(200_000));
            await IsCleanAsync(page, "waiting");
            await page.Locator("form[action$='/cancel'] button").ClickAsync();
            await Assertions.Expect(page.Locator("main .note.wrong")).ToBeVisibleAsync(new() { Timeout = 60_000 });
            await editor.MakeAsync(slug);
            await IsCleanAsync(page, "review");
            await page.Locator(".rest a").First.ClickAsync();
            await IsCleanAsync(page, "rest");
            await page.GotoAsync($"/banks/{slug}/review");
            await page.Locator(".decide button[value=accept]").ClickAsync();
            await page.WaitForURLAsync("**/review?done=*");
            await IsCleanAsync(page, "decided");
            await page.GotoAsync($"/banks/{slug}/report");
            await page.EvaluateAsync("for (const details of document.querySelectorAll('main details')) details.open = true");
            await IsCleanAsync(page, "report");
            await page.GotoAsync("/");
            await IsCleanAsync(page, "home of an editor");
            await page.GotoAsync("/banks/new/00000000-0000-0000-0000-000000000001");
            await IsCleanAsync(page, "gone");
        }
    }

    private static async Task IsCleanAsync(IPage page, string what)
    {
        var result = await page.RunAxe();
        var serious = result.Violations.Where(v => v.Impact is "serious" or "critical")
            .Select(v => $"{what}: {v.Id}: {v.Help}: {string.Join(" | ", v.Nodes.Take(3).Select(n => n.Html))}")
            .ToList();
        Assert.True(serious.Count == 0, string.Join(Environment.NewLine, serious));
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{what} is {overflow} px wider than the screen");
    }
}
