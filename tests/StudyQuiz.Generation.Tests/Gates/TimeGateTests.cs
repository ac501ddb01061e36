using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

public sealed class TimeGateTests
{
    private readonly BankFile _bank = GoodBank.Create();

    [Theory]
    [InlineData("书屋每天＿＿＿关门。", "25时", true)]
    [InlineData("书屋每天＿＿＿时关门。", "25", true)]
    [InlineData("书屋每天17时＿＿＿分关门。", "75", true)]
    [InlineData("书屋从＿＿＿起开门。", "2月30日", true)]
    [InlineData("书屋从4月＿＿＿日起开门。", "31", true)]
    [InlineData("书屋几点关门？", "8:75", true)]
    [InlineData("The last bus leaves at ＿＿＿ p.m.", "9.60", true)]
    [InlineData("The last bus leaves at ＿＿＿ p.m.", "9.50", false)]
    [InlineData("The room is ＿＿＿ metres long.", "9.60", false)]
    [InlineData("书屋每天＿＿＿关门。", "24时", false)]
    [InlineData("书屋每天开门＿＿＿小时。", "25", false)]
    [InlineData("孩子们每天看书＿＿＿分钟。", "75", false)]
    [InlineData("书屋从＿＿＿起开门。", "2月29日", false)]
    [InlineData("书屋得了＿＿＿。", "3.75分", false)]
    public void A_wrong_time_could_be_one(string stem, string wrong, bool found) => Assert.Equal(found, TimeGates.Possible(
        _bank.WithBody<SingleChoice>("keepers", single => single with { Stem = stem, Options = [new("村小教师", true), new(wrong, false)] })).Any());

    [Fact]
    public void What_the_text_itself_says_may_be_told() => Assert.Empty(TimeGates.Possible(
        _bank.WithBody<TrueFalse>("training", item => item with { Stem = "老人说那一夜有25时。" }) with { Paragraphs = [.. _bank.Paragraphs, new("P05", "老人说那一夜有25时。")] }));
}
