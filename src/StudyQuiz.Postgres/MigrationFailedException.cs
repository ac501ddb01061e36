namespace StudyQuiz.Postgres;

/// <summary>A migration script failed and was rolled back; those before it stay applied. The message names script, line and PostgreSQL's reason.</summary>
public sealed class MigrationFailedException(string script, int? line, string reason, Exception cause)
    : Exception($"Migration {script} failed{(line is { } at ? $" at line {at}" : "")} and was rolled back: {reason}. Correct the script and start again.", cause)
{
    /// <summary>File name of the script.</summary>
    public string Script { get; } = script;

    /// <summary>Line in the script, counted from 1; null when PostgreSQL gave no place.</summary>
    public int? Line { get; } = line;
}
