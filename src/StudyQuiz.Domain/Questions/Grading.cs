namespace StudyQuiz.Domain.Questions;

/// <summary>Grades an answer against a question's key.</summary>
public static class Grading
{
    /// <summary>The verdict on an answer in the author's positions; null is unanswered.</summary>
    /// <remarks>
    /// 多选: all right options and no other gives 1; some of the right and none of the wrong 0.5; any wrong 0.
    /// Every other type is all or nothing; of a flashcard the learner's own word counts, and until it is given nothing is answered. What editors
    /// accepted beside the key counts in full.
    /// </remarks>
    /// <exception cref="ArgumentException">The answer does not fit the question; callers refuse such an answer before it is stored.</exception>
    public static Verdict Grade(Question question, GivenAnswer? answer)
    {
        if (answer is null) return Verdict.Unanswered;
        if (!answer.Fits(question)) throw new ArgumentException("This answer cannot be given to this question.", nameof(answer));

        if (AlsoCounts(question, answer)) return Verdict.Right;
        return (question, answer) switch
        {
            (SingleChoice single, Chosen chosen) => RightIf(single.Options[chosen.Options[0]].Correct),
            (MultipleChoice multiple, Chosen chosen) => Several(multiple, chosen),
            (TrueFalse statement, Judged judged) => RightIf(statement.Answer == judged.Value),
            (Cloze cloze, Typed typed) => RightIf(Match(cloze, typed.Text) != TypedMatch.None),
            (Ordering, Ordered ordered) => RightIf(ordered.Items.Select((item, i) => item == i).All(inPlace => inPlace)),
            (Matching, Paired paired) => RightIf(paired.Rights.Select((right, left) => right == left).All(joined => joined)),
            (Flashcard, SelfRated rated) => RightIf(rated.Knew),
            (Flashcard, Recalled) => Verdict.Unanswered,
            _ => throw new ArgumentException("A question of this type is not graded by the server.", nameof(question)),
        };
    }

    /// <summary>
    /// What had to be overlooked to take a typed answer: the least over all wordings that count; <see cref="TypedMatch.None"/> where it is
    /// refused.
    /// </summary>
    public static TypedMatch Match(Cloze cloze, string typed)
    {
        var least = cloze.Accepted.Select(accepted => TypedText.Compare(accepted, typed)).Where(match => match != TypedMatch.None).DefaultIfEmpty(TypedMatch.None).Min();
        return least == TypedMatch.None && cloze.AnyOrder && cloze.Accepted.Any(accepted => TypedText.SameParts(accepted, typed)) ? TypedMatch.Order : least;
    }

    /// <summary>Whether an answer is one of those that editors accepted beside the key.</summary>
    public static bool AlsoCounts(Question question, GivenAnswer answer) => question.AlsoCounts is { } also && also.Any(one => one.Form == answer.Form);

    /// <summary>The answer that earns full credit, in the author's positions; null for a flashcard.</summary>
    public static GivenAnswer? Key(Question question) => question switch
    {
        SingleChoice single => new Chosen(Correct(single.Options)),
        MultipleChoice multiple => new Chosen(Correct(multiple.Options)),
        TrueFalse statement => new Judged(statement.Answer),
        Cloze cloze => new Typed(cloze.Accepted[0]),
        Ordering ordering => new Ordered([.. Enumerable.Range(0, ordering.Items.Count)]),
        Matching matching => new Paired([.. Enumerable.Range(0, matching.Pairs.Count)]),
        _ => null,
    };

    private static Verdict RightIf(bool right) => right ? Verdict.Right : Verdict.Wrong;

    private static Verdict Several(MultipleChoice multiple, Chosen chosen)
    {
        if (chosen.Options.Any(option => !multiple.Options[option].Correct)) return Verdict.Wrong;
        return chosen.Options.Count == multiple.Options.Count(option => option.Correct) ? Verdict.Right : Verdict.Partial;
    }

    private static IReadOnlyList<int> Correct(IReadOnlyList<Option> options) =>
        [.. options.Select((option, i) => (option, i)).Where(o => o.option.Correct).Select(o => o.i)];
}
