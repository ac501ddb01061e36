namespace StudyQuiz.Domain.Questions;

/// <summary>How the key of a question changes when an editor finds that an answer should have counted.</summary>
public static class KeyAmendment
{
    /// <summary>The most wordings of a cloze, or other answers, that count: more would say that the question is at fault.</summary>
    public const int MostAnswers = 26;

    /// <summary>The question with an answer that counts beside those that do already.</summary>
    /// <returns>The question as it is where the answer counts in full already; null where no more can be taken.</returns>
    /// <exception cref="ArgumentException">The answer does not fit the question.</exception>
    public static Question? Admit(Question question, GivenAnswer answer)
    {
        if (Grading.Grade(question, answer).Outcome == Outcome.Right) return question;
        if (question is Cloze cloze && answer is Typed typed) return cloze.Accepted.Count < MostAnswers ? cloze with { Accepted = [.. cloze.Accepted, typed.Text.Trim()] } : null;
        IReadOnlyList<GivenAnswer> also = question.AlsoCounts ?? [];
        return also.Count < MostAnswers ? question with { AlsoCounts = [.. also, answer] } : null;
    }

    /// <summary>The question with an answer for its key, so that what was the key counts no more.</summary>
    /// <returns>Null where a question of that type can't be keyed by it: typed and ordered answers stand beside the key, and of a multiple choice some options are right and not all.</returns>
    /// <exception cref="ArgumentException">The answer does not fit the question.</exception>
    public static Question? Rekey(Question question, GivenAnswer answer)
    {
        if (!answer.Fits(question)) throw new ArgumentException("This answer cannot be given to this question.", nameof(answer));
        return (question, answer) switch
        {
            (SingleChoice single, Chosen chosen) => single with { Options = Keyed(single.Options, chosen), AlsoCounts = null },
            (MultipleChoice multiple, Chosen chosen) when chosen.Options.Count >= 2 && chosen.Options.Count < multiple.Options.Count =>
                multiple with { Options = Keyed(multiple.Options, chosen), AlsoCounts = null },
            (TrueFalse statement, Judged judged) => statement with { Answer = judged.Value, AlsoCounts = null },
            _ => null,
        };
    }

    /// <summary>A question with the key of another at whose places the same stands, and the reasons that belong to that key.</summary>
    /// <returns>Null where the two don't share places: where items or pairs are the key themselves, another key has others.</returns>
    public static Question? WithKeyOf(Question question, Question keyed)
    {
        if (!SamePositions(question, keyed)) return null;
        Question? amended = (question, keyed) switch
        {
            (SingleChoice single, SingleChoice other) => single with { Options = other.Options },
            (MultipleChoice multiple, MultipleChoice other) => multiple with { Options = other.Options },
            (TrueFalse statement, TrueFalse other) => statement with { Answer = other.Answer },
            (Cloze cloze, Cloze other) => cloze with { Accepted = other.Accepted, AnyOrder = other.AnyOrder },
            _ => null,
        };
        return amended is null ? null : amended with { Explanation = keyed.Explanation, AlsoCounts = keyed.AlsoCounts };
    }

    /// <summary>Whether an answer says the same to both: what its positions name stands at the same places.</summary>
    public static bool SamePositions(Question one, Question other) => (one, other) switch
    {
        (SingleChoice a, SingleChoice b) => Texts(a.Options).SequenceEqual(Texts(b.Options), StringComparer.Ordinal),
        (MultipleChoice a, MultipleChoice b) => Texts(a.Options).SequenceEqual(Texts(b.Options), StringComparer.Ordinal),
        (Ordering a, Ordering b) => a.Items.SequenceEqual(b.Items, StringComparer.Ordinal),
        (Matching a, Matching b) => a.Pairs.SequenceEqual(b.Pairs),
        (TrueFalse or Cloze, TrueFalse or Cloze) => one.GetType() == other.GetType(),
        _ => false,
    };

    private static IEnumerable<string> Texts(IReadOnlyList<Option> options) => options.Select(option => option.Text);

    // Reasons say why an option is right or wrong as it was: where that has turned they would teach the opposite
    private static IReadOnlyList<Option> Keyed(IReadOnlyList<Option> options, Chosen key) =>
        [.. options.Select((option, at) => option.Correct == key.Options.Contains(at) ? option : new Option(option.Text, !option.Correct))];
}
