namespace StudyQuiz.Postgres;

/// <summary>A failure of the embedded PostgreSQL. The message is one line and says what to do: print it without a stack trace.</summary>
public abstract class EmbeddedPostgresException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>Another running process owns the data folder.</summary>
public sealed class DataFolderInUseException(string folder, string owner, Exception? cause = null)
    : EmbeddedPostgresException($"The data folder {folder} is in use by another StudyQuiz{owner}: stop that one, or choose another folder with --data.", cause);

/// <summary>The data folder can't be written, or can't be reached by the user that PostgreSQL runs as.</summary>
public sealed class DataFolderUnusableException(string message, Exception? cause = null) : EmbeddedPostgresException(message, cause);

/// <summary>The data folder was made by another major version of PostgreSQL than the one found.</summary>
public sealed class DataFolderVersionException(string folder, int folderMajor, int foundMajor)
    : EmbeddedPostgresException($"The data folder {folder} was made by PostgreSQL {folderMajor}, and PostgreSQL {foundMajor} can't open it: " +
        $"dump it with {folderMajor} and load it into a new folder, or {(folderMajor < 18 ? "choose another folder with --data" : $"point STUDYQUIZ_POSTGRES_BIN at the programs of a PostgreSQL {folderMajor}")}.");

/// <summary>No PostgreSQL 18 or newer was found, or the one asked for is older or incomplete.</summary>
public sealed class PostgresBinariesException(string message) : EmbeddedPostgresException(message);

/// <summary>PostgreSQL refused to be set up, to start or to stop; the message carries its own words.</summary>
public sealed class PostgresStartException(string message, Exception? cause = null) : EmbeddedPostgresException(message, cause);
