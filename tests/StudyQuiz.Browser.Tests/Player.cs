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
        await Assertions.Expect(page.Locator(".p-top .nm")).ToHaveTextAsync(nickname, new() { Timeout = 15_000 });
        return new Player(page);
    }

    public Task MayAnswerAsync() => Assertions.Expect(page.Locator(".padb, .p-type, .p-order").First).ToBeVisibleAsync();

    /// <summary>Answers right: chooses, types, or moves items into their places.</summary>
    public async Task AnswerAsync(LiveKey key)
    {
        await MayAnswerAsync();
        foreach (var pad in key.Pads) await page.Locator(".padb").Nth(pad).ClickAsync();
        if (key.Text is not null) await page.Locator("#blank").FillAsync(key.Text);
        for (var place = 0; place < key.Items.Count; place++)
        {
            var item = page.Locator(".order > li", new() { Has = page.GetByText(key.Items[place], new() { Exact = true }) });
            while (await item.EvaluateAsync<int>("item => [...item.parentElement.children].indexOf(item)") > place) await item.Locator("[data-move='-1']").ClickAsync();
        }

        if (await page.Locator(".p-send button").CountAsync() > 0) await page.Locator(".p-send button").ClickAsync();
    }

    /// <summary>Answers wrong.</summary>
    public async Task AnswerWrongAsync(LiveKey key)
    {
        await MayAnswerAsync();
        if (key.Pads.Count > 0) await page.Locator(".padb").Nth(Enumerable.Range(0, 6).First(pad => !key.Pads.Contains(pad))).ClickAsync();
        if (key.Text is not null) await page.Locator("#blank").FillAsync("不知道");
        // Items are never shown in their right order.
        if (await page.Locator(".p-send button").CountAsync() > 0) await page.Locator(".p-send button").ClickAsync();
    }

    public Task HasReceiptAsync() => Assertions.Expect(page.Locator("[role=status]:has(use[href='#i-saved'])")).ToBeVisibleAsync();

    public Task SeesVerdictAsync() => Assertions.Expect(page.Locator(".verdict")).ToBeVisibleAsync();
}
