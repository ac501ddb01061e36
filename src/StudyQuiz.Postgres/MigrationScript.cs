namespace StudyQuiz.Postgres;

/// <summary>One step of the database's history.</summary>
/// <param name="Name">File name such as <c>20261124-01-bank.sql</c>; names give the order and must not change once applied.</param>
/// <param name="Sql">Plain SQL; it runs in a transaction of its own.</param>
public sealed record MigrationScript(string Name, string Sql)
{
    private const string Prefix = "migrations/";

    /// <summary>The scripts of the repository's folder <c>migrations</c>, as built into this assembly.</summary>
    public static IReadOnlyList<MigrationScript> Embedded()
    {
        var assembly = typeof(MigrationScript).Assembly;
        return [.. assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(resource =>
            {
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                return new MigrationScript(resource[Prefix.Length..], reader.ReadToEnd());
            })];
    }

    /// <summary>The <c>*.sql</c> files of a folder, those below it not.</summary>
    public static IReadOnlyList<MigrationScript> InFolder(string folder) =>
        [.. Directory.GetFiles(folder, "*.sql").Select(file => new MigrationScript(Path.GetFileName(file), File.ReadAllText(file)))];
}
