using StudyQuiz.App.Features.EditQuestion;

namespace StudyQuiz.App.Tests.EditQuestion;

public sealed class TextWindowTests
{
    private static readonly IReadOnlyList<TextParagraph> _text = [.. Enumerable.Range(1, 9).Select(at => new TextParagraph($"P{at}", new string('字', 10)))];

    [Theory]
    [InlineData(90, "P5", "P1 P2 P3 P4 P5 P6 P7 P8 P9")]
    [InlineData(30, "P5", "P4 P5 P6")]
    [InlineData(30, "P2 P8", "P1 P2 P8")]
    [InlineData(20, "", "P1 P2")]
    [InlineData(5, "P3 P4", "P3 P4")]
    public void The_nearest_paragraphs_that_fit_are_taken_in_their_order(int most, string around, string taken) =>
        Assert.Equal(taken, string.Join(' ', TextWindow.Around(_text, around.Split(' '), most).Select(paragraph => paragraph.Label)));
}
