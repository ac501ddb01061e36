using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using StudyQuiz.Postgres;

namespace StudyQuiz.App.Tests.Postgres;

/// <summary>Another process that starts an embedded PostgreSQL: this test program, run with a command of its own.</summary>
internal sealed class DataFolderOwner : IDisposable
{
    public const string Command = "own-data-folder";

    private readonly Process _process;

    private DataFolderOwner(Process process) => _process = process;

    public int Id => _process.Id;

    /// <summary>The other process's side: start, say how that went, and stop when the standard input ends.</summary>
    public static async Task<int> RunAsync(string folder)
    {
        try
        {
            await using var server = await EmbeddedPostgres.StartAsync(new() { DataFolder = folder }, NullLogger.Instance);
            Console.WriteLine("ready");
            await Console.In.ReadToEndAsync();
            return 0;
        }
        catch (EmbeddedPostgresException e)
        {
            Console.WriteLine($"{e.GetType().Name}: {e.Message}");
            return 1;
        }
    }

    public static DataFolderOwner Start(string folder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "StudyQuiz.App.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        var start = new ProcessStartInfo(program, [Command, folder]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        return new(Process.Start(start)!);
    }

    /// <summary>"ready", or the name and message of what went wrong.</summary>
    public async Task<string?> AnswerAsync() => await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>SIGKILL: nothing of the process's own runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
    }
}
