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
        if (!result.Successful) throw Failure(result, scripts);
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
        .WithScripts(scripts.Select(script => new SqlScript(script.Name, AsOneStatement(script.Sql))))
        .WithScriptNameComparer(StringComparer.Ordinal)
        .JournalToPostgresqlTable("public", "schema_migration")
        .WithTransactionPerScript()
        .WithVariablesDisabled() // $name$ is PostgreSQL's own quoting
        .LogToNowhere()
        .Build();

    /// <summary>
    /// The server itself takes the script apart: DbUp and Npgsql would both cut it at semicolons, wrongly within "begin atomic", and
    /// then an error's position counts from a cut nobody knows. This way it counts from the start of the script.
    /// </summary>
    private static string AsOneStatement(string sql)
    {
        var tag = $"q{Guid.NewGuid():N}";
        return $"do $do{tag}$ begin execute ${tag}${sql}${tag}$; end $do{tag}$";
    }

    private static string ForMigrating(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString)
    {
        ApplicationName = "StudyQuiz migration",
        CommandTimeout = 0, // an index on a large table takes what it takes, and so does waiting for another host
        Pooling = false,
    }.ConnectionString;

    private static Exception Failure(DatabaseUpgradeResult result, IReadOnlyList<MigrationScript> scripts)
    {
        if (result.ErrorScript is not { } failed || result.Error is not DbException error) return result.Error;
        var refused = error as PostgresException;
        var script = scripts.First(script => script.Name == failed.Name);
        // A function or trigger that the script called has positions of its own
        int? line = refused?.InternalQuery == script.Sql && refused.InternalPosition > 0
            ? script.Sql.AsSpan(0, Math.Min(script.Sql.Length, refused.InternalPosition - 1)).Count('\n') + 1
            : null;
        return new MigrationFailedException(script.Name, line, refused is null ? error.Message : $"{refused.SqlState} {refused.MessageText}", error);
    }
}
