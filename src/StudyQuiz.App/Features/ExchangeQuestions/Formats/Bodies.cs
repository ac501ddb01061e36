using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>Questions that say nothing yet but what they ask.</summary>
internal static class Bodies
{
    public static Question Choice(string stem, IReadOnlyList<Option> options, bool isMultiple) => isMultiple
        ? new MultipleChoice { Stem = stem, Explanation = "", Evidence = [], Difficulty = 1, Options = options }
        : new SingleChoice { Stem = stem, Explanation = "", Evidence = [], Difficulty = 1, Options = options };

    public static Question TrueFalse(string stem, bool answer) => new TrueFalse { Stem = stem, Explanation = "", Evidence = [], Difficulty = 1, Answer = answer };

    public static Question Cloze(string stem, IReadOnlyList<string> accepted, bool anyOrder = false) =>
        new Cloze { Stem = stem, Explanation = "", Evidence = [], Difficulty = 1, Accepted = accepted, AnyOrder = anyOrder };

    public static Question Ordering(string stem, IReadOnlyList<string> items) => new Ordering { Stem = stem, Explanation = "", Evidence = [], Difficulty = 1, Items = items };

    public static Question Matching(string stem, IReadOnlyList<MatchPair> pairs) => new Matching { Stem = stem, Explanation = "", Evidence = [], Difficulty = 1, Pairs = pairs };

    public static Question Flashcard(string front, string back) => new Flashcard { Stem = front, Explanation = "", Evidence = [], Difficulty = 1, Back = back };

    public static IReadOnlyList<Option> OptionsOf(Question question) => question switch
    {
        SingleChoice single => single.Options,
        MultipleChoice multiple => multiple.Options,
        _ => [],
    };

    /// <summary>The same question with each of its texts changed.</summary>
    public static Question Map(Question question, Func<string, string> change)
    {
        var mapped = question switch
        {
            SingleChoice single => single with { Options = Options(single.Options) },
            MultipleChoice multiple => multiple with { Options = Options(multiple.Options) },
            Cloze cloze => cloze with { Accepted = [.. cloze.Accepted.Select(change)] },
            Ordering ordering => ordering with { Items = [.. ordering.Items.Select(change)] },
            Matching matching => matching with { Pairs = [.. matching.Pairs.Select(pair => new MatchPair(change(pair.Left), change(pair.Right)))] },
            Flashcard card => card with { Back = change(card.Back) },
            _ => question,
        };
        return mapped with { Stem = change(question.Stem), Explanation = change(question.Explanation) };

        IReadOnlyList<Option> Options(IReadOnlyList<Option> options) =>
            [.. options.Select(option => option with { Text = change(option.Text), Why = option.Why is { } why && change(why) is { Length: > 0 } said ? said : null })];
    }
}
