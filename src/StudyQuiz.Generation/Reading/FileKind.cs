namespace StudyQuiz.Generation.Reading;

/// <summary>Tells kinds of files by their first bytes.</summary>
internal static class FileKind
{
    public const string Text = "text";
    public const string Zip = "zip";

    private static readonly (byte[] Start, string Kind)[] Known =
    [
        ("PK"u8.ToArray(), Zip),
        ("%PDF-"u8.ToArray(), "a PDF"),
        ([0xD0, 0xCF, 0x11, 0xE0], "an old or protected Office document (such as .doc)"),
        (@"{\rtf"u8.ToArray(), "an RTF document"),
        ([0x89, (byte)'P', (byte)'N', (byte)'G'], "a picture"),
        ([0xFF, 0xD8, 0xFF], "a picture"),
        ("GIF8"u8.ToArray(), "a picture"),
        ("Rar!"u8.ToArray(), "an archive"),
        ([(byte)'7', (byte)'z', 0xBC, 0xAF], "an archive"),
        ([0x1F, 0x8B], "an archive"),
        ("SQLite format 3"u8.ToArray(), "a database"),
        ([0x7F, (byte)'E', (byte)'L', (byte)'F'], "a program"),
    ];

    /// <summary><see cref="Zip"/>, <see cref="Text"/> for what is none of the known kinds, or the name of a kind that is not read.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        foreach (var (start, kind) in Known)
            if (bytes.StartsWith(start) && (kind != Zip || IsZip(bytes))) return kind;
        return Text;
    }

    // A text may begin with the letters PK
    private static bool IsZip(ReadOnlySpan<byte> bytes) => bytes.Length > 3 && bytes[2] < 8 && bytes[3] < 9;
}
