using System.Text;

namespace StudyQuiz.Generation.Reading;

/// <summary>Decodes a text file.</summary>
internal static class TextFile
{
    // Even a damaged text has fewer control characters than one in a hundred
    private const int CharactersPerControl = 100;

    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly Encoding LittleEndian = new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true);
    private static readonly Encoding BigEndian = new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true);

    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    public static SourceReading Read(ReadOnlySpan<byte> bytes, string fileName)
    {
        if (Decode(bytes) is not { } text)
        {
            return bytes.Contains((byte)0) || Controls(bytes) * CharactersPerControl > bytes.Length
                ? Binary(fileName)
                : SourceReader.Refuse(SourceRefusal.UnknownEncoding, fileName, "The characters can't be read: the file is neither UTF-8 nor GB18030. Save it as UTF-8 text and choose it again.");
        }

        return IsBinary(text) ? Binary(fileName) : new SourceReading.Text(text);
    }

    private static string? Decode(ReadOnlySpan<byte> bytes) => bytes switch
    {
        [0xEF, 0xBB, 0xBF, .. var rest] => TryDecode(Utf8, rest),
        [0xFF, 0xFE, .. var rest] => TryDecode(LittleEndian, rest),
        [0xFE, 0xFF, .. var rest] => TryDecode(BigEndian, rest),
        _ => TryDecode(Utf8, bytes) ?? (IsChinese(bytes) ? TryDecode(Gb18030, bytes) : null),
    };

    /// <summary>
    /// Whether bytes that GB18030 could decode were written in it. It gives almost any pair of bytes a meaning, so texts in Big5,
    /// Shift-JIS or Windows-1252 would come out as rare characters without an error. In Chinese of either script, far more than
    /// two in five characters are among the 3,755 common ones of GB 2312 (rows 16 to 55, lead bytes B0 to D7): a simplified text
    /// has over 99%, a traditional one 57%; the same traditional text in Big5 has 23%, Japanese in Shift-JIS none.
    /// </summary>
    private static bool IsChinese(ReadOnlySpan<byte> bytes)
    {
        var common = 0;
        var all = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80) continue;
            if (i + 1 == bytes.Length) return false;
            var (lead, trail) = (bytes[i], bytes[i + 1]);
            var punctuation = lead is >= 0xA1 and <= 0xA3 && trail >= 0xA1;
            if (!punctuation) all++;
            if (lead is >= 0xB0 and <= 0xD7 && trail >= 0xA1) common++;
            i += trail is >= (byte)'0' and <= (byte)'9' ? 3 : 1;
        }

        return common * 5 >= all * 2;
    }

    private static string? TryDecode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool IsBinary(string text) => text.Contains('\0', StringComparison.Ordinal) || text.Count(IsControl) * CharactersPerControl > text.Length;

    private static bool IsControl(char c) => char.IsControl(c) && !char.IsWhiteSpace(c);

    private static int Controls(ReadOnlySpan<byte> bytes)
    {
        var controls = 0;
        foreach (var b in bytes)
            if (b < 0x20 && IsControl((char)b)) controls++;
        return controls;
    }

    private static SourceReading.Refused Binary(string fileName) =>
        SourceReader.Refuse(SourceRefusal.Binary, fileName, "This is no text. Choose a .txt or .docx file.");
}
