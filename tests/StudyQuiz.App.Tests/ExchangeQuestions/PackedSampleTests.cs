using System.IO.Compression;
using System.Text;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.App.Tests.GenerateBank;

namespace StudyQuiz.App.Tests.ExchangeQuestions;

/// <summary>Workbooks, documents and packages as other programs write them.</summary>
public sealed class PackedSampleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_workbook_with_shared_strings_formulas_dates_and_gaps()
    {
        // 0 to 7 are shared; the third is in runs and has its pronunciation beside it
        const string strings = "<sst><si><t>题干</t></si><si><t>答案</t></si><si><r><t>水的</t></r><r><t>化学式是____</t></r><rPh><t>shui</t></rPh></si><si><t>H2O</t></si><si><t>A</t></si><si><t>B</t></si><si><t>哪天？</t></si><si><t>=HYPERLINK(&quot;x&quot;)</t></si></sst>";
        const string sheet = """
            <worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
            <row r="1"><c r="A1" t="inlineStr"><is><t>标题</t></is></c></row>
            <row r="3"><c r="A3" t="s"><v>0</v></c><c r="C3" t="s"><v>4</v></c><c r="D3" t="s"><v>5</v></c><c r="F3" t="s"><v>1</v></c></row>
            <row r="4"><c r="A4" t="s"><v>2</v></c><c r="F4" t="s"><v>3</v></c></row>
            <row r="5"><c r="A5" t="s"><v>6</v></c><c r="C5"><v>1</v></c><c r="D5"><v>2.5</v></c><c r="F5" t="s"><v>4</v></c></row>
            <row r="6"><c r="A6" t="str"><f>"哪"&amp;"天"</f><v>哪天</v></c><c r="F6" t="s"><v>4</v></c></row>
            <row r="7"><c r="A7" t="s"><v>6</v></c><c r="C7" s="1"><v>44065</v></c><c r="D7"><v>2</v></c><c r="F7" t="s"><v>4</v></c></row>
            <row r="8"><c r="A8" t="s"><v>7</v></c><c r="F8" t="s"><v>3</v></c></row>
            <row r="9"><c r="A9" t="inlineStr"><is><t>对不对</t></is></c><c r="F9" t="b"><v>1</v></c></row>
            <row r="12"><c r="A12" t="inlineStr"><is><t>答案是错误值</t></is></c><c r="F12" t="e"><v>#REF!</v></c></row>
            </sheetData></worksheet>
            """;
        var file = Read("题目.xlsx", Zip(
            ("xl/workbook.xml", """<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="题" r:id="rId7"/></sheets></workbook>"""),
            ("xl/_rels/workbook.xml.rels", """<Relationships><Relationship Id="rId7" Target="worksheets/first.xml"/></Relationships>"""),
            ("xl/styles.xml", """<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"""),
            ("xl/sharedStrings.xml", strings), ("xl/worksheets/first.xml", sheet)));

        Assert.Equal(
            [
                "4 cloze 水的化学式是＿＿＿ | H2O", "5 single_choice 哪天？ | *1 2.5", "6 refused StemFormula", "7 refused CellFormat", "8 refused StemFormula", "9 true_false 对不对 | True", "12 refused Formula",
            ],
            file.Rows.Select(SampleFileTests.Said));
    }

    [Fact]
    public void The_spreadsheet_of_Kahoot_with_its_head_and_empty_rows()
    {
        var rows = string.Concat(new[]
        {
            Row(2, "B2", "Quiz template"), Row(4, "B4", "Add questions, at least two answer alternatives, time limit and choose correct answers (at least one)."),
            "<row r=\"8\">" + Cells(8, "", "Question - max 120 characters", "Answer 1 - max 75 characters", "Answer 2 - max 75 characters", "Answer 3 - max 75 characters", "Answer 4 - max 75 characters", "Time limit (sec)", "Correct answer(s) - choose at least one") + "</row>",
            "<row r=\"9\">" + Cells(9, "1", "长江的源头？", "唐古拉山", "昆仑山", "", "", "20", "1") + "</row>",
            "<row r=\"10\">" + Cells(10, "2", "支流？", "岷江", "汉江", "渭河", "", "30", "1,2") + "</row>",
            "<row r=\"11\">" + Cells(11, "3", "太阳从东方升起。", "True", "False", "", "", "20", "1") + "</row>",
            "<row r=\"12\">" + Cells(12, "4", "", "", "", "", "", "", "") + "</row>",
            "<row r=\"13\">" + Cells(13, "5", "答案不在", "甲", "乙", "", "", "20", "3") + "</row>",
            "<row r=\"14\">" + Cells(14, "6", new string('长', 121), "甲", "乙", "", "", "20", "1") + "</row>",
        });
        var file = Read("kahoot.xlsx", Zip(("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{rows}</sheetData></worksheet>")));

        Assert.Equal("kahoot", file.Format);
        Assert.Equal(["9 single_choice 长江的源头？ | *唐古拉山 昆仑山", "10 multiple_choice 支流？ | *岷江 *汉江 渭河", "11 true_false 太阳从东方升起。 | True", "13 refused KahootNumbers", "14 refused LongStem"], file.Rows.Select(SampleFileTests.Said));
    }

    [Fact]
    public void A_paper_in_Word_is_read_as_the_same_paper_in_text()
    {
        var file = Read("paper.docx", Editor.Docx(Encoding.UTF8.GetString(SampleFileTests.Bytes("paper.txt")).TrimEnd('\n')));

        Assert.Equal("docx", file.Format);
        Assert.Equal(SampleFileTests.Wanted("paper.txt"), file.Rows.Select(SampleFileTests.Said));
    }

    [Fact]
    public void A_paper_in_Word_keeps_powers_formulas_lettered_options_and_tells_of_pictures()
    {
        const string math = "http://schemas.openxmlformats.org/officeDocument/2006/math";
        var body = string.Concat(new[]
        {
            Run("1. 10") + Run("3", "<w:vertAlign w:val=\"superscript\"/>") + Run(" 是几个百？H") + Run("2", "<w:vertAlign w:val=\"subscript\"/>") + Run("O 呢？"),
            "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>" + Run("十"), "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>" + Run("百"), Run("答案：A"),
            Run("2. 看图，是什么？") + "<w:r><w:drawing><x/></w:drawing></w:r>",
            "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>" + $"<m:oMath xmlns:m=\"{math}\"><m:sSup><m:e><m:r><m:t>2</m:t></m:r></m:e><m:sup><m:r><m:t>3</m:t></m:r></m:sup></m:sSup></m:oMath>",
            "<w:pPr><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>" + $"<m:oMath xmlns:m=\"{math}\"><m:rad><m:deg/><m:e><m:r><m:t>2</m:t></m:r></m:e></m:rad><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
            Run("答案：B"),
        }.Select(paragraph => $"<w:p>{paragraph}</w:p>"));
        var file = Read("p.docx", Zip(
            ("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/></Types>"""),
            ("_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"""),
            ("word/_rels/document.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="n" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering" Target="numbering.xml"/></Relationships>"""),
            ("word/numbering.xml", """<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"""),
            ("word/document.xml", $"""<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{body}</w:body></w:document>""")));

        Assert.Equal(["1 single_choice 10³ 是几个百？H₂O 呢？ | *十 百", "5 single_choice 看图，是什么？ | 2³ *√21/2 ! Media"], file.Rows.Select(SampleFileTests.Said));
        static string Run(string text, string properties = "") => $"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>";
    }

    [Fact]
    public void Each_sheet_that_can_be_seen_is_read_and_the_others_are_told()
    {
        static string Sheet(params string[][] rows) => $"<worksheet><sheetData>{string.Concat(rows.Select((row, i) => $"<row r=\"{i + 1}\">{Cells(i + 1, row)}</row>"))}</sheetData></worksheet>";
        var file = Read("b.xlsx", Zip(
            ("xl/workbook.xml", """<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="藏" r:id="a" state="hidden"/><sheet name="封面" r:id="b"/><sheet name="判断" r:id="c"/><sheet name="简答" r:id="d"/></sheets></workbook>"""),
            ("xl/_rels/workbook.xml.rels", """<Relationships><Relationship Id="a" Target="worksheets/a.xml"/><Relationship Id="b" Target="worksheets/b.xml"/><Relationship Id="c" Target="worksheets/c.xml"/><Relationship Id="d" Target="worksheets/d.xml"/></Relationships>"""),
            ("xl/worksheets/a.xml", Sheet(["题干", "答案"], ["藏着的", "对"])), ("xl/worksheets/b.xml", Sheet(["七年级题库"])), ("xl/worksheets/c.xml", Sheet(["题干", "答案"], ["天是蓝的", "对"])), ("xl/worksheets/d.xml", Sheet(["题干", "答案"], ["谈谈", "好"]))));

        Assert.Equal([("判断", "2 true_false 天是蓝的 | True ! UnreadSheets"), ("简答", "2 flashcard 谈谈 | 好")], file.Rows.Select(row => (row.File!, SampleFileTests.Said(row))));
    }

    [Fact]
    public void A_package_gives_each_item_by_its_file_and_line()
    {
        const string manifest = """
            <manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><resources>
            <resource identifier="a" type="imsqti_item_xmlv2p1" href="items/a.xml"><metadata><lom><general><keyword><string>key_point:K1</string></keyword><keyword><string>行李</string></keyword></general></lom></metadata></resource>
            <resource identifier="b" type="imsqti_item_xmlv3p0" href="items/b.xml"/>
            <resource identifier="c" type="imsqti_item_xmlv2p1" href="items/c.xml"/>
            <resource identifier="d" type="imsqti_item_xmlv2p1" href="items/d.xml"/>
            <resource identifier="e" type="webcontent" href="picture.png"/>
            </resources></manifest>
            """;
        var file = Read("p.zip", Zip(("imsmanifest.xml", manifest), ("items/a.xml", Encoding.UTF8.GetString(SampleFileTests.Bytes("item21.xml"))), ("items/b.xml", Encoding.UTF8.GetString(SampleFileTests.Bytes("item30.xml"))), ("items/d.xml", "<assessmentItem>\n<itemBody>"), ("picture.png", "x")));

        Assert.Equal("qti", file.Format);
        Assert.Equal(
            [
                ("items/a.xml", "2 single_choice choice K1 [行李] 看看车站里的牌子。⏎它说的是什么？ | *随身看好行李。(牌子上写着。) 请别人看行李。 | 看牌子。"),
                ("items/b.xml", SampleFileTests.Wanted("item30.xml").Single()), ("imsmanifest.xml", "4 refused QtiMissing"), ("items/d.xml", "2 refused Malformed"),
            ],
            file.Rows.Select(row => (row.File!, SampleFileTests.Said(row))));
    }

    private static string Row(int number, string cell, string text) => $"<row r=\"{number}\"><c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>";

    private static string Cells(int row, params string[] texts) => string.Concat(texts.Select((text, i) => $"<c r=\"{(char)('A' + i)}{row}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"));

    private static QuestionFile Read(string name, byte[] bytes) => ReadQuestions.Of(new GivenFile(bytes, name), null, Now);

    private static byte[] Zip(params (string Name, string Text)[] parts)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return file.ToArray();
    }
}
