using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace StudyQuiz.Tests.Shared;

/// <summary>The product's own program, serving as a process of its own on a database that the caller gives.</summary>
internal sealed partial class ServedApp : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(120);

    private readonly ConcurrentQueue<string> _output = new();

    private bool _isDisposed;

    private ServedApp(Process process) => Process = process;

    public Process Process { get; }

    /// <summary>What the process printed so far.</summary>
    public IReadOnlyCollection<string> Output => _output;

    /// <summary>The path of the one-use link by which the first admin is made, as it was printed; null where none was.</summary>
    public string? FirstAdminPath => FirstAdmin().Matches(string.Join('\n', _output)).LastOrDefault()?.Value;

    /// <summary>Starts the program and returns once it is ready to serve.</summary>
    /// <param name="folder">Where it was built to.</param>
    /// <param name="urls">What it listens on.</param>
    /// <param name="reached">The address by which it is asked whether it is ready.</param>
    /// <param name="connectionString">Of its database, which may be empty.</param>
    /// <param name="cluster">The cluster that it joins; null where it plays alone.</param>
    /// <param name="stop">Gives up; the process is ended then.</param>
    /// <exception cref="InvalidOperationException">It ended at its start; the message holds what it printed.</exception>
    /// <exception cref="OperationCanceledException">It was not ready within a minute.</exception>
    public static async Task<ServedApp> StartAsync(string folder, string urls, Uri reached, string connectionString, string? cluster = null, CancellationToken stop = default)
    {
        var app = new ServedApp(new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Path.Combine(folder, "studyquiz.dll"), "serve", "--urls", urls])
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder,
                Environment = { ["ConnectionStrings__StudyQuiz"] = connectionString },
            },
        });
        if (cluster is not null) (app.Process.StartInfo.Environment["Cluster__Name"], app.Process.StartInfo.Environment["Cluster__Address"]) = (cluster, "127.0.0.1");
        app.Process.OutputDataReceived += (_, line) => app.Keep(line.Data);
        app.Process.ErrorDataReceived += (_, line) => app.Keep(line.Data);
        app.Process.Start();
        app.Process.BeginOutputReadLine();
        app.Process.BeginErrorReadLine();
        try
        {
            await app.UntilReadyAsync(reached, stop);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>A free port of loopback.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>kill -9: no goodbye to anyone.</summary>
    public async Task KillAsync()
    {
        if (!Process.HasExited) Process.Kill();
        await Process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        await KillAsync();
        Process.Dispose();
    }

    private async Task UntilReadyAsync(Uri reached, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = reached, Timeout = TimeSpan.FromSeconds(5) };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(_patience);
        using var look = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await look.WaitForNextTickAsync(limit.Token))
        {
            if (Process.HasExited) throw new InvalidOperationException("The app ended at its start:\n" + string.Join('\n', _output));
            try
            {
                using var ready = await http.GetAsync("/ready", limit.Token);
                if (ready.StatusCode == HttpStatusCode.OK) return;
            }
            catch (HttpRequestException)
            {
                // not listening yet
            }
            catch (TaskCanceledException) when (!limit.IsCancellationRequested)
            {
                // listening, and too busy to answer yet
            }
        }
    }

    private void Keep(string? line)
    {
        if (line is not null) _output.Enqueue(line);
    }

    [GeneratedRegex(@"/first-admin/[\w-]+", RegexOptions.None, 1000)]
    private static partial Regex FirstAdmin();
}
