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
