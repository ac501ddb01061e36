using System.Text.RegularExpressions;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Generation.Gates;

/// <summary>What an item is made of, whatever its type.</summary>
internal static partial class ItemParts
{
    private static readonly char[] _joints = ['；', ';', '\n'];

    /// <summary>The options of a choice question; none for the other types.</summary>
    public static IReadOnlyList<Option> Options(Question body) => body switch
    {
        SingleChoice single => single.Options,
        MultipleChoice multiple => multiple.Options,
        _ => [],
    };

    /// <summary>
    /// The words that answer an item: right options, the first answer of a cloze, what is to be ordered, both sides of what is to be
    /// matched, the parts of a flashcard's back. A statement has none.
    /// </summary>
    public static IEnumerable<string> Keys(Question body) => body switch
    {
        Cloze cloze => cloze.Accepted.Take(1),
        Ordering ordering => ordering.Items,
        Matching matching => matching.Pairs.SelectMany(pair => new[] { pair.Left, pair.Right }),
        Flashcard card => Parts(card.Back),
        _ => Options(body).Where(option => option.Correct).Select(option => option.Text),
    };

    /// <summary>The parts of a text that several quotes make up, joined by ； or on lines of their own; without final full stops.</summary>
    public static IEnumerable<string> Parts(string text) =>
        text.Split(_joints, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(part => part.TrimEnd('。'));

    /// <summary>What a statement states: without “according to the text” before it and the full stop after it.</summary>
    public static string Told(TrueFalse statement)
    {
        var stem = statement.Stem;
        if (LedBy().Match(stem) is { Success: true } led) return stem[led.Length..].TrimEnd('。');
        var comma = stem.IndexOf('，', StringComparison.Ordinal);
        var isLed = comma > 0 && (stem.StartsWith("根据", StringComparison.Ordinal) || stem.StartsWith('按') || stem.StartsWith("文中", StringComparison.Ordinal));
        return stem[(isLed ? comma + 1 : 0)..].TrimEnd('。');
    }

    /// <summary>A text as it is compared: <see cref="TypedText.Normalize"/>, but for text that can't be stored, which another gate refuses.</summary>
    public static string Compared(string text) => StorableText.Is(text) ? TypedText.Normalize(text) : text;

    // the generator's own wording
    [GeneratedRegex("^(关于(“[^”]*”|「[^」]*」)，)?文中(（“我”是讲话人自称）)?这样写到：", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex LedBy();
}
