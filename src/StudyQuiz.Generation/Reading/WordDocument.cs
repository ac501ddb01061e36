using System.Runtime.InteropServices;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace StudyQuiz.Generation.Reading;

/// <summary>Reads the text of a .docx file.</summary>
internal static class WordDocument
{
    public static SourceReading Read(ReadOnlyMemory<byte> bytes, string fileName, bool isPaper = false)
    {
        using var stream = AsStream(bytes);
        try
        {
            if (WordArchive.Inspect(stream, fileName) is { } refused) return refused;
            stream.Position = 0;
            using var document = WordprocessingDocument.Open(stream, isEditable: false);
            if (document.MainDocumentPart is not { } main) return Broken(fileName);
            return new SourceReading.Text(WordText.Read(main, isPaper));
        }
        catch (Exception fault) when (IsOfTheFile(fault))
        {
            return Broken(fileName);
        }
    }

    /// <summary>The faults that the zip, package and XML readers name a damaged or hostile file by; a DTD is one, so that no entity is ever expanded.</summary>
    private static bool IsOfTheFile(Exception fault) =>
        fault is OpenXmlPackageException or XmlException or InvalidDataException or FileFormatException or IOException or NotSupportedException
            or ArgumentException or FormatException or InvalidOperationException or KeyNotFoundException or OverflowException;

    private static MemoryStream AsStream(ReadOnlyMemory<byte> bytes) => MemoryMarshal.TryGetArray(bytes, out var array)
        ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
        : new MemoryStream(bytes.ToArray(), writable: false);

    private static SourceReading.Refused Broken(string fileName) =>
        SourceReader.Refuse(SourceRefusal.BrokenDocument, fileName, "The document can't be opened. Open it in a word processor, save it as .docx or .txt and choose it again.");
}
