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
        catch (FileNotFoundException)
        {
            return null;
        }
        return lines.Length > 3 && int.TryParse(lines[0], CultureInfo.InvariantCulture, out var id) && int.TryParse(lines[3], CultureInfo.InvariantCulture, out var port)
            ? new(id, port) : null;
    }

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
