using StudyQuiz.Domain.Editing;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Editing;

public sealed class RewordingTests
{
    private static readonly SingleChoice _choice = new()
    {
        Stem = "关于长三角城市的旧城改造，下列哪种做法符合讲话要求？",
        Explanation = "",
        Evidence = [],
        Difficulty = 2,
        Options = [new Option("因改造任务很重，暂不触及旧城区", false), new Option("推进改造并保护历史文化风貌", true), new Option("尽快大拆大建，彻底更新旧城面貌", false)],
    };

    [Theory]
    [InlineData("关于长三角城市的旧城改造，下列哪一种做法符合讲话要求？")]
    [InlineData("关于长三角城市的旧城改造,下列哪种做法符合讲话要求?")]
    public void A_slip_of_the_pen_is_none(string stem) => Assert.Empty(Rewording.SignsOf(_choice, _choice with { Stem = stem, Explanation = "另写的解析", Difficulty = 3 }));

    [Theory]
    [InlineData("关于长三角城市的旧城改造，下列哪种做法不符合讲话要求？", MeaningSign.Negation)]
    [InlineData("关于长三角3个城市的旧城改造，下列哪种做法符合讲话要求？", MeaningSign.Number)]
    [InlineData("欠发达地区怎样发展？", MeaningSign.Stem)]
    public void A_stem_that_asks_otherwise_is_told_by_its_sign(string stem, MeaningSign sign) => Assert.Equal([sign], Rewording.SignsOf(_choice, _choice with { Stem = stem }));

    [Fact]
    public void Options_keep_their_sense_when_they_move_and_lose_it_when_they_turn()
    {
        Assert.Empty(Rewording.SignsOf(_choice, _choice with { Options = [.. _choice.Options.Reverse()] }));
        Assert.Equal([MeaningSign.Key], Rewording.SignsOf(_choice, _choice with { Options = [.. _choice.Options.Select((option, at) => option with { Correct = at == 0 })] }));
        Assert.Equal([MeaningSign.Option], Rewording.SignsOf(_choice, _choice with { Options = [.. _choice.Options.Take(2), new Option("统一建筑样式，成片建设标准新城", false)] }));
        Assert.Equal([MeaningSign.Count], Rewording.SignsOf(_choice, _choice with { Options = [.. _choice.Options.Take(2)] }));
    }

    [Fact]
    public void Answers_are_compared_by_what_they_say()
    {
        var cloze = new Cloze { Stem = "要＿＿＿地推进", Explanation = "", Evidence = [], Difficulty = 1, Accepted = ["一体化"] };
        Assert.Empty(Rewording.SignsOf(cloze, cloze with { Accepted = ["一体化。", "一体"] }));
        Assert.Equal([MeaningSign.Key], Rewording.SignsOf(cloze, cloze with { Accepted = ["高质量"] }));
        var statement = new TrueFalse { Stem = "会议在合肥举行。", Explanation = "", Evidence = [], Difficulty = 1, Answer = true };
        Assert.Equal([MeaningSign.Key], Rewording.SignsOf(statement, statement with { Answer = false }));
        var card = new Flashcard { Stem = "两个关键词是什么？", Explanation = "", Evidence = [], Difficulty = 1, Back = "一体化和高质量" };
        Assert.Empty(Rewording.SignsOf(card, card with { Back = "一体化、高质量" }));
        var order = new Ordering { Stem = "排序", Explanation = "", Evidence = [], Difficulty = 1, Items = ["甲甲", "乙乙", "丙丙"] };
        Assert.Equal([MeaningSign.Key], Rewording.SignsOf(order, order with { Items = ["乙乙", "甲甲", "丙丙"] }));
    }
}
