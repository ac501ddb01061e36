using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

/// <summary>kill -9 of the app in the middle of something, then a new start: what was called saved is there, and people go on.</summary>
[Collection<OneAppForGames>]
public sealed class KillTests(AppProcess app, Chromium chromium)
{
    [Fact]
    public async Task A_self_test_goes_on_with_every_saved_answer()
    {
        var page = await chromium.PersonAsync(app.Address, Screen.Phone);
        var taker = new SelfTaker(page);
        await taker.BeginAsync();
        for (var i = 0; i < 4; i++)
        {
            await taker.AnswerAsync();
            await taker.SavedAsync();
            await taker.NextAsync();
        }

        await app.KillAsync();
        await taker.AnswerAsync();
        await Assertions.Expect(page.Locator("[data-saved].queued")).ToBeVisibleAsync();
        await app.StartAsync();
        await Assertions.Expect(page.Locator("[data-saved]")).ToContainTextAsync("已保存", new() { Timeout = 30_000 });

        await page.ReloadAsync();
        Assert.Equal(5, await taker.AnsweredAsync());
        await taker.HandInAsync();
        await Assertions.Expect(page.Locator(".score .big")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_live_question_goes_on_with_seats_answers_and_time_left()
    {
        var host = await GameHost.SignInAsync(app, chromium, Screen.Desktop);
        await host.OpenGameAsync(questions: 1);
        var first = await Player.JoinAsync(chromium, app.Address, host.Pin, "白露");
        var second = await Player.JoinAsync(chromium, app.Address, host.Pin, "青石");
        var gone = await Player.JoinAsync(chromium, app.Address, host.Pin, "霜降");
        await host.GoOnAsync();
        await host.GoOnAsync();
        await first.MayAnswerAsync();
        var key = await host.KeyAsync();
        await first.AnswerAsync(key);
        await first.HasReceiptAsync();
        await gone.AnswerAsync(key);
        await gone.HasReceiptAsync();
        await gone.Page.Context.ClearCookiesAsync();

        await app.KillAsync();
        await app.StartAsync();

        // Nobody touches anything: screens come back by themselves, and the second player still has time to answer.
        await first.HasReceiptAsync();
        // Without the seat's cookie no socket is opened, and the page leads to where one joins
        await gone.Page.WaitForURLAsync("**/join", new() { Timeout = 30_000 });
        await second.AnswerAsync(key);
        await second.HasReceiptAsync();
        await Assertions.Expect(host.Remote.Locator(".verdict, .ropts .bar").First).ToBeVisibleAsync(new() { Timeout = 30_000 });
        await host.GoOnAsync();
        await Assertions.Expect(host.Projector!.Locator(".board")).ToContainTextAsync("青石");
        await Assertions.Expect(host.Projector.Locator(".board")).ToContainTextAsync("白露");
    }
}
