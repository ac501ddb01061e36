using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

public sealed class DistractorGateTests
{
    private const string Text = "要修桥，不能修坝。河宽15米，不仅行船，还能捕鱼。";

    [Theory]
    [InlineData("修桥", "修路", null)]
    [InlineData("行船", "捕鱼", "Its evidence holds")]
    [InlineData("行船", "捕鱼。", "Its evidence holds")]
    [InlineData("捕鱼", "行船", "Its evidence holds")]
    [InlineData("修桥", "修坝", null)]
    [InlineData("15米", "5米", null)]
    [InlineData("15米", "8115米", null)]
    [InlineData("15米", "１５米宽", "contain one another")]
    [InlineData("修桥", "桥", "Its evidence holds")]
    [InlineData("修一座大桥", "修一座大桥梁", "contain one another")]
    [InlineData("修一座横跨大河的桥", "修一座横跨大河的坝", "too like")]
    public void A_wrong_option(string key, string wrong, string? word) => Check("怎么办？", key, wrong, word, Text);

    [Theory]
    [InlineData("河边应该这样，还能＿＿＿。", "捕鱼", "The text says “还能捕鱼”")]
    [InlineData("河边应该这样，要＿＿＿。", "捕鱼", null)]
    [InlineData("河边应该做的是：＿＿＿。", "捕鱼", null)]
    public void Put_into_the_blank(string stem, string wrong, string? word) => Check(stem, "修桥", wrong, word, "要修桥");

    [Theory]
    [InlineData("根据文中内容，还能捕鱼。", true)]
    [InlineData("还能捕鱼。", true)]
    [InlineData("根据文中内容，还会捕鱼。", false)]
    public void A_false_statement_that_the_text_makes(string stem, bool found)
    {
        var statement = new TrueFalse { Stem = stem, Answer = false, Explanation = "", Evidence = [new("P01", "捕鱼")], Difficulty = 1 };

        Assert.Equal(found, DistractorGates.Supported(Bank(statement)).Any());
        Assert.Empty(DistractorGates.Supported(Bank(statement with { Answer = true })));
    }

    private static void Check(string stem, string key, string wrong, string? word, string quote)
    {
        var single = new SingleChoice { Stem = stem, Options = [new(key, true), new(wrong, false)], Explanation = "", Evidence = [new("P01", quote)], Difficulty = 1 };

        var faults = DistractorGates.Supported(Bank(single)).ToList();

        if (word is null) Assert.Empty(faults);
        else Assert.Contains(word, Assert.Single(faults).Message, StringComparison.Ordinal);
    }

    private static BankFile Bank(Question body) =>
        GoodBank.Create() with { Paragraphs = [new("P01", Text)], Questions = [new("it", "K1", QuestionOrigin.Written, QuestionStatus.Published, body, [])] };
}
