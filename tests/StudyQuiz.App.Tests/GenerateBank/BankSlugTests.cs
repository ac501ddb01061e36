using StudyQuiz.App.Features.GenerateBank;

namespace StudyQuiz.App.Tests.GenerateBank;

public sealed class BankSlugTests
{
    private static readonly DateTime _today = new(2026, 11, 24);

    [Theory]
    [InlineData("Opening Address, Spring 2026", "opening-address-spring-2026")]
    [InlineData("  Über Café — Élan!  ", "uber-cafe-elan")]
    [InlineData("社区食堂开张一年", "text-20261124")]
    [InlineData("AI 与教育", "text-20261124")]
    [InlineData("New", "text-20261124")]
    [InlineData("!!!", "text-20261124")]
    [InlineData(null, "text-20261124")]
    public void A_latin_title_gives_the_name_and_else_the_day_does(string? title, string slug) => Assert.Equal(slug, BankSlug.Propose(title, _today));

    [Fact]
    public void A_long_title_is_cut_to_a_valid_name() => Assert.True(BankSlug.IsValid(BankSlug.Propose(string.Join(' ', Enumerable.Repeat("word", 40)), _today)));

    [Theory]
    [InlineData("spring-speech", true)]
    [InlineData("a1", true)]
    [InlineData("a", false)]
    [InlineData("new", false)]
    [InlineData("study", false)]
    [InlineData("Spring", false)]
    [InlineData("-a", false)]
    [InlineData("a--b", false)]
    [InlineData("a/b", false)]
    [InlineData("春天", false)]
    [InlineData("ab\n", false)]
    public void Letters_digits_and_single_hyphens_are_valid(string slug, bool isValid) => Assert.Equal(isValid, BankSlug.IsValid(slug));

    [Fact]
    public void A_taken_name_gets_a_number()
    {
        Assert.Equal("talk", BankSlug.FirstFree("talk", new HashSet<string>()));
        Assert.Equal("talk-3", BankSlug.FirstFree("talk", new HashSet<string> { "talk", "talk-2", "talk-x" }));
    }
}
