using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Questions;

public sealed class GradingTests
{
    [Fact]
    public void The_key_of_every_type_is_right_and_fits()
    {
        foreach (var question in Sample.Graded)
        {
            var key = Grading.Key(question)!;
            Assert.True(key.Fits(question));
            Assert.Equal(Verdict.Right, Grading.Grade(question, key));
        }
    }

    [Fact]
    public void No_answer_is_unanswered()
    {
        foreach (var question in Sample.Graded) Assert.Equal(Verdict.Unanswered, Grading.Grade(question, null));
    }

    [Theory]
    [InlineData(new[] { 0, 2, 3 }, 1.0, Outcome.Right)]
    [InlineData(new[] { 0, 2 }, 0.5, Outcome.Partial)]
    [InlineData(new[] { 3 }, 0.5, Outcome.Partial)]
    [InlineData(new[] { 0, 2, 3, 1 }, 0.0, Outcome.Wrong)]
    [InlineData(new[] { 0, 1 }, 0.0, Outcome.Wrong)]
    [InlineData(new[] { 4 }, 0.0, Outcome.Wrong)]
    public void Several_choices_count_by_half_unless_one_is_wrong(int[] options, double credit, Outcome outcome) =>
        Assert.Equal(new Verdict((decimal)credit, outcome), Grading.Grade(Sample.Multiple, new Chosen(options)) with { Credit = (decimal)credit });

    [Theory]
    [InlineData("六稳")]
    [InlineData("“六稳”")]
    [InlineData(" 六 稳。")]
    [InlineData("6稳")]
    [InlineData("６稳")]
    [InlineData("六稳工作")]
    public void A_cloze_takes_what_reads_the_same(string typed) => Assert.Equal(Verdict.Right, Grading.Grade(Sample.Cloze, new Typed(typed)));

    [Fact]
    public void The_parts_of_a_list_count_in_any_order_only_where_the_question_says_so()
    {
        var list = Sample.Cloze with { Accepted = ["上海、江苏和浙江"] };
        var typed = new Typed("浙江，江蘇、上海");
        Assert.Equal(Verdict.Wrong, Grading.Grade(list, typed));
        Assert.Equal(Verdict.Right, Grading.Grade(list with { AnyOrder = true }, typed));
        Assert.Equal(TypedMatch.Order, Grading.Match(list with { AnyOrder = true }, typed.Text));
        Assert.Equal(TypedMatch.Script, Grading.Match(list with { AnyOrder = true }, "上海、江蘇和浙江"));
    }

    [Theory]
    [InlineData("六保")]
    [InlineData("稳")]
    [InlineData("六，稳")]
    public void A_cloze_refuses_other_words(string typed) => Assert.Equal(Verdict.Wrong, Grading.Grade(Sample.Cloze, new Typed(typed)));

    [Fact]
    public void A_matching_with_an_open_row_is_wrong() =>
        Assert.Equal(Verdict.Wrong, Grading.Grade(Sample.Matching, new Paired([0, 1, Paired.None])));

    [Fact]
    public void Of_a_flashcard_the_learners_word_counts_and_nothing_before_it()
    {
        Assert.Equal(Verdict.Unanswered, Grading.Grade(_card, new Recalled("")));
        Assert.Equal(Verdict.Right, Grading.Grade(_card, new SelfRated("甲", [0], true)));
        Assert.Equal(Verdict.Wrong, Grading.Grade(_card, new SelfRated("", [0, 1], false)));
    }

    private static readonly Flashcard _card = new() { Stem = "？", Back = "甲、乙", Explanation = "", Evidence = [], Difficulty = 1 };

    public static TheoryData<Question, GivenAnswer> Unfit { get; } = new()
    {
        { _card, new SelfRated("", [2], true) },
        { _card, new SelfRated("", [1, 1], true) },
        { _card, new Recalled(new string('长', GivenAnswer.LongestRecalled + 1)) },
        { _card, new Recalled("a\0b") },
        { _card, new Typed("甲") },
        { Sample.Cloze, new Recalled("甲") },
        { Sample.Single, new Chosen([]) },
        { Sample.Single, new Chosen([0, 1]) },
        { Sample.Single, new Chosen([4]) },
        { Sample.Single, new Chosen([-1]) },
        { Sample.Single, new Judged(true) },
        { Sample.Multiple, new Chosen([1, 1]) },
        { Sample.Multiple, new Chosen([]) },
        { Sample.Cloze, new Typed("") },
        { Sample.Cloze, new Typed(new string('长', GivenAnswer.LongestTyped + 1)) },
        { Sample.Cloze, new Typed("a\0b") },
        { Sample.Cloze, new Typed("\ud800") },
        { Sample.Ordering, new Ordered([0, 1, 2]) },
        { Sample.Ordering, new Ordered([0, 1, 2, 2]) },
        { Sample.Matching, new Paired([0, 0, Paired.None]) },
        { Sample.Matching, new Paired([0, 1, 3]) },
    };

    [Theory]
    [MemberData(nameof(Unfit), DisableDiscoveryEnumeration = true)]
    public void An_answer_that_cannot_be_given_does_not_fit_and_is_not_graded(Question question, GivenAnswer answer)
    {
        Assert.False(answer.Fits(question));
        Assert.Throws<ArgumentException>(() => Grading.Grade(question, answer));
    }
}
