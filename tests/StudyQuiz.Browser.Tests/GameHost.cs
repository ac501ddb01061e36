using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

/// <summary>A teacher: signed in once an app, opens games, runs them from the remote with the projector beside it.</summary>
internal sealed class GameHost
{
    private GameHost(IPage remote) => Remote = remote;

    public IPage Remote { get; }

    public IPage? Projector { get; private set; }

    public string Pin { get; private set; } = "";

    /// <summary>Makes the first admin by the link that the server printed; everybody who asks later signs in.</summary>
    public static async Task<GameHost> SignInAsync(AppProcess app, Chromium chromium, Screen screen, string language = "zh-CN", bool dark = false)
    {
        var page = await chromium.PersonAsync(app.Address, screen, language, dark);
        await page.GotoAsync(app.FirstAdminPath);
        if (await page.Locator("form[action='/first-admin']").CountAsync() == 0)
        {
            await page.GotoAsync("/sign-in?returnUrl=/host");
        }

        await page.Locator("input[name=name]").FillAsync("teacher");
        await page.Locator("input[name=password]").FillAsync("chalk-and-talk");
        await page.Locator("main form:has(input[name=password]) button.primary").ClickAsync();
        await page.WaitForURLAsync("**/host");
        return new GameHost(page);
    }

    /// <summary>Opens a game and its projector page.</summary>
    /// <param name="types">The types to be drawn; all where none is named.</param>
    public async Task OpenGameAsync(int questions, Screen? projector = null, params string[] types)
    {
        foreach (var type in types.Length == 0 ? [] : await Remote.Locator("input[name=types]").AllAsync())
        {
            var value = await type.GetAttributeAsync("value");
            await type.SetCheckedAsync(Array.IndexOf(types, value) >= 0);
        }

        await Remote.Locator("#number").FillAsync($"{questions}");
        await OpenAsync(projector);
    }

    /// <summary>Sends the form of a new game as it stands, and opens the projector page.</summary>
    public async Task OpenAsync(Screen? projector = null)
    {
        await Remote.Locator("form[action='/host'] button.primary").ClickAsync();
        await Remote.WaitForURLAsync("**/host/*-*");
        Projector = await Remote.Context.NewPageAsync();
        var size = projector ?? Screen.Projector;
        await Projector.SetViewportSizeAsync(size.Width, size.Height);
        await Projector.GotoAsync(Remote.Url + "/screen");
        var pin = await Projector.Locator(".bigpin").InnerTextAsync();
        Pin = new string([.. pin.Where(char.IsAsciiDigit)]);
        Assert.Equal(8, Pin.Length);
    }

    /// <summary>Presses the one next action, whatever it is called, and waits until the remote shows what came of it.</summary>
    public async Task GoOnAsync()
    {
        var phase = await PhaseAsync();
        await Remote.Locator(".rdock button.primary").ClickAsync();
        await Assertions.Expect(Remote.Locator("main h1")).Not.ToHaveTextAsync(phase);
    }

    /// <summary>What the remote calls the running phase.</summary>
    public Task<string> PhaseAsync() => Remote.Locator("main h1").InnerTextAsync();

    public Task<bool> IsOverAsync() => Remote.Locator(".rdock a.primary").IsVisibleAsync();

    /// <summary>What the remote marks as right.</summary>
    public async Task<LiveKey> KeyAsync()
    {
        await Assertions.Expect(Remote.Locator(".ropts li.key, .typed.key, .places").First).ToBeVisibleAsync();
        return new LiveKey(
            await Remote.Locator(".ropts li").EvaluateAllAsync<int[]>("rows => rows.flatMap((row, i) => row.classList.contains('key') ? [i] : [])"),
            (await Remote.Locator(".typed.key").AllInnerTextsAsync()).SingleOrDefault()?.Trim(),
            await Remote.Locator(".places li > span").AllInnerTextsAsync());
    }
}

/// <summary>A right answer: of pads, of a blank, or of items in order.</summary>
internal sealed record LiveKey(IReadOnlyList<int> Pads, string? Text, IReadOnlyList<string> Items);
