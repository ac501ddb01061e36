using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Live;

/// <summary>
/// Writes what a game that has ended found out into its players' reviews: all of a game in one transaction, for seats that belong to a
/// learner. A game whose host died right after its end is found at the next look.
/// </summary>
public sealed class GameReviews(NpgsqlDataSource db, Clock clock, ILogger<GameReviews> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _ended = new(0);

    /// <summary>Says that a game has ended here, so that nobody waits for the next look.</summary>
    public void Wake() => _ended.Release();

    /// <summary>Writes the reviews of every game that has ended and has not given them yet.</summary>
    public async Task WriteAsync(CancellationToken stop = default)
    {
        while (await WriteNextAsync(stop)) stop.ThrowIfCancellationRequested();
    }

    public override void Dispose()
    {
        _ended.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Repeatedly.DoAsync(
        LookEvery, WriteAsync, failed => log.LogError(failed, "The reviews of a game could not be written; they are tried again within a minute"), stoppingToken, _ended);

    private async Task<bool> WriteNextAsync(CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var game = await connection.QuerySingleOrDefaultAsync<Guid?>(
            """
            select id from game where ended_at is not null and reviews_written_at is null
            order by ended_at limit 1 for no key update skip locked
            """);
        if (game is null) return false;

        // So that no appeal changes a key between reading it and writing by it
        await connection.ExecuteAsync(
            "select 1 from question where id in (select v.question_id from game_round r join question_version v on v.id = r.question_version_id where r.game_id = @game) order by id for share", new { game });
        var now = clock.Now;
        var answers = await connection.QueryAsync<Row>(
            """
            select s.learner_id as Learner, s.seat, a.round, r.question_version_id as Version, played_question(r.corrected, k.body, v.body) as body, a.answer, a.received_at as ReceivedAt
            from game_seat s
            join game_answer a on a.game_id = s.game_id and a.seat = s.seat
            join game_round r on r.game_id = a.game_id and r.round = a.round
            join question_version v on v.id = r.question_version_id
            left join key_correction k on k.question_version_id = v.id
            where s.game_id = @game and s.learner_id is not null and s.removed_at is null and r.voided_at is null
            """,
            new { game });
        // One order of learners for everyone: two games that end together must not wait for each other
        foreach (var learner in answers.GroupBy(row => row.Learner).OrderBy(rows => rows.Key))
            await CardLog.AddAsync(connection, learner.Key, ReviewOrigins.Game, [.. learner.Select(row => row.Read(game.Value))], now);
        await connection.ExecuteAsync("update game set reviews_written_at = @now where id = @game", new { game, now });
        await transaction.CommitAsync(stop);
        return true;
    }

    private sealed record Row(Guid Learner, int Seat, int Round, long Version, string Body, string Answer, DateTime ReceivedAt)
    {
        public NewReview Read(Guid game)
        {
            var verdict = Grading.Grade(JsonSerializer.Deserialize<Question>(Body, DomainJson.Options)!, JsonSerializer.Deserialize<GivenAnswer>(Answer, DomainJson.Options));
            return CardLog.Assessed(CardLog.IdOf(ReviewOrigins.Game, game, Round, Seat), Version, verdict.Outcome == Outcome.Right, new DateTimeOffset(ReceivedAt, TimeSpan.Zero));
        }
    }
}
