namespace StudyQuiz.Browser.Tests;

/// <summary>Plain http under a name: what a school's network has. Browsers take away secure cookies, wake lock, randomUUID.</summary>
[Collection<OneAppForGames>]
public sealed class LanTests(AppProcess app, Chromium chromium)
{
    private Uri Lan => new($"http://{Chromium.LanName}:{app.Port}");

    [Fact]
    public async Task A_phone_joins_and_plays_without_a_secure_context()
    {
        var host = await GameHost.SignInAsync(app, chromium, Screen.Desktop);
        await host.OpenGameAsync(questions: 1);
        var player = await Player.JoinAsync(chromium, Lan, host.Pin, "白露");
        Assert.False(await player.Page.EvaluateAsync<bool>("isSecureContext"));
        // Someone who does not answer keeps the round open while the other one reloads.
        await Player.JoinAsync(chromium, Lan, host.Pin, "青石");
        await host.GoOnAsync();
        await host.GoOnAsync();
        await player.AnswerAsync(await host.KeyAsync());
        await player.HasReceiptAsync();
        await player.Page.ReloadAsync();
        await player.HasReceiptAsync();
    }

    [Fact]
    public async Task A_learner_takes_a_test_without_a_secure_context()
    {
        var page = await chromium.PersonAsync(Lan, Screen.Phone);
        var taker = new SelfTaker(page);
        await taker.BeginAsync();
        Assert.False(await page.EvaluateAsync<bool>("isSecureContext"));
        await taker.AnswerAsync();
        await taker.SavedAsync();
        await page.ReloadAsync();
        Assert.Equal(1, await taker.AnsweredAsync());
    }
}
