using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

public sealed class KeyGateTests
{
    private readonly BankFile _bank = GoodBank.Create();

    [Theory]
    [InlineData("修缮老书库；开设夜间阅览室。", true)]
    [InlineData("修缮老书库\n开设夜间阅览室", true)]
    [InlineData("修缮老书库，防潮防火", true)]
    [InlineData("修缮老书库、开设夜间阅览室", false)]
    [InlineData("修缮老书库；开设夜间书房", false)]
    public void Each_part_of_a_back_is_verbatim(string back, bool passes) =>
        Assert.Equal(passes, !KeyGates.Verbatim(_bank.WithBody<Flashcard>("work", card => card with { Back = back })).Any());

    [Fact]
    public void All_kinds_of_keys_are_looked_at()
    {
        Assert.Single(KeyGates.Verbatim(_bank.WithBody<Cloze>("night", cloze => cloze with { Accepted = ["晚间阅览室", "夜间阅览室"] })));
        Assert.Single(KeyGates.Verbatim(_bank.WithBody<Ordering>("order", order => order with { Items = [.. order.Items, "办好读书会"] })));
        Assert.Equal(2, KeyGates.Verbatim(_bank.WithBody<Matching>("pairs", matching => matching with { Pairs = [new("甲", "乙")] })).Count());
        Assert.Single(KeyGates.Verbatim(_bank.WithBody<MultipleChoice>("dangers", choice => choice with { Options = [new("防虫", true), new("防火", true), new("防盗", false)] })));
    }

    [Theory]
    [InlineData("馆藏12,＿＿＿图书", "600册", false)]
    [InlineData("馆藏＿＿＿,600册图书", "12", false)]
    [InlineData("馆藏＿＿＿图书", "12,600册", true)]
    [InlineData("每晚＿＿＿:45闭馆", "8", false)]
    [InlineData("每晚＿＿＿闭馆", "8:45", true)]
    public void No_answer_is_cut_out_of_a_longer_number(string stem, string answer, bool passes)
    {
        var bank = _bank with { Paragraphs = [.. _bank.Paragraphs, new("P05", "馆藏12,600册图书，每晚8:45闭馆。")] };
        bank = bank.WithBody<Cloze>("night", cloze => cloze with { Stem = stem, Accepted = [answer] });
        bank = bank.WithBody<SingleChoice>("keepers", single => single with { Stem = "补全原文：" + stem, Options = [new(answer, true), new("99", false), new("98", false)] });

        Assert.Equal(passes, !KeyGates.Verbatim(bank).Any(fault => fault.Item == "night"));
        Assert.Equal(passes, !KeyGates.Verbatim(bank).Any(fault => fault.Item == "keepers"));
        Assert.Equal(passes, !AnswerGates.ClozeInText(bank).Any(fault => fault.Item == "night"));
    }

    [Theory]
    [InlineData(QuestionOrigin.Edited)]
    [InlineData(QuestionOrigin.Written)]
    public void People_may_paraphrase(QuestionOrigin origin) =>
        Assert.Empty(KeyGates.Verbatim(_bank.With("work", item => item with { Origin = origin, Body = ((Flashcard)item.Body) with { Back = "修书库，开夜馆" } })));

    [Theory]
    [InlineData("一二三四五六七八九十一二三四五六七八九十", null)]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一", "has 21 characters")]
    [InlineData("夜间＿＿＿室", "holds a blank")]
    [InlineData("夜间、阅览室", "is a list")]
    public void What_is_typed_can_be_typed(string answer, string? word)
    {
        var faults = KeyGates.Typed(_bank.WithBody<Cloze>("night", cloze => cloze with { Accepted = [answer] })).ToList();

        if (word is null) Assert.Empty(faults);
        else Assert.Contains(word, Assert.Single(faults).Message, StringComparison.Ordinal);
    }
}
