using Npgsql;
using StudyQuiz.Postgres;

namespace StudyQuiz.App.Commands;

/// <summary>The database that a command works on; an embedded server that it started stops with it.</summary>
internal sealed class Database(string connectionString, EmbeddedPostgres? embedded, ILoggerFactory loggers) : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    public string ConnectionString { get; } = connectionString;

    public NpgsqlDataSource Source { get; } = PostgresDataSource.Create(connectionString, loggers);

    /// <summary>Connects to the server that is configured, else to the embedded one, which is started or, where 'serve' runs it, shared.</summary>
    /// <param name="settings">Which database.</param>
    /// <param name="loggers">For the embedded server.</param>
    /// <param name="share">False for 'serve' itself, which must own its data folder.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="CommandFailure">The database can't be reached.</exception>
    /// <exception cref="EmbeddedPostgresException">The embedded server can't be started.</exception>
    public static async Task<Database> OpenAsync(Settings settings, ILoggerFactory loggers, bool share, CancellationToken stop)
    {
        if (settings.ConnectionString is { } given)
            return await ConnectionProbe.DescribeFailure(given, stop) is { } failure ? throw new CommandFailure(failure) : new Database(given, null, loggers);

        var logger = loggers.CreateLogger<EmbeddedPostgres>();
        var clock = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                var server = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = settings.DataFolder }, logger, stop);
                return new Database(server.ConnectionString, server, loggers);
            }
            catch (DataFolderInUseException) when (share)
            {
                // the other process may be on its way up or down
                if (EmbeddedPostgres.ConnectionStringOfRunning(settings.DataFolder) is { } running && await ConnectionProbe.DescribeFailure(running, stop) is null)
                    return new Database(running, null, loggers);
                if (TimeProvider.System.GetElapsedTime(clock) > _patience) throw;
                await Task.Delay(TimeSpan.FromMilliseconds(200), stop);
            }
        }
    }

    /// <summary>Brings the embedded database to the newest state, as 'serve' does, where this command has it for itself; any other must be there already.</summary>
    /// <exception cref="CommandFailure">The database lacks migrations.</exception>
    /// <exception cref="MigrationFailedException">One failed.</exception>
    public async Task EnsureMigratedAsync(CancellationToken stop)
    {
        var pending = DatabaseMigrator.Pending(ConnectionString, MigrationScript.Embedded());
        if (pending.Count > 0 && embedded is not null)
        {
            await DatabaseMigrator.MigrateAsync(ConnectionString, MigrationScript.Embedded(), loggers.CreateLogger("StudyQuiz"), stop);
            return;
        }

        if (pending.Count > 0) throw new CommandFailure($"The database lacks {pending.Count} migration(s), beginning with {pending[0]}: run 'studyquiz migrate' first.");
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        if (embedded is not null) await embedded.DisposeAsync();
    }
}
