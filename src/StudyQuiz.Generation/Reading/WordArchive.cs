using System.IO.Compression;

namespace StudyQuiz.Generation.Reading;

/// <summary>Looks into a zip file before it is opened as a document. What its directory says of sizes is not believed: the bytes are counted.</summary>
internal static class WordArchive
{
    // 500,000 characters, each in a run of its own with formatting, take less
    public const int LargestInside = 48 * 1024 * 1024;

    private const int MostEntries = 10_000;

    /// <summary>Why the file is no document that can be opened; null when it may be.</summary>
    public static SourceReading.Refused? Inspect(Stream stream, string fileName)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        if (archive.Entries.Count > MostEntries) return Unsafe(fileName);
        if (archive.GetEntry("[Content_Types].xml") is null || !archive.Entries.Any(entry => entry.FullName.StartsWith("word/", StringComparison.Ordinal)))
        {
            return SourceReader.Refuse(SourceRefusal.OtherFormat, fileName, "This is an archive or another kind of Office file. Save the text as .docx or .txt and choose that file.");
        }

        // Pictures are never unpacked; the parts that are read as XML are
        return UnpackedSize(archive.Entries.Where(IsXml)) > LargestInside ? Unsafe(fileName) : null;
    }

    private static bool IsXml(ZipArchiveEntry entry) =>
        entry.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || entry.FullName.EndsWith(".rels", StringComparison.OrdinalIgnoreCase);

    private static long UnpackedSize(IEnumerable<ZipArchiveEntry> entries)
    {
        var buffer = new byte[81920];
        var size = 0L;
        foreach (var entry in entries)
        {
            using var content = entry.Open();
            for (var read = content.Read(buffer); read > 0 && size <= LargestInside; read = content.Read(buffer)) size += read;
        }

        return size;
    }

    private static SourceReading.Refused Unsafe(string fileName) =>
        SourceReader.Refuse(SourceRefusal.UnsafeDocument, fileName, "The document is far larger inside than it seems. Save its text alone as .txt and choose that file.");
}
