using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>
/// Tells where the headings of three or more end that are all equally long, as headings made to match are: where at one length a sentence
/// seems to begin in every point. Sentences without headings that are built alike go on alike; those behind headings begin differently.
/// </summary>
internal sealed partial class ParallelHeadings(IReadOnlyList<string> texts, IEnumerable<NumberedClause> points)
{
    private const int FewestPoints = 3;
    private const int Shortest = 4;
    private const int Longest = 16;
    private const int ShortestRest = 5;

    // A subject is known by its first two characters
    private const int Opener = 2;

    private readonly HashSet<string> _openers = Openers(texts, points);

    /// <summary>How long the headings are; null unless one length alone is certain for all.</summary>
    public int? Length(IReadOnlyList<NumberedClause> series)
    {
        var lengths = Lengths(series, series.Count).Take(2).ToList();
        return lengths.Count == 1 ? lengths[0] : null;
    }

    /// <summary>Points that may hold a heading: most points of their series show one of the same length, though not all do or more lengths than one would fit.</summary>
    public IEnumerable<NumberedClause> Suspects(IReadOnlyList<NumberedClause> series) =>
        Lengths(series, (series.Count / 2) + 1).SelectMany(length => series.Where(point => Beginning(point.Words, length) is not null)).Distinct();

    private IEnumerable<int> Lengths(IReadOnlyList<NumberedClause> series, int fewest)
    {
        if (series.Count < FewestPoints || ShareAnEdge(series.Select(point => point.Words))) yield break;
        for (var length = Shortest; length <= Longest; length++)
        {
            var shown = series.Select(point => (point.Words, Beginning: Beginning(point.Words, length))).Where(point => point.Beginning is not null).ToList();
            if (shown.Count < fewest || shown.Select(point => point.Beginning).Distinct(StringComparer.Ordinal).Count() < 2) continue;
            // 全县东部学校, 全县西部医院: what begins or ends alike is as likely the first half of longer names
            if (!ShareAnEdge(shown.Select(point => point.Words[..length]))) yield return length;
        }
    }

    private static bool ShareAnEdge(IEnumerable<string> words)
    {
        var all = words.ToList();
        return all.Exists(one => one.Length < Opener) || all.Select(one => one[..Opener]).Distinct(StringComparer.Ordinal).Count() == 1
            || all.Select(one => one[^Opener..]).Distinct(StringComparer.Ordinal).Count() == 1;
    }

    /// <summary>The words by which a sentence seems to begin behind a heading of a length; null where nothing shows that one does.</summary>
    private string? Beginning(string words, int length)
    {
        if (words.Length < length + ShortestRest) return null;
        var (heading, rest) = (words[..length], words[length..]);
        if (Punctuation.Unbalanced(heading).Count > 0 || HeadingEvidence.MayBeOfSentence(heading)) return null;
        if (OpeningPattern().Match(rest) is { Success: true } opening) return opening.Value;
        if (HeadingEvidence.MayGoOn(rest)) return null;
        if (CopulaPattern().Match(rest) is { Success: true } copula && IsSaidElsewhere(copula.Groups["what"].Value)) return copula.Value;
        return _openers.Contains(rest[..Opener]) && char.IsLetter(rest[0]) ? rest[..Opener] : null;
    }

    private bool IsSaidElsewhere(string what) => texts.Sum(text => Places(text, what).Take(2).Count()) > 1;

    private static IEnumerable<int> Places(string text, string words)
    {
        for (var at = text.IndexOf(words, StringComparison.Ordinal); at >= 0; at = text.IndexOf(words, at + 1, StringComparison.Ordinal)) yield return at;
    }

    // What clauses begin with, but for the clauses that are to be parted
    private static HashSet<string> Openers(IReadOnlyList<string> texts, IEnumerable<NumberedClause> points)
    {
        var numbered = points.SelectMany(point => new[] { (point.Paragraph, point.MarkerStart), (point.Paragraph, point.Start) }).ToHashSet();
        var openers = new HashSet<string>(StringComparer.Ordinal);
        for (var paragraph = 0; paragraph < texts.Count; paragraph++)
        {
            var text = texts[paragraph];
            for (var at = 0; at + Opener <= text.Length; at++)
                if ((at == 0 || Punctuation.Inner.Contains(text[at - 1])) && !numbered.Contains((paragraph, at)) && MarkerScanner.At(text, at) is null) openers.Add(text.Substring(at, Opener));
        }

        return openers;
    }

    // Words that begin sentences: a time, a reason, a demand, and we or all who are called upon to do something with something
    [GeneratedRegex(
        @"\A(?:有[些的]?人|有的|[各每][校地级村户班县市区乡镇](?:每|都|至少)|近年|近几年|今年|去年|当前|目前|长期以来|多年来|随着|为了|首先|由于|因为|因此|如果|通过|我们|我[国省市县区乡镇村校院]|[各每][^，的]{1,8}?(?:要|必须|应当|应该|务必)[把将]|(?:还|也|更|就)?(?:要(?![求点素闻件领塞道害职务案])|必须|应当|应该|务必|需要))",
        RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OpeningPattern();

    [GeneratedRegex(@"\A(?<what>[^，的是不]{2,4}?)是(?!否)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex CopulaPattern();
}
