using System.Collections.Concurrent;
using System.Diagnostics;

namespace StudyQuiz.App.Tests.Commands;

/// <summary>The product as people run it: a process of its own, its output redirected.</summary>
internal sealed class StudyQuizProcess : IAsyncDisposable
{
    private const string SaysAddress = "StudyQuiz answers at ";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly Task _read;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _error = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private StudyQuizProcess(Process process)
    {
        _process = process;
        _read = Task.WhenAll(ReadAsync(process.StandardOutput, _output), ReadAsync(process.StandardError, _error));
    }

    public IReadOnlyList<string> Output => [.. _output];

    public IReadOnlyList<string> Error => [.. _error];

    /// <param name="dataFolder">Of the embedded PostgreSQL.</param>
    /// <param name="connectionString">Null for the embedded PostgreSQL.</param>
    /// <param name="args">The command line.</param>
    public static StudyQuizProcess Start(string dataFolder, string? connectionString, params string[] args) =>
        Start(new Dictionary<string, string?>(StringComparer.Ordinal) { ["ConnectionStrings__StudyQuiz"] = connectionString ?? "" }, dataFolder, args);

    private static StudyQuizProcess Start(IReadOnlyDictionary<string, string?> environment, string dataFolder, string[] args)
    {
        string[] program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "studyquiz.dll"), .. args];
        // A shell that runs the tests in the background has them ignore Ctrl+C, and what they start inherits that
        if (OperatingSystem.IsLinux()) program = ["env", "--default-signal=INT", .. program];
        var start = new ProcessStartInfo(program[0], program[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        start.Environment["STUDYQUIZ_DATA"] = dataFolder;
        foreach (var (name, value) in environment) start.Environment[name] = value;
        start.Environment.Remove("ASPNETCORE_URLS");
        return new StudyQuizProcess(Process.Start(start)!);
    }

    /// <summary>Runs a command to its end, with nothing on standard input.</summary>
    public static Task<(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Error)> RunAsync(string dataFolder, string? connectionString, params string[] args) =>
        RunAsync(input: "", dataFolder, connectionString, args);

    /// <param name="input">All that comes on standard input.</param>
    /// <param name="dataFolder">Of the embedded PostgreSQL.</param>
    /// <param name="connectionString">Null for the embedded PostgreSQL.</param>
    /// <param name="args">The command line.</param>
    public static async Task<(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Error)> RunAsync(string input, string dataFolder, string? connectionString, string[] args)
    {
        await using var process = Start(dataFolder, connectionString, args);
        await process._process.StandardInput.WriteAsync(input);
        process._process.StandardInput.Close();
        var code = await process.EndAsync();
        return (code, process.Output, process.Error);
    }

    /// <summary>Runs a command to its end with further environment variables.</summary>
    public static async Task<(int ExitCode, IReadOnlyList<string> Output, IReadOnlyList<string> Error)> RunAsync(IReadOnlyDictionary<string, string?> environment, string dataFolder, string[] args)
    {
        await using var process = Start(environment, dataFolder, args);
        process._process.StandardInput.Close();
        var code = await process.EndAsync();
        return (code, process.Output, process.Error);
    }

    /// <summary>The address that 'serve' says it answers at.</summary>
    public async Task<Uri> AddressAsync()
    {
        // a slow machine sets up a PostgreSQL first
        await Task.WhenAny(_address.Task, _read).WaitAsync(_patience, TestContext.Current.CancellationToken);
        Assert.True(_address.Task.IsCompleted, string.Join('\n', Output.Concat(Error)));
        return await _address.Task;
    }

    /// <summary>Sends SIGINT (as Ctrl+C does) or SIGTERM.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task<int> EndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(_patience);
        await _process.WaitForExitAsync(limit.Token);
        await _read;
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task ReadAsync(StreamReader from, ConcurrentQueue<string> to)
    {
        while (await from.ReadLineAsync() is { } line)
        {
            to.Enqueue(line);
            if (WordAfter(SaysAddress, line) is { } address) _address.TrySetResult(new Uri(address));
        }
    }

    /// <summary>The word that follows a text in a line; null where the line doesn't hold the text.</summary>
    public static string? WordAfter(string text, string line) =>
        line.IndexOf(text, StringComparison.Ordinal) is >= 0 and var at ? line[(at + text.Length)..].Split('"', ' ')[0] : null;
}
