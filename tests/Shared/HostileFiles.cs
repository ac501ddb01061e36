using System.IO.Compression;
using System.Text;

namespace StudyQuiz.Tests.Shared;

/// <summary>Files that are made to do harm, or are something else than they say.</summary>
internal static class HostileFiles
{
    /// <summary>Those that are measured.</summary>
    public static IReadOnlyList<string> Measured { get; } =
    [
        "100 MB", "text of 5 MB", "wrong encoding", "zeros", "bomb of a manifest", "bomb of an item", "bomb of a sheet", "bomb of shared strings", "bomb of a document", "bomb that lies about its size", "100,000 entries",
        "../ in a zip", "absolute path in a zip", "link in a zip", "doubled name in a zip", "torn zip", "entities", "external entity", "entities in a sheet", "deep XML", "a tag of 300,000 attributes", "4,000,000 commas",
        "6,000 questions", "100,000 braces", "options without end", "brackets without end", "a key without end", "formulas",
    ];

    /// <summary>A file by what is wrong with it.</summary>
    public static (string Name, byte[] Bytes) Make(string what) => what switch
    {
        "nothing" => ("a.txt", []),
        "spaces" => ("a.txt", "  \n \n"u8.ToArray()),
        "100 MB" => ("a.txt", new byte[100 * 1024 * 1024]),
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
        "a tag of 20,000 attributes" => ("a.xml", Encoding.UTF8.GetBytes($"<quiz {string.Concat(Enumerable.Range(0, 20_000).Select(i => $"a{i}='x' "))}/>")),
        "a million commas" => ("a.csv", Encoding.ASCII.GetBytes(new string(',', 1_000_000))),
        "options without end" => ("a.txt", Encoding.ASCII.GetBytes($"1. {string.Concat(Enumerable.Repeat("A. ", 1_200_000))}\nB")),
        "brackets without end" => ("a.txt", Encoding.ASCII.GetBytes($"1. {string.Concat(Enumerable.Repeat("(A)", 1_000_000))}\nB")),
        "a key without end" => ("a.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 4_000).Select(i => $"{i}. q\n")) + "答案：\n" + string.Concat(Enumerable.Repeat("1-9 ABCDABCDA ", 50_000)))),
        "a tag of 300,000 attributes" => ("a.xml", Encoding.UTF8.GetBytes($"<quiz {string.Concat(Enumerable.Range(0, 300_000).Select(i => $"a{i}='x' "))}/>")),
        "4,000,000 commas" => ("a.csv", Encoding.ASCII.GetBytes(new string(',', 4_000_000))),
        "100,000 entries" => ("a.zip", Zip([.. Enumerable.Range(0, 100_000).Select(i => ($"i{i}", ""))])),
        "formulas" => ("a.csv", Encoding.UTF8.GetBytes("题干,答案\n=cmd|' /C calc'!A0,对\n")),
        "wrong encoding" => ("a.csv", [0xFF, 0xFE, 0x00, 0x00, .. Encoding.UTF32.GetBytes("题干,答案\n一,对\n")]),
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
