using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>XML of strangers: no DTD, so that no entity is ever expanded and nothing is fetched; neither deep nor endless.</summary>
internal static class SafeXml
{
    private const int DeepestLevel = 64;
    private const int MostOfTag = 128 * 1024;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = SafeArchive.LargestInside,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        CloseInput = true,
    };

    public static XmlReader Open(Stream stream) => XmlReader.Create(stream, Settings);

    /// <summary>The file's root, with lines. Other encodings than Unicode are those that <see cref="GivenFile.Text"/> knows.</summary>
    /// <exception cref="RefusedFileException">It is malformed, has a DTD or is nested too deeply.</exception>
    public static XElement Load(Func<XmlReader> open)
    {
        try
        {
            using (var levels = open())
                while (levels.Read())
                    if (levels.Depth > DeepestLevel) throw new RefusedFileException(new Why("DeepXml"), LineOf(levels));
            using var reader = open();
            return XElement.Load(reader, LoadOptions.SetLineInfo | LoadOptions.PreserveWhitespace);
        }
        catch (XmlException wrong)
        {
            throw new RefusedFileException(new Why(wrong.Message.Contains("DTD", StringComparison.Ordinal) ? "Dtd" : "Malformed"), wrong.LineNumber);
        }
    }

    public static XElement Load(GivenFile file) => LongestTag(file.Bytes) is > MostOfTag and var length ? throw new RefusedFileException("LongTag", length / 1024) : Load(() => HasOtherEncoding(file.Bytes) ? XmlReader.Create(new StringReader(file.Text), Settings) : Open(new MemoryStream(file.Bytes, writable: false)));

    // A tag of thousands of attributes costs much more than its bytes
    private static int LongestTag(ReadOnlySpan<byte> bytes)
    {
        var longest = 0;
        for (int begin; (begin = bytes.IndexOf((byte)'<')) >= 0;)
        {
            bytes = bytes[(begin + 1)..];
            var end = bytes.IndexOf((byte)'>');
            var length = end < 0 ? bytes.Length : end;
            // a comment or CDATA may hold anything
            if (bytes is not [(byte)'!', ..]) longest = Math.Max(longest, length);
            if (end < 0) break;
            bytes = bytes[(end + 1)..];
        }

        return longest;
    }

    public static int LineOf(object node) => node is IXmlLineInfo { LineNumber: > 0 } info ? info.LineNumber : 1;

    // What a file declares stands in its first line
    private static bool HasOtherEncoding(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return false;
        var head = Encoding.ASCII.GetString(bytes, 0, Math.Min(200, bytes.Length));
        return head.Contains("encoding=", StringComparison.OrdinalIgnoreCase) && !head.Contains("utf-8", StringComparison.OrdinalIgnoreCase);
    }
}
