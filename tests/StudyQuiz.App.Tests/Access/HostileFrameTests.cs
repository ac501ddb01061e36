using System.Text.Json;
using StudyQuiz.App.Tests.Live;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Tests.Access;

/// <summary>Hostile texts to the hubs, as frames of their own making: no client of ours would send half a surrogate pair.</summary>
public sealed class HostileFrameTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Hubs_refuse_or_take_them_and_go_on()
    {
        var things = await Things.MakeAsync(app);
        var game = new TestGame(things.Game, things.Owner("game").Account, app);
        var pin = (await game.ViewAsync()).Pin;
        var random = new Random(7);
        for (var i = 0; i < 30; i++)
        {
            using var browser = app.Browser();
            using var answer = await browser.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", HostileTexts.Of(random)));
            Assert.True((int)answer.StatusCode < 500);
        }

        using var phone = await TestPlayer.JoinAsync(app, pin, "白露");
        await using var player = await RawHub.ConnectAsync(phone, "player");
        Assert.Contains("\"view\"", await player.CallAsync("Attach", $"\"{game.Id}\""), StringComparison.Ordinal);
        await using var desk = await RawHub.ConnectAsync(things.Owner("game").Browser, "host");
        Assert.Contains("\"view\"", await desk.CallAsync("Attach", $"\"{game.Id}\",\"remote\""), StringComparison.Ordinal);
        await game.UntilAsync(GamePhase.Open);
        var seat = (await game.ViewAsync()).Console!.Seats[0].Number;
        string[] texts =
        [
            "\"\\ud800\"", "\"a\\u0000b\"", "\"\\ufffe\"", $"\"{new string('长', 300)}\"", "null", "7", "[]", "{}", "\"'; drop table seat; --\"", "\"\\u202e<script>\"",
            .. Enumerable.Range(0, 20).Select(_ => HostileTexts.Of(random)).Where(text => text.Length < 250 && StorableText.Is(text)).Select(text => JsonSerializer.Serialize(text)),
        ];
        foreach (var text in texts)
        {
            await player.CallAsync("Answer", $$"""1,{"kind":"typed","text":{{text}}}""");
            Assert.DoesNotContain("\"received\":true", await player.CallAsync("Answer", $$"""{{text}},{"kind":{{text}},"options":{{text}}}"""), StringComparison.Ordinal);
            await player.CallAsync("Attach", text);
            await desk.CallAsync("RenameSeat", $"{seat},{text}");
            await desk.CallAsync("FindSeats", text);
            await desk.CallAsync("PreviewKey", $$"""{"kind":"typed","text":{{text}}}""");
        }

        Assert.Contains("\"view\"", await player.CallAsync("Attach", $"\"{game.Id}\""), StringComparison.Ordinal);
        Assert.True((await game.Grain.Answer(seat, 1, await game.KeyAsync())).Received);
        var faults = app.Log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).Select(line => line[..Math.Min(line.Length, 900)]).Distinct().ToList();
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }
}
