using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace StudyQuiz.Postgres;

/// <summary>Makes found programs usable: with the links that an npm archive can't hold, and in a place the server's user can reach.</summary>
internal static class BinariesCopy
{
    private sealed record Link(string Source, string Target);

    /// <summary>The folder to run from: <paramref name="bin"/> itself, or that of a copy below <paramref name="copies"/>.</summary>
    public static string Prepare(string bin, string copies)
    {
        var root = Path.GetDirectoryName(Path.GetFullPath(bin))!;
        if (ServerUser.FirstClosedFolder(bin) is null && (MissingLinks(root).Count == 0 || TryLink(root))) return bin;

        // Named after the original and its age, so that an upgrade gets a new copy
        var age = File.GetLastWriteTimeUtc(Path.Combine(bin, "postgres")).Ticks;
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{root}|{age}")))[..12];
        var copy = Path.Combine(copies, "pgsql-" + name);
        if (!Directory.Exists(copy))
        {
            Directory.CreateDirectory(copies);
            var draft = $"{copy}-draft-{Guid.NewGuid():N}";
            foreach (var part in new[] { Path.GetFileName(bin), "lib", "share" }.Where(part => Directory.Exists(Path.Combine(root, part))))
                CopyTree(Path.Combine(root, part), Path.Combine(draft, part));
            if (File.Exists(LinksFile(root))) File.Copy(LinksFile(root), LinksFile(draft));
            CreateLinks(draft);
            Directory.Move(draft, copy);
        }
        return Path.Combine(copy, Path.GetFileName(bin));
    }

    private static string LinksFile(string root) => Path.Combine(root, "pg-symlinks.json");

    private static List<Link> MissingLinks(string root)
    {
        if (!File.Exists(LinksFile(root))) return [];
        var links = JsonSerializer.Deserialize<List<Link>>(File.ReadAllText(LinksFile(root)), JsonSerializerOptions.Web)!;
        // The file counts from the folder above: native/lib/libpq.so.5.18
        return [.. links.Select(link => new Link(Below(root, link.Source), Below(root, link.Target))).Where(link => !File.Exists(link.Target))];
    }

    private static string Below(string root, string path) => Path.Combine(root, path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..]);

    private static bool TryLink(string root)
    {
        try
        {
            CreateLinks(root);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return MissingLinks(root).Count == 0; // another process made them meanwhile; else the place is read-only and a copy helps
        }
    }

    private static void CreateLinks(string root)
    {
        foreach (var (source, target) in MissingLinks(root))
            File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, source));
    }

    private static void CopyTree(string from, string to)
    {
        Directory.CreateDirectory(to);
        OpenForAll(to, executable: true);
        foreach (var folder in Directory.GetDirectories(from)) CopyTree(folder, Path.Combine(to, Path.GetFileName(folder)));
        foreach (var file in Directory.GetFiles(from).Where(file => !file.EndsWith(".a", StringComparison.Ordinal)))
        {
            var target = Path.Combine(to, Path.GetFileName(file));
            if (new FileInfo(file).LinkTarget is { } link && !Path.IsPathRooted(link)) File.CreateSymbolicLink(target, link);
            else
            {
                File.Copy(file, target, overwrite: true);
                OpenForAll(target, executable: false);
            }
        }
    }

    private static void OpenForAll(string path, bool executable)
    {
        if (OperatingSystem.IsWindows()) return;
        var mode = File.GetUnixFileMode(path) | UnixFileMode.OtherRead;
        executable |= mode.HasFlag(UnixFileMode.UserExecute);
        File.SetUnixFileMode(path, executable ? mode | UnixFileMode.OtherExecute : mode);
    }
}
