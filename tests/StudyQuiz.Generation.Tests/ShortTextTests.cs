using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests;

/// <summary>A few sentences without any structure: what they give honestly, and why not more.</summary>
public sealed class ShortTextTests
{
    [Theory]
    [InlineData("同学们，读书要持之以恒。每天读二十页，一年就能读七千三百页。读书不是为了炫耀，而是为了明白道理。", "一年就能读七千三百页")]
    [InlineData("果园今年栽下300棵橘树。橘树最怕冰冻，入冬以前要给树干刷白。", "入冬以前要给树干刷白")]
    [InlineData("The club painted 24 boats. The river was low, so the race began in June.", "24")]
    public void It_gives_the_questions_that_it_can(string raw, string answer)
    {
        var (bank, report) = Generate(raw);
        Assert.NotEmpty(bank.Questions);
        Assert.Empty(BankGates.Check(bank, BankGates.All.Where(gate => gate.ForImport)));
        Assert.Contains(answer, BankFile.Write(bank with { Paragraphs = [], KeyPoints = [] }), StringComparison.Ordinal);
        // what is not asked has a reason
        Assert.All(report.Coverage.Where(point => point.Questions == 0), point => Assert.True(
            report.Shortfalls.Any(fact => fact.KeyPoint == point.Id) || report.Unasked.Any(sentence => sentence.Words.Contains(point.Heading, StringComparison.Ordinal)), point.Heading));
    }

    [Fact]
    public void Each_sentence_without_a_fact_has_its_reason()
    {
        var (bank, report) = Generate("各位朋友！今天天气不错。这让人高兴。有人认为明天会下雨。难道雨天就不能读书吗？谢谢大家！");
        Assert.Empty(bank.Questions);
        Assert.Equal(
            [
                new("P01", "各位朋友！", UnaskedReason.Greeting), new("P01", "今天天气不错。", UnaskedReason.NothingToPart), new("P01", "这让人高兴。", UnaskedReason.PointsElsewhere),
                new("P01", "有人认为明天会下雨。", UnaskedReason.NotAffirmed), new("P01", "难道雨天就不能读书吗？", UnaskedReason.NotAffirmed), new UnaskedSentence("P01", "谢谢大家！", UnaskedReason.Greeting),
            ],
            report.Unasked);
    }

    [Fact]
    public void A_doubtful_sentence_says_so() =>
        Assert.Equal([UnaskedReason.Doubtful], Generate("集市上的老人说豆腐要趁热吃），凉了就不香。").Report.Unasked.Select(sentence => sentence.Reason));

    private static GeneratedBank Generate(string raw) =>
        Generator.Generate(Normalizer.Clean(raw), new GenerationSettings("sample", "sources/sample.txt", "00", 1) { Title = "样本", Publisher = "本社" });
}
