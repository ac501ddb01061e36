using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Sources;

/// <summary>Where a quote stands in another version of its text.</summary>
/// <param name="Evidence">As that version has it.</param>
/// <param name="IsExact">Word for word.</param>
public sealed record Anchor(Evidence Evidence, bool IsExact);

/// <summary>
/// Finds the quotes of a text in a newer version of it: word for word, by what stands around them where there are several; else nearly, where one
/// place alone will do and no number has changed. What is not sure is not found: a person looks at it.
/// </summary>
/// <param name="before">The paragraphs that quotes are taken from, by label.</param>
/// <param name="after">The newer ones, in order.</param>
public sealed class Reanchoring(IReadOnlyDictionary<string, string> before, IReadOnlyList<(string Label, string Text)> after)
{
    // How much around a quote tells two places apart
    private const int Around = 24;

    // Shorter words are like others by chance
    private const int ShortestNear = 8;

    // One character of so many may differ
    private const int NearOf = 5;

    private readonly Dictionary<Evidence, Anchor?> _known = [];

    /// <summary>Null where it is not found.</summary>
    public Anchor? Of(Evidence evidence) => _known.TryGetValue(evidence, out var known) ? known : _known[evidence] = Exact(evidence) ?? Near(evidence);

    /// <summary>All evidence of a question; null where one of its quotes is not found, or where what was found nearly no longer holds the answer that it held.</summary>
    public (IReadOnlyList<Evidence> Evidence, bool IsExact)? Of(Question question)
    {
        var anchors = question.Evidence.Select(Of).ToList();
        if (anchors.Any(anchor => anchor is null)) return null;
        var isExact = anchors.All(anchor => anchor!.IsExact);
        if (!isExact)
        {
            var (was, now) = (string.Join('\n', question.Evidence.Select(one => one.Quote)), string.Join('\n', anchors.Select(anchor => anchor!.Evidence.Quote)));
            if (KeyOf(question).Any(words => was.Contains(words, StringComparison.Ordinal) && !now.Contains(words, StringComparison.Ordinal))) return null;
        }

        return ([.. anchors.Select(anchor => anchor!.Evidence)], isExact);
    }

    private Anchor? Exact(Evidence evidence)
    {
        var places = after.SelectMany((paragraph, i) => PlacesOf(evidence.Quote, paragraph.Text).Select(at => (Paragraph: i, At: at))).ToList();
        if (places.Count == 0) return null;
        if (places.Count > 1)
        {
            if (ContextOf(evidence) is not var (left, right)) return null;
            var ranked = places.Select(place => (Place: place, Shared: Shared(place, evidence.Quote.Length, left, right))).OrderByDescending(one => one.Shared).ToList();
            if (ranked[0].Shared == ranked[1].Shared) return null;
            places = [ranked[0].Place];
        }

        var (label, text) = after[places[0].Paragraph];
        return new Anchor(new Evidence(label, evidence.Quote, PlacesOf(evidence.Quote, text).Skip(1).Any() ? places[0].At : null), IsExact: true);
    }

    private Anchor? Near(Evidence evidence)
    {
        var quote = evidence.Quote;
        if (quote.Length < ShortestNear) return null;
        var pairs = PairsOf(quote);
        // A passage that near has most of the quote's pairs of characters: each that differs takes two
        var candidates = after.Where(paragraph => PairsOf(paragraph.Text) is var there && pairs.Count(there.Contains) * 2 >= pairs.Count)
            .Select(paragraph => (paragraph.Label, paragraph.Text, Passage: NearestPassage.Of(quote, paragraph.Text, quote.Length / NearOf)))
            .Where(one => one.Passage is not null).OrderBy(one => one.Passage!.Value.Distance).ToList();
        if (candidates.Count == 0) return null;
        var (label, text, found) = candidates[0];
        var passage = found!.Value;
        // Another place hardly farther off, here or elsewhere: which of them it was nobody knows
        var least = passage.Distance + Math.Max(1, quote.Length / NearOf / 2);
        var isAlone = candidates.Skip(1).All(other => other.Passage!.Value.Distance > least)
            && NearestPassage.Of(quote, text.AsSpan(passage.End), least) is null && NearestPassage.Of(quote, text.AsSpan(0, passage.Start), least) is null;
        var words = text[passage.Start..passage.End];
        if (!isAlone || !NumbersOf(quote).SequenceEqual(NumbersOf(words))) return null;
        return new Anchor(new Evidence(label, words, PlacesOf(words, text).Skip(1).Any() ? passage.Start : null), IsExact: false);
    }

    private (string Left, string Right)? ContextOf(Evidence evidence)
    {
        if (!before.TryGetValue(evidence.Paragraph, out var text)) return null;
        var at = evidence.At ?? text.IndexOf(evidence.Quote, StringComparison.Ordinal);
        if (at < 0 || at + evidence.Quote.Length > text.Length) return null;
        var end = at + evidence.Quote.Length;
        return (text[Math.Max(0, at - Around)..at], text[end..Math.Min(text.Length, end + Around)]);
    }

    // How many characters before and behind are the same
    private int Shared((int Paragraph, int At) place, int length, string left, string right)
    {
        var text = after[place.Paragraph].Text;
        var (before, behind) = (0, 0);
        while (before < left.Length && place.At - before > 0 && text[place.At - before - 1] == left[^(before + 1)]) before++;
        for (var end = place.At + length; behind < right.Length && end + behind < text.Length && text[end + behind] == right[behind];) behind++;
        return before + behind;
    }

    private static IEnumerable<int> PlacesOf(string words, string text)
    {
        for (var at = text.IndexOf(words, StringComparison.Ordinal); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.Ordinal)) yield return at;
    }

    private static HashSet<(char, char)> PairsOf(string text) => [.. text.Zip(text.Skip(1))];

    private static IEnumerable<char> NumbersOf(string text) => text.Where(letter => char.IsDigit(letter) || "〇零一二三四五六七八九十百千万亿两".Contains(letter, StringComparison.Ordinal));

    private static IEnumerable<string> KeyOf(Question question) => question switch
    {
        SingleChoice single => single.Options.Where(option => option.Correct).Select(option => option.Text),
        MultipleChoice multiple => multiple.Options.Where(option => option.Correct).Select(option => option.Text),
        Cloze cloze => cloze.Accepted.Take(1),
        Ordering ordering => ordering.Items,
        Matching matching => matching.Pairs.SelectMany(pair => new[] { pair.Left, pair.Right }),
        _ => [],
    };
}
