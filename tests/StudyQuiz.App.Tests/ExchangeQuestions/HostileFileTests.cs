using System.IO.Compression;
using System.Text;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;

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
    public void It_is_refused_for_that_and_takes_little_memory(string what, string why)
    {
        var (name, bytes) = Make(what);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var file = ReadQuestions.Of(new GivenFile(bytes, name), null, Now);

        // all that was ever asked for, of which little is held at a time
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 60 * 1024 * 1024);
        Assert.True(file.IsRefused);
        Assert.Equal(why, Assert.Single(file.Rows).Refusal!.Code);
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

    private static (string Name, byte[] Bytes) Make(string what) => what switch
    {
        "nothing" => ("a.txt", []),
        "spaces" => ("a.txt", "  \n \n"u8.ToArray()),
        "100 MB" => ("a.txt", new byte[GivenFile.Largest + 1]),
        "text of 5 MB" => ("a.csv", Encoding.ASCII.GetBytes(new string('a', 5 * 1024 * 1024))),
        "zeros" => ("a.csv", new byte[1000]),
        "latin" => ("a.txt", [.. Enumerable.Repeat("\u00e9t\u00e9 "u8.ToArray().Where(b => b != 0xC3), 50).SelectMany(b => b)]),
        "picture called .xlsx" => ("a.xlsx", [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0]),
        "text called .docx" => ("a.docx", "1. 题"u8.ToArray()),
        "torn zip" => ("a.zip", [.. Zip(("imsmanifest.xml", "<manifest/>")).AsSpan(0, 60)]),
        "../ in a zip" => ("a.zip", Zip(("imsmanifest.xml", "<manifest/>"), ("../../etc/passwd", "x"))),
        "absolute path in a zip" => ("a.zip", Zip(("imsmanifest.xml", "<manifest/>"), ("/etc/passwd", "x"))),
        "link in a zip" => ("a.zip", Link()),
        "doubled name in a zip" => ("a.zip", Zip(("imsmanifest.xml", "<manifest/>"), ("IMSmanifest.xml", "<manifest/>"))),
        "20,000 entries" => ("a.zip", Zip([.. Enumerable.Range(0, 20_000).Select(i => ($"i{i}", ""))])),
        "zip of something else" => ("a.zip", Zip(("readme.txt", "x"))),
        "bomb of a manifest" => ("a.zip", Bomb("imsmanifest.xml", "<manifest>")),
        "bomb of an item" => ("a.zip", Bomb("i.xml", "<assessmentItem>", ("imsmanifest.xml", "<manifest><resources><resource type='imsqti_item_xmlv2p1' href='i.xml'/></resources></manifest>"))),
        "bomb of a sheet" => ("a.xlsx", Bomb("xl/worksheets/sheet1.xml", "<worksheet><sheetData>", ("xl/workbook.xml", "<workbook/>"))),
        "bomb of shared strings" => ("a.xlsx", Bomb("xl/sharedStrings.xml", "<sst>", ("xl/workbook.xml", "<workbook/>"))),
        "bomb of a document" => ("a.docx", Bomb("word/document.xml", "<w>", ("[Content_Types].xml", "<Types/>"))),
        "bomb that lies about its size" => ("a.xlsx", Lying(Bomb("xl/sharedStrings.xml", "<sst>", ("xl/workbook.xml", "<workbook/>")))),
        "entities" => ("a.xml", Encoding.UTF8.GetBytes("<!DOCTYPE quiz [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;&a;'>]><quiz><question type='essay'><questiontext><text>&b;</text></questiontext></question></quiz>")),
        "external entity" => ("a.xml", Encoding.UTF8.GetBytes("<!DOCTYPE quiz [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><quiz>&a;</quiz>")),
        "entities in a sheet" => ("a.xlsx", Zip(("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", "<!DOCTYPE a [<!ENTITY a 'b'>]><worksheet>&a;</worksheet>"))),
        "entities in a manifest" => ("a.zip", Zip(("imsmanifest.xml", "<!DOCTYPE a [<!ENTITY a 'b'>]><manifest>&a;</manifest>"))),
        "deep XML" => ("a.xml", Encoding.UTF8.GetBytes("<quiz>" + string.Concat(Enumerable.Repeat("<a>", 200_000)))),
        "torn XML" => ("a.xml", "<quiz><question type='essay'>"u8.ToArray()),
        "other XML" => ("a.xml", "<html><body/></html>"u8.ToArray()),
        "6,000 questions" => ("a.gift", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 6_000).Select(i => $"q{i}{{T}}\n\n")))),
        "100,000 braces" => ("a.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{{", 50_000)))),
        "a database" => ("collection.anki2", "SQLite format 3\0 and more"u8.ToArray()),
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return file.ToArray();
    }

    // 60 MB in less than one
    private static byte[] Bomb(string name, string head, params (string Name, string Text)[] others)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (other, text) in others)
            {
                using var small = zip.CreateEntry(other).Open();
                small.Write(Encoding.UTF8.GetBytes(text));
            }

            using var entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open();
            entry.Write(Encoding.UTF8.GetBytes(head));
            var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<a>b</a>", 128 * 1024)));
            for (var i = 0; i < 60; i++) entry.Write(block);
        }

        return file.ToArray();
    }

    // The directory at the end says 100 bytes of what is long: no more than these come out
    private static byte[] Lying(byte[] zip)
    {
        for (var i = 0; i < zip.Length - 46; i++)
        {
            if (zip.AsSpan(i, 4).SequenceEqual("PK\u0001\u0002"u8) && BitConverter.ToInt32(zip, i + 24) > 1_000_000) System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(zip.AsSpan(i + 24), 100);
        }

        return zip;
    }

    private static byte[] Link()
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            zip.CreateEntry("imsmanifest.xml");
            var link = zip.CreateEntry("items");
            link.ExternalAttributes = unchecked((int)0xA1FF0000);
        }

        return file.ToArray();
    }
}
