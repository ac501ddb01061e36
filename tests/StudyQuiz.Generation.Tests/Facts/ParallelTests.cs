using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Facts;

/// <summary>What a speaker says to one group after another in the same words is a series without numbers.</summary>
public sealed class ParallelTests
{
    private const string Speech = """
        船工要带三批徒弟下河。

        一、二年级的徒弟，河上盼着你们敢下水。先在浅滩走一走，水凉一点不要紧。

        三、四年级的徒弟，河上盼着你们会看风。风从哪边来，旗子知道。

        五、六年级的徒弟，河上盼着你们能掌舵。掌舵的人眼睛要看远处。
        """;

    [Fact]
    public void Its_parts_are_joined_and_asked_one_by_one()
    {
        var bodies = Draft(Speech).Where(candidate => candidate.Fact is ParallelFact or ParallelPartFact).Select(candidate => candidate.Question.Body).ToList();
        Assert.Equal(
            [("一、二年级的徒弟", "敢下水"), ("三、四年级的徒弟", "会看风"), ("五、六年级的徒弟", "能掌舵")],
            Assert.Single(bodies.OfType<Matching>()).Pairs.Select(pair => (pair.Left, pair.Right)));
        var asked = bodies.OfType<SingleChoice>().Single(single => single.Stem == "文中说：“三、四年级的徒弟，河上盼着你们……”，省略处写的是什么？");
        Assert.Equal("会看风", Assert.Single(asked.Options, option => option.Correct).Text);
        Assert.Equal(["敢下水", "能掌舵"], asked.Options.Where(option => !option.Correct).Select(option => option.Text).Order(StringComparer.Ordinal));
        Assert.Equal(["敢下水", "会看风", "能掌舵"], bodies.OfType<Flashcard>().Select(card => card.Back));
    }

    [Theory]
    [InlineData("五、六年级的徒弟，河上盼着你们能掌舵。", "")] // two are no series
    [InlineData("五、六年级的徒弟，河上盼着你们能掌舵。", "五、六年级的徒弟，大家祝你们能掌舵。")] // other words
    [InlineData("五、六年级的徒弟，河上盼着你们能掌舵。", "五、六年级的师傅们，河上盼着你们能掌舵。")] // of other people
    [InlineData("河上盼着你们会看风", "河上盼着你们敢下水")] // of all the same
    public void Of_others_nothing_is_made(string from, string to) => Assert.DoesNotContain(Draft(Speech.Replace(from, to, StringComparison.Ordinal)), candidate => candidate.Fact is ParallelFact);

    [Fact]
    public void In_English_no_word_is_cut()
    {
        var bodies = Draft("The club has three crews.\n\nTo the youngest crew, the harbour says learn to swim first. The water is cold in May.\n\nTo the second crew, the harbour says look at the wind. It changes at noon.\n\nTo the oldest crew, the harbour says look after the others. They will follow you.")
            .Where(candidate => candidate.Fact is ParallelFact).Select(candidate => candidate.Question.Body).OfType<Matching>();
        Assert.Equal([("To the youngest crew", "learn to swim first"), ("To the second crew", "look at the wind"), ("To the oldest crew", "look after the others")], Assert.Single(bodies).Pairs.Select(pair => (pair.Left, pair.Right)));
    }

    private static IEnumerable<StudyQuiz.Generation.Items.Candidate> Draft(string text) => Generator.Draft(Normalizer.Clean(text), new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Candidates;
}
