using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Facts;

/// <summary>A demand is asked for with those of whom it is made.</summary>
public sealed class DemandTests
{
    [Theory]
    [InlineData("护林员上山前要带足两天的干粮。", "文中说，护林员上山前要怎样？", "带足两天的干粮")]
    [InlineData("凡是生火做饭的窝棚，必须有人看守。", "文中说，凡是生火做饭的窝棚，必须怎样？", "有人看守")]
    [InlineData("已经下山的人，在雨停以前不得独自返回。", "文中说，已经下山的人，在雨停以前不得怎样？", "独自返回")]
    [InlineData("对守夜的老人，要逐一送去棉衣，换下旧灯。", "文中说，对守夜的老人，要怎样？", "逐一送去棉衣，换下旧灯")]
    [InlineData("护林队长要看清地图上的水线，队员要看脚下。", "文中说，护林队长要怎样？", "看清地图上的水线")]
    [InlineData("护林队长要看地图，队员要看脚下。", null, null)]
    [InlineData("治水要标本兼治。", null, null)]
    [InlineData("夜里巡山不能走过场。", null, null)]
    [InlineData("办法要在山门口贴足两个月，让来往的人都看得见。", null, null)]
    [InlineData("山里的老窝棚能不能让人放心，关键看守夜的人。", null, null)]
    [InlineData("种子要等春天，孩子要等长大。", null, null)]
    [InlineData("Every ranger must carry a lamp and two blankets in winter.", "The text says: Every ranger must … what?", "carry a lamp and two blankets in winter")]
    [InlineData("我们要把每一棵树看好。", null, null)]
    [InlineData("今年要把北坡的树看好。", null, null)]
    [InlineData("巡山不仅要看树，更要看人。", null, null)]
    [InlineData("巡山的人必须看到，雨季的路不好走。", null, null)]
    [InlineData("护林队要做到以下几点。", null, null)]
    [InlineData("护林员要早起。护林员要认得山里的每一条路。", null, null)]
    [InlineData("有人说护林员要带足两天的干粮。", null, null)]
    public void It_is_asked_for_with_whom_it_is_made_of(string sentence, string? stem, string? back)
    {
        var cards = Cards("山里的林子很大。 The forest is large.".Split("。 ")[char.IsAsciiLetter(sentence[0]) ? 1 : 0] + (char.IsAsciiLetter(sentence[0]) ? " " : "。") + sentence);
        if (stem is null) Assert.Empty(cards);
        else Assert.Equal([(stem, back)], cards.Select(card => (card.Stem, card.Back))!);
    }

    [Fact]
    public void Beside_it_stand_demands_on_others()
    {
        const string Text = "护林员上山前要带足两天的干粮。\n\n每个窝棚要备好三盏防风的马灯。\n\n巡山的队伍要绕开涨水的山沟。";
        var single = Drafted(Text).Select(candidate => candidate.Question.Body).OfType<SingleChoice>().Single(single => single.Stem == "文中说，每个窝棚要怎样？");
        Assert.Equal(["备好三盏防风的马灯", "带足两天的干粮", "绕开涨水的山沟"], single.Options.Select(option => option.Text).Order(StringComparer.Ordinal));
        Assert.Equal("备好三盏防风的马灯", single.Options.Single(option => option.Correct).Text);
    }

    private static List<Flashcard> Cards(string text) => [.. Drafted(text).Where(candidate => candidate.Fact is DemandFact).Select(candidate => candidate.Question.Body).OfType<Flashcard>()];

    private static IEnumerable<Generation.Items.Candidate> Drafted(string text) =>
        Generator.Draft(Normalizer.Clean(text), new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Candidates;
}
