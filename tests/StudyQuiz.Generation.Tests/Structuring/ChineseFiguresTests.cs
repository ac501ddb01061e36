using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Tests.Structuring;

public sealed class ChineseFiguresTests
{
    [Theory]
    [InlineData("六", 6)]
    [InlineData("十二", 12)]
    [InlineData("二十", 20)]
    [InlineData("一百一十", 110)]
    [InlineData("一百零六", 106)]
    [InlineData("一千零六", 1_006)]
    [InlineData("一千八百四十六", 1_846)]
    [InlineData("两千三百", 2_300)]
    [InlineData("八百六十万", 8_600_000)]
    [InlineData("四千一百万", 41_000_000)]
    [InlineData("三万零五", 30_005)]
    [InlineData("一亿零三百万", 103_000_000)]
    [InlineData("一百三十四亿", 13_400_000_000)]
    [InlineData("二十九点六", 29.6)]
    [InlineData("零点三", 0.3)]
    public void A_number_is_read_and_written_as_it_was(string words, double number)
    {
        Assert.Equal((decimal)number, ChineseFigures.Parse(words));
        Assert.Equal(words, ChineseFigures.Write((decimal)number));
    }

    [Theory]
    [InlineData("三四")]
    [InlineData("六七十")]
    [InlineData("三千五")]
    [InlineData("二〇二四")]
    [InlineData("十点")]
    [InlineData("百")]
    [InlineData("万")]
    public void What_tells_about_how_many_is_no_number(string words) => Assert.Null(ChineseFigures.Parse(words));

    [Fact]
    public void Every_whole_number_comes_back()
    {
        for (var number = 1; number < 2_000_000; number = (number * 13 / 10) + 1) Assert.Equal(number, ChineseFigures.Parse(ChineseFigures.Write(number)));
    }
}
