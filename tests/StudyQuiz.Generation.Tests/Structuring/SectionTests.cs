using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Reading;
using StudyQuiz.Generation.Structuring;
using StudyQuiz.Generation.Tests.Reading;

namespace StudyQuiz.Generation.Tests.Structuring;

/// <summary>Headings without numbers, as documents with heading styles have them, part a text.</summary>
public sealed class SectionTests
{
    private static readonly (string? Style, string Text)[] _document =
    [
        ("Title", "渡口一年的工作报告"), (null, "乡亲们：今天把渡口一年来的事说一说，请大家评一评。"),
        ("Heading1", "一年来做成的事"),
        ("Heading2", "修好北岸的码头"), (null, "码头用青石砌成，一共铺了三百二十级台阶。冬天台阶上要撒沙子，老人过河不怕滑倒。"),
        ("Heading2", "换掉漏水的旧船"), (null, "今年添了两条木船，每条能坐二十四个人。旧船没有拆，留给孩子们学划桨。"),
        ("Heading1", "没有做好的事"), (null, "夜里的灯还不够亮，对岸的人喊半天没人听见。有的船工开船前不看水尺，差一点撞上浅滩。"),
        ("Heading1", "几点要求"), (null, "船工开船前必须看水尺。渡口的木牌要天天擦，写清当天的班次。"), (null, "乡亲们，渡口是两岸人共同的门，请大家一起看好它。谢谢大家！"),
    ];

    [Fact]
    public void A_document_with_heading_styles_is_asked_by_its_headings()
    {
        var raw = Assert.IsType<SourceReading.Text>(SourceReader.Read(
            Docx.Of(string.Concat(_document.Select(paragraph => Docx.Paragraph(paragraph.Text, paragraph.Style is { } style ? $"""<w:pPr><w:pStyle w:val="{style}"/></w:pPr>""" : "")))), "a.docx")).Raw;
        var clean = Normalizer.Clean(raw);
        var text = new SourceText(clean, StructureReader.Read(clean.Paragraphs));
        var series = Assert.Single(text.Structure.Series);
        Assert.Equal((MarkerStyle.Section, null), (series.Style, series.Lead));
        // a heading that another follows holds it, and is no point
        Assert.Equal(["修好北岸的码头", "换掉漏水的旧船", "没有做好的事", "几点要求"], series.Points.Select(point => text.At(point.Heading)));
        // nor does one reach into the next heading, or beyond what is said to all at the end
        Assert.Equal("旧船没有拆，留给孩子们学划桨。", text.At(series.Points[1].Body[^1]));
        Assert.Equal("渡口的木牌要天天擦，写清当天的班次。", text.At(series.Points[^1].Body[^1]));

        var bank = Generator.Generate(clean, new GenerationSettings("sample", "sources/sample.txt", "00", 1) { Title = "样本" }).Bank;
        Assert.Empty(BankGates.CheckForImport(bank));
        Assert.Contains(bank.Questions, question => question.Body.Stem.Contains("修好北岸的码头", StringComparison.Ordinal));
        // which comes first or second says nothing
        Assert.DoesNotContain(bank.Questions, question => question.Body is Ordering || question.Body.Stem.Contains("逐点展开", StringComparison.Ordinal) || question.Body.Explanation.Contains('第'));
    }

    [Theory]
    [InlineData("农业", "工业", "交通")]
    [InlineData("一、修好北岸的码头", "二、换掉漏水的旧船", "三、添一盏更亮的灯")]
    public void Headings_of_a_word_and_numbered_ones_make_no_sections(params string[] headings)
    {
        var text = string.Join("\n\n", headings.Select((heading, i) => $"{heading}\n\n渡口今年做成了第{"一二三"[i]}件大事，两岸的人都说好，船工们也松了一口气。"));
        Assert.DoesNotContain(StructureReader.Read(Normalizer.Clean(text).Paragraphs).AllSeries(), series => series.Style == MarkerStyle.Section);
    }
}
