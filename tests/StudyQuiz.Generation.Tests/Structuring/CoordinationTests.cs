using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Tests.Structuring;

/// <summary>Numbers that stand side by side (一、二年级) number no points, wherever they stand.</summary>
public sealed class CoordinationTests
{
    [Theory]
    [InlineData("一、二年级的孩子由老师送到门口。")]
    [InlineData("三、四季度各清一次河道，雨水才流得走。")]
    [InlineData("一、三季度清河道，二、四季度修水闸。")]
    [InlineData("一、二线城市的大店都来山里进货。")]
    [InlineData("一、三、五由老师值守，其余由家长值守。")]
    [InlineData("十一、十二月的山路最难走。")]
    [InlineData("第一、第二周练走，第三周练跑。")]
    public void Numbers_side_by_side_are_none_of_a_point(string sentence)
    {
        Assert.Null(MarkerScanner.At(sentence, 0));
        var paragraph = Assert.Single(Normalizer.Clean($"山里的学校很小。{sentence}").Paragraphs);
        Assert.Empty(MarkerScanner.Find(paragraph, 0));
    }

    [Theory]
    [InlineData("一、三年来的成绩", 1)]
    [InlineData("二、三个难处", 2)]
    [InlineData("一、二〇二四年的收成", 1)]
    [InlineData("三、一年四季都要巡山", 3)]
    [InlineData("一、五大变化", 1)]
    [InlineData("第一、第一年要打好底子", 1)]
    public void A_heading_may_begin_with_a_number_of_its_own(string heading, int number) => Assert.Equal(number, MarkerScanner.At(heading, 0)?.Number);

    [Fact]
    public void What_is_said_of_such_numbers_is_asked_whole()
    {
        var drafted = Generator.Draft(Normalizer.Clean("学校要管好放学这件事。一是送出门。一、二年级由120名家长轮流送出门，天黑以前都要到家。二是点清数。三、四年级由40名老师点清人数，一个也不能少。"), new GenerationSettings("sample", "sources/sample.txt", "00", 1));
        var told = drafted.Candidates.Select(candidate => candidate.Question.Body).SelectMany(body => body is Cloze cloze ? [cloze.Stem] : body is Flashcard card ? [card.Back] : new[] { body.Stem }).ToList();
        Assert.Contains(told, words => words.Contains("一、二年级", StringComparison.Ordinal));
        Assert.All(told.Where(words => words.Contains("二年级", StringComparison.Ordinal)), words => Assert.Contains("一、二年级", words, StringComparison.Ordinal));
    }
}
