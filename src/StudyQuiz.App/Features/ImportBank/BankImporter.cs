using Dapper;
using Npgsql;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.App.Features.ImportBank;

/// <summary>Imports a bank file, whole or not at all, without ever overwriting what was edited here.</summary>
public sealed class BankImporter(NpgsqlDataSource db)
{
    // any fixed number that no other advisory lock of the product has
    private const long LockKey = 7_834_921_106_114_310_002;

    /// <summary>Pages that stand where a bank's name would: /banks/new, /cards/study and so on.</summary>
    public static IReadOnlySet<string> ReservedSlugs { get; } = new HashSet<string>(StringComparer.Ordinal) { "new", "study", "import", "optimise" };

    /// <summary>Imports a bank, or tells why not. Several hosts may do so at once: they take turns.</summary>
    /// <param name="bank">The file.</param>
    /// <param name="rawSource">The raw text that the bank was made from; its UTF-8 bytes must have the bank's SHA-256.</param>
    /// <param name="preview">Report what an import would do, and do nothing.</param>
    /// <param name="cancellation">Gives up; nothing is imported then.</param>
    public async Task<ImportReport> ImportAsync(BankFile bank, string rawSource, bool preview = false, CancellationToken cancellation = default)
    {
        var refused = Refusals(bank, rawSource).ToList();
        if (refused.Count > 0) return ImportReport.Refuse(bank.Source.Slug, refused);

        await using var connection = await db.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await TakeTurnAsync(connection);
        var report = await ImportAsync(connection, bank, rawSource);
        if (preview) await transaction.RollbackAsync(cancellation);
        else await transaction.CommitAsync(cancellation);
        return report;
    }

    /// <summary>Imports a bank that is new here, together with what else is to be stored with it.</summary>
    /// <param name="bank">The bank.</param>
    /// <param name="rawSource">The raw text that it was made from.</param>
    /// <param name="alongside">Stores what belongs to the source of this id, in the same transaction.</param>
    /// <param name="cancellation">Gives up; nothing is imported then.</param>
    /// <returns>Null when there is a source of this slug already: nothing was done then.</returns>
    public async Task<ImportReport?> AddAsync(BankFile bank, string rawSource, Func<NpgsqlConnection, long, Task> alongside, CancellationToken cancellation)
    {
        var refused = Refusals(bank, rawSource).ToList();
        if (refused.Count > 0) return ImportReport.Refuse(bank.Source.Slug, refused);

        await using var connection = await db.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        // a large bank before this one takes longer than a command usually may
        await connection.ExecuteAsync("select pg_advisory_xact_lock(@LockKey)", new { LockKey }, commandTimeout: 600);
        if (await StoredSource.FindAsync(connection, bank.Source.Slug) is not null) return null;
        var report = await ImportAsync(connection, bank, rawSource);
        await alongside(connection, await connection.QuerySingleAsync<long>("select id from source where slug = @Slug", new { bank.Source.Slug }));
        await transaction.CommitAsync(cancellation);
        return report;
    }

    /// <summary>Waits until no other import goes on, and keeps others waiting until the transaction ends.</summary>
    internal static Task TakeTurnAsync(NpgsqlConnection connection) => connection.ExecuteAsync("select pg_advisory_xact_lock(@LockKey)", new { LockKey });

    private static async Task<ImportReport> ImportAsync(NpgsqlConnection connection, BankFile bank, string rawSource)
    {
        var log = new ImportLog(bank.Source.Slug);
        var source = await SourceImport.RunAsync(connection, bank, rawSource);
        log.Add(bank.Source.Slug, source.Decision);
        if (source.Decision == ImportDecision.Conflict) return log.Report();
        var keyPoints = await KeyPointImport.RunAsync(connection, source.Id, bank, log);
        await new QuestionImport(connection, source, keyPoints).RunAsync(bank, log);
        return log.Report();
    }

    private static IEnumerable<Refusal> Refusals(BankFile bank, string rawSource) =>
        BankOnDisk.SourceProblems(bank, rawSource).Concat(Reserved(bank)).Concat(BankGates.CheckForImport(bank).Select(finding => new Refusal(finding.Item, finding.Message)));

    private static IEnumerable<Refusal> Reserved(BankFile bank)
    {
        if (ReservedSlugs.Contains(bank.Source.Slug)) yield return new Refusal(bank.Source.Slug, "The product has a page of this name, which would hide the bank: choose another slug.");
    }
}
