using Dapper;
using Npgsql;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ReviewQuestions;

/// <summary>
/// Carries withdrawals to what is open: attempts lose the question, games skip or void its round. What began while a question was being withdrawn is
/// found at the next look, and a withdrawal ends once nothing was found for a while. Hosts that do it together do each part once.
/// </summary>
public sealed class Withdrawals(NpgsqlDataSource db, IGrainFactory grains, Clock clock, ILogger<Withdrawals> log) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    // Whoever read the bank before the withdrawal has begun by then
    private static readonly TimeSpan Settled = TimeSpan.FromMinutes(2);

    private readonly SemaphoreSlim _withdrawn = new(0);

    /// <summary>Says that a question was withdrawn here, so that nobody waits for the next look.</summary>
    public void Wake() => _withdrawn.Release();

    /// <summary>Carries every withdrawal as far as it goes now.</summary>
    public async Task RunAsync(CancellationToken stop = default)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        foreach (var (id, question, at) in await connection.QueryAsync<(long, long, DateTime)>("select id, question_id, withdrawn_at from withdrawal where done_at is null order by id"))
        {
            var now = clock.Now;
            var attempts = await TakeFromAttemptsAsync(connection, question, now, stop);
            var games = await TakeFromGamesAsync(connection, question);
            await connection.ExecuteAsync(
                "update withdrawal set attempts = attempts + @attempts, games = games + @games, done_at = case when @isDone then @now end where id = @id and done_at is null",
                new { id, attempts, games, now, isDone = attempts + games == 0 && now.UtcDateTime - at > Settled });
        }
    }

    public override void Dispose()
    {
        _withdrawn.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Repeatedly.DoAsync(
        LookEvery, RunAsync, failed => log.LogError(failed, "A withdrawn question could not be taken from everything that is open; it is tried again in a few seconds"), stoppingToken, _withdrawn);

    private static async Task<int> TakeFromAttemptsAsync(NpgsqlConnection connection, long question, DateTimeOffset now, CancellationToken stop)
    {
        for (var taken = 0; ;)
        {
            var open = (await connection.QueryAsync<Guid>(
                """
                select a.id from attempt a
                where a.submitted_at is null and a.mode <> 'read' and exists (
                  select 1 from attempt_question q join question_version v on v.id = q.question_version_id where q.attempt_id = a.id and v.question_id = @question)
                order by a.id limit @AtOnce
                """,
                new { question, AtOnce })).AsList();
            foreach (var attempt in open)
            {
                stop.ThrowIfCancellationRequested();
                if (await WithdrawnQuestions.TakeAsync(connection, attempt, question, now)) taken++;
            }

            if (open.Count < AtOnce) return taken;
        }
    }

    private async Task<int> TakeFromGamesAsync(NpgsqlConnection connection, long question)
    {
        var open = (await connection.QueryAsync<(Guid Game, int Round)>(
            """
            select g.id, r.round from game g join game_round r on r.game_id = g.id join question_version v on v.id = r.question_version_id
            where g.ended_at is null and r.voided_at is null and v.question_id = @question
            order by g.id, r.round
            """,
            new { question })).GroupBy(row => row.Game, row => row.Round);
        var taken = 0;
        foreach (var rounds in open) taken += await grains.GetGrain<IGameGrain>(rounds.Key).Withdraw([.. rounds]) ? 1 : 0;
        return taken;
    }
}
