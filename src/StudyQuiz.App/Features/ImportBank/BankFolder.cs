using System.Text;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ImportBank;

/// <summary>A folder of bank files, each with its raw text at the path that it names.</summary>
public sealed class BankFolder(BankImporter importer)
{
    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

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
        var name = Path.GetFileName(file);
        var (yaml, problem) = await ReadAsync(file, cancellation);
        if (yaml is null) return ImportReport.Refuse(name, [new Refusal(name, problem!)]);
        var (bank, errors) = BankFile.Read(yaml);
        if (bank is null) return ImportReport.Refuse(name, errors.Select(error => new Refusal(name, error.ToString())));

        if (SourcePath(file, bank.Source.File) is not { } path)
            return ImportReport.Refuse(bank.Source.Slug, [new Refusal(name, $"Its source file '{bank.Source.File}' leaves the bank's own folder: put the text below it, such as in sources/.")]);
        var (raw, missing) = await ReadAsync(path, cancellation);
        return raw is null
            ? ImportReport.Refuse(bank.Source.Slug, [new Refusal(bank.Source.File, missing!)])
            : await importer.ImportAsync(bank, raw, preview, cancellation);
    }

    /// <summary>Where the raw text lies; null where the path leads out of the bank's folder.</summary>
    private static string? SourcePath(string bankFile, string named)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(bankFile))! + Path.DirectorySeparatorChar;
        if (named.Contains('\0', StringComparison.Ordinal) || Path.IsPathRooted(named)) return null;
        var path = Path.GetFullPath(Path.Combine(folder, named));
        return path.StartsWith(folder, StringComparison.Ordinal) ? path : null;
    }

    private static async Task<(string? Text, string? Problem)> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists) return (null, "There is no such file: put it there, or correct the path.");
            if (file.Length > BankReading.LongestFile) return (null, $"It is larger than {BankReading.LongestFile} bytes: split it.");
            // byte for byte, a byte order mark too: the hash is taken of what the file holds
            return (_strictUtf8.GetString(await File.ReadAllBytesAsync(path, cancellation)), null);
        }
        catch (DecoderFallbackException)
        {
            return (null, "It is not UTF-8: save it as UTF-8.");
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return (null, $"It can't be read: {unreadable.Message}");
        }
    }
}
