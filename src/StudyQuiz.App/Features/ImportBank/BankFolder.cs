namespace StudyQuiz.App.Features.ImportBank;

/// <summary>Imports bank files with the raw texts that they name.</summary>
public sealed class BankFolder(BankImporter importer)
{
    /// <summary>Imports every <c>*.yaml</c> of a folder in the order of their names. One that is refused doesn't keep the others out.</summary>
    public async Task<IReadOnlyList<ImportReport>> ImportAllAsync(string folder, bool preview = false, CancellationToken cancellation = default)
    {
        var reports = new List<ImportReport>();
        foreach (var file in Directory.EnumerateFiles(folder, "*.yaml").Order(StringComparer.Ordinal))
            reports.Add(await ImportFileAsync(file, preview, cancellation));
        return reports;
    }

    /// <summary>Imports one bank file. A file that can't be read is a refusal like any other.</summary>
    public async Task<ImportReport> ImportFileAsync(string file, bool preview = false, CancellationToken cancellation = default)
    {
        var (bank, raw, problems) = await BankOnDisk.LoadAsync(file, cancellation);
        return bank is null || raw is null
            ? ImportReport.Refuse(bank?.Source.Slug ?? Path.GetFileName(file), problems)
            : await importer.ImportAsync(bank, raw, preview, cancellation);
    }
}
