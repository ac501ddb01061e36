using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Sources;

namespace StudyQuiz.Domain.Tests.Sources;

public sealed class ReanchoringTests
{
    private static readonly Dictionary<string, string> _before = new(StringComparer.Ordinal)
    {
        ["P01"] = "会议在合肥召开。大家先后发言。",
        ["P02"] = "要坚持创新，也要坚持开放。今年投入增长百分之五，创下了历史新高。",
        ["P03"] = "第一，要重视教育。第二，要重视医疗。",
    };

    [Fact]
    public void A_quote_is_found_word_for_word_wherever_it_went()
    {
        var moved = After("新加的一段。", "会议在合肥召开。大家先后发言。");
        Assert.Equal(new Anchor(new Evidence("P02", "大家先后发言"), true), moved.Of(new Evidence("P01", "大家先后发言")));
    }

    [Fact]
    public void Of_several_places_what_stands_around_decides_and_where_it_does_not_nothing_is_found()
    {
        var twice = After("第二，要重视医疗。第一，要重视教育。另外要重视文化。");
        Assert.Equal(new Anchor(new Evidence("P01", "要重视", 12), true), twice.Of(new Evidence("P03", "要重视", 3)));
        Assert.Null(After("要重视。", "要重视。").Of(new Evidence("P03", "要重视", 3)));
    }

    [Fact]
    public void What_is_nearly_the_same_in_one_place_is_found_and_a_changed_number_is_not()
    {
        var near = After("今年的投入增长百分之五，创下了历史新高！", "无关的一段话。");
        Assert.Equal(new Anchor(new Evidence("P01", "今年的投入增长百分之五，创下了历史新高"), false), near.Of(new Evidence("P02", "今年投入增长百分之五，创下了历史新高")));
        Assert.Null(After("今年投入增长百分之六，创下了历史新高。").Of(new Evidence("P02", "今年投入增长百分之五，创下了历史新高")));
        Assert.Null(After("今年投入增长百分之五，创下历史新高。", "去年投入增长百分之五，创下了历史新高。").Of(new Evidence("P02", "今年投入增长百分之五，创下了历史新高")));
        Assert.Null(After("会上谈了别的事情。").Of(new Evidence("P02", "今年投入增长百分之五，创下了历史新高")));
    }

    [Fact]
    public void A_question_is_lost_with_any_of_its_quotes_and_with_the_words_of_its_answer()
    {
        var cloze = new Cloze { Stem = "创下了＿＿＿。", Accepted = ["历史新高"], Explanation = "", Difficulty = 1, Evidence = [new Evidence("P02", "今年投入增长百分之五，创下了历史新高")] };
        Assert.False(After("今年的投入增长百分之五，创下了历史新高。").Of(cloze)!.Value.IsExact);
        Assert.Null(After("今年投入增长百分之五，创下了历史最高。").Of(cloze));
        Assert.Null(After("今年投入增长百分之五，创下了历史新高。").Of(cloze with { Evidence = [.. cloze.Evidence, new Evidence("P01", "大家先后发言")] }));
    }

    [Theory]
    [InlineData("合肥", "会议在合肥召开", 3, 5, 0)]
    [InlineData("合肥召", "会议在合巴召开", 3, 6, 1)]
    [InlineData("在合肥", "会议合肥召开", 2, 4, 1)]
    public void The_nearest_passage_may_begin_and_end_anywhere(string words, string text, int start, int end, int distance) =>
        Assert.Equal(new NearestPassage(start, end, distance), NearestPassage.Of(words, text, 1));

    private static Reanchoring After(params string[] paragraphs) => new(_before, [.. paragraphs.Select((text, i) => ($"P{i + 1:D2}", text))]);
}
