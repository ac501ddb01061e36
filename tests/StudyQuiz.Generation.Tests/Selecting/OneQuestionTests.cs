using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Items;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Selecting;
using StudyQuiz.Generation.Tests.Normalizing;

namespace StudyQuiz.Generation.Tests.Selecting;

/// <summary>What one question of a bank asks, no other asks in another form.</summary>
public sealed class OneQuestionTests
{
    private const string Raw = """
        养蜂合作社今年要办好三件事。

        第一，搬好蜂箱。合作社现有社员86户，蜂箱1240只，蜂箱入冬以前要搬到背风的山坡。每户派一个人轮流上山，夜里两人同行。

        第二，管好蜂蜜。去年全社一共卖出蜂蜜38吨，每斤卖价由25元提高到31元。瓶子要用开水煮过，煮过还要晾干，一个瓶子也不许混用。

        第三，带好徒弟。合作社今年招收徒弟24名，师傅每带出一名徒弟补贴600元。徒弟学满两年才能自己取蜜，出师的那天由全社作证。
        """;

    private static readonly Drafted _drafted = Draft(Raw, most: null);

    private static readonly BankFile _bank = Generator.Choose(_drafted, proposals: null).Bank;

    [Theory]
    [InlineData("1240")]
    [InlineData("38吨")]
    [InlineData("31元")]
    [InlineData("24名")]
    [InlineData("600元")]
    public void A_number_is_asked_once(string number)
    {
        // as a choice, as a blank, joined to what it counts, or in a statement whose own number it is
        var figure = Assert.Single(_drafted.Facts.OfType<TermFact>(), fact => _drafted.Text.At(fact.Answer) == number);
        var asking = Chosen(_bank, _drafted).Where(candidate => candidate.Fact == figure || candidate.Asks.Contains(figure.Answer)).ToList();
        Assert.True(asking.Count == 1, string.Join('\n', asking.Select(candidate => candidate.Question.Body.Stem)));
    }

    [Fact]
    public void The_order_of_points_is_asked_by_one_ordering_and_recalled_by_one_card()
    {
        string[] headings = ["搬好蜂箱", "管好蜂蜜", "带好徒弟"];
        var onOrder = _bank.Questions.Where(question => question.Body is Ordering or SingleChoice or TrueFalse && headings.Any((question.Body.Stem + string.Concat(ItemParts.Keys(question.Body))).Contains)
            && (question.Body is Ordering || question.Body.Stem.Contains("接着讲", StringComparison.Ordinal) || question.Body.Stem.Contains("首先讲", StringComparison.Ordinal) || question.Body.Stem.Contains("是第", StringComparison.Ordinal))).ToList();
        Assert.IsType<Ordering>(Assert.Single(onOrder).Body);
        Assert.Single(_bank.Questions, question => question.Body is Flashcard { Back: "搬好蜂箱；管好蜂蜜；带好徒弟" });
        // what is said under the first of them is another matter
        List<Candidate> cards = [.. _drafted.Candidates.Where(candidate => candidate.Question.Body is Flashcard && (candidate.Fact is SeriesFact || candidate.Question.Body.Stem.Contains("“搬好蜂箱”这一点讲了", StringComparison.Ordinal)))];
        Assert.Equal(2, cards.Count);
        Assert.Empty(Matters.Pairs(cards));
    }

    [Fact]
    public void Forms_are_spread_over_facts() =>
        Assert.True(Chosen(_bank, _drafted).Where(candidate => candidate.Fact is TermFact or FiguresFact).DistinctBy(candidate => candidate.Type).Count() >= 3);

    [Fact]
    public void Who_wants_more_than_there_are_facts_gets_further_forms_as_enemies()
    {
        var drafted = Draft(Raw, most: 60);
        var bank = Generator.Choose(drafted, proposals: null).Bank;
        Assert.True(bank.Questions.Count > _bank.Questions.Count);
        var enemies = bank.Questions.ToDictionary(question => question.Id, question => question.Enemies, StringComparer.Ordinal);
        var pairs = Matters.Pairs(Chosen(bank, drafted)).ToList();
        Assert.NotEmpty(pairs);
        Assert.All(pairs, pair => Assert.Contains(pair.Other, enemies[pair.One]));
    }

