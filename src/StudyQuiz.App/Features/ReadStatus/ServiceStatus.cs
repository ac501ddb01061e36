using System.Diagnostics;
using System.Reflection;
using Dapper;
using Npgsql;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Telemetry;

namespace StudyQuiz.App.Features.ReadStatus;

/// <summary>How the service does at a moment, as the app host that is asked sees it.</summary>
/// <param name="Trouble">Why the database does not take writes, as <c>/ready</c> says it; null where it does.</param>
/// <param name="Database">Null where it could not be read.</param>
/// <param name="Hosts">All app hosts of the cluster that have been heard of within a day; empty where this one plays alone.</param>
/// <param name="Games">Games that have not ended, the newest first.</param>
public sealed record ServiceStatus(string? Trouble, ThisHost Host, DatabaseStatus? Database, IReadOnlyList<HostStatus> Hosts, IReadOnlyList<GameStatus> Games)
{
    /// <summary>Games that are listed at the most.</summary>
    public const int MostGames = 100;

    internal static async Task<ServiceStatus> OfAsync(NpgsqlDataSource db, GameRelay relay, SlowStatements slow, RefusedCounts refused, IConfiguration configuration, Clock clock, CancellationToken stop)
    {
        var host = ThisHost.Of(slow.Count, refused.All);
        if (await Health.WhyNotWritableAsync(db, stop) is { } trouble) return new ServiceStatus(trouble, host, null, [], []);
        await using var connection = await db.OpenConnectionAsync(stop);
        var began = clock.Timestamp;
        await connection.ExecuteAsync("select 1");
        var answered = clock.Since(began);
        var database = await connection.QuerySingleAsync<DatabaseStatus>(
            """
            select current_setting('server_version') as version, pg_database_size(current_database()) as bytes, current_setting('max_connections')::int as most_connections,
              (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
              (select scriptname from schema_migration order by schemaversionsid desc limit 1) as migration,
              (select count(*)::int from webhook_delivery where next_at is not null) as webhooks_waiting
            """);
        var hosts = ClusterSettings.Of(configuration) is not { } cluster ? [] : await connection.QueryAsync<HostStatus>(
            """
            select name, host, address, port, status, started_at, alive_at from cluster_member
            where cluster = @Name and (status <> 6 or alive_at > @day) order by status = 6, started_at
            """,
            new { cluster.Name, day = clock.Now - TimeSpan.FromDays(1) });
        var games = await connection.QueryAsync<GameStatus>(
            """
            select g.id, g.title, a.user_name as host, g.created_at,
              (select count(*)::int from game_seat s where s.game_id = g.id and s.removed_at is null) as seats,
              (select count(*)::int from game_round r where r.game_id = g.id) as rounds,
              coalesce((select max((e.body ->> 'round')::int) from game_event e where e.game_id = g.id), 0) as round,
              (select max(e.stored_at) from game_event e where e.game_id = g.id) as changed_at
            from game g join account a on a.id = g.host_id
            where g.ended_at is null and g.pin_until > @now
            order by g.created_at desc limit @MostGames
            """,
            new { now = clock.Now, MostGames });
        return new ServiceStatus(null, host, database with { Answered = answered }, [.. hosts], [.. games.Select(game => game with { ScreensHere = relay.ScreensOf(game.Id) })]);
    }
}

/// <summary>The app host that was asked.</summary>
/// <param name="Running">Since its process began.</param>
/// <param name="ResidentBytes">Its memory, as the machine counts it.</param>
/// <param name="SlowStatements">Statements that took too long since its start; each is in its log.</param>
/// <param name="Refused">What limits have refused since its start, by the limit's name; the most refused first.</param>
public sealed record ThisHost(string Machine, string Version, TimeSpan Running, long ResidentBytes, long SlowStatements, IReadOnlyList<KeyValuePair<string, long>> Refused)
{
    internal static ThisHost Of(long slow, IReadOnlyDictionary<string, long> refused)
    {
        using var process = Process.GetCurrentProcess();
        return new ThisHost(
            Environment.MachineName, Shortened(typeof(ThisHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? ""),
            TimeProvider.System.GetLocalNow() - new DateTimeOffset(process.StartTime), process.WorkingSet64, slow,
            [.. refused.OrderByDescending(limit => limit.Value)]);
    }

    // Of the commit it was built from, as much as tells it from others
    private static string Shortened(string version) => version.IndexOf('+', StringComparison.Ordinal) is > 0 and var plus && version.Length > plus + 9 ? version[..(plus + 9)] : version;
}

/// <param name="Migration">The newest that it has had.</param>
/// <param name="WebhooksWaiting">Deliveries that are due or are tried again.</param>
public sealed record DatabaseStatus(string Version, long Bytes, int MostConnections, int Connections, string Migration, int WebhooksWaiting)
{
    /// <summary>How long an empty statement took, there and back.</summary>
    public TimeSpan Answered { get; init; }
}

/// <summary>An app host of the cluster.</summary>
/// <param name="Status">Orleans' number: 3 is active, 6 dead.</param>
public sealed record HostStatus(string Name, string Host, string Address, int Port, int Status, DateTime StartedAt, DateTime AliveAt)
{
    public bool IsActive => Status == 3;

    public bool IsDead => Status == 6;
}

/// <summary>A game that has not ended.</summary>
/// <param name="Round">The question that it has come to; 0 in the lobby.</param>
/// <param name="ChangedAt">When something last happened in it.</param>
public sealed record GameStatus(Guid Id, string Title, string Host, DateTime CreatedAt, int Seats, int Rounds, int Round, DateTime? ChangedAt)
{
    /// <summary>Players' screens that are connected to the host that was asked.</summary>
    public int ScreensHere { get; init; }
}
