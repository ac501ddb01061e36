using System.Globalization;
using StudyQuiz.Postgres;
using Finding = StudyQuiz.App.Commands.DoctorCommand.Finding;

namespace StudyQuiz.App.Commands;

/// <summary>What the doctor looks at on this machine, the database aside.</summary>
internal static class Machine
{
    private const long LeastFreeBytes = 1L << 30;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    public static Finding Disk(string folder)
    {
        var existing = folder;
        while (!Directory.Exists(existing)) existing = Path.GetDirectoryName(existing)!;
        var free = new DriveInfo(existing).AvailableFreeSpace;
        var says = string.Create(CultureInfo.InvariantCulture, $"{free / (double)(1L << 30):0.0} GiB free for {folder}");
        return free >= LeastFreeBytes ? new(true, "disk", says) : new(false, "disk", says + ": free some, 1 GiB at least, or choose another disk with --data");
    }

    public static async Task<Finding> BinariesAsync(string dataFolder, CancellationToken stop)
    {
        try
        {
            // a copy that the server's user can read goes where 'serve' would put it
            var found = await PostgresBinaries.FindAsync(null, dataFolder, stop);
            return new(true, "programs", $"PostgreSQL {found.Version} in {found.Folder}");
        }
        catch (EmbeddedPostgresException missing)
        {
            return new(false, "programs", missing.Message);
        }
    }

    public static async Task<Finding> PortAsync(int port, CancellationToken stop)
    {
        if (Ports.WhyNotFree($"http://localhost:{port}") is not { } taken) return new(true, "port", $"{port} is free");
        using var client = new HttpClient(new HttpClientHandler { UseProxy = false }) { Timeout = _patience };
        try
        {
            if (await client.GetStringAsync(new Uri($"http://localhost:{port}/live"), stop) == "live") return new(true, "port", $"{port} is used by a StudyQuiz that runs");
        }
        catch (Exception other) when (other is HttpRequestException || (other is TaskCanceledException && !stop.IsCancellationRequested))
        {
            // not a StudyQuiz, then
        }

        return new(false, "port", taken);
    }

    public static Finding Addresses(IReadOnlyList<string> lan) => new(true, "addresses", lan.Count == 0
        ? "localhost only: no network was found, so 'serve --lan' would reach nobody"
        : "localhost; with 'serve --lan' also " + string.Join(", ", lan));
}
