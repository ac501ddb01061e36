using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Live;

/// <summary>
/// Warns where app hosts that are no cluster work on one database: each would take games from the other at every turn. A host that plays alone wants the
/// database's lock for itself, those of a cluster share it.
/// </summary>
internal sealed class OtherHosts(NpgsqlDataSource db, IConfiguration configuration, Clock clock, ILogger<OtherHosts> log) : BackgroundService
{
    /// <summary>How often is looked. Whoever finds the lock held twice in a row warns: a host that was killed may hold it for a moment.</summary>
    internal static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(20);

    private const long Lock = 0x5175697A486F7374;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var take = ClusterSettings.Of(configuration) is null ? "select pg_try_advisory_lock(@Lock)" : "select pg_try_advisory_lock_shared(@Lock)";
        var refused = 0;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await db.OpenConnectionAsync(stoppingToken);
                for (var isHeld = false; ; await clock.DelayAsync(LookEvery, stoppingToken))
                {
                    // The lock lives as long as its connection does
                    isHeld = isHeld ? await connection.QuerySingleAsync<bool>("select true") : await connection.QuerySingleAsync<bool>(take, new { Lock });
                    refused = isHeld ? 0 : refused + 1;
                    if (refused == 2)
                    {
                        log.LogWarning(
                            "Another app host works on this database and is no part of the same cluster: games are taken from one and the other at every turn. Stop one of them, or give all of them the same Cluster__Name");
                    }
                }
            }
            catch (Exception gone) when (gone is NpgsqlException or TimeoutException)
            {
                // Whoever needs the database says that it is gone
                await clock.DelayAsync(LookEvery, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
