using System.Text;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.ExchangeQuestions;

/// <summary>Files that are made to do harm, or are something else than they say: refused with a reason, and before they cost anything.</summary>
public sealed class HostileFileTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("nothing", "EmptyFile")]
    [InlineData("spaces", "EmptyFile")]
    [InlineData("100 MB", "LargeFile")]
    [InlineData("text of 5 MB", "LargeText")]
    [InlineData("zeros", "NoText")]
    [InlineData("latin", "Encoding")]
    [InlineData("picture called .xlsx", "NoText")]
    [InlineData("text called .docx", "NotWhatItSays")]
    [InlineData("torn zip", "DamagedArchive")]
    [InlineData("../ in a zip", "UnsafePath")]
    [InlineData("absolute path in a zip", "UnsafePath")]
    [InlineData("link in a zip", "SymbolicLink")]
    [InlineData("doubled name in a zip", "TwiceInArchive")]
    [InlineData("20,000 entries", "ManyEntries")]
    [InlineData("zip of something else", "OtherArchive")]
    [InlineData("bomb of a manifest", "LargeInside")]
    [InlineData("bomb of an item", "LargeInside")]
    [InlineData("bomb of a sheet", "LargeInside")]
    [InlineData("bomb of a document", "LargeInside")]
    [InlineData("bomb of shared strings", "LargeInside")]
    [InlineData("bomb that lies about its size", "Malformed")]
    [InlineData("entities", "Dtd")]
    [InlineData("external entity", "Dtd")]
    [InlineData("entities in a sheet", "Dtd")]
    [InlineData("entities in a manifest", "Dtd")]
    [InlineData("deep XML", "DeepXml")]
    [InlineData("torn XML", "Malformed")]
    [InlineData("other XML", "OtherXml")]
    [InlineData("6,000 questions", "ManyRows")]
    [InlineData("100,000 braces", "NoQuestions")]
    [InlineData("a database", "Anki.Collection")]
    [InlineData("a tag of 20,000 attributes", "LongTag")]
    [InlineData("a million commas", "NoHeader")]
    public void It_is_refused_for_that_and_takes_little_memory(string what, string why)
    {
        var (name, bytes) = HostileFiles.Make(what);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var file = ReadQuestions.Of(new GivenFile(bytes, name), null, Now);

        // all that was ever asked for, of which little is held at a time
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 60 * 1024 * 1024);
        Assert.True(file.IsRefused);
        Assert.Equal(why, Assert.Single(file.Rows).Refusal!.Code);
    }

    [Fact]
    public void A_line_that_no_question_has_costs_as_much_as_it_shows()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var file = ReadQuestions.Of(new GivenFile(Encoding.UTF8.GetBytes($"1. {string.Concat(Enumerable.Repeat("A. ", 400_000))}\n答案：A\n2. 下一题？\n答：好\n"), "a.txt"), null, Now);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * 1024 * 1024);
        Assert.Equal(["LongLine", null], file.Rows.Select(row => row.Refusal?.Code));
    }

    [Fact]
    public void Malformed_XML_is_refused_at_its_line()
    {
        var file = ReadQuestions.Of(new GivenFile("<quiz>\n<question type='essay'>\n</quiz>"u8.ToArray(), "a.xml"), null, Now);

        Assert.Equal((3, "Malformed"), (file.Rows[0].Line, file.Rows[0].Refusal!.Code));
    }

    [Theory]
    [InlineData("gift")]
    [InlineData("aiken")]
    [InlineData("moodle-xml")]
    [InlineData("qti")]
    [InlineData("kahoot")]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("apkg")]
    [InlineData("anki-tsv")]
    [InlineData("docx")]
    [InlineData("text")]
    public void Any_bytes_as_any_format_are_rows_or_a_refusal(string format)
    {
        // torn at every place, and with bytes changed: what our own writers write, and what is none of it
        var bank = RoundTripTests.Shipped();
        var writer = QuestionFormat.Find(format)!;
        var written = writer.Write(bank with { Questions = [.. bank.Questions.Where(question => writer.LeavesOut(question.Body) is null).Take(12)] }, Now);
        var noise = new byte[4096];
        uint state = 17;
        for (var i = 0; i < noise.Length; i++) noise[i] = (byte)((state = state * 1664525 + 1013904223) >> 24);
        for (var i = 0; i < 12; i++)
        {
            byte[] torn = [.. written.AsSpan(0, written.Length * i / 12)];
            byte[] changed = [.. written];
            for (var j = i; j < changed.Length; j += 97) changed[j] = noise[(i * 31 + j) % noise.Length];
            foreach (var bytes in new[] { torn, changed, noise[..(i * 300)] }) Assert.NotEmpty(ReadQuestions.Of(new GivenFile(bytes, "x"), format, Now).Rows);
        }
    }
}
