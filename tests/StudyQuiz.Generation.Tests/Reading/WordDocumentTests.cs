using System.IO.Compression;
using System.Text;
using CsCheck;
using StudyQuiz.Generation.Reading;

namespace StudyQuiz.Generation.Tests.Reading;

[Collection(nameof(Alone))]
public sealed class WordDocumentTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    [Fact]
    public void A_paragraph_is_a_line()
    {
        var docx = Docx.Of(Docx.Paragraph("同志们：") + "<w:p/>" + "<w:p><w:r><w:t>今天</w:t></w:r><w:r><w:t xml:space=\"preserve\">讲 </w:t><w:br/><w:t>三点。</w:t></w:r></w:p>");
        Assert.Equal("同志们：\n\n今天讲 \n三点。\n", Text(docx));
    }

    [Fact]
    public void Hidden_words_are_not_read() => Assert.Equal(
        "看得见的字。\n",
        Text(Docx.Of(
            "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>看得见</w:t></w:r><w:r><w:rPr><w:b/><w:vanish/></w:rPr><w:t>藏起来</w:t></w:r>"
            + "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>的字</w:t></w:r><w:r><w:rPr/><w:t>。</w:t></w:r></w:p>")));

    [Fact]
    public void Words_that_a_style_hides_are_not_read()
    {
        const string Styles = """
            <w:style w:type="paragraph" w:styleId="Note"><w:rPr><w:vanish/></w:rPr></w:style>
            <w:style w:type="paragraph" w:styleId="Remark"><w:basedOn w:val="Note"/></w:style>
            <w:style w:type="paragraph" w:styleId="Shown"><w:basedOn w:val="Note"/><w:rPr><w:vanish w:val="false"/></w:rPr></w:style>
            <w:style w:type="character" w:styleId="Secret"><w:rPr><w:vanish/></w:rPr></w:style>
            """;
        static string Styled(string style, string words) => Docx.Paragraph(words, $"<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
        var body = Styled("Note", "备注一。") + Styled("Remark", "备注二。") + Styled("Shown", "看得见。")
            + "<w:p><w:r><w:t>也</w:t></w:r><w:r><w:rPr><w:rStyle w:val=\"Secret\"/></w:rPr><w:t>不</w:t></w:r><w:r><w:t>看得见。</w:t></w:r></w:p>";
        Assert.Equal("看得见。\n也看得见。\n", Text(Docx.Of(body, styles: Styles)).TrimStart('\n'));
    }

    [Theory]
    [InlineData("渔船春天停航，", "秋天开港。", "渔船春天停航， 秋天开港。")]
    [InlineData("渔船春天停航。", "秋天开港。", "渔船春天停航。\n秋天开港。")]
    [InlineData("全县渔业大会", "秋天开港。", "全县渔业大会\n秋天开港。")]
    [InlineData("一、停航、检修", "二、开港、捕鱼", "一、停航、检修\n二、开港、捕鱼")]
    public void A_break_within_a_sentence_does_not_tear_it(string before, string after, string text) =>
        Assert.Equal(text + "\n", Text(Docx.Of($"<w:p><w:r><w:t>{before}</w:t><w:br/><w:t>{after}</w:t></w:r></w:p>")));

    [Fact]
    public void Numbers_of_lists_are_written_out()
    {
        const string Numbering = """
            <w:abstractNum w:abstractNumId="7">
              <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
              <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="（%2）"/></w:lvl>
              <w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%3."/></w:lvl>
              <w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="●"/></w:lvl>
            </w:abstractNum>
            <w:num w:numId="2"><w:abstractNumId w:val="7"/></w:num>
            """;
        const string Styles = """<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>""";
        string Item(int level, string text) => Docx.Paragraph(text, $"""<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="2"/></w:numPr></w:pPr>""");
        string Heading(string text) => Docx.Paragraph(text, """<w:pPr><w:pStyle w:val="H1"/></w:pPr>""");

        var body = Heading("甲") + Item(1, "乙") + Item(2, "丙") + Item(2, "丁") + Item(3, "戊") + Item(1, "己") + Heading("庚") + Item(1, "辛")
            + Docx.Paragraph("壬", """<w:pPr><w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>""");
        Assert.Equal("一、甲\n（一）乙\n3. 丙\n4. 丁\n戊\n（二）己\n二、庚\n（一）辛\n壬\n", Text(Docx.Of(body, Numbering, Styles)));
    }

    [Fact]
    public void Headings_are_known_by_their_style_and_part_the_text_by_their_level()
    {
        const string Styles = """
            <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>
            <w:style w:type="paragraph" w:styleId="a2"><w:name w:val="标题 2"/></w:style>
            <w:style w:type="paragraph" w:styleId="own"><w:basedOn w:val="a2"/></w:style>
            <w:style w:type="paragraph" w:styleId="b"><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>
            """;
        static string Styled(string style, string words) => Docx.Paragraph(words, $"<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
        var raw = Text(Docx.Of(
            Styled("b", "渡口二十年") + Styled("1", "旧船旧人") + Styled("a2", "老秦的船") + Styled("b", "老秦的船是他父亲留下来的，船底补过七次，每一次都用桐油。")
            + Styled("own", "老秦的灯") + Styled("b", "灯挂在桅杆上，风再大也不灭，两岸的人都认得那一点光。") + Styled("1", "新船新人") + Styled("b", "新船是钢板做的，坐得下四十个人，雨天也不用等到第二班。")
            + Styled("1", "一、尾声") + Styled("b", "渡口还在，船还在，看灯的人已经换成了年轻的姑娘。"), styles: Styles));
        Assert.Equal("渡口二十年\n# 旧船旧人\n## 老秦的船\n", raw[..raw.IndexOf("老秦的船是", StringComparison.Ordinal)]);
        Assert.Contains("\n一、尾声\n", raw, StringComparison.Ordinal);
        var clean = Generation.Normalizing.Normalizer.Clean(raw.Replace("一、尾声", "尾声留白", StringComparison.Ordinal));
        Assert.Equal("渡口二十年", clean.Details.Title);
        var series = Assert.Single(Generation.Structuring.StructureReader.Read(clean.Paragraphs).Series);
        Assert.Equal(["旧船旧人", "新船新人"], series.Points.Select(point => clean.Paragraphs[point.Heading.Paragraph].Text));
        Assert.Equal(["老秦的船", "老秦的灯"], Assert.Single(series.Points[0].Inner).Points.Select(point => clean.Paragraphs[point.Heading.Paragraph].Text));
    }

    [Fact]
    public void Cells_of_a_table_are_lines() => Assert.Equal(
        "春\n夏\n",
        Text(Docx.Of($"<w:tbl><w:tr><w:tc>{Docx.Paragraph("春")}</w:tc><w:tc>{Docx.Paragraph("夏")}</w:tc></w:tr></w:tbl>")));

    [Fact]
    public void Deleted_words_and_drawings_are_not_read() => Assert.Equal(
        "留下新的。\n",
        Text(Docx.Of(
            "<w:p><w:r><w:t>留下</w:t></w:r><w:del><w:r><w:delText>旧的</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
            + $"<w:r><w:drawing>{Docx.Paragraph("图里")}</w:drawing></w:r><w:ins><w:r><w:t>新的。</w:t></w:r></w:ins></w:p>")));

    [Fact]
    public void A_document_of_pictures_alone_is_empty() => Assert.Equal(SourceRefusal.Empty, Refusal(Docx.Of("<w:p/><w:p/>")));

    [Fact]
    public void A_zip_bomb_is_refused() => Assert.Equal(
        SourceRefusal.UnsafeDocument,
        Refusal(Docx.WithEntry(Docx.Of(Docx.Paragraph("甲")), "word/styles.xml", stream =>
        {
            var spaces = new byte[1024 * 1024];
            Array.Fill(spaces, (byte)' ');
            for (var i = 0; i < 300; i++) stream.Write(spaces);
        })));

    [Fact]
    public void Entities_are_never_expanded() => Assert.Equal(
        SourceRefusal.BrokenDocument,
        Refusal(Docx.WithEntry(Docx.Of(Docx.Paragraph("甲")), "word/document.xml", stream => stream.Write(Encoding.UTF8.GetBytes(
            """<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;">]><d><p><t>&c;</t></p></d>""")))));

    [Fact]
    public void A_deep_document_is_read() => Assert.Equal(
        SourceRefusal.Empty,
        Refusal(Docx.Of(string.Concat(Enumerable.Repeat("<w:sdt>", 100_000)) + string.Concat(Enumerable.Repeat("</w:sdt>", 100_000)))));

    [Fact]
    public void A_document_full_of_runs_is_read_in_time() =>
        Assert.Equal(SourceRefusal.TooLong, Refusal(Docx.Of(string.Concat(Enumerable.Repeat("<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>字</w:t></w:r></w:p>", 600_000)))));

    [Fact]
    public void Another_zip_file_is_no_document()
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true)) archive.CreateEntry("xl/workbook.xml");
        Assert.Equal(SourceRefusal.OtherFormat, Refusal(stream.ToArray()));
    }

    [Fact]
    public void A_cut_document_is_broken() => Assert.Equal(SourceRefusal.BrokenDocument, Refusal(Docx.Of(Docx.Paragraph("甲"))[..^200]));

    // Whatever bytes a document holds: a text or a refusal, never a fault
    [Fact]
    public void A_damaged_document_gives_a_text_or_a_refusal()
    {
        var docx = Docx.Of(Docx.Paragraph("甲乙丙丁"), "<w:num/>", "<w:style/>");
        Gen.Select(Gen.Int[0, docx.Length - 1], Gen.Byte).Array[1, 6].Sample(changes =>
        {
            var damaged = docx.ToArray();
            foreach (var (at, value) in changes) damaged[at] = value;
            return SourceReader.Read(damaged, "a.docx") is SourceReading.Text or SourceReading.Refused;
        }, iter: 2_000);
    }

    private static string Text(byte[] docx) => Assert.IsType<SourceReading.Text>(SourceReader.Read(docx, "a.docx")).Raw;

    private static SourceRefusal Refusal(byte[] docx)
    {
        SourceReading? reading = null;
        var time = Alone.Time(() => reading = SourceReader.Read(docx, "a.docx"));
        Assert.True(time < Longest, $"{time}");
        return Assert.IsType<SourceReading.Refused>(reading).Reason;
    }
}
