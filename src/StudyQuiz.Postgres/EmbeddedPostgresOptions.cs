namespace StudyQuiz.Postgres;

/// <summary>Where the embedded PostgreSQL keeps its data, and how it is reached.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>
    /// Folder of the database cluster, its password, log and lock. Created when missing. When the app runs as root,
    /// every folder above it must be passable for other users (mode o+x), since PostgreSQL then runs as user 65534.
    /// </summary>
    public required string DataFolder { get; init; }

    /// <summary>TCP port on 127.0.0.1; 0 takes a free one, which the data folder remembers. A server left running keeps its own.</summary>
    public int Port { get; init; }

    /// <summary>
    /// Folder of PostgreSQL's programs (or the folder above their <c>bin</c>). Null searches, see <see cref="PostgresBinaries"/>.
    /// </summary>
    public string? BinariesFolder { get; init; }

    /// <summary>Further lines of postgresql.conf, by name; they win over StudyQuiz's own. A server left running takes them at its next start.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
