using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Questions;

public sealed class MarkedTextTests
{
    // Stress stands in <>, an item begins with •, lines are parted by /
    [Theory]
    [InlineData("下列**不**符合的是？", "下列<不>符合的是？")]
    [InlineData("The **only** one ", "The <only> one ")]
    [InlineData("两点：\n- 一体化\n- **高质量**", "两点：/•一体化/•<高质量>")]
    [InlineData("- 5 度", "- 5 度")]
    [InlineData("2 ** 3 = 8", "2 ** 3 = 8")]
    [InlineData("<b>**</b>", "<b>**</b>")]
    [InlineData("[点](javascript:x) _下划_", "[点](javascript:x) _下划_")]
    public void Only_stress_lines_and_lists_are_marked(string text, string told)
    {
        Assert.Equal(told, string.Join('/', MarkedText.Lines(text).Select(line => (line.IsItem ? "•" : "") + string.Concat(line.Pieces.Select(piece => piece.IsStressed ? $"<{piece.Text}>" : piece.Text)))));
        Assert.Equal(text.Replace("**不**", "不", StringComparison.Ordinal).Replace("**only**", "only", StringComparison.Ordinal).Replace("**高质量**", "高质量", StringComparison.Ordinal), MarkedText.Plain(text));
    }
}
