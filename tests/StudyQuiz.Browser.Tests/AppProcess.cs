using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.Browser.Tests;

/// <summary>
/// The product as a process of its own on a database of its own: <c>class SomeTests(AppProcess app) : IClassFixture&lt;AppProcess&gt;</c>.
/// It can be killed and started again on the same port.
/// </summary>
public sealed partial class AppProcess(TestPostgres postgres) : IAsyncLifetime
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<string> _output = new();
    private string _connectionString = "";
    private Process? _process;

    /// <summary>A free port of loopback, the same for every start.</summary>
    public int Port { get; } = FreePort();

    public Uri Address => new($"http://127.0.0.1:{Port}");

    /// <summary>What the process printed.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>The path of the one-use link by which the first admin is made, as it was printed.</summary>
    public string FirstAdminPath => FirstAdmin().Matches(string.Join('\n', _output)).Last().Value;

    public async ValueTask InitializeAsync()
    {
        _connectionString = await postgres.CreateDatabaseAsync();
        await StartAsync();
    }

    public async Task StartAsync()
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Path.Combine(Facts.AppFolder, "studyquiz.dll"), "serve", "--urls", $"http://*:{Port}"])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = Facts.AppFolder,
                Environment = { ["ConnectionStrings__StudyQuiz"] = _connectionString },
            },
        };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilReadyAsync();
    }

    /// <summary>kill -9: no goodbye to anyone.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false }) await KillAsync();
        await postgres.DropDatabaseAsync(_connectionString);
    }

    private async Task UntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(5) };
        using var limit = new CancellationTokenSource(_patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await look.WaitForNextTickAsync(limit.Token))
        {
            if (_process!.HasExited) throw new InvalidOperationException("The app ended at its start:\n" + string.Join('\n', _output));
            try
            {
                using var ready = await http.GetAsync("/ready", limit.Token);
                if (ready.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }
        }
    }

    private void Keep(string? line)
    {
        if (line is not null) _output.Enqueue(line);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"/first-admin/[\w-]+", RegexOptions.None, 1000)]
    private static partial Regex FirstAdmin();
}
