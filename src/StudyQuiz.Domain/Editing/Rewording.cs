using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Editing;

/// <summary>What makes it likely that a changed question asks another thing.</summary>
public enum MeaningSign
{
    /// <summary>What counts as right is said otherwise.</summary>
    Key,

    /// <summary>A not was put in or taken out.</summary>
    Negation,

    /// <summary>A number is another.</summary>
    Number,

    /// <summary>There are more or fewer to choose from, to order or to match.</summary>
    Count,

    /// <summary>Most of the stem is new.</summary>
    Stem,

    /// <summary>An option, an item or a side is about something else.</summary>
    Option,

    /// <summary>Another picture is shown.</summary>
    Picture,
}

/// <summary>
/// Guesses whether an edit is a slip of the pen or gives a question another meaning: then memories of the old one say little about the new one. Only a guess: the editor is asked.
/// </summary>
public static partial class Rewording
{
    // Of a stem or an option that keeps its sense, at least this share of character pairs stays
    private const double LeastKept = 0.5;

    /// <summary>Why the meaning seems to be another; empty where only the wording seems to differ. The explanation and the evidence do not ask anything.</summary>
    public static IReadOnlyList<MeaningSign> SignsOf(Question before, Question after)
    {
        var (old, young) = (Asked(before), Asked(after));
        var signs = new List<MeaningSign>();
        if (OtherKey(before, after)) signs.Add(MeaningSign.Key);
        if (!Found(Negations(), old).SequenceEqual(Found(Negations(), young), StringComparer.Ordinal)) signs.Add(MeaningSign.Negation);
        if (!Found(Numbers(), old).SequenceEqual(Found(Numbers(), young), StringComparer.Ordinal)) signs.Add(MeaningSign.Number);
        if (Parts(before).Count != Parts(after).Count) signs.Add(MeaningSign.Count);
        if (Kept(before.Stem, after.Stem) < LeastKept) signs.Add(MeaningSign.Stem);
        // in another order they are the same ones
        if (Parts(before).Count == Parts(after).Count && Parts(after).Any(part => !Parts(before).Any(was => Kept(was, part) >= LeastKept))) signs.Add(MeaningSign.Option);
        if (before.Picture?.Hash != after.Picture?.Hash) signs.Add(MeaningSign.Picture);
        return signs;
    }

    // Which answer is right, and not how it is worded: that is looked at by itself
    private static bool OtherKey(Question before, Question after) => (before, after) switch
    {
        (TrueFalse a, TrueFalse b) => a.Answer != b.Answer,
        // further wordings are the same answer
        (Cloze a, Cloze b) => !TypedText.Same(a.Accepted[0], b.Accepted[0]),
        (Ordering a, Ordering b) => !a.Items.SequenceEqual(b.Items, StringComparer.Ordinal) && a.Items.ToHashSet(StringComparer.Ordinal).SetEquals(b.Items),
        _ when Options(before).Select(option => option.Text).ToHashSet(StringComparer.Ordinal).SetEquals(Options(after).Select(option => option.Text)) =>
            !Right(before).Select(option => option.Item.Text).ToHashSet(StringComparer.Ordinal).SetEquals(Right(after).Select(option => option.Item.Text)),
        _ => !Right(before).Select(option => option.Index).SequenceEqual(Right(after).Select(option => option.Index)),
    };

    private static string Asked(Question question) => string.Join('\n', Options(question).Select(option => option.Text).Prepend(question.Stem));

    private static IReadOnlyList<string> Parts(Question question) => question switch
    {
        Ordering ordering => ordering.Items,
        Matching matching => [.. matching.Pairs.SelectMany(pair => new[] { pair.Left, pair.Right })],
        Flashcard card => [card.Back],
        _ => [.. Options(question).Select(option => option.Text)],
    };

    private static IEnumerable<(int Index, Option Item)> Right(Question question) => Options(question).Index().Where(option => option.Item.Correct);

    private static IReadOnlyList<Option> Options(Question question) => question switch
    {
        SingleChoice single => single.Options,
        MultipleChoice multiple => multiple.Options,
        _ => [],
    };

    private static IEnumerable<string> Found(Regex what, string text) => what.Matches(text).Select(match => match.Value.ToUpperInvariant()).Order(StringComparer.Ordinal);

    private static double Kept(string before, string after)
    {
        var (old, young) = (Pairs(before), Pairs(after));
        return old.Count + young.Count == 0 ? 1 : 2.0 * old.Count(young.Contains) / (old.Count + young.Count);
    }

    // A text of one character is its own pair
    private static HashSet<string> Pairs(string text)
    {
        var plain = TypedText.Normalize(text);
        return plain.Length < 2 ? [plain] : [.. Enumerable.Range(0, plain.Length - 1).Select(i => plain.Substring(i, 2))];
    }

    [GeneratedRegex("[不未没無无非勿莫]|错误|除了|\\b(?:not|never|no|except|without|n't|incorrect|false)\\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Negations();

    [GeneratedRegex("[0-9０-９]+(?:[.．,，][0-9０-９]+)*|[〇零一二三四五六七八九十百千万亿两]{2,}|第[一二三四五六七八九十]", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Numbers();
}
