using System.Text;
using StudyQuiz.Generation.Reading;

namespace StudyQuiz.Generation.Tests.Reading;

public sealed class SourceReaderTests
{
    private const string Words = "同志们：今天讲三点。\r\n第一，读书。";

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "UTF-8", Encoding.UTF8.GetBytes(Words) },
        { "UTF-8 with BOM", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Words)] },
        { "UTF-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Words)] },
        { "UTF-16, big end first", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(Words)] },
        { "GB18030", CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(Words) },
    };

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Reads_a_text_as_it_stands(string encoding, byte[] bytes)
    {
        Assert.NotEmpty(encoding);
        Assert.Equal(new SourceReading.Text(Words), SourceReader.Read(bytes, "speech.txt"));
    }

    [Fact]
    public void Reads_characters_that_only_GB18030_has_among_Chinese_encodings()
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes("𠮷野家在㐀村。");
        Assert.Equal(new SourceReading.Text("𠮷野家在㐀村。"), SourceReader.Read(bytes, "a.txt"));
    }

    [Fact]
    public void Reads_traditional_characters_in_GB18030()
    {
        const string traditional = "各位同事，今天的會議有三個議題。第一，關於社區圖書館的開放時間，我們收到許多居民的意見。";
        Assert.Equal(new SourceReading.Text(traditional), SourceReader.Read(CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(traditional), "a.txt"));
    }

    [Theory]
    [InlineData("big5", "各位同事，今天的會議有三個議題。第一，關於社區圖書館的開放時間，我們收到許多居民的意見。")]
    [InlineData("shift_jis", "皆さん、こんにちは。今日は三つのことをお話しします。第一に、図書館の開館時間についてです。")]
    [InlineData("windows-1252", "It’s a “test” of three – don’t laugh – points.")]
    public void A_text_in_another_encoding_is_refused_and_not_read_as_other_characters(string encoding, string text)
    {
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(encoding)!.GetBytes(text);
        Assert.Equal(SourceRefusal.UnknownEncoding, Assert.IsType<SourceReading.Refused>(SourceReader.Read(bytes, "a.txt")).Reason);
    }

    public static TheoryData<SourceRefusal, byte[]> Refused => new()
    {
        { SourceRefusal.Empty, [] },
        { SourceRefusal.Empty, Encoding.UTF8.GetBytes(" \r\n　\t\u00a0\n") },
        { SourceRefusal.Empty, [.. Encoding.UTF8.Preamble] },
        { SourceRefusal.OtherFormat, Encoding.ASCII.GetBytes("%PDF-1.7\nabc") },
        { SourceRefusal.OtherFormat, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0] },
        { SourceRefusal.OtherFormat, [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] },
        { SourceRefusal.OtherFormat, Encoding.ASCII.GetBytes(@"{\rtf1 hello}") },
        { SourceRefusal.Binary, [0x41, 0, 0x42, 0, 0x43, 0] },
        { SourceRefusal.Binary, [1, 2, 3, 4, 5, 6, 7, 8] },
        { SourceRefusal.Binary, [0xFE, 0xED, 0, 0, 0, 0x81, 0xFF, 0xFF] },
        { SourceRefusal.UnknownEncoding, [0x48, 0xFF, 0x49, 0xFF, 0x50] },
        { SourceRefusal.TooLarge, Filled(SourceReader.LargestTextFile + 1) },
        { SourceRefusal.TooLong, Filled(SourceReader.LongestText + 1) },
        { SourceRefusal.BrokenDocument, [0x50, 0x4B, 3, 4, 20, 0, 0, 0] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Refuses_what_is_no_text_and_says_what_to_do(SourceRefusal reason, byte[] bytes)
    {
        var refused = Assert.IsType<SourceReading.Refused>(SourceReader.Read(bytes, "report"));
        Assert.Equal(reason, refused.Reason);
        Assert.StartsWith("report: ", refused.Message, StringComparison.Ordinal);
        Assert.Matches("(Choose|Save|Split|Open|choose)", refused.Message);
    }

    [Fact]
    public void An_old_document_is_to_be_saved_in_a_newer_form() =>
        Assert.Contains("Save it as .docx or .txt", Assert.IsType<SourceReading.Refused>(SourceReader.Read(new byte[] { 0xD0, 0xCF, 0x11, 0xE0 }, "a.doc")).Message, StringComparison.Ordinal);

    [Fact]
    public void The_longest_text_is_read() => Assert.IsType<SourceReading.Text>(SourceReader.Read(Filled(SourceReader.LongestText), "a.txt"));

    private static byte[] Filled(int length)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, (byte)'a');
        return bytes;
    }
}