    [Fact]
    public void What_people_have_kept_is_not_asked_anew_in_another_form()
    {
        // another form of a number than the bank has by itself
        var other = _drafted.Candidates.First(candidate => candidate.Fact is TermFact && candidate.Question.Body is Cloze && _bank.Questions.All(question => question.Id != candidate.Question.Id));
        var drafted = _drafted with { Settings = _drafted.Settings with { Kept = new HashSet<string>([other.Question.Id]) } };
        var chosen = Chosen(Generator.Choose(drafted, proposals: null).Bank, drafted);
        Assert.Contains(other, chosen);
        Assert.DoesNotContain(chosen, candidate => candidate != other && (candidate.Fact == other.Fact || candidate.Asks.Contains(((TermFact)other.Fact).Answer)));
    }

    [Theory]
    [InlineData("reading-plan")]
    [InlineData("museum-talk")]
    [InlineData("county-figures")]
    [InlineData("repair-cafe")]
    public void No_bank_asks_a_thing_twice_but_the_number_of_a_point_that_nothing_else_asks_about(string name)
    {
        var drafted = Draft(SampleText.Raw(name), most: null);
        var chosen = Chosen(Generator.Choose(drafted, proposals: null).Bank, drafted).ToDictionary(candidate => candidate.Question.Id, StringComparer.Ordinal);
        Assert.All(Matters.Pairs([.. chosen.Values]), pair => Assert.True(
            // a bank without a single matching or multiple choice gets one of what is half new
            (Matters.IsOnPlace(chosen[pair.One]) && Matters.IsOnPlace(chosen[pair.Other]) && (chosen[pair.One].Question.Body is Matching or MultipleChoice || chosen[pair.Other].Question.Body is Matching or MultipleChoice))
            || chosen[pair.One].Question.Body is Flashcard != chosen[pair.Other].Question.Body is Flashcard || chosen[pair.One].Fact is PointFact || chosen[pair.Other].Fact is PointFact,
            $"{chosen[pair.One].Question.Body.Stem}\n{chosen[pair.Other].Question.Body.Stem}"));
    }

    [Fact]
    public void Of_figures_of_one_unit_each_is_joined_to_what_it_counts_and_some_are_judged_side_by_side()
    {
        var drafted = Draft("渔会去年修船用去钱款42万元。渔会去年补网用去钱款17万元。渔会去年买灯用去钱款8万元。渔会去年雇工用去钱款23万元。渔会管着湖里湖外的事务。", most: null).Candidates.Where(candidate => candidate.Fact is FiguresFact).Select(candidate => candidate.Question.Body).ToList();
        Assert.Equal([("渔会去年修船用去钱款", "42万元"), ("渔会去年补网用去钱款", "17万元"), ("渔会去年买灯用去钱款", "8万元"), ("渔会去年雇工用去钱款", "23万元")], Assert.Single(drafted.OfType<Matching>()).Pairs.Select(pair => (pair.Left, pair.Right)));
        var statements = Assert.Single(drafted.OfType<MultipleChoice>());
        Assert.Equal((2, 2), (statements.Options.Count(option => option.Correct), statements.Options.Count(option => !option.Correct)));
        // of three, with one of them wrong, two ticks are right too often
        Assert.Empty(Draft("渔会去年修船用去钱款42万元。渔会去年补网用去钱款17万元。渔会去年买灯用去钱款8万元。渔会管着湖里湖外的事务。", most: null).Candidates.Select(candidate => candidate.Question.Body).OfType<MultipleChoice>());
    }

    [Fact]
    public void In_which_order_a_report_has_its_parts_nobody_has_to_read() =>
        Assert.DoesNotContain(Draft("一、基本情况\n渔会有社员86户，大船小船一百多条。\n二、存在的问题\n码头太窄，夜里两条船错不开身。\n三、明年的打算\n先修码头，再添两盏大灯。", most: null).Candidates, candidate => candidate.Question.Body is Ordering || (candidate.Fact is SeriesFact && candidate.Question.Body is Flashcard));

    private static IReadOnlyList<Candidate> Chosen(BankFile bank, Drafted drafted)
    {
        var ids = bank.Questions.Select(question => question.Id).ToHashSet(StringComparer.Ordinal);
        return [.. drafted.Candidates.Where(candidate => ids.Contains(candidate.Question.Id))];
    }

    private static Drafted Draft(string raw, int? most) => Generator.Draft(Normalizer.Clean(raw), new GenerationSettings("sample", "sources/sample.txt", "00", 1) { Title = "样本", Publisher = "本社", MostQuestions = most });
}
