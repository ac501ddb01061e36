using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>
/// Closes attempts whose time is over without anyone looking at them, so that their reviews are written and every other page sees them.
/// Pages that look earlier close theirs themselves.
/// </summary>
public sealed class OverdueAttempts(NpgsqlDataSource db, Clock clock, ILogger<OverdueAttempts> log) : BackgroundService
{
    private const int AtOnce = 100;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    /// <summary>Closes what is overdue now.</summary>
    /// <returns>How many were closed.</returns>
    public async Task<int> CloseAsync(CancellationToken stop = default)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        var now = clock.Now;
        var closed = 0;
        foreach (var attempt in await AttemptClosing.OverdueAsync(connection, AtOnce, now))
        {
            stop.ThrowIfCancellationRequested();
            await AttemptClosing.CloseAsync(connection, attempt, now);
            closed++;
        }

        return closed;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Repeatedly.DoAsync(
        LookEvery,
        async stop =>
        {
            while (await CloseAsync(stop) == AtOnce) stop.ThrowIfCancellationRequested();
        },
        failed => log.LogError(failed, "Overdue self-tests could not be closed; they are tried again in ten seconds"),
        stoppingToken);
}
