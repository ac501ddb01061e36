using System.Globalization;
using System.Text;
using Npgsql;

namespace StudyQuiz.Postgres;

/// <summary>The cluster in a locked data folder: made, configured, started and stopped with PostgreSQL's own programs.</summary>
internal sealed class Cluster(DataFolder folder, PostgresBinaries binaries, EmbeddedPostgresOptions options)
{
    private const string User = "studyquiz";
    private const long LogLimit = 10 * 1024 * 1024;

    /// <summary>Runs initdb unless the cluster exists. It is made under another name, so that a cluster by its name is a whole one.</summary>
    public async Task CreateOnceAsync(CancellationToken cancellation)
    {
        foreach (var half in Directory.GetDirectories(folder.Path, "cluster.new-*")) DeleteHalf(half);
        if (Directory.Exists(folder.Cluster))
        {
            if (!await ServerUser.OwnsAsync(folder.Cluster, cancellation))
                throw new DataFolderUnusableException($"The database in {folder.Path} belongs to another user than PostgreSQL would run as: start StudyQuiz as the user who made it, or choose another folder with --data.");
            var major = int.Parse(await File.ReadAllTextAsync(Path.Combine(folder.Cluster, "PG_VERSION"), cancellation), CultureInfo.InvariantCulture);
            if (major != binaries.Version.Major) throw new DataFolderVersionException(folder.Path, major, binaries.Version.Major);
            return;
        }

        var draft = folder.In($"cluster.new-{Guid.NewGuid():N}");
        Directory.CreateDirectory(draft);
        ServerUser.Give(draft);
        folder.Password();
        var made = await Command.RunAsync(ServerUser.Command(binaries.Program("initdb"),
            "-D", draft, "-U", User, $"--pwfile={folder.PasswordFile}", "-A", "scram-sha-256", "-E", "UTF8",
            "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"), cancellation);
        if (made.ExitCode != 0) throw new PostgresStartException($"PostgreSQL could not set up {folder.Path}: {made.LastWords}.");
        Directory.Move(draft, folder.Cluster);
    }

    private static void DeleteHalf(string draft)
    {
        try
        {
            Directory.Delete(draft, recursive: true);
        }
        catch (IOException)
        {
            // The killed app's initdb still writes there and now fails on what is gone: the next start deletes the rest
        }
    }

    /// <summary>Starts the server and returns once it accepts connections, crash recovery included.</summary>
    public async Task StartAsync(int port, CancellationToken cancellation)
    {
        DataFolder.WriteForServer(Path.Combine(folder.Cluster, "postgresql.conf"), Configuration(port));
        if (!File.Exists(folder.ServerLog)) await File.WriteAllTextAsync(folder.ServerLog, "", cancellation);
        ServerUser.Give(folder.ServerLog);
        TrimLog();
        ServerProcess.ForgetDead(folder.Cluster);
        var before = new FileInfo(folder.ServerLog).Length;
        var started = await Command.RunAsync(ServerUser.Command(binaries.Program("pg_ctl"),
            "start", "-D", folder.Cluster, "-l", folder.ServerLog, "-w", "-t", "300", "-s"), cancellation);
        if (started.ExitCode == 0) return;
        var logged = (await File.ReadAllTextAsync(folder.ServerLog, cancellation))[(int)before..];
        throw new PostgresStartException($"PostgreSQL did not start: {Words.Of(logged.Length > 0 ? logged : started.Output)}. See {folder.ServerLog}.");
    }

    /// <summary>Ends the server: open transactions are rolled back, everything committed is on disk.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (ServerProcess.Of(folder.Cluster) is not { IsAlive: true } running) return;
        var stopped = await Command.RunAsync(ServerUser.Command(binaries.Program("pg_ctl"), "stop", "-D", folder.Cluster, "-m", "fast", "-w", "-t", "60", "-s"), cancellation);
        if (stopped.ExitCode != 0 && running.IsAlive) throw new PostgresStartException($"PostgreSQL (process {running.Id}) did not stop: {stopped.LastWords}.");
    }

    public string ConnectionString(int port, string database) => ConnectionString(port, database, folder.Password());

    public static string ConnectionString(int port, string database, string password) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = User,
        Password = password,
        Database = database,
        SslMode = SslMode.Disable,
        GssEncryptionMode = GssEncryptionMode.Disable,
    }.ConnectionString;

    // Where all that is used fits in, nobody who waits for an answer writes others' pages out first. Taken as it is filled, so that a small bank takes little
    private static string SharedBuffers =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 8 / 1024 / 1024, 128, 1024)}MB");

    /// <summary>Keeps the server's log and one older one below 10 MB each. The server appends, so it goes on at the new end.</summary>
    public void TrimLog()
    {
        if (new FileInfo(folder.ServerLog) is not { Exists: true, Length: > LogLimit }) return;
        try
        {
            File.Copy(folder.ServerLog, folder.ServerLog + ".1", overwrite: true);
            using var emptied = new FileStream(folder.ServerLog, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
            emptied.SetLength(0);
        }
        catch (IOException)
        {
            // Held by another program or a full disk: the next minute tries again, the server goes on meanwhile
        }
    }

    private string Configuration(int port)
    {
        var settings = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = "",
            ["max_connections"] = "200",
            ["shared_buffers"] = SharedBuffers,
            ["fsync"] = "on",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
            ["lc_messages"] = "C",
            ["password_encryption"] = "scram-sha-256",
        };
        foreach (var (name, value) in options.Settings) settings[name] = value;
        var text = new StringBuilder("# Written by StudyQuiz at every start: changes here are lost\n");
        foreach (var (name, value) in settings) text.Append(CultureInfo.InvariantCulture, $"{name} = '{value.Replace("'", "''", StringComparison.Ordinal)}'\n");
        return text.ToString();
    }
}
