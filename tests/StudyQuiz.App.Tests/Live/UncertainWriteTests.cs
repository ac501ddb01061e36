using System.Text.Json;
using Dapper;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Live;

/// <summary>A commit whose reply was lost, and one that is slow: what is said is what is stored, and the game goes on.</summary>
public sealed class UncertainWriteTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task The_receipt_names_the_answer_that_is_stored_even_where_another_try_was_committed_before()
    {
        var (game, seat) = await OpenRoundAsync();
        var right = (Chosen)await game.KeyAsync();
        await ExecuteAsync(
            "insert into game_answer (game_id, round, seat, answer, at_us) values (@game, 1, @seat, @answer::jsonb, 1)",
            new { game = game.Id, seat, answer = JsonSerializer.Serialize<GivenAnswer>(new Chosen([0]), DomainJson.Options) }); // the author's first option is right

        var receipt = await game.Grain.Answer(seat, 1, await game.WrongAsync());

        Assert.True(receipt.Received);
        Assert.Equal(right.Options, ((Chosen)receipt.Mine!.Answer).Options);
        await game.GoOnAsync();
        Assert.Equal(1, (await game.ViewAsync()).Reveal!.Right);
    }

    [Fact]
    public async Task A_phase_that_was_journaled_without_a_reply_does_not_stop_the_game()
    {
        var (game, _) = await OpenRoundAsync();
        await ExecuteAsync(
            """
            insert into game_event (game_id, version, body)
            values (@game, (select max(version) + 1 from game_event where game_id = @game), @body::jsonb)
            """,
            new { game = game.Id, body = JsonSerializer.Serialize<GameEvent>(new RoundClosed(TimeSpan.FromMinutes(1), 1), DomainJson.Options) });

        Assert.Equal(Refusals.TryAgain, (await game.Grain.Lead(game.Host, new Advance(GamePhase.Open, 1))).Refusal);

        await Until.TrueAsync(async () => (await game.ViewAsync()).Phase == GamePhase.Closed, "the stored close is known");
        await game.GoOnAsync();
        Assert.Equal(GamePhase.Board, (await game.ViewAsync()).Phase);
    }

    [Fact]
    public async Task A_seat_that_was_stored_without_a_reply_does_not_stop_others_from_joining()
    {
        var game = await TestGame.OpenAsync(app);
        await game.SeatAsync("白露");
        await ExecuteAsync(
            "insert into game_seat (game_id, seat, nickname, skeleton, token_hash, at_us) values (@game, 2, '青石', '青石', @token, 1)",
            new { game = game.Id, token = SecretToken.Hash(game.Id + "青石") });

        Assert.Equal(Refusals.TryAgain, (await game.Grain.TakeSeat(new Newcomer("小满", SecretToken.Hash(game.Id + "小满"), null))).Refusal);

        await Until.TrueAsync(async () => (await game.Grain.TakeSeat(new Newcomer("小满", SecretToken.Hash(game.Id + "小满"), null))).Seat == 3, "the next seat is free");
        Assert.Equal(2, await game.SeatAsync("青石"));
    }

    [Fact]
    public async Task A_reload_shows_no_receipt_before_the_commit()
    {
        var (game, seat) = await OpenRoundAsync();
        var key = await game.KeyAsync();
        await using var connection = await app.Database.OpenConnectionAsync();
        await using var slow = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("lock table game_answer in exclusive mode");

        var receipt = game.Grain.Answer(seat, 1, key);
        await Until.TrueAsync(async () => await WaitingAsync() > 0, "the answer waits for the table");
        Assert.Equal(0, (await game.ViewAsync()).Answered);
        var reload = game.Grain.AttachPlayer(SecretToken.Hash(game.Id + "白露"), Guid.NewGuid());
        Assert.False(reload.IsCompleted);

        await slow.RollbackAsync();
        Assert.True((await receipt).Received);
        Assert.NotNull((await reload).View!.Mine);
        Assert.Equal(1, await game.StoredAsync());
    }

    private async Task<(TestGame Game, int Seat)> OpenRoundAsync()
    {
        var game = await TestGame.OpenAsync(app);
        var seat = await game.SeatAsync("白露");
        await game.SeatAsync("青石号");
        await game.UntilAsync(GamePhase.Open);
        return (game, seat);
    }

    private async Task<int> WaitingAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<int>(
            "select count(*)::int from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()");
    }

    private async Task ExecuteAsync(string sql, object parameters)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(sql, parameters);
    }
}
