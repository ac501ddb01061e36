using System.Diagnostics;
using System.Globalization;

namespace StudyQuiz.Postgres;

/// <summary>The process that postmaster.pid names. It may be long gone, and its number taken by another program.</summary>
internal sealed record ServerProcess(int Id, int Port)
{
    public static ServerProcess? Of(string cluster)
    {
        var file = Path.Combine(cluster, "postmaster.pid");
        string[] lines; // process, data folder, start time, port, …
        try
        {
            using var reader = new StreamReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            lines = reader.ReadToEnd().Split('\n');
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        return lines.Length > 3 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var id) && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port)
            ? new(id, port) : null;
    }

    /// <summary>Forgets a server that isn't ours any more, where PostgreSQL would take its number for a running one.</summary>
    /// <remarks>
    /// The number may belong to another program by now, or to a dead process that its parent has not fetched: in a container the
    /// parent may be one that never does. Otherwise PostgreSQL clears the file itself. It checks for surviving children either way.
    /// </remarks>
    public static void ForgetDead(string cluster)
    {
        if (Of(cluster) is { IsAlive: false } gone && Process.GetProcesses().Any(process => process.Id == gone.Id)) Forget(cluster);
    }

    public static void Forget(string cluster) => File.Delete(Path.Combine(cluster, "postmaster.pid"));

    public bool IsAlive => OperatingSystem.IsLinux() ? IsAliveOnLinux() : IsAliveElsewhere();

    private bool IsAliveOnLinux()
    {
        try
        {
            // "5506 (postgres) S …"; Z is a dead process that its parent has not fetched
            var stat = File.ReadAllText($"/proc/{Id}/stat");
            return stat.Contains("(postgres)", StringComparison.Ordinal) && stat[stat.LastIndexOf(')')..] is [_, _, not ('Z' or 'X'), ..];
        }
        catch (IOException)
        {
            return false;
        }
    }

    private bool IsAliveElsewhere()
    {
        try
        {
            using var process = Process.GetProcessById(Id);
            return process.ProcessName == "postgres" && !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
