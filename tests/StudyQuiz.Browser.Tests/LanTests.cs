namespace StudyQuiz.Browser.Tests;

/// <summary>Plain http under a name: what a school's network has. Games on it are in <see cref="LiveGameTests"/>.</summary>
[Collection<OneAppForGames>]
public sealed class LanTests(AppProcess app, Chromium chromium)
{
    private Uri Lan => new($"http://{Chromium.LanName}:{app.Port}");

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
