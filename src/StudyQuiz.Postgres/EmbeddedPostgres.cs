using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace StudyQuiz.Postgres;

/// <summary>
/// A PostgreSQL server of one's own in a data folder, listening on 127.0.0.1 with a random password. It is set up at the first
/// start, restarted when it dies, and stopped by disposing. When the app is killed the server lives on, and the next start
/// attaches to it. Run on Linux as root and as a normal user; the ways for Windows and macOS are written but were not run.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private const string Database = "studyquiz";
    private static readonly TimeSpan _look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(5);

    private readonly DataFolder _folder;
    private readonly Cluster _cluster;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _stopping = new();
    private readonly int _port;
    private Task _supervision = Task.CompletedTask;
    private bool _stopped;

    private EmbeddedPostgres(DataFolder folder, Cluster cluster, int port, Version version, bool attached, ILogger logger)
    {
        (_folder, _cluster, _port, _logger, Version, Attached) = (folder, cluster, port, logger, version, attached);
        ConnectionString = cluster.ConnectionString(port, Database);
    }

    /// <summary>Connects to the database <c>studyquiz</c> as a superuser. Holds the password: not for logs.</summary>
    public string ConnectionString { get; }

    /// <summary>Version of the running server, such as 18.4.</summary>
    public Version Version { get; }

    /// <summary>True when the server was already running, left behind by an app that was killed.</summary>
    public bool Attached { get; }

    /// <summary>Locks the data folder, then sets up what is missing and starts the server, or attaches to the one left running there.</summary>
    /// <exception cref="DataFolderInUseException">Another process owns the data folder.</exception>
    /// <exception cref="EmbeddedPostgresException">Any other failure: the message is one line and says what to do.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedPostgresOptions options, ILogger logger, CancellationToken cancellation = default)
    {
        var watch = Stopwatch.StartNew();
        var folder = DataFolder.Lock(options.DataFolder);
        var ready = false;
        try
        {
            var binaries = await PostgresBinaries.FindAsync(options.BinariesFolder, folder.Path, cancellation);
            var cluster = new Cluster(folder, binaries, options);
            await cluster.CreateOnceAsync(cancellation);
            var running = await RunningServer.FindAsync(folder, cluster, cancellation);
            var port = running?.Port ?? folder.ChoosePort(options.Port);
            if (running is null) await cluster.StartAsync(port, cancellation);

            var version = await CreateDatabaseAsync(cluster.ConnectionString(port, "postgres"), cancellation);
            var server = new EmbeddedPostgres(folder, cluster, port, version, running is not null, logger);
            server._supervision = Task.Run(server.SuperviseAsync, CancellationToken.None);
            logger.LogInformation("PostgreSQL {Version} {How} on port {Port} in {Elapsed} ms, data in {Folder}",
                version, running is null ? "started" : "was running, attached", port, watch.ElapsedMilliseconds, folder.Path);
            ready = true;
            return server;
        }
        finally
        {
            if (!ready) folder.Dispose();
        }
    }

    /// <summary>
    /// Connects to the server that another process runs in a data folder; null when none runs there, or none that is set up already.
    /// Holds the password: not for logs.
    /// </summary>
    /// <exception cref="DataFolderUnusableException">The folder belongs to another user.</exception>
    public static string? ConnectionStringOfRunning(string dataFolder)
    {
        try
        {
            var password = Path.Combine(dataFolder, DataFolder.PasswordName);
            return ServerProcess.Of(Path.Combine(dataFolder, DataFolder.ClusterName)) is { IsAlive: true } server && File.Exists(password)
                ? Cluster.ConnectionString(server.Port, Database, File.ReadAllText(password).Trim())
                : null;
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataFolderUnusableException($"The data folder {dataFolder} can't be read by this user: run this as the user that started StudyQuiz.", e);
        }
    }

    /// <summary>Stops the server in the fast way (open transactions roll back) and frees the data folder. A second call does nothing.</summary>
    /// <exception cref="PostgresStartException">The server didn't stop within a minute.</exception>
    public async Task StopAsync(CancellationToken cancellation = default)
    {
        if (_stopped) return;
        _stopped = true;
        await _stopping.CancelAsync();
        await _supervision.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        try
        {
            await _cluster.StopAsync(cancellation);
        }
        finally
        {
            _folder.Dispose();
            _stopping.Dispose();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await StopAsync();

    private async Task SuperviseAsync()
    {
        var trim = Stopwatch.StartNew();
        while (true)
        {
            await Task.Delay(_look, _stopping.Token);
            if (ServerProcess.Of(_folder.Cluster) is not { IsAlive: true }) await RestartAsync();
            if (trim.Elapsed < TimeSpan.FromMinutes(1)) continue;
            _cluster.TrimLog();
            trim.Restart();
        }
    }

    /// <summary>Tries until the server is back. One line when it is lost, one for the first failure, one when it is back.</summary>
    private async Task RestartAsync()
    {
        _logger.LogError("PostgreSQL on port {Port} ended unexpectedly: restarting it", _port);
        var watch = Stopwatch.StartNew();
        var pause = _look;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                // Not cancelled half-way: a server between its start and its postmaster.pid could not be found again to stop it
                await _cluster.StartAsync(_port, CancellationToken.None);
                _logger.LogWarning("PostgreSQL is back after {Elapsed} ms and {Attempts} attempt(s)", watch.ElapsedMilliseconds, attempt);
                return;
            }
            catch (Exception e) when (e is EmbeddedPostgresException or IOException or UnauthorizedAccessException or Win32Exception)
            {
                if (attempt == 1) _logger.LogError("{Reason} Trying again until it starts", e.Message);
                await Task.Delay(pause, _stopping.Token);
                pause = pause * 2 < _longestPause ? pause * 2 : _longestPause;
            }
        }
    }

    private static async Task<Version> CreateDatabaseAsync(string connectionString, CancellationToken cancellation)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellation);
        await using var look = new NpgsqlCommand("select exists (select from pg_database where datname = 'studyquiz')", connection);
        if (await look.ExecuteScalarAsync(cancellation) is false)
        {
            await using var create = new NpgsqlCommand("create database studyquiz", connection);
            await create.ExecuteNonQueryAsync(cancellation);
        }
        return connection.PostgreSqlVersion;
    }
}
