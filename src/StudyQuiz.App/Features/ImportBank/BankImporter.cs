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
        await connection.ExecuteAsync("select pg_advisory_xact_lock(@LockKey)", new { LockKey });
        var report = await ImportAsync(connection, bank, rawSource);
        if (preview) await transaction.RollbackAsync(cancellation);
        else await transaction.CommitAsync(cancellation);
        return report;
    }

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
        BankOnDisk.SourceProblems(bank, rawSource).Concat(BankGates.CheckForImport(bank).Select(finding => new Refusal(finding.Item, finding.Message)));
}
