using StudyQuiz.Generation.Items;

namespace StudyQuiz.Generation.Tests.Items;

public sealed class NumbersTests
{
    [Theory]
    [InlineData("45", "不超过", "个工作日", "50 40 55 35")]
    [InlineData("10", "每班", "名学生", "15 5 20")]
    [InlineData("44", "共", "人", "45 43 46 42")]
    [InlineData("9.40", "leaves at ", " p.m.", "9.50 9.30 9.20 9.10")]
    public void Beside_a_number_stand_others_that_are_as_round(string number, string before, string after, string first) =>
        Assert.Equal(first, string.Join(' ', Numbers.Changed(number, before, after).Take(first.Split(' ').Length)));
}
