using System.Text.Json;

namespace StudyQuiz.Postgres.Backups;

/// <summary>
/// What a backup holds: the entry <c>manifest.json</c> of its ZIP file, the last one written. Each table is an entry <c>tables/NAME.copy</c> in
/// PostgreSQL's text format of COPY, in UTF-8.
/// </summary>
/// <param name="Format">Of this file; see <see cref="Newest"/>.</param>
/// <param name="Made">When its snapshot was taken, in UTC.</param>
/// <param name="Server">The version of the PostgreSQL that it was taken from.</param>
/// <param name="Migrations">The state of the schema: the scripts that had been applied.</param>
/// <param name="Sequences">Where each sequence stood that has given a number.</param>
public sealed record BackupManifest(
    int Format, DateTimeOffset Made, string Server, IReadOnlyList<string> Migrations, IReadOnlyList<BackupTable> Tables, IReadOnlyList<BackupSequence> Sequences)
{
    /// <summary>The newest format, which this version writes.</summary>
    public const int Newest = 1;

    internal const string EntryName = "manifest.json";

    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    public long Rows => Tables.Sum(table => table.Rows);
}

/// <summary>A table's content.</summary>
/// <param name="Columns">In the order in which its rows hold them.</param>
/// <param name="Bytes">Of the entry, not compressed.</param>
/// <param name="Sha256">Of the entry, not compressed, in lower-case hexadecimal.</param>
public sealed record BackupTable(string Name, IReadOnlyList<string> Columns, long Rows, long Bytes, string Sha256)
{
    internal string EntryName => $"tables/{Name}.copy";
}

/// <summary>A sequence and the last number that it gave.</summary>
public sealed record BackupSequence(string Name, long Last);

/// <summary>How far a backup or a restore is.</summary>
/// <param name="Table">The table that is done.</param>
/// <param name="Done">Tables that are.</param>
/// <param name="Of">All tables.</param>
public sealed record BackupProgress(string Table, long Rows, int Done, int Of);

/// <summary>A backup can't be written or restored; the message is one line and says what to do.</summary>
public sealed class BackupException : Exception
{
    public BackupException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
