using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using StudyQuiz.Postgres;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.Load;

/// <summary>The product as users start it, in processes of its own, on a PostgreSQL of its own that writes to the disk as in earnest.</summary>
internal sealed class ServerUnderLoad : IServer
{
    private static readonly TimeSpan _linkComesWithin = TimeSpan.FromSeconds(10);

    private readonly TestFolder _folder;
    private readonly EmbeddedPostgres _postgres;
    private readonly string? _cluster;
    private readonly ServedApp[] _apps;

    private ServerUnderLoad(TestFolder folder, EmbeddedPostgres postgres, string? cluster, IReadOnlyList<Uri> addresses)
    {
        (_folder, _postgres, _cluster, Addresses) = (folder, postgres, cluster, addresses);
        _apps = new ServedApp[addresses.Count];
        Database = PostgresDataSource.Create(postgres.ConnectionString);
    }

    /// <summary>Of each app host.</summary>
    public IReadOnlyList<Uri> Addresses { get; }

    public Uri Address => Addresses[0];

    public NpgsqlDataSource Database { get; }

    /// <summary>What the app hosts that were started first, and the database, take of the machine.</summary>
    public ProcessUse? Use { get; private set; }

    /// <summary>The first app host's process.</summary>
    public int ProcessId => _apps[0].Process.Id;

    /// <summary>Warnings and errors that the app hosts logged.</summary>
    public IReadOnlyList<string> Complaints => [.. _apps.SelectMany(app => app.Output).Where(line =>
        line.Contains("\"LogLevel\":\"Warning\"", StringComparison.Ordinal) || line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal))];

    /// <param name="hosts">How many app hosts; more than one make a cluster.</param>
    /// <param name="stop">Gives up.</param>
    /// <param name="previous">The folder of a build that the hosts begin with; null for this one. Whatever is restarted is of this one.</param>
    /// <exception cref="EmbeddedPostgresException">The database did not start.</exception>
    /// <exception cref="InvalidOperationException">An app host did not start.</exception>
    public static async Task<ServerUnderLoad> StartAsync(int hosts, CancellationToken stop, string? previous = null)
    {
        var folder = TestFolder.Create();
        EmbeddedPostgres? postgres = null;
        ServerUnderLoad? server = null;
        try
        {
            postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder.In("data") }, NullLogger.Instance, stop);
            var addresses = Enumerable.Range(0, hosts).Select(_ => new Uri($"http://127.0.0.1:{ServedApp.FreePort()}")).ToList();
            server = new ServerUnderLoad(folder, postgres, hosts > 1 ? "load" : null, addresses);
            for (var host = 0; host < hosts; host++) server._apps[host] = await server.StartAppAsync(host, previous, stop);
            server.Use = new ProcessUse([.. server._apps.Select(app => app.Process)], server.Postmaster);
            return server;
        }
        catch
        {
            if (server is not null)
            {
                await server.DisposeAsync();
                throw;
            }

            if (postgres is not null) await postgres.DisposeAsync();
            folder.Dispose();
            throw;
        }
    }

    /// <summary>A browser in which the first admin is signed in, made by the link that the app printed.</summary>
    public async Task<Visitor> SignInAsync(Web web, CancellationToken stop)
    {
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_linkComesWithin);
        while (_apps[^1].FirstAdminPath is null) await look.WaitForNextTickAsync(limit.Token);

        var browser = new Visitor(web);
        await browser.GetAsync(_apps[^1].FirstAdminPath!, stop);
        var form = await browser.ReadAsync("/first-admin", stop);
        await browser.SubmitAsync(form, "/first-admin", stop, ("name", "teacher"), ("password", "chalk-and-talk"));
        return browser;
    }

    /// <summary>kill -9 of an app host, no goodbye to anyone.</summary>
    public Task KillAppAsync(int host = 0) => _apps[host].KillAsync();

    /// <summary>Starts an app host anew on the same address; returns once it is ready to serve.</summary>
    public async Task RestartAppAsync(int host, CancellationToken stop)
    {
        await _apps[host].DisposeAsync();
        _apps[host] = await StartAppAsync(host, null, stop);
    }

    /// <summary>Sends an app host a signal, such as STOP and CONT.</summary>
    public async Task SignalAsync(int host, string signal, CancellationToken stop)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _apps[host].Process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(stop);
    }

    /// <summary>Whether an app host's process has ended.</summary>
    public bool HasEnded(int host) => _apps[host].Process.HasExited;

    /// <summary>The app host that was the last to take a game over.</summary>
    public int OwnerOf(Guid game)
    {
        var told = new Regex($"Game {game} is run here, epoch (\\d+)", RegexOptions.None, TimeSpan.FromSeconds(1));
        return Enumerable.Range(0, _apps.Length).MaxBy(host => _apps[host].Output.Select(line => told.Match(line))
            .Where(match => match.Success).Select(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)).DefaultIfEmpty(-1).Max());
    }

    /// <summary>kill -9 of the database's postmaster. What supervises it here starts it again, as it does in the app.</summary>
    public void KillPostgres()
    {
        using var postmaster = Process.GetProcessById(Postmaster);
        postmaster.Kill();
    }

    /// <summary>Runs statements on the database, each in a transaction of its own, then has it read its settings again.</summary>
    public async Task SqlAsync(IReadOnlyList<string> statements, CancellationToken stop)
    {
        await using var connection = await Database.OpenConnectionAsync(stop);
        // Also where writes are refused by default
        foreach (var statement in (IReadOnlyList<string>)["set default_transaction_read_only = off", .. statements, "select pg_reload_conf()"])
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    /// <summary>Sends all of the database's processes a signal, such as STOP and CONT.</summary>
    public async Task SignalPostgresAsync(string signal, CancellationToken stop)
    {
        var postmaster = Postmaster.ToString(CultureInfo.InvariantCulture);
        using var listing = Process.Start(new ProcessStartInfo("ps", ["-o", "pid=", "--ppid", postmaster]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var children = (await listing.StandardOutput.ReadToEndAsync(stop)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        using var kill = Process.Start("kill", [$"-{signal}", postmaster, .. children]);
        await kill.WaitForExitAsync(stop);
    }

    private int Postmaster => int.Parse(
        File.ReadLines(Directory.EnumerateFiles(_folder.In("data"), "postmaster.pid", SearchOption.AllDirectories).Single()).First(), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        foreach (var app in _apps) await (app?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _postgres.DisposeAsync();
        _folder.Dispose();
    }

    private Task<ServedApp> StartAppAsync(int host, string? build, CancellationToken stop)
    {
        var built = typeof(ServerUnderLoad).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == "AppFolder").Value!;
        return ServedApp.StartAsync(Path.GetFullPath(build ?? built), Addresses[host].GetLeftPart(UriPartial.Authority), Addresses[host], _postgres.ConnectionString, _cluster, stop);
    }
}
