namespace StudyQuiz.Domain.Tests;

public sealed class StorableTextTests
{
    [Theory]
    [InlineData("空卷\u202Eevil", "空卷evil")]
    [InlineData("\u2067甲\u2069乙\u200F", "甲乙")]
    [InlineData("题\uFFFE干\uFFFF", "题干")]
    [InlineData("题\0干\u200B里\uFEFF", "题干里")]
    [InlineData("一家\U0001F468\u200D\U0001F469\u200D\U0001F467", "一家\U0001F468\u200D\U0001F469\u200D\U0001F467")]
    public void What_nobody_sees_is_left_out(string text, string expected) =>
        Assert.Equal(expected, StorableText.Clean(text));
}
