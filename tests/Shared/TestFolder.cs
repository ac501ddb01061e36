using System.Diagnostics;
using System.Globalization;

namespace StudyQuiz.Tests.Shared;

/// <summary>A temporary folder that goes with its process: what killed runs left behind, servers too, is cleared by the next run.</summary>
internal sealed class TestFolder : IDisposable
{
    private const string Prefix = "studyquiz-test-";
    private static readonly Lazy<bool> _cleared = new(ClearLeftBehind);

    private TestFolder(string path) => Path = path;

    public string Path { get; }

    public static TestFolder Create()
    {
        _ = _cleared.Value;
        var path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"{Prefix}{Environment.ProcessId}-{Guid.NewGuid():N}");
        return new(Directory.CreateDirectory(path).FullName);
    }

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Clear(Path);

    private static bool ClearLeftBehind()
    {
        var running = Process.GetProcesses().Select(process => process.Id.ToString(CultureInfo.InvariantCulture)).ToHashSet(StringComparer.Ordinal);
        foreach (var folder in Directory.GetDirectories(System.IO.Path.GetTempPath(), Prefix + "*"))
            if (!running.Contains(System.IO.Path.GetFileName(folder)[Prefix.Length..].Split('-')[0])) Clear(folder);
        return true;
    }

    private static void Clear(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "postmaster.pid", SearchOption.AllDirectories))
        {
            var server = Process.GetProcesses().FirstOrDefault(process => process.ProcessName == "postgres" && process.Id.ToString(CultureInfo.InvariantCulture) == File.ReadLines(file).First());
            server?.Kill();
            server?.WaitForExit(TimeSpan.FromSeconds(5));
        }
        Directory.Delete(folder, recursive: true);
    }
}
