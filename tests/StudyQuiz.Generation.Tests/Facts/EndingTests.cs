using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Facts;

/// <summary>What comes next is asked for where it answers to what goes before, not where only who knows the text by heart could tell.</summary>
public sealed class EndingTests
{
    // in a text of a few sentences everything can be known
    private static readonly string _around = string.Concat(Enumerable.Range(0, 12).Select(i => $"{"春夏秋冬晨昏雨雪风霜云雾"[i]}天的渡口另有一番样子，船工们各自忙着手里的活。"));

    [Theory]
    [InlineData("夜里风力超过七级的渡船，一律停靠在北岸。", "一律停靠在北岸")]
    [InlineData("在浓雾里独自开船的，罚停三班渡船，登在渡口的木牌上。", "罚停三班渡船，登在渡口的木牌上")]
    [InlineData("罗盘告诉你船头朝向哪里，老船工告诉你浅滩藏在哪里。", "老船工告诉你浅滩藏在哪里")]
    [InlineData("遇到大风的时候，不要急着问船能不能走，要先问人能不能站稳。", "不要急着问船能不能走，要先问人能不能站稳")]
    [InlineData("急桨让船头变轻，慢桨让船头变稳。", "慢桨让船头变稳")]
    [InlineData("谁在夜里守着渡口的灯，谁就睡得最晚。", "谁就睡得最晚")]
    [InlineData("老船工把旧缆绳拆开晒干，避免来年开春断在水里。", "避免来年开春断在水里")]
    public void What_answers_to_the_beginning_is_asked_for(string sentence, string ending) =>
        Assert.Contains(Cards(sentence), card => card.Back == ending);

    [Theory]
    [InlineData("年轻的船工来换班的时候，我站在石阶上数了数河里的船。")]
    [InlineData("那一夜的船工因为缆绳断了漂出很远，老船工及时划了过去，避免了一场大祸。")]
    public void What_happened_once_answers_to_nothing(string sentence) => Assert.Empty(Cards(sentence));

    [Theory]
    [InlineData("老船工的木箱底下压着一块旧板，上面刻满了歪歪扭扭的字。")]
    [InlineData("渡口去年冬天修好了凉亭，石阶一直铺到了水边。")]
    [InlineData("去年渡口一共运送了许多过河的人，最忙的一班坐满了两条船。")]
    [InlineData("船工们站在一个新的起点上，渡口的活从摇橹变成了看灯。")]
    public void What_merely_comes_next_is_not(string sentence)
    {
        var drafted = Draft(sentence);
        Assert.DoesNotContain(drafted.Candidates, candidate => candidate.Fact is EndingFact && candidate.Question.Body.Stem.Contains(sentence[..6], StringComparison.Ordinal));
        // and the report says why
        Assert.Contains(Generator.Choose(drafted, proposals: null).Report.Shortfalls, fact => fact.Reason == ShortfallReason.OnlyByHeart && sentence.StartsWith(fact.Quote, StringComparison.Ordinal));
    }

    [Fact]
    public void One_of_several_that_the_sentence_before_names_says_nothing_of_what() =>
        Assert.DoesNotContain(Cards("一种是不敢下水的船工，一种是下水以后从容的船工。"), card => card.Back.StartsWith("一种是", StringComparison.Ordinal));

    [Fact]
    public void What_is_done_for_something_is_asked_for_its_purpose() =>
        Assert.Equal(["文中写到“老船工把旧缆绳拆开晒干”，这样做是为了什么？", "文中写到“南岸的人家在门前种上芦苇”，这样做是为了什么？"],
            Cards("老船工把旧缆绳拆开晒干，避免来年开春断在水里。北岸的人家在门前砌石阶；南岸的人家在门前种上芦苇，让泥沙留在岸边。").Select(card => card.Stem));

    private static IEnumerable<Flashcard> Cards(string sentence) => Draft(sentence).Candidates.Where(candidate => candidate.Fact is EndingFact).Select(candidate => candidate.Question.Body).OfType<Flashcard>();

    private static Drafted Draft(string sentence) => Generator.Draft(Normalizer.Clean($"{_around}\n\n{sentence}"), new GenerationSettings("sample", "sources/sample.txt", "00", 1));
}
