using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using StudyQuiz.Postgres;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.Load;

/// <summary>The product as users start it, in a process of its own, on a PostgreSQL of its own that writes to the disk as in earnest.</summary>
internal sealed class ServerUnderLoad : IServer
{
    private static readonly TimeSpan _linkComesWithin = TimeSpan.FromSeconds(10);

    private readonly TestFolder _folder;
    private readonly EmbeddedPostgres _postgres;
    private ServedApp _app;

    private ServerUnderLoad(TestFolder folder, EmbeddedPostgres postgres, ServedApp app, Uri address)
    {
        (_folder, _postgres, _app, Address) = (folder, postgres, app, address);
        Database = PostgresDataSource.Create(postgres.ConnectionString);
        Use = new ProcessUse(app.Process);
    }

    public Uri Address { get; }

    public NpgsqlDataSource Database { get; }

    /// <summary>What the app's process takes of the machine; the database has processes of its own.</summary>
    public ProcessUse? Use { get; }

    /// <summary>Warnings and errors that the app logged.</summary>
    public IReadOnlyList<string> Complaints => [.. _app.Output.Where(line =>
        line.Contains("\"LogLevel\":\"Warning\"", StringComparison.Ordinal) || line.Contains("\"LogLevel\":\"Error\"", StringComparison.Ordinal))];

    /// <exception cref="EmbeddedPostgresException">The database did not start.</exception>
    /// <exception cref="InvalidOperationException">The app did not start.</exception>
    public static async Task<ServerUnderLoad> StartAsync(CancellationToken stop)
    {
        var folder = TestFolder.Create();
        EmbeddedPostgres? postgres = null;
        try
        {
            postgres = await EmbeddedPostgres.StartAsync(new EmbeddedPostgresOptions { DataFolder = folder.In("data") }, NullLogger.Instance, stop);
            var address = FreeAddress();
            return new ServerUnderLoad(folder, postgres, await StartAppAsync(address, postgres, stop), address);
        }
        catch
        {
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
        while (_app.FirstAdminPath is null) await look.WaitForNextTickAsync(limit.Token);

        var browser = new Visitor(web);
        await browser.GetAsync(_app.FirstAdminPath, stop);
        var form = await browser.ReadAsync("/first-admin", stop);
        await browser.SubmitAsync(form, "/first-admin", stop, ("name", "teacher"), ("password", "chalk-and-talk"));
        return browser;
    }

    /// <summary>kill -9 of the app, no goodbye to anyone.</summary>
    public Task KillAppAsync() => _app.KillAsync();

    /// <summary>Starts the app anew on the same address; returns once it is ready to serve.</summary>
    public async Task RestartAppAsync(CancellationToken stop)
    {
        await _app.DisposeAsync();
        _app = await StartAppAsync(Address, _postgres, stop);
    }

    /// <summary>kill -9 of the database's postmaster. What supervises it here starts it again, as it does in the app.</summary>
    public void KillPostgres()
    {
        var file = Directory.EnumerateFiles(_folder.In("data"), "postmaster.pid", SearchOption.AllDirectories).Single();
        using var postmaster = Process.GetProcessById(int.Parse(File.ReadLines(file).First(), CultureInfo.InvariantCulture));
        postmaster.Kill();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        await _app.DisposeAsync();
        await _postgres.DisposeAsync();
        _folder.Dispose();
    }

    private static Uri FreeAddress() => new($"http://127.0.0.1:{ServedApp.FreePort()}");

    private static Task<ServedApp> StartAppAsync(Uri address, EmbeddedPostgres postgres, CancellationToken stop)
    {
        var built = typeof(ServerUnderLoad).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(fact => fact.Key == "AppFolder").Value!;
        return ServedApp.StartAsync(Path.GetFullPath(built), address.GetLeftPart(UriPartial.Authority), address, postgres.ConnectionString, stop);
    }
}
