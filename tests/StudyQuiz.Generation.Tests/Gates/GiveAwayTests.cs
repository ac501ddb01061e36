using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.Generation.Tests.Gates;

public sealed class GiveAwayTests
{
    private readonly BankFile _bank = GoodBank.Create();

    [Fact]
    public void All_pairs_of_the_bank_each_once()
    {
        var found = GiveAways.Find(_bank);

        Assert.Equal(4, found.Count);
        Assert.Superset(
            new HashSet<GiveAway> { new("dangers", "work", "修缮老书库", true), new("van", "van-cloze", "流动书车", true), new("van", "pairs", "每周3进山", true), new("pairs", "van-cloze", "流动书车", false) },
            found.ToHashSet());
    }

    [Fact]
    public void A_key_in_a_stem_on_a_neighbouring_sentence()
    {
        var shown = Stem("training", "退休教师和返乡青年怎样学？", answer: true);
        Assert.Contains(GiveAways.Find(shown), pair => pair is { Item: "training", Answers: "readers" });

        var far = shown.WithBody<TrueFalse>("training", item => item with { Evidence = [new("P02", "把新书送到学生手中")] });
        Assert.DoesNotContain(GiveAways.Find(far), pair => pair is { Item: "training", Answers: "readers" });
    }

    [Fact]
    public void A_heading_gives_away_from_anywhere()
    {
        var shown = Stem("more", "夜里也想着开设夜间阅览室。", answer: true).WithBody<SingleChoice>("keepers", single => single with { Options = [new("开设夜间阅览室", true), new("二", false)] });
        Assert.Contains(GiveAways.Find(shown), pair => pair is { Item: "more", Answers: "keepers", Key: "开设夜间阅览室" });
    }

    [Fact]
    public void A_false_statement_shows_nothing() =>
        Assert.DoesNotContain(GiveAways.Find(Stem("van", "流动书车每周三进山。", answer: false)), pair => pair.Item == "van");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_sentence_of_the_source_tells_whether_a_statement_on_it_is_right(bool answer)
    {
        var asked = Stem("training", "根据文中内容，把新书送到老师手中。", answer).WithBody<TrueFalse>("training", item => item with { Evidence = [new("P02", "把新书送到学生手中")] });
        Assert.Contains(GiveAways.Find(asked), pair => pair is { Item: "van-cloze", Answers: "training" });
        Assert.DoesNotContain(GiveAways.Find(Stem("training", "根据文中内容，新书都留在老师那里。", answer)), pair => pair is { Item: "van-cloze", Answers: "training" });
    }

    [Fact]
    public void A_pair_to_match_is_given_away_by_both_its_sides_only() =>
        Assert.DoesNotContain(GiveAways.Find(Stem("van", "这辆车每周三进山。", answer: true)), pair => pair is { Item: "van", Answers: "pairs" });

    [Fact]
    public void A_short_key_is_given_away_on_the_same_words_only()
    {
        var shown = Stem("training", "文中说要防潮。", answer: true).WithBody<TrueFalse>("training", item => item with { Evidence = [new("P04", "防潮防火")] });
        Assert.Contains(GiveAways.Find(shown), pair => pair is { Item: "training", Answers: "dangers", Key: "防潮" });
        Assert.DoesNotContain(GiveAways.Find(shown.WithBody<TrueFalse>("training", item => item with { Evidence = [new("P04", "开设夜间阅览室")] })), pair => pair.Item == "training");
    }

    [Theory]
    [InlineData("开设夜间阅览室", true)]
    [InlineData("夜间阅览室", false)]
    [InlineData("开设新的阅览室", false)]
    public void An_option_shows_a_key_with_the_words_around_it(string option, bool found)
    {
        var shown = _bank.WithBody<SingleChoice>("keepers", single => single with { Options = [new(option, false), new("村小教师", true)] });
        Assert.Equal(found, GiveAways.Find(shown).Any(pair => pair is { Item: "keepers", Answers: "night", Key: "夜间阅览室" }));
    }

    [Fact]
    public void A_short_key_is_given_away_by_any_stem_on_the_same_words()
    {
        var shown = _bank.WithBody<SingleChoice>("readers", single => single with { Stem = "补全原文：防潮防火，开设＿＿＿。", Evidence = [new("P04", "防潮防火")] });
        Assert.Contains(GiveAways.Find(shown), pair => pair is { Item: "readers", Answers: "dangers", Key: "防潮" });
    }

    [Fact]
    public void What_is_retired_gives_nothing_away() =>
        Assert.DoesNotContain(GiveAways.Find(_bank.With("van", item => item with { Status = QuestionStatus.Retired })), pair => pair.Item == "van");

    private BankFile Stem(string id, string stem, bool answer) => _bank.WithBody<TrueFalse>(id, item => item with { Stem = stem, Answer = answer });
}
