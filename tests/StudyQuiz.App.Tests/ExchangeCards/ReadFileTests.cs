using System.IO.Compression;
using System.Text;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Tests.ExchangeCards;

/// <summary>Any bytes are read or refused with a reason.</summary>
public sealed class ReadFileTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, true)]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(2, false)]
    [InlineData(3, true)]
    public void All_packagings_give_the_same_notes_and_reviews(int packaging, bool hasMeta)
    {
        var at = _now.AddDays(-30);
        var package = new AnkiFile()
            .Note(1, "abc", "提示", "<div>正面&nbsp;<b>粗</b></div><div>第二行</div>", "背面&lt;1&gt;<br>[sound:a.mp3]")
            .Note(2, "def", "", "<img src=x.png>", "只有图")
            .Review(1, at, 3, type: 0).Review(1, at.AddDays(1), 1).Review(1, at.AddDays(2), 2, type: 2)
            .Review(1, at.AddDays(3), 0, type: 4) // moved by hand
            .Review(1, at.AddDays(4), 3, type: 3, factor: 0) // looked at ahead
            .Review(1, at.AddDays(5), 3, type: 3) // in a filtered deck
            .Review(1, new DateTimeOffset(1970, 1, 2, 0, 0, 0, TimeSpan.Zero), 3)
            .Package(packaging, hasMeta);

        var file = Read(package);
        Assert.True(file.IsPackage);
        Assert.Equal(2, file.Rows.Count);
        Assert.Equal(("abc", "正面 粗\n第二行", "背面<1>", null), (file.Rows[0].Guid, file.Rows[0].Front, file.Rows[0].Back, file.Rows[0].Refusal));
        Assert.Equal([(Rating.Good, false), (Rating.Again, false), (Rating.Hard, false), (Rating.Good, true)], file.Rows[0].Reviews.Select(review => (review.Rating, review.SkipsSteps)));
        Assert.Equal("EmptyFront", file.Rows[1].Refusal);
        Assert.All(file.Rows, row => Assert.True(row.LosesMedia));
    }

    [Fact]
    public void What_was_before_a_card_was_forgotten_does_not_count()
    {
        var at = _now.AddDays(-30);
        var file = Read(new AnkiFile().Note(1, "abc", "", "正面", "背面").Review(1, at, 4).Review(1, at.AddDays(9), 3).Review(1, at.AddDays(10), 0, type: 4, factor: 0).Review(1, at.AddDays(11), 1).Package(3));
        Assert.Equal([Rating.Again], file.Rows[0].Reviews.Select(review => review.Rating));
    }

    [Fact]
    public void What_is_left_out_of_a_log_is_counted_by_its_reason()
    {
        var at = _now.AddDays(-30);
        var file = Read(new AnkiFile().Note(1, "abc", "", "正面", "背面").Note(2, "def", "", "别的", "背面")
            .Sql("insert into cards select 9, nid, did, 1, mod, usn, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data from cards where id = 1")
            .Review(1, at, 3).Review(1, at.AddDays(1), 9).Review(1, at.AddDays(2), 7).Review(1, _now.AddDays(3), 3).Sql("insert into revlog values (-5, 1, 0, 3, 1, 0, 2500, 4000, 1)")
            .Review(1, at.AddDays(3), 0, type: 4).Review(1, at.AddDays(4), 3, type: 5).Review(1, at.AddDays(5), 3, type: 3, factor: 0).Review(9, at.AddDays(6), 3).Review(77, at.AddDays(7), 3)
            .Review(2, at.AddDays(8), 3).Review(2, at.AddDays(9), 0, type: 4, factor: 0).Review(2, at.AddDays(10), 2)
            .Package(3));
        Assert.Equal((1, 1, 1), (file.Strays, file.Rows[0].Reviews.Count, file.Rows[1].Reviews.Count));
        Assert.Equal(
            [(LeftOut.OtherCard, 1), (LeftOut.Rating, 2), (LeftOut.Future, 1), (LeftOut.Early, 1), (LeftOut.ByHand, 2), (LeftOut.Ahead, 1)],
            file.Rows[0].LeftOut.OrderBy(why => why.Key).Select(why => (why.Key, why.Value)));
        Assert.Equal([(LeftOut.ByHand, 1), (LeftOut.Forgotten, 1)], file.Rows[1].LeftOut.OrderBy(why => why.Key).Select(why => (why.Key, why.Value)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_card_shows_what_its_template_shows(int packaging)
    {
        Assert.Equal(("提示\n正面", "背面"), Sides(("{{#Hint}}{{Hint}}: {{/Hint}}{{text:front}}", "{{FrontSide}}<hr>{{type:Back}} {{Tags}}")));
        // What is typed into shows nothing, and a hint is for who asks; what no side shows stays behind
        Assert.Equal(("正面", "背面\n提示"), Sides(("{{Front}}{{type:Back}}{{hint:Hint}}", "{{Back}}")));
        Assert.Equal(("背面", "正面"), Sides(("{{tts zh_CN:Front}}{{Back}}", "{{Front}}{{Nothing}}")));
        Assert.Equal(("提示", ""), Sides(("<img src='logo.png'>", "{{!Back}}")));

        // A note of several cards comes in as its first one, and says so
        var several = new AnkiFile().Templates(("{{Front}}", "{{Back}}"), ("{{Back}}", "{{Front}}")).Note(1, "abc", "", "正面", "背面")
            .Sql("insert into cards select 9, nid, did, 1, mod, usn, type, queue, due, ivl, factor, reps, lapses, left, odue, odid, flags, data from cards where id = 1")
            .Note(2, "def", "", "只有反面", "有卡").Sql("update cards set ord = 1 where id = 2");
        Assert.Equal([("正面", "背面", 1), ("有卡", "只有反面", 0)], Read(several.Package(packaging)).Rows.Select(row => (row.Front, row.Back, row.OtherCards)));

        (string, string) Sides((string, string) template) => Read(new AnkiFile().Templates(template).Note(1, "abc", "提示", "正面", "背面").Package(packaging)).Rows[0] is var row ? (row.Front, row.Back) : default;
    }

    [Fact]
    public void A_clozed_note_asks_with_blanks_and_answers_with_the_whole()
    {
        var file = Read(new AnkiFile().Note(1, "abc", "", "{{c1::清河::地名}}在{{c2::北}}边", "").Package(3));
        Assert.Equal(("＿＿＿在＿＿＿边", "清河在北边"), (file.Rows[0].Front, file.Rows[0].Back));
        Assert.False(file.Rows[0].LosesMedia);
        var table = Read(AnkiFile.Utf8("填空{{c1::甲}}\t说明\n"));
        Assert.Equal(("填空＿＿＿", "填空甲\n说明"), (table.Rows[0].Front, table.Rows[0].Back));
    }

    [Fact]
    public void Files_that_are_none_are_refused()
    {
        Assert.Equal("Empty", Refusal([]));
        Assert.Equal("Empty", Refusal(" \n\n"u8.ToArray()));
        Assert.Equal("Html", Refusal("<!DOCTYPE html><html></html>"u8.ToArray()));
        Assert.Equal("Nul", Refusal([1, 2, 0, 4]));
        Assert.Equal("Nul", Refusal("front,back\n甲\0,乙\n"u8.ToArray()));
        Assert.Equal("OtherFormat", Refusal("%PDF-1.7"u8.ToArray()));
        Assert.Equal("Collection", Refusal(new AnkiFile().Collection(false)));
        Assert.Equal("Damaged", Refusal("PK, but no zip"u8.ToArray()));
        Assert.Equal("Damaged", Refusal(new AnkiFile().Note(1, "a", "", "b", "c").Package(1)[..400]));
        Assert.Equal("TooLarge", Refusal(new byte[ImportedFile.LargestUpload + 1]));
        Assert.Equal("TextTooLarge", Refusal(AnkiFile.Utf8(new string('a', ImportedFile.LargestText + 1))));
        Assert.Equal("NoRows", Refusal("#separator:tab\n"u8.ToArray()));
        Assert.Equal("NoPackage", Assert.IsType<FileReading.Refused>(ReadFile.Of("front,back\n甲,乙\n"u8.ToArray(), "deck.apkg", _now)).Code);
    }

    [Fact]
    public void Hostile_archives_are_refused()
    {
        var good = new AnkiFile().Note(1, "a", "", "b", "c").Collection(false);
        Assert.Equal("Unsafe", Refusal(AnkiFile.Zip([("../../etc/passwd", [1]), ("collection.anki2", good)])));
        Assert.Equal("Unsafe", Refusal(AnkiFile.Zip([("/etc/passwd", [1]), ("collection.anki2", good)])));
        Assert.Equal("Unsafe", Refusal(AnkiFile.Zip([("a\\b", [1]), ("collection.anki2", good)])));
        Assert.Equal("Unsafe", Refusal(AnkiFile.Zip([("collection.anki2", good), ("collection.anki2", good)])));
        Assert.Equal("Unsafe", Refusal(Linked(good)));
        Assert.Equal("Nested", Refusal(AnkiFile.Zip([("collection.anki2", good), ("0", AnkiFile.Zip([("collection.anki2", good)]))])));
        Assert.Equal("NoCollection", Refusal(AnkiFile.Zip([("readme.txt", [1])])));
        Assert.Equal("NoCollection", Refusal(AnkiFile.Zip([("meta", [8, 3]), ("collection.anki2", good)])));
        Assert.Equal("TooNew", Refusal(AnkiFile.Zip([("meta", [8, 4]), ("collection.anki2", good)])));
        Assert.Equal("NotAnki", Refusal(AnkiFile.Zip([("collection.anki2", "not a database at all"u8.ToArray())])));
        Assert.Equal("Damaged", Refusal(AnkiFile.Zip([("meta", [8, 3]), ("collection.anki21b", good)])));
        Assert.Equal("Entries", Refusal(AnkiFile.Zip(Enumerable.Range(0, ImportedFile.MostEntries + 1).Select(i => ($"{i}", Array.Empty<byte>())))));
        // a megabyte that unpacks to more than the limit, by the zip and by zstd
        var zeros = new byte[ImportedFile.LargestUnpacked + 1];
        Assert.Equal("Unpacked", Refusal(AnkiFile.Zip([("collection.anki2", zeros)])));
        Assert.Equal("Unpacked", Refusal(AnkiFile.Zip([("meta", [8, 3]), ("collection.anki21b", AnkiFile.Compressed(zeros))])));
    }

    [Fact]
    public void A_database_that_never_ends_is_stopped()
    {
        var endless = new AnkiFile().Sql("drop table notes").Sql(
            "create view notes as with recursive n(i) as (select 1 union all select i + 1 from n) select i as id, 'a' as guid, 7 as mid, 'x' as flds from n").Package(1);
        Assert.Equal("NotAnki", Refusal(endless));
        var broken = new AnkiFile().Sql("drop table revlog").Sql("create table revlog (id text)").Package(1);
        Assert.Equal("NotAnki", Refusal(broken));
    }

    [Theory]
    [InlineData("""update col set models = '{"1":{}}'""", 1, "NotAnki")]
    [InlineData("""update col set models = '{"7":{"flds":[{"ord":0}]}}'""", 1, "NotAnki")]
    [InlineData("create table twice as select * from cards; drop table cards; create table cards as select * from twice; update cards set nid = id; insert into cards select * from twice; update cards set nid = rowid", 2, "NotAnki")]
    [InlineData("update templates set config = x'0aff'", 3, "NotAnki")]
    [InlineData("update templates set config = x'0f'", 3, "NotAnki")]
    [InlineData("update templates set config = x'8080'", 3, "NotAnki")]
    [InlineData("update col set ver = 99", 3, "TooNew")]
    [InlineData("update col set ver = 3", 1, "NotAnki")]
    [InlineData("delete from col", 3, "NotAnki")]
    [InlineData("update notes set flds = hex(zeroblob(4500000))", 3, "TooMuchText")]
    public void A_damaged_collection_is_refused_whatever_is_wrong_with_it(string damage, int packaging, string code) =>
        Assert.Equal(code, Refusal(new AnkiFile().Note(1, "abc", "提示", "正面", "背面").Sql(damage).Package(packaging)));

    [Fact]
    public void Broken_rows_are_refused_by_their_lines_and_the_others_stay()
    {
        var file = Read(AnkiFile.Utf8("#separator:tab\n#html:false\n#columns:guid\tfront\tback\ttags\n#guid column:1\na\t正面\t背面\t\nb\t只有两列\n\nc\t\"两行的\n正面\"\t背面\t\nd\t\"没有关的引号\t背面\t\ne\t\t背面\t\nf\t" + new string('长', 2001) + "\t背面\t\ng\t最后\t背面\t\n"));
        Assert.Equal(
            [(5, null), (6, "FewColumns"), (8, null), (10, "OpenQuote"), (11, "EmptyFront"), (12, "LongFront"), (13, (string?)null)],
            file.Rows.Select(row => (row.Line, row.Refusal)));
        Assert.Equal("两行的\n正面", file.Rows[2].Front);
        Assert.Equal("g", file.Rows[^1].Guid);
    }

    [Fact]
    public void Tables_are_read_with_or_without_names_in_either_encoding()
    {
        Assert.Equal(("一", "二"), Sides("一,二\n"));
        Assert.Equal(("一", "二"), Sides("back,front\n二,一\n"));
        Assert.Equal(("一", "二"), Sides("答案;正面\n二;一\n"));
        Assert.Equal(("=1+1", "-2"), Sides("guid,front,back\na,'=1+1,'-2\n"));
        Assert.Equal(("'-ness", "'-2"), Sides("'-ness,'-2\n"));
        Assert.Equal(("'-ness", "'-2"), Sides("#guid column:1\n#columns:guid\tfront\tback\na\t'-ness\t'-2\n"));
        Assert.Equal(("a b", "c"), Sides("#separator:Comma\n<b>a</b> b,c\n"));
        var gb = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!;
        Assert.Equal("社区食堂", Read(gb.GetBytes("社区食堂\t十二元\n")).Rows[0].Front);

        static (string, string) Sides(string text) => Read(AnkiFile.Utf8(text)).Rows[0] is var row ? (row.Front, row.Back) : default;
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+1")]
    [InlineData("-1")]
    [InlineData("@x")]
    [InlineData("\tx")]
    [InlineData("'=x")]
    [InlineData("''=x")]
    [InlineData("# no comment")]
    [InlineData("a \"quoted\", cell\nwith lines")]
    [InlineData("'tis")]
    public void Cells_come_back_as_they_were_and_none_in_a_table_is_a_formula(string cell)
    {
        var line = DelimitedText.CsvLine([cell, "x"]);
        Assert.DoesNotContain(line.TrimStart('"')[0], "=+-@\t");
        Assert.Equal(cell, DelimitedText.Armed(Assert.Single(DelimitedText.Rows(line, ',')).Cells[0]));
        Assert.Equal(cell, Assert.Single(DelimitedText.Rows(DelimitedText.AnkiLine([cell, "x"]), '\t')).Cells[0]);
    }

    [Fact]
    public void The_checksum_is_Ankis() => Assert.Equal(1464653051, AnkiText.Checksum("<b>今日</b>"));

    private static byte[] Linked(byte[] collection)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            var link = zip.CreateEntry("0");
            link.ExternalAttributes = unchecked((int)0xA1FF0000);
            using (var target = link.Open()) target.Write("/etc/passwd"u8);
            using var entry = zip.CreateEntry("collection.anki2").Open();
            entry.Write(collection);
        }

        return file.ToArray();
    }

    private static ImportedFile Read(byte[] bytes) => Assert.IsType<FileReading.Read>(ReadFile.Of(bytes, "file", _now)).File;

    private static string Refusal(byte[] bytes) => Assert.IsType<FileReading.Refused>(ReadFile.Of(bytes, "file", _now)).Code;
}
