using CsCheck;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Questions;

public sealed class EvidenceContextTests
{
    private const string Paragraph = "他说：“海纳百川。”有容乃大！发展落后往往是发展空间，要精准；要推动。难道不是？是的";

    [Theory]
    [InlineData("往往是发展空间", "发展落后", "，要精准；要推动。")]
    [InlineData("有容乃大！", "", "")]
    [InlineData("海纳百川。", "他说：“", "”")]
    [InlineData("百川。”有容", "他说：“海纳", "乃大！")]
    [InlineData("难道", "", "不是？")]
    [InlineData("的", "是", "", 40)]
    [InlineData(Paragraph, "", "")]
    public void A_quote_comes_with_the_rest_of_its_sentences(string quote, string before, string after, int at = -1) =>
        Assert.Equal(
            new EvidenceContext(before, quote, after),
            EvidenceContext.Of(Paragraph, new Evidence("P01", quote, at < 0 ? null : Paragraph.LastIndexOf(quote, StringComparison.Ordinal))));

    [Fact]
    public void An_offset_picks_the_occurrence() =>
        Assert.Equal(new EvidenceContext("后", "同", "。"), EvidenceContext.Of("前同。后同。", new Evidence("P01", "同", 4)));

    [Theory]
    [InlineData("不在文中", null)]
    [InlineData("", null)]
    [InlineData("难道", 3)]
    [InlineData("难道", -1)]
    [InlineData("难道", int.MaxValue)]
    public void A_quote_that_is_not_there_is_refused(string quote, int? at) =>
        Assert.Throws<ArgumentException>(() => EvidenceContext.Of(Paragraph, new Evidence("P01", quote, at)));

    [Fact]
    public void Before_quote_and_after_are_a_stretch_of_the_paragraph() =>
        Gen.Select(Gen.Char["甲乙。！？”’」（）“，"].Array[1, 30], Gen.Int[0, 29], Gen.Int[1, 30]).Sample((characters, start, length) =>
        {
            var text = new string(characters);
            var at = start % text.Length;
            var quote = text.Substring(at, 1 + ((length - 1) % (text.Length - at)));
            var context = EvidenceContext.Of(text, new Evidence("P01", quote, at));
            Assert.Equal(at - context.Before.Length, text.IndexOf(context.Before + context.Quote + context.After, at - context.Before.Length, StringComparison.Ordinal));
        });

    [Fact]
    public void Quotes_of_one_sentence_come_as_one_passage()
    {
        const string text = "一甲，乙。二丙。三丁。四戊。";
        TextRange[] quotes = [new(12, 13), new(3, 4), new(1, 2), new(9, 10)];
        Assert.Equal([new TextRange(0, 5), new TextRange(8, 14)], EvidenceContext.Passages(text, quotes));
    }
}
