using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Tests.Facts;

public sealed class FragmentTests
{
    [Theory]
    [InlineData("When the keeper came to the lighthouse on the cape in 1968, nobody believed that the old lamp would burn for so many winters.", false)]
    [InlineData("Because the ferry carried 340 people across the bay that night, nobody believed that the old captain had slept.", false)]
    [InlineData("The keeper came to the lighthouse on the cape in 1968, and nobody believed that the old lamp would burn.", true)]
    [InlineData("如果每年在山坡上栽下300棵橘树，十年以后满山都是果园。", false)]
    [InlineData("大家每年在山坡上栽下300棵橘树，十年以后满山都是果园。", true)]
    public void A_clause_that_says_only_when_or_why_is_no_statement(string sentence, bool isStatement) =>
        Assert.Equal(isStatement, Questions(sentence).OfType<TrueFalse>().Any(statement => statement.Stem.StartsWith("文中这样写到", StringComparison.Ordinal) || statement.Stem.StartsWith("The text has it", StringComparison.Ordinal)));

    [Theory]
    [InlineData("今天请大家到果园里来，主要是商量在山坡上栽下300棵橘树。", "主要是")]
    [InlineData("护林员的办法很好懂，就是每天在林子里走上12公里山路。", "就是")]
    [InlineData("The club mends the landing stage in spring, and paints 24 boats before the regatta.", "and paints")]
    public void A_blank_does_not_stand_in_half_a_sentence(string sentence, string beginning)
    {
        var clozes = Questions(sentence).OfType<Cloze>().ToList();
        Assert.NotEmpty(clozes);
        Assert.All(clozes, cloze => Assert.False(cloze.Stem.StartsWith(beginning, StringComparison.Ordinal), cloze.Stem));
    }

    [Fact]
    public void Nor_where_the_sentence_itself_begins_so() =>
        Assert.Empty(Questions("大家都到果园里来了。主要是商量在山坡上栽下300棵橘树。").OfType<Cloze>());

    [Fact]
    public void Nor_where_the_clause_only_names_what_something_is_done_about() =>
        Assert.DoesNotContain(Questions("对乱砍的、乱挖的、乱占的，护林站要在30天里查清。").OfType<Cloze>(), cloze => cloze.Stem.EndsWith('的'));

    [Fact]
    public void What_we_know_is_no_sentence_of_its_own() =>
        Assert.DoesNotContain(
            Questions("Keepers have two rules. First, tell the truth. Write down in the log what the lamp burned, what the night watch forgot to write. Second, keep the lamp. Every boat in the harbour looks for the lamp at night."),
            question => question is Flashcard card && card.Back.Contains("; what the night", StringComparison.Ordinal));

    private static IEnumerable<Question> Questions(string sentence) =>
        Generator.Draft(Normalizer.Clean(sentence), new GenerationSettings("sample", "sources/sample.txt", "00", 1)).Candidates.Select(candidate => candidate.Question.Body);
}
