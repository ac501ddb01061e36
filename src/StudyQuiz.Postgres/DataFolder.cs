using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace StudyQuiz.Postgres;

/// <summary>
/// The data folder, locked for as long as this object lives. The lock belongs to the open file, so it ends with the process, however that ends.
/// </summary>
internal sealed class DataFolder : IDisposable
{
    public const string ClusterName = "cluster";
    public const string PasswordName = "password";

    // Linux EAGAIN, macOS EAGAIN, Windows ERROR_SHARING_VIOLATION: how a lock held by another shows in IOException.HResult
    private static readonly int[] _lockedByAnother = [11, 35, unchecked((int)0x80070020)];
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream held) => (Path, _lock) = (path, held);

    public string Path { get; }
    public string Cluster => In(ClusterName);
    public string PasswordFile => In(PasswordName);
    public string ServerLog => In("server.log");

    public string In(string name) => System.IO.Path.Combine(Path, name);

    public static DataFolder Lock(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        var owner = System.IO.Path.Combine(path, "owner.pid");
        try
        {
            Directory.CreateDirectory(path);
            if (ServerUser.FirstClosedFolder(System.IO.Path.GetDirectoryName(path) ?? path) is { } closed)
                throw new DataFolderUnusableException($"PostgreSQL can't run as root, and the user it runs as can't pass {closed} to reach {path}: start StudyQuiz as a normal user, or choose a folder with --data that others can pass, such as /var/lib/studyquiz.");
            if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherExecute);
            var held = new FileStream(System.IO.Path.Combine(path, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(owner, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new(path, held);
        }
        catch (IOException e) when (_lockedByAnother.Contains(e.HResult))
        {
            throw new DataFolderInUseException(path, File.Exists(owner) ? $" (process {File.ReadAllText(owner).Trim()})" : "", e);
        }
        catch (IOException e)
        {
            throw new DataFolderUnusableException($"The data folder {path} can't be used: {e.Message} Choose another folder with --data.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new DataFolderUnusableException($"The data folder {path} can't be written by this user: start StudyQuiz as the user it belongs to, or choose another folder with --data.", e);
        }
    }

    /// <summary>The superuser's password, made at the first call and kept in a file that only the server's user (and root) can read.</summary>
    public string Password()
    {
        if (!File.Exists(PasswordFile)) WriteForServer(PasswordFile, RandomNumberGenerator.GetHexString(40, lowercase: true));
        return File.ReadAllText(PasswordFile).Trim();
    }

    /// <summary>Writes whole or not at all, readable only by the server's user.</summary>
    public static void WriteForServer(string file, string text)
    {
        var draft = file + ".new";
        File.WriteAllText(draft, "");
        ServerUser.Give(draft);
        File.WriteAllText(draft, text);
        File.Move(draft, file, overwrite: true);
    }

    /// <summary>The port to start on: the one asked for, else the remembered one where it is free, else a free one, remembered.</summary>
    public int ChoosePort(int asked)
    {
        if (asked != 0)
            return IsFree(asked) ? asked : throw new PostgresStartException($"Port {asked} on 127.0.0.1 is used by another program: choose another port for the embedded PostgreSQL, or 0 for any free one.");
        var file = In("port");
        if (File.Exists(file) && int.TryParse(File.ReadAllText(file), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && IsFree(port)) return port;
        // Below the ranges that systems hand to outgoing connections: after a crash the port must still be free for the restart
        do port = RandomNumberGenerator.GetInt32(20_000, 32_000);
        while (!IsFree(port));
        File.WriteAllText(file, port.ToString(CultureInfo.InvariantCulture));
        return port;
    }

    private static bool IsFree(int port)
    {
        using var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
        {
            return false;
        }
    }

    public void Dispose() => _lock.Dispose();
}
