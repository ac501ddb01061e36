using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

public sealed class ReasonGateTests
{
    private readonly BankFile _bank = GoodBank.Create();

    [Theory]
    [InlineData("“办好乡村书屋”写在第二段。", true)]
    [InlineData("“从退休教师……中挑选”说的是来源。", true)]
    [InlineData("「“一村一屋、一屋一灯”已经成形」。", true)]
    [InlineData("“办好村里的书屋”写在第二段。", false)]
    [InlineData("“从退休教师……里挑选”说的是来源。", false)]
    public void Quotation_marks_hold_the_source(string reason, bool passes)
    {
        Assert.Equal(passes, !ReasonGates.Quotes(Explained("work", reason)).Any());
        Assert.Equal(passes, !ReasonGates.Quotes(_bank.WithBody<SingleChoice>("readers", single => single with { Options = [single.Options[0], single.Options[1] with { Why = reason }, single.Options[2]] })).Any());
    }

    [Theory]
    [InlineData("keepers", "由退休干部轮流看管。", false)]
    [InlineData("keepers", "由村小教师轮流看管，文中没有提到退休干部。", true)]
    [InlineData("keepers", "文中没有说由退休干部看管。", true)]
    [InlineData("keepers", "The right answer is 退休干部, not 村小教师.", false)]
    [InlineData("keepers", "退休干部才是正确答案。", false)]
    [InlineData("dangers", "防盗也是正确的。", false)]
    [InlineData("dangers", "要防潮、防火，防盗没有写到。", true)]
    [InlineData("training", "原文是每年培训两次，不是三次。", true)]
    [InlineData("training", "This is true.", false)]
    [InlineData("more", "与原文不符。", false)]
    [InlineData("more", "The statement is false.", false)]
    [InlineData("more", "文中说这样做是正确的，读者增加了四成。", true)]
    [InlineData("more", "第一年读者就增加了四成。", true)]
    public void Explanations_agree_with_the_key(string id, string explanation, bool passes) =>
        Assert.Equal(passes, !ReasonGates.AgainstKey(Explained(id, explanation)).Any());

    [Theory]
    [InlineData("keepers", "就是他们。", false)]
    [InlineData("keepers", "文中写明由村小教师轮流看管。", true)]
    [InlineData("readers", "文中说，要从退休的老师和返乡的青年里挑。", true)]
    [InlineData("readers", "", false)]
    [InlineData("night", "文中写的是夜间阅览室。", true)]
    [InlineData("night", "文中写的是一间房。", false)]
    public void Explanations_speak_of_the_answer(string id, string explanation, bool passes) =>
        Assert.Equal(passes, !ReasonGates.KeyExplained(Explained(id, explanation)).Any());

    private BankFile Explained(string id, string explanation) => _bank.With(id, item => item with { Body = item.Body with { Explanation = explanation } });
}
