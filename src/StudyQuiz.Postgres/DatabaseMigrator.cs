using System.Data.Common;
using DbUp;
using DbUp.Engine;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace StudyQuiz.Postgres;

/// <summary>Brings a database to the newest state: scripts in the order of their names, each once, noted in <c>schema_migration</c>.</summary>
public static class DatabaseMigrator
{
    // Any fixed number: 'StudyQuiz' has no other advisory lock of this key
    private const long LockKey = 7_834_921_106_114_310_001;

    /// <summary>Applies what isn't applied yet. Of several hosts that start at once one works and the others wait.</summary>
    /// <returns>Names of the scripts applied by this call, in order.</returns>
    /// <exception cref="MigrationFailedException">A script failed; it is rolled back, and later ones were not tried.</exception>
    /// <exception cref="NpgsqlException">The database can't be reached: see <see cref="ConnectionProbe"/>.</exception>
    public static async Task<IReadOnlyList<string>> MigrateAsync(
        string connectionString, IReadOnlyList<MigrationScript> scripts, ILogger logger, CancellationToken cancellation = default)
    {
        // Held on a connection of its own, unpooled: closing it frees the lock, whatever happened between
        await using var held = new NpgsqlConnection(ForMigrating(connectionString));
        await held.OpenAsync(cancellation);
        await using var wait = new NpgsqlCommand($"select pg_advisory_lock({LockKey})", held);
        await wait.ExecuteNonQueryAsync(cancellation);

        var result = await Task.Run(() => Engine(connectionString, scripts).PerformUpgrade(), cancellation);
        if (!result.Successful) throw Failure(result);
        var applied = result.Scripts.Select(script => script.Name).ToList();
        if (applied.Count > 0) logger.LogInformation("Applied {Count} migration(s): {Scripts}", applied.Count, string.Join(", ", applied));
        return applied;
    }

    /// <summary>Names of the scripts that <see cref="MigrateAsync"/> would apply, in order. Changes nothing.</summary>
    /// <exception cref="NpgsqlException">The database can't be reached: see <see cref="ConnectionProbe"/>.</exception>
    public static IReadOnlyList<string> Pending(string connectionString, IReadOnlyList<MigrationScript> scripts) =>
        [.. Engine(connectionString, scripts).GetScriptsToExecute().Select(script => script.Name)];

    private static UpgradeEngine Engine(string connectionString, IReadOnlyList<MigrationScript> scripts) => DeployChanges.To
        .PostgresqlDatabase(ForMigrating(connectionString))
        .WithScripts(scripts.Select(script => new SqlScript(script.Name, script.Sql)))
        .WithScriptNameComparer(StringComparer.Ordinal)
        .JournalToPostgresqlTable("public", "schema_migration")
        .WithTransactionPerScript()
        .WithVariablesDisabled() // $name$ is PostgreSQL's own quoting
        .LogToNowhere()
        .Build();

    private static string ForMigrating(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = "StudyQuiz migration",
        CommandTimeout = 0, // an index on a large table takes what it takes, and so does waiting for another host
        Pooling = false,
        IncludeFailedBatchedCommand = true,
    }.ConnectionString;

    private static Exception Failure(DatabaseUpgradeResult result)
    {
        if (result.ErrorScript is not { } script || result.Error is not DbException error) return result.Error;
        var reason = error is PostgresException refused ? $"{refused.SqlState} {refused.MessageText}" : error.Message;
        return new MigrationFailedException(script.Name, LineOf(script.Contents, error as PostgresException), reason, error);
    }

    private static int? LineOf(string script, PostgresException? error)
    {
        // PostgreSQL counts from the start of the statement that failed
        var statement = error?.BatchCommand?.CommandText;
        if (statement is null || error!.Position == 0) return null;
        var start = script.IndexOf(statement, StringComparison.Ordinal);
        return start < 0 ? null : script.AsSpan(0, Math.Min(script.Length, start + error.Position - 1)).Count('\n') + 1;
    }
}
