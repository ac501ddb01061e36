using CsCheck;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Tests.Questions;

public sealed class KeyAmendmentTests
{
    // Answers of every kind to the samples, whatever they are worth
    private static readonly Gen<(Question Question, GivenAnswer Answer)> _answers = Gen.OneOf(
        Gen.Int[0, 3].Select(at => ((Question)Sample.Single, (GivenAnswer)new Chosen([at]))),
        Gen.Int[1, 31].Select(bits => ((Question)Sample.Multiple, (GivenAnswer)new Chosen([.. Enumerable.Range(0, 5).Where(at => (bits >> at & 1) == 1)]))),
        Gen.Bool.Select(side => ((Question)Sample.Statement, (GivenAnswer)new Judged(side))),
        Gen.OneOf(Gen.Const("六稳"), Gen.Const("六保"), Gen.Const("六穩"), Gen.Const("稳住基本盘"), Gen.Const(" 保 ")).Select(text => ((Question)Sample.Cloze, (GivenAnswer)new Typed(text))),
        Gen.Shuffle(new[] { 0, 1, 2, 3 }).Select(order => ((Question)Sample.Ordering, (GivenAnswer)new Ordered(order))),
        Gen.Shuffle(new[] { 0, 1, 2 }).Select(rights => ((Question)Sample.Matching, (GivenAnswer)new Paired(rights))));

    [Fact]
    public void What_is_admitted_counts_and_takes_nothing_from_anybody() => Gen.Select(_answers, _answers).Sample((one, other) =>
    {
        var admitted = KeyAmendment.Admit(one.Question, one.Answer)!;
        Assert.Equal(Verdict.Right, Grading.Grade(admitted, one.Answer));
        Assert.Equal(Verdict.Right, Grading.Grade(admitted, Grading.Key(one.Question)));
        // Admitting it again changes nothing, and what others answered is worth no less
        Assert.Same(admitted, KeyAmendment.Admit(admitted, one.Answer));
        if (other.Question == one.Question) Assert.True(Grading.Grade(admitted, other.Answer).Credit >= Grading.Grade(one.Question, other.Answer).Credit);
    });

    [Fact]
    public void What_a_question_is_keyed_by_is_its_key_and_nothing_else_is() => Gen.Select(_answers, _answers).Sample((one, other) =>
    {
        if (KeyAmendment.Rekey(KeyAmendment.Admit(one.Question, one.Answer)!, one.Answer) is not { } keyed) return;
        Assert.Equal(one.Answer.Form, Grading.Key(keyed)!.Form);
        if (other.Question == one.Question && other.Answer.Form != one.Answer.Form) Assert.NotEqual(Verdict.Right, Grading.Grade(keyed, other.Answer));
    });

    [Fact]
    public void A_multiple_choice_is_not_keyed_by_one_option_or_all_and_typed_and_ordered_answers_stand_beside_the_key()
    {
        Assert.Null(KeyAmendment.Rekey(Sample.Multiple, new Chosen([1])));
        Assert.Null(KeyAmendment.Rekey(Sample.Multiple, new Chosen([0, 1, 2, 3, 4])));
        Assert.Null(KeyAmendment.Rekey(Sample.Cloze, new Typed("六保")));
        Assert.Null(KeyAmendment.Rekey(Sample.Ordering, new Ordered([1, 0, 2, 3])));
        Assert.Throws<ArgumentException>(() => KeyAmendment.Rekey(Sample.Statement, new Typed("对")));
    }

    [Fact]
    public void A_reason_that_said_the_opposite_goes_with_the_old_key()
    {
        var question = Sample.Single with { Options = [new("甲", false, "因为错"), new("乙", true, "因为对"), new("丙", false, "也错")] };
        var keyed = (SingleChoice)KeyAmendment.Rekey(question, new Chosen([0]))!;
        Assert.Equal([new("甲", true), new("乙", false), new("丙", false, "也错")], keyed.Options);
    }

    [Fact]
    public void No_more_is_admitted_than_a_question_can_mean()
    {
        var full = Sample.Cloze with { Accepted = [.. Enumerable.Range(0, KeyAmendment.MostAnswers).Select(i => $"词{i}")] };
        Assert.Null(KeyAmendment.Admit(full, new Typed("又一个")));
    }

    [Fact]
    public void Answers_that_say_the_same_have_one_form()
    {
        Assert.Equal(new Chosen([2, 0]).Form, new Chosen([0, 2]).Form);
        Assert.Equal(new Typed("“６ 稳。”").Form, new Typed("六稳").Form);
        Assert.NotEqual(new Ordered([1, 0]).Form, new Ordered([0, 1]).Form);
        Assert.NotEqual(new Judged(true).Form, new Judged(false).Form);
    }

    [Fact]
    public void Places_are_the_same_only_where_the_same_stands_at_them()
    {
        foreach (var question in Sample.Graded) Assert.True(KeyAmendment.SamePositions(question, question with { Stem = "别的写法" }));
        Assert.False(KeyAmendment.SamePositions(Sample.Single, Sample.Single with { Options = [.. Sample.Single.Options.Reverse()] }));
        Assert.False(KeyAmendment.SamePositions(Sample.Ordering, Sample.Ordering with { Items = ["一", "二", "四", "三"] }));
        Assert.False(KeyAmendment.SamePositions(Sample.Statement, Sample.Cloze));
    }
}
