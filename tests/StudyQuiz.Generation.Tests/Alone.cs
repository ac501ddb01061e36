using System.Diagnostics;

namespace StudyQuiz.Generation.Tests;

/// <summary>Tests that measure time run when no others of this program do, and count the processor's time: other programs don't disturb them.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone
{
    public static TimeSpan Time(Action action)
    {
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        action();
        process.Refresh();
        return process.TotalProcessorTime - before;
    }
}
