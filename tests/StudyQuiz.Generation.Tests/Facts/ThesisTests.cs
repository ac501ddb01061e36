using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Facts;

/// <summary>What a text puts forward is asked where its form leaves no doubt of it.</summary>
public sealed class ThesisTests
{
    [Theory]
    [InlineData("教书的根本在于让孩子相信自己能够学会。", "文中说，教书的根本在于什么？", "让孩子相信自己能够学会")]
    [InlineData("我想，慢的意义不在于慢本身，而在于给判断留下时间。", null, null)]
    [InlineData("慢的意义不在于慢本身，而在于给判断留下时间。", "文中说，慢的意义不在于慢本身，而在于什么？", "给判断留下时间")]
    [InlineData("老师看重的不是每个孩子都拿第一，而是每个孩子都找到愿意坚持的事情。", "文中说，老师看重的不是每个孩子都拿第一，而是什么？", "每个孩子都找到愿意坚持的事情")]
    [InlineData("他说，教书的根本在于让孩子相信自己能够学会。", null, null)]
    [InlineData("有人说教书的根本在于让孩子相信自己能够学会。", null, null)]
    [InlineData("这件事的关键在于让孩子相信自己能够学会。", null, null)]
    [InlineData("教书的根本在于让孩子相信自己能够学会，再难的题也敢去想。", null, null)]
    [InlineData("教书的根本难道在于让孩子拿第一吗？", null, null)]
    public void A_thesis_is_asked_with_what_leads_up_to_it(string sentence, string? stem, string? back)
    {
        var cards = Generator.Draft(Normalizer.Clean("山里的学校很小。" + sentence), new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Candidates
            .Where(candidate => candidate.Fact is ThesisFact).Select(candidate => (Flashcard)candidate.Question.Body).ToList();
        if (stem is null) Assert.Empty(cards);
        else Assert.Equal([(stem, back)], cards.Select(card => (card.Stem, card.Back))!);
    }
}
