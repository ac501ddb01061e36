using System.Diagnostics;
using System.Globalization;

namespace StudyQuiz.Load;

/// <summary>What the server takes of the machine, from a moment on: the app hosts, and the database beside them.</summary>
/// <param name="apps">A process for each app host.</param>
/// <param name="postmaster">The id of PostgreSQL's first process, whose children do its work.</param>
internal sealed class ProcessUse(IReadOnlyList<Process> apps, int postmaster)
{
    // Linux counts in hundredths of a second
    private const double Tick = 0.01;

    private TimeSpan _before;
    private double _databaseBefore;

    /// <summary>The largest resident set of an app host so far, 10^6 bytes. Linux's VmHWM; it counts from the process's start.</summary>
    public double PeakMb => Math.Round(apps.Max(app => Fresh(app).PeakWorkingSet64) / 1e6, 1);

    /// <summary>The resident sets of all app hosts now, 10^6 bytes.</summary>
    public double NowMb => Math.Round(apps.Sum(app => Fresh(app).WorkingSet64) / 1e6, 1);

    /// <summary>Processor time of all app hosts since <see cref="Begin"/>, in seconds.</summary>
    public double CpuSeconds => Math.Round((Cpu - _before).TotalSeconds, 2);

    /// <summary>Processor time of PostgreSQL's processes since <see cref="Begin"/>, in seconds; 0 where the system does not tell as Linux does.</summary>
    public double DatabaseCpuSeconds => Math.Round(DatabaseCpu() - _databaseBefore, 2);

    private TimeSpan Cpu => apps.Aggregate(TimeSpan.Zero, (sum, app) => sum + Fresh(app).TotalProcessorTime);

    /// <summary>Processor time counts from now on.</summary>
    public void Begin() => (_before, _databaseBefore) = (Cpu, DatabaseCpu());

    private static Process Fresh(Process process)
    {
        process.Refresh();
        return process;
    }

    // Its own, that of the children that it has, and, as it waits for them, that of those that have ended
    private double DatabaseCpu()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        var ticks = 0L;
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(path => int.TryParse(Path.GetFileName(path), CultureInfo.InvariantCulture, out _)))
        {
            if (Stat(folder) is not { } stat) continue;
            var isMain = Path.GetFileName(folder) == postmaster.ToString(CultureInfo.InvariantCulture);
            if (isMain || stat[1] == postmaster) ticks += stat[11] + stat[12] + (isMain ? stat[13] + stat[14] : 0);
        }

        return ticks * Tick;
    }

    // The numbers after the name, which may hold anything: state, parent, …, user and system time, the same of children
    private static long[]? Stat(string folder)
    {
        try
        {
            var line = File.ReadAllText(Path.Combine(folder, "stat"));
            return [.. line[(line.LastIndexOf(')') + 2)..].Split(' ').Select(field => long.TryParse(field, CultureInfo.InvariantCulture, out var number) ? number : 0)];
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
