using Npgsql;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ExchangeQuestions;

/// <summary>What somebody chose to do with a row.</summary>
internal enum RowChoice
{
    /// <summary>Leave it out.</summary>
    Skip,

    /// <summary>Import it: a new question, or a new version.</summary>
    Take,

    /// <summary>Import it, and never ask it together with what it is like.</summary>
    TakeAsEnemy,
}

/// <summary>A file compared with a bank and, unless it was a preview, stored.</summary>
/// <param name="Stored">Lines of the rows that were stored; empty for a preview.</param>
internal sealed record QuestionImportResult(ChosenBank Bank, IReadOnlyList<MatchedQuestion> Rows, IReadOnlySet<int> Stored)
{
    /// <summary>Lines of those that wait for a second person: what learners meet has not changed by them.</summary>
    public IReadOnlySet<int> Waiting { get; init; } = new HashSet<int>();
}

/// <summary>Brings a file's questions into a bank, all that was chosen or nothing.</summary>
internal static class ImportQuestions
{
    /// <summary>Compares only.</summary>
    /// <returns>Null where there is no such bank.</returns>
    public static async Task<QuestionImportResult?> PreviewAsync(NpgsqlConnection connection, QuestionFile file, string slug) =>
        await ChosenBank.FindAsync(connection, slug) is { } bank ? new QuestionImportResult(bank, MatchQuestions.Of(file, bank), new HashSet<int>()) : null;

    /// <summary>Compares anew, since others may have been at work, and stores.</summary>
    /// <param name="db">Where to.</param>
    /// <param name="file">The rows.</param>
    /// <param name="slug">Of the bank.</param>
    /// <param name="choose">What to do with a row that is new, changed or in conflict; by its index in the file.</param>
    /// <param name="account">Who does it; null for a command.</param>
    /// <param name="now">When it is put on record, where a person does it.</param>
    /// <param name="cancellation">Gives up; nothing is stored then.</param>
    /// <returns>Null where there is no such bank.</returns>
    public static async Task<QuestionImportResult?> StoreAsync(
        NpgsqlDataSource db, QuestionFile file, string slug, Func<int, MatchedQuestion, RowChoice> choose, Guid? account, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await db.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await BankImporter.TakeTurnAsync(connection);
        if (await ChosenBank.FindAsync(connection, slug) is not { } bank) return null;
        var rows = MatchQuestions.Of(file, bank);
        var chosen = rows.Index().Select(row => (row.Item, Choice: row.Item.State is RowState.New or RowState.Changed or RowState.Conflict ? choose(row.Index, row.Item) : RowChoice.Skip)).Where(row => row.Choice != RowChoice.Skip)
            .Select(row => row.Choice == RowChoice.TakeAsEnemy ? WithEnemy(row.Item, rows) : row.Item).ToList();
        var (missed, waiting) = await StoreQuestions.RunAsync(connection, bank, chosen, account);
        if (account is { } person && chosen.Count > missed.Count)
        {
            await Audit.AddAsync(
                connection, person, AuditActs.BankImported, AuditActs.OfBank(slug),
                new { file.Format, stored = chosen.Count - missed.Count, left = rows.Count(row => row.State != RowState.Refused) - chosen.Count + missed.Count, refused = rows.Count(row => row.State == RowState.Refused) }, now);
        }

        await transaction.CommitAsync(cancellation);
        return new QuestionImportResult(bank, [.. rows.Select(row => missed.Contains(row.Row.Line) ? row with { State = RowState.Conflict } : row)], chosen.Select(row => row.Row.Line).Except(missed).ToHashSet()) { Waiting = waiting.ToHashSet() };
    }

    /// <summary>Without a word on it: new and changed rows, and nothing over what a person changed here.</summary>
    public static RowChoice Usual(MatchedQuestion row) => row.State is RowState.New or RowState.Changed ? RowChoice.Take : RowChoice.Skip;

    private static MatchedQuestion WithEnemy(MatchedQuestion row, IReadOnlyList<MatchedQuestion> rows)
    {
        var enemy = row.Near is not { } near ? null : near.Slug ?? rows.FirstOrDefault(other => other.Row.Line == near.Line)?.Result?.Id;
        return enemy is null ? row : row with { Result = row.Result! with { Enemies = [.. row.Result.Enemies.Append(enemy).Distinct(StringComparer.Ordinal)] } };
    }
}
