using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

/// <summary>A pupil with a phone and no account.</summary>
internal sealed class Player(IPage page)
{
    public IPage Page => page;

    public static async Task<Player> JoinAsync(Chromium chromium, Uri address, string pin, string nickname, string language = "zh-CN") =>
        await JoinAsync(await chromium.PersonAsync(address, Screen.Phone, language), pin, nickname);

    public static async Task<Player> JoinAsync(IPage page, string pin, string nickname)
    {
        await page.GotoAsync("/join");
        await page.Locator("#pin").FillAsync(pin);
        await page.Locator("form[action='/join'] button.primary").ClickAsync();
        await page.Locator("#nickname").FillAsync(nickname);
        await page.Locator("form[action='/join'] button.primary").ClickAsync();
        await page.WaitForURLAsync("**/play/*");
        await Assertions.Expect(page.Locator(".p-top .nm")).ToHaveTextAsync(nickname);
        return new Player(page);
    }

    public Task SeesPadsAsync() => Assertions.Expect(page.Locator(".padb").First).ToBeVisibleAsync();

    /// <summary>Presses a pad; a multiple choice is sent with its own button.</summary>
    public async Task AnswerAsync(int pad)
    {
        await SeesPadsAsync();
        await page.Locator(".padb").Nth(pad).ClickAsync();
        if (await page.Locator(".pads.many").CountAsync() > 0) await page.Locator(".p-send button").ClickAsync();
    }

    public Task HasReceiptAsync() => Assertions.Expect(page.GetByText("已收到，不会丢")).ToBeVisibleAsync();

    public Task SeesVerdictAsync() => Assertions.Expect(page.Locator(".verdict")).ToBeVisibleAsync();
}
