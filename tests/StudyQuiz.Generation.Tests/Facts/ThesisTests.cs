using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Facts;

/// <summary>What a text puts forward is asked where its form leaves no doubt of it.</summary>
public sealed class ThesisTests
{
    [Theory]
    [InlineData("教书的根本在于让孩子相信自己能够学会。", "文中说，教书的根本在于什么？", "让孩子相信自己能够学会")]
    [InlineData("我想，慢的意义不在于慢本身，而在于给判断留下时间。", "文中说，慢的意义不在于慢本身，而在于什么？", "给判断留下时间")]
    [InlineData("教书的意义，不在于教完一本书，而在于怎样让孩子读完一本书。", "文中说，教书的意义，不在于教完一本书，而在于什么？", "怎样让孩子读完一本书")]
    [InlineData("其实，山里孩子缺少的不是聪明，而是一盏灯。", "文中说，山里孩子缺少的不是聪明，而是什么？", "一盏灯")]
    [InlineData("孩子们夏天就要下山了，老师送给他们的不只是一本书，更是一双敢看远方的眼睛。", "文中说，孩子们夏天就要下山了，老师送给他们的不只是一本书，更是什么？", "一双敢看远方的眼睛")]
    [InlineData("孩子们夏天就要下山了，老师送出的不只是一本书，更是一双敢看远方的眼睛。", "文中说，老师送出的不只是一本书，更是什么？", "一双敢看远方的眼睛")]
    [InlineData("好老师不是把书讲完就算讲好，而是让每个孩子都在它里面遇见自己。", "文中说，好老师不是把书讲完就算讲好，而是什么？", "让每个孩子都在它里面遇见自己")]
    [InlineData("不是孩子太慢，而是大人太快。", null, null)]
    [InlineData("教得好的老师，往往不是讲得最多的人，而是听得最久的人。", "文中说，教得好的老师，往往不是讲得最多的人，而是什么？", "听得最久的人")]
    [InlineData("一所好学校，不在于它的楼有多高，而在于它的孩子走得有多远。", "文中说，一所好学校，不在于它的楼有多高，而在于什么？", "它的孩子走得有多远")]
    [InlineData("慢，不是放任，而是看在眼里的等待。", "文中说，慢，不是放任，而是什么？", "看在眼里的等待")]
    [InlineData("慢的意义不在于慢本身，而在于给判断留下时间。", "文中说，慢的意义不在于慢本身，而在于什么？", "给判断留下时间")]
    [InlineData("老师看重的不是每个孩子都拿第一，而是每个孩子都找到愿意坚持的事情。", "文中说，老师看重的不是每个孩子都拿第一，而是什么？", "每个孩子都找到愿意坚持的事情")]
    [InlineData("他说，教书的根本在于让孩子相信自己能够学会。", null, null)]
    [InlineData("有人说教书的根本在于让孩子相信自己能够学会。", null, null)]
    [InlineData("这件事的关键在于让孩子相信自己能够学会。", "文中先写道：“山里的学校很小”。接着说，这件事的关键在于什么？", "让孩子相信自己能够学会")]
    [InlineData("愿意等孩子慢慢学会，才叫老师。", "文中说，怎样才叫老师？", "愿意等孩子慢慢学会")]
    [InlineData("因为山路太远，所以学校里要有宿舍。", "文中说，为什么学校里要有宿舍？", "山路太远")]
    [InlineData("黑板能够写下答案，却不能替孩子想出答案。", "文中说，黑板能够写下答案，却不能怎样？", "替孩子想出答案")]
    [InlineData("教得动的时候，我们靠的是力气。", "文中说，教得动的时候，我们靠的是什么？", "力气")]
    [InlineData("老校长在门上贴了一张纸，写着五个字：孩子是老师。", "文中写到“老校长在门上贴了一张纸，写着五个字”，具体内容是什么？", "孩子是老师")]
    [InlineData("老校长不懂电脑，但是他懂山里的每一个孩子。", "文中说，老校长不懂电脑，但是他懂什么？", "山里的每一个孩子")]
    [InlineData("教书的根本在于什么？", null, null)]
    [InlineData("教书的根本在于让孩子相信自己能够学会，再难的题也敢去想。", null, null)]
    [InlineData("教书的根本难道在于让孩子拿第一吗？", null, null)]
    public void A_thesis_is_asked_with_what_leads_up_to_it(string sentence, string? stem, string? back)
    {
        var cards = Generator.Draft(Normalizer.Clean("山里的学校很小。" + sentence), new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Candidates
            .Where(candidate => candidate.Fact is ThesisFact).Select(candidate => candidate.Question.Body).OfType<Flashcard>().ToList();
        if (stem is null) Assert.Empty(cards);
        else Assert.Equal([(stem, back)], cards.Select(card => (card.Stem, card.Back))!);
    }

    [Fact]
    public void Beside_what_a_text_puts_forward_stands_what_it_puts_forward_elsewhere()
    {
        var text = "教书的根本在于让孩子相信自己。\n\n读书的意义不在于记住多少字，而在于看见多少人。\n\n办学的关键在于留住几位好老师。";
        var asked = Generator.Draft(Normalizer.Clean(text), new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Candidates.Select(candidate => candidate.Question.Body).OfType<SingleChoice>()
            .Single(single => single.Stem == "文中说，读书的意义不在于记住多少字，而在于什么？");
        Assert.Equal(new HashSet<(string, bool)> { ("看见多少人", true), ("留住几位好老师", false), ("让孩子相信自己", false) }, asked.Options.Select(option => (option.Text, option.Correct)).ToHashSet());
    }
}
