using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.MyData;

/// <summary>
/// Takes the tie between a browser and what was done in it without an account away, when nobody came with it for half a year. What remains says
/// how questions were answered and no longer by whom: notes and words of one's own go, and nicknames in games.
/// </summary>
public sealed class ForgetUnclaimed(NpgsqlDataSource db, Clock clock, ILogger<ForgetUnclaimed> log) : BackgroundService
{
    /// <summary>How long a browser may stay away.</summary>
    public static readonly TimeSpan After = TimeSpan.FromDays(180);

    /// <summary>Browsers that are forgotten in one transaction, so that nobody waits for it.</summary>
    internal const int ABatch = 200;

    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    /// <summary>Forgets all that is due.</summary>
    /// <returns>How many learners became nobody's.</returns>
    public async Task<int> RunAsync(CancellationToken stop = default)
    {
        var (forgotten, browsers) = (0, 0);
        do
        {
            (browsers, var learners) = await ForgetBatchAsync(stop);
            forgotten += learners;
        }
        while (browsers == ABatch);
        return forgotten;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Repeatedly.DoAsync(
        LookEvery,
        async stop =>
        {
            if (await RunAsync(stop) is > 0 and var forgotten) log.LogInformation("What {Learners} learners did without an account was made anonymous after {Days} days", forgotten, After.TotalDays);
        },
        failed => log.LogError(failed, "What was done without an account could not be made anonymous; it is tried again within an hour"),
        stoppingToken);

    private async Task<(int Browsers, int Learners)> ForgetBatchAsync(CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var now = clock.Now;
        var owners = (await connection.QueryAsync<Guid>(new CommandDefinition(
            """
            with old as materialized (select token_hash from learner_device where seen_at < @before order by seen_at limit @ABatch for update skip locked)
            delete from learner_device d using old where d.token_hash = old.token_hash returning d.learner_id
            """,
            new { before = now - After, ABatch },
            cancellationToken: stop))).AsList();
        // Who has another browser that comes, or an account, is somebody still
        var forgotten = (await connection.QueryAsync<Guid>(new CommandDefinition(
            """
            update learner l set anonymised_at = @now
            where id = any(@owners) and account_id is null and merged_into is null and not exists (select 1 from learner_device where learner_id = l.id)
            returning id
            """,
            new { owners, now },
            cancellationToken: stop))).AsList();
        await connection.ExecuteAsync(new CommandDefinition(
            $"""
            update question_mark set note = null where learner_id = any(@forgotten) and note is not null;
            update question_flag set words = null where learner_id = any(@forgotten) and words is not null;
            update appeal p set words = null from attempt a where a.id = p.attempt_id and a.learner_id = any(@forgotten) and p.words is not null;
            update attempt set taker_name = null, taker_unit = null where learner_id = any(@forgotten) and assignment_id is not null;
            delete from capability_link where learner_id = any(@forgotten);
            delete from game_seat_token t using game_seat s where s.game_id = t.game_id and s.seat = t.seat and s.learner_id = any(@forgotten);
            {EraseMyData.UnnameSeats} where learner_id = any(@forgotten);
            """,
            new { forgotten },
            cancellationToken: stop));
        await transaction.CommitAsync(stop);
        return (owners.Count, forgotten.Count);
    }
}
