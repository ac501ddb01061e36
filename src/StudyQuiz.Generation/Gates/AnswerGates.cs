using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Gates;

/// <summary>Every question has a key, and exactly the one that its type needs.</summary>
public static class AnswerGates
{
    /// <summary>Single choice 1 right; multiple choice 2 or more right and 1 or more wrong; what is compared must be distinct.</summary>
    public static IEnumerable<Fault> RightAnswers(BankFile bank) =>
        bank.Questions.SelectMany(question => WhyNot(question.Body).Select(why => new Fault(question.Id, why)));

    /// <summary>A cloze holds the blank once, and with its answer put back it occurs exactly once in the text; it cuts no number in two.</summary>
    public static IEnumerable<Fault> ClozeInText(BankFile bank)
    {
        foreach (var question in bank.Questions)
        {
            if (question.Body is not Cloze { Accepted.Count: > 0 } cloze) continue;
            var blanks = TextPlaces.Of(Cloze.Blank, cloze.Stem).Count();
            if (blanks != 1)
            {
                yield return new Fault(question.Id, "blank-count", $"Its stem holds the blank {Cloze.Blank} {blanks} times: it must hold it once.");
                continue;
            }

            var whole = cloze.Stem.Replace(Cloze.Blank, cloze.Accepted[0], StringComparison.Ordinal);
            var places = bank.Paragraphs.SelectMany(paragraph => TextPlaces.Of(whole, paragraph.Text)).Count();
            if (places != 1)
                yield return new Fault(question.Id, "cloze-not-in-text", $"With its first answer put back the stem occurs {places} times in the text: it must be one sentence of the source, word for word.");
            if (CutsNumber(cloze.Stem, cloze.Accepted[0]))
                yield return new Fault(question.Id, "number-cut", $"Its answer “{cloze.Accepted[0]}” is cut out of a longer number: blank the whole number.");
        }
    }

    /// <summary>Whether the blank of a stem begins or ends in the middle of a number once an answer is put back.</summary>
    internal static bool CutsNumber(string stem, string answer)
    {
        var blank = stem.IndexOf(Cloze.Blank, StringComparison.Ordinal);
        return blank >= 0 && WrittenNumbers.IsCut(stem.Replace(Cloze.Blank, answer, StringComparison.Ordinal), blank, blank + answer.Length);
    }

    private static IEnumerable<(string Code, GateWords Words)> WhyNot(Question body) => body switch
    {
        SingleChoice single => Choice(single.Options, right => right == 1, "one-right", "exactly 1 right option"),
        MultipleChoice multiple => Choice(multiple.Options, right => right >= 2, "some-right", "at least 2 right options"),
        Cloze cloze when cloze.Accepted.Count == 0 => [("no-accepted", $"It accepts no answer: give the words of the source.")],
        Cloze cloze => Distinct(cloze.Accepted, "twice-accepted").Concat(Blank(cloze.Accepted)),
        Ordering ordering when ordering.Items.Count < 3 => [("few-items", $"It has {ordering.Items.Count} items to put in order: it needs at least 3.")],
        Ordering ordering => Distinct(ordering.Items, "twice-item"),
        Matching matching when matching.Pairs.Count < 2 => [("few-pairs", $"It has {matching.Pairs.Count} pairs: it needs at least 2.")],
        Matching matching => Distinct(matching.Pairs.Select(pair => pair.Left), "twice-left").Concat(Distinct(matching.Pairs.Select(pair => pair.Right), "twice-right")),
        Flashcard card when string.IsNullOrWhiteSpace(card.Back) => [("empty-back", $"Its back is empty: give the answer.")],
        _ => [],
    };

    // An answer that comes to nothing once normalized would accept an empty one
    private static IEnumerable<(string Code, GateWords Words)> Blank(IEnumerable<string> accepted) =>
        accepted.Where(answer => !ItemParts.Compared(answer).Any(char.IsLetterOrDigit)).Select(answer => ("wordless-answer", (GateWords)$"Its answer “{answer}” has no letter or digit: give words."));

    private static IEnumerable<(string Code, GateWords Words)> Choice(IReadOnlyList<Option> options, Func<int, bool> isEnough, string code, string needed)
    {
        var right = options.Count(option => option.Correct);
        if (!isEnough(right)) yield return (code, $"{right} of its options are marked correct: it needs {needed}.");
        if (right == options.Count) yield return ("no-wrong", $"It has no wrong option: it needs at least 1.");
        foreach (var twice in Distinct(options.Select(option => option.Text), "twice-option")) yield return twice;
    }

    // As a typed answer is compared: options that differ by a full stop only are one option to a reader
    private static IEnumerable<(string Code, GateWords Words)> Distinct(IEnumerable<string> texts, string code) =>
        texts.GroupBy(ItemParts.Compared, StringComparer.Ordinal).Where(same => same.Count() > 1)
            .Select(same => (code, (GateWords)$"Two of its {Said(code)} say the same, “{same.First()}”: change or drop one."));

    private static string Said(string code) => code switch
    {
        "twice-accepted" => "accepted answers",
        "twice-item" => "items",
        "twice-left" => "left sides",
        "twice-right" => "right sides",
        _ => "options",
    };
}
