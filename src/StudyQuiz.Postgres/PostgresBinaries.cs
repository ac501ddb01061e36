using System.ComponentModel;
using System.Reflection;
using System.Runtime.InteropServices;

namespace StudyQuiz.Postgres;

/// <summary>
/// The programs of a PostgreSQL 18 or newer. Looked for in this order: the folder asked for (option or the environment variable
/// STUDYQUIZ_POSTGRES_BIN, no others are tried then), the folder <c>postgres</c> beside a published app, the npm package for this
/// machine, what is installed on the machine.
/// </summary>
/// <param name="Folder">The folder that holds postgres, initdb and pg_ctl.</param>
/// <param name="Version">As <c>postgres --version</c> gives it, such as 18.4.</param>
public sealed record PostgresBinaries(string Folder, Version Version)
{
    /// <summary>The oldest major version that StudyQuiz's SQL runs on.</summary>
    public const int OldestMajor = 18;

    /// <summary>Environment variable that names the folder to use.</summary>
    public const string EnvironmentName = "STUDYQUIZ_POSTGRES_BIN";

    private static readonly string[] _programs = ["postgres", "initdb", "pg_ctl"];

    private const string Fix = "run 'npm ci --ignore-scripts' in src/StudyQuiz.Postgres, install PostgreSQL 18, or set ConnectionStrings__StudyQuiz to a running one";

    /// <summary>Full path of one of the programs, such as <c>pg_ctl</c>.</summary>
    public string Program(string name) => Path.Combine(Folder, OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>Finds the programs, completes the links that npm leaves out, and copies them where the server's user can read them.</summary>
    /// <param name="asked">The only folder to look in, or null to search.</param>
    /// <param name="copies">Folder for a copy, used when PostgreSQL's user can't reach the original.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <exception cref="PostgresBinariesException">None is 18 or newer.</exception>
    public static async Task<PostgresBinaries> FindAsync(string? asked, string copies, CancellationToken cancellation = default)
    {
        asked ??= Environment.GetEnvironmentVariable(EnvironmentName) is { Length: > 0 } named ? named : null;
        var older = new List<PostgresBinaries>();
        foreach (var root in asked is null ? Packaged().Concat(Installed()) : [asked])
        {
            if (BinariesIn(root) is not { } folder) continue;
            folder = BinariesCopy.Prepare(folder, copies);
            if (await VersionIn(folder, cancellation) is not { } version) continue;
            var found = new PostgresBinaries(folder, version);
            if (version.Major >= OldestMajor) return found;
            older.Add(found);
        }

        throw new PostgresBinariesException((asked, older.MaxBy(found => found.Version)) switch
        {
            (_, { } old) => $"PostgreSQL {OldestMajor} or newer is needed, but {old.Folder} has {old.Version}: {Fix}.",
            ({ } folder, null) => $"No usable postgres, initdb and pg_ctl in {folder}: name the folder of a PostgreSQL {OldestMajor} or newer.",
            _ => $"PostgreSQL {OldestMajor} or newer was not found: {Fix}.",
        });
    }

    private static IEnumerable<string> Packaged()
    {
        var package = $"{SystemName}-{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "x64")}";
        yield return Path.Combine(AppContext.BaseDirectory, "postgres");
        var modules = typeof(PostgresBinaries).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(data => data.Key == "PostgresNodeModules").Value!;
        yield return Path.Combine(modules, "@embedded-postgres", package, "native");
    }

    private static string SystemName => OperatingSystem.IsWindows() ? "windows" : OperatingSystem.IsMacOS() ? "darwin" : "linux";

    private static IEnumerable<string> Installed()
    {
        (string Folder, string Pattern)[] places =
        [
            ("/usr/lib/postgresql", "*"), ("/usr", "pgsql-*"), ("/opt/homebrew/opt", "postgresql@*"), ("/usr/local/opt", "postgresql@*"),
            ("/Applications/Postgres.app/Contents/Versions", "*"), (@"C:\Program Files\PostgreSQL", "*"),
        ];
        return places.Where(place => Directory.Exists(place.Folder))
            .SelectMany(place => Directory.GetDirectories(place.Folder, place.Pattern).OrderDescending(StringComparer.Ordinal))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string? BinariesIn(string root)
    {
        var ending = OperatingSystem.IsWindows() ? ".exe" : "";
        return new[] { Path.Combine(root, "bin"), root }.FirstOrDefault(folder =>
            _programs.All(name => File.Exists(Path.Combine(folder, name + ending))));
    }

    private static async Task<Version?> VersionIn(string folder, CancellationToken cancellation)
    {
        try
        {
            var said = await Command.RunAsync([Path.Combine(folder, "postgres"), "--version"], cancellation);
            // "postgres (PostgreSQL) 18.4", "… 15.18 (Debian 15.18-0+deb12u1)", "… 19beta1"
            var digits = said.Output.Split(' ').ElementAtOrDefault(2)?.Trim() ?? "";
            digits = string.Concat(digits.TakeWhile(c => char.IsAsciiDigit(c) || c == '.'));
            return Version.TryParse(digits.Contains('.', StringComparison.Ordinal) ? digits : digits + ".0", out var version) ? version : null;
        }
        catch (Win32Exception)
        {
            return null; // not a program of this machine: the next place may have one
        }
    }
}
