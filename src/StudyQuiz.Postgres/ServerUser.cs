using System.Runtime.InteropServices;

namespace StudyQuiz.Postgres;

/// <summary>
/// The user that PostgreSQL runs as. PostgreSQL refuses root, so root's app runs it as 65534 (nobody) and hands it the files
/// it needs; for any other user it is the app's own.
/// </summary>
internal static class ServerUser
{
    private const int Nobody = 65534;
    private static readonly string[] _setprivFolders = ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"];

    private static bool DropsRoot => !OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess;

    /// <summary>The words of a command that runs as the server's user.</summary>
    public static IReadOnlyList<string> Command(string program, params IEnumerable<string> arguments)
    {
        if (!DropsRoot) return [program, .. arguments];
        var setpriv = _setprivFolders.Select(folder => Path.Combine(folder, "setpriv")).FirstOrDefault(File.Exists)
            ?? throw new PostgresStartException("PostgreSQL refuses to run as root and 'setpriv' is missing to run it as another user: start StudyQuiz as a normal user, or install util-linux.");
        return [setpriv, $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--no-new-privs", program, .. arguments];
    }

    /// <summary>Gives a file or folder to the server's user, closed to everyone else.</summary>
    public static void Give(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        var owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        File.SetUnixFileMode(path, Directory.Exists(path) ? owner | UnixFileMode.UserExecute : owner);
        if (DropsRoot && ChangeOwner(path, Nobody, Nobody) != 0)
            throw new DataFolderUnusableException($"{path} can't be given to user {Nobody}, which PostgreSQL runs as (error {Marshal.GetLastPInvokeError()}): choose a folder on a local disk with --data.");
    }

    /// <summary>Whether the server's user owns a folder: PostgreSQL opens no other, and root must not take a normal user's over.</summary>
    public static async Task<bool> OwnsAsync(string path, CancellationToken cancellation) =>
        OperatingSystem.IsWindows() || (await Postgres.Command.RunAsync(Command("test", "-O", path), cancellation)).ExitCode == 0;

    /// <summary>The first folder on the way to <paramref name="path"/> that the server's user can't pass, or null.</summary>
    public static string? FirstClosedFolder(string path)
    {
        if (OperatingSystem.IsWindows() || !DropsRoot) return null;
        string? closed = null;
        for (var folder = Path.GetFullPath(path); folder is not null; folder = Path.GetDirectoryName(folder))
            if (Directory.Exists(folder) && !File.GetUnixFileMode(folder).HasFlag(UnixFileMode.OtherExecute)) closed = folder;
        return closed;
    }

    [DllImport("libc", EntryPoint = "chown", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ChangeOwner([MarshalAs(UnmanagedType.LPStr)] string path, int user, int group);
}
