using System.Globalization;

namespace StudyQuiz.Generation.Reading;

/// <summary>Reads the text of a file that a person chose. Any bytes will do: the answer is a text or a refusal, within two seconds.</summary>
public static class SourceReader
{
    /// <summary>The largest text file, in bytes.</summary>
    public const int LargestTextFile = 4 * 1024 * 1024;

    /// <summary>The largest .docx file, in bytes; pictures make up most of it.</summary>
    public const int LargestDocument = 20 * 1024 * 1024;

    /// <summary>The longest text, in UTF-16 units.</summary>
    public const int LongestText = 500_000;

    /// <summary>Reads a text file in UTF-8, UTF-16 with a byte order mark or GB18030, or a .docx file. The bytes decide; the name serves for the messages.</summary>
    public static SourceReading Read(ReadOnlyMemory<byte> bytes, string fileName)
    {
        if (bytes.IsEmpty) return Refuse(SourceRefusal.Empty, fileName, "The file is empty. Choose a file with text in it.");
        var reading = FileKind.Of(bytes.Span) switch
        {
            FileKind.Zip => bytes.Length > LargestDocument ? TooLarge(fileName, LargestDocument) : WordDocument.Read(bytes, fileName),
            FileKind.Text => bytes.Length > LargestTextFile ? TooLarge(fileName, LargestTextFile) : TextFile.Read(bytes.Span, fileName),
            var kind => Refuse(SourceRefusal.OtherFormat, fileName, $"This is {kind}. Save it as .docx or .txt and choose that file."),
        };
        return reading is SourceReading.Text text ? Checked(text, fileName) : reading;
    }

    /// <summary>Reads a .docx as a paper with questions: letters of lists are told, and pictures by <see cref="Picture"/>.</summary>
    public static SourceReading ReadPaper(ReadOnlyMemory<byte> bytes, string fileName) =>
        bytes.Length > LargestDocument
        ? TooLarge(fileName, LargestDocument)
        : WordDocument.Read(bytes, fileName, isPaper: true) switch { SourceReading.Text text => Checked(text, fileName), var refused => refused };

    /// <summary>What stands in a paper where a picture is.</summary>
    public const char Picture = WordText.Picture;

    /// <summary>Reads a file that must be text, in the same encodings, of any length up to <see cref="LargestTextFile"/>.</summary>
    public static SourceReading ReadText(ReadOnlyMemory<byte> bytes, string fileName)
    {
        if (bytes.IsEmpty) return Refuse(SourceRefusal.Empty, fileName, "The file is empty. Choose a file with text in it.");
        if (bytes.Length > LargestTextFile) return TooLarge(fileName, LargestTextFile);
        return FileKind.Of(bytes.Span) == FileKind.Text ? TextFile.Read(bytes.Span, fileName) : Refuse(SourceRefusal.OtherFormat, fileName, "This is no text. Save it as text and choose that file.");
    }

    internal static SourceReading.Refused Refuse(SourceRefusal reason, string fileName, string message) =>
        new(reason, fileName.Length == 0 ? message : $"{fileName}: {message}");

    private static SourceReading Checked(SourceReading.Text text, string fileName)
    {
        if (string.IsNullOrWhiteSpace(text.Raw)) return Refuse(SourceRefusal.Empty, fileName, "There is no text in the file, only white space or pictures. Choose a file with text in it.");
        return text.Raw.Length > LongestText
            ? Refuse(SourceRefusal.TooLong, fileName, string.Create(CultureInfo.InvariantCulture,
                $"The text is longer than {LongestText:N0} characters. Split it into several files."))
            : text;
    }

    private static SourceReading.Refused TooLarge(string fileName, int largest) =>
        Refuse(SourceRefusal.TooLarge, fileName, string.Create(CultureInfo.InvariantCulture,
            $"The file is larger than {largest / 1024 / 1024} MB. Split it, or save its text alone as .txt."));
}
