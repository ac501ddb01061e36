using System.ComponentModel;
using System.Diagnostics;

namespace StudyQuiz.Postgres;

/// <summary>What a finished program left: exit code, and what it wrote to its output and error streams.</summary>
internal sealed record CommandResult(int ExitCode, string Output)
{
    /// <summary>The last line that names an error, else the last line: fits into a one-line message.</summary>
    public string LastWords => Words.Of(Output);
}

/// <summary>Runs a short-lived program of PostgreSQL.</summary>
internal static class Command
{
    /// <exception cref="Win32Exception">The program can't be started.</exception>
    public static async Task<CommandResult> RunAsync(IReadOnlyList<string> words, CancellationToken cancellation = default)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetPathRoot(Environment.SystemDirectory is { Length: > 0 } system ? system : "/"),
        };
        // A PGDATA or PGOPTIONS of the shell must not reach our server; its messages are parsed in English
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["LC_ALL"] = "C";
        if (!OperatingSystem.IsWindows()) start.Environment["HOME"] = "/";

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var streams = Task.WhenAll(process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
        // On Windows the server inherits the streams of pg_ctl and keeps them open, so their end can't be awaited for ever
        var read = await Task.WhenAny(streams, Task.Delay(TimeSpan.FromSeconds(1), CancellationToken.None)) == streams;
        return new(process.ExitCode, read ? string.Concat(await streams) : "");
    }
}

/// <summary>The one line of a longer output that a person needs.</summary>
internal static class Words
{
    public static string Of(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return lines.LastOrDefault(line => line.Contains("FATAL", StringComparison.Ordinal) || line.Contains("error:", StringComparison.OrdinalIgnoreCase))
            ?? lines.LastOrDefault() ?? "it said nothing";
    }
}
