using System.Net;
using System.Net.WebSockets;
using StudyQuiz.App.Live;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Live;

public sealed class PlayerHubTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_player_joins_answers_and_sees_the_result_and_nothing_of_the_key_before()
    {
        var game = await TestGame.OpenAsync(app);
        using var browser = await TestPlayer.JoinAsync(app, (await game.ViewAsync()).Pin, "白露");
        await using var player = await TestPlayer.PlayAsync(browser, game.Id);
        Assert.Equal("白露", (await player.SeesAsync(GamePhase.Lobby)).Seat!.Nickname);

        await game.GoOnAsync();
        Assert.Null((await player.SeesAsync(GamePhase.Reading)).Question!.Options);
        await game.GoOnAsync();
        Assert.Equal(3, (await player.SeesAsync(GamePhase.Open)).Question!.Options!.Count);
        var receipt = await player.AnswerAsync(1, await game.KeyAsync());
        Assert.True(receipt.Received);
        Assert.DoesNotContain(player.Frames, frame => frame.Contains(TestBank.Secret, StringComparison.Ordinal) || frame.Contains("\"key\"", StringComparison.Ordinal));

        await game.GoOnAsync();
        var closed = await player.SeesAsync(GamePhase.Closed);
        Assert.Equal((Outcome.Right, 100, 1), (closed.Result!.Outcome, closed.Result.Gain, closed.Result.Rank));
        Assert.Contains(TestBank.Secret, closed.Reveal!.Explanation, StringComparison.Ordinal);
        Assert.Equal(new EvidenceView("P01", "", $"{TestBank.Secret}在这一句里", "。"), closed.Reveal.Evidence.Single());

        await game.UntilAsync(GamePhase.Reading);
        var next = await player.SeesAsync(GamePhase.Reading);
        Assert.Null(next.Mine);
        Assert.Null(next.Result);
    }

    [Fact]
    public async Task Coming_back_finds_the_seat_and_evicts_the_old_screen()
    {
        var game = await TestGame.OpenAsync(app);
        using var browser = await TestPlayer.JoinAsync(app, (await game.ViewAsync()).Pin, "白露");
        await using var old = await TestPlayer.PlayAsync(browser, game.Id);
        await game.UntilAsync(GamePhase.Open);
        Assert.True((await old.AnswerAsync(1, await game.KeyAsync())).Received);

        await using var back = await TestPlayer.PlayAsync(browser, game.Id);
        Assert.NotNull(back.Latest!.Mine);
        await Until.TrueAsync(() => Task.FromResult(old.IsEvicted), "the old screen is told");
    }

    [Fact]
    public async Task Without_the_seats_cookie_there_is_no_seat()
    {
        var game = await TestGame.OpenAsync(app);
        await game.SeatAsync("白露");
        using var stranger = app.Browser();
        await using var connection = await TestPlayer.PlayAsync(stranger, game.Id);
        Assert.Equal(Refusals.NoSeat, await connection.AttachAsync());
        Assert.Equal(Refusals.NoSeat, (await connection.AnswerAsync(1, new Chosen([0]))).Refusal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("https://elsewhere.example")]
    public async Task A_handshake_without_or_with_a_foreign_origin_is_refused(string? origin)
    {
        foreach (var hub in (string[])["/hubs/player", "/hubs/host"])
        {
            using var socket = new ClientWebSocket();
            if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
            socket.Options.CollectHttpResponseDetails = true;
            await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(new UriBuilder(new Uri(app.Address, hub)) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken));
            Assert.Equal(HttpStatusCode.Forbidden, socket.HttpStatusCode);
        }
    }
}
