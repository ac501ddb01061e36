using System.Text.RegularExpressions;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>
/// Puts numbers together that can be asked in one question: those that count the same, to be joined to what they count, and those that are told under one point,
/// to be judged side by side.
/// </summary>
internal static partial class Figures
{
    private const int Fewest = 3;
    private const int Most = 4;

    // What counts something is a few words before its number: 全年登记差错|23件
    private const int ShortestCounted = 4;
    private const int LongestCounted = 30;

    // 1100万|台
    private const int LongestRest = 3;

    private const int ShortestTold = 9;
    private const int LongestTold = 44;

    // Options of a question are of like length
    private const double MostTimes = 1.8;

    private const double MostAlike = 0.5;

    // A long text has thousands of figures outside all points
    private const int MostLookedAt = 60;

    public static IEnumerable<Fact> Of(SourceText text, IReadOnlyList<Fact> facts)
    {
        var numbers = facts.OfType<TermFact>().Where(term => term.Role == TermRole.Number && !(text.IsChinese && text.At(term.Clause).Contains('。')) && text.SpeakerOf(term.Clause) is null && !text.Voices.OthersIn(term.Clause).Any()).ToList();
        foreach (var unit in numbers.Where(term => Counted(text, term) is not null).GroupBy(term => (Unit: Unit(text, term), term.Clause.Paragraph)).Where(unit => unit.Key.Unit.Length > 0))
            if (Apart(unit, (one, other) => AreApart(text, one, other)) is { Count: >= Fewest } joined)
                yield return new FiguresFact(joined[0].KeyPoint, joined[0].Quote, joined, Heading: null, AreOfOneUnit: true);
        var left = numbers.Where(term => !term.IsNegative && term.Clause.Length >= ShortestTold * text.Scale && term.Clause.Length <= LongestTold * text.Scale).ToList();
        // first under the innermost points that have enough of them, then under those around, then nearby
        foreach (var (heading, within) in Points(text))
            if (Side(text, left.Where(term => within.TryGetValue(term.Clause.Paragraph, out var body) && body.Exists(term.Clause.Overlaps))) is { Count: >= Fewest } told)
            {
                yield return new FiguresFact(told[0].KeyPoint, told[0].Quote, told, heading, AreOfOneUnit: false);
                left.RemoveAll(term => told.Exists(other => other.Clause.Overlaps(term.Clause)));
            }

        while (Side(text, left) is { Count: >= Fewest } near)
        {
            yield return new FiguresFact(near[0].KeyPoint, near[0].Quote, near, Heading: null, AreOfOneUnit: false);
            left.RemoveAll(term => near.Exists(other => other.Clause.Overlaps(term.Clause)));
        }
    }

    private static IEnumerable<(Place Heading, Dictionary<int, List<Place>> Within)> Points(SourceText text) =>
        text.Structure.AllSeries().SelectMany(series => series.Points).Select(point => (point.Heading, point.Body.GroupBy(words => words.Paragraph).ToDictionary(words => words.Key, words => words.ToList()))).Reverse();

    // sentences of like length, nearest to the middle one, in the order of the text
    private static List<TermFact> Side(SourceText text, IEnumerable<TermFact> terms)
    {
        var all = terms.Take(MostLookedAt).ToList();
        if (all.Count < Fewest) return [];
        var middle = all.Select(term => term.Clause.Length).Order().ElementAt(all.Count / 2);
        return [.. Apart(all.OrderBy(term => Math.Abs(term.Clause.Length - middle)), (one, other) => !one.Clause.Overlaps(other.Clause) && Fits(one.Clause, other.Clause) && Bigrams.Jaccard(text.At(one.Clause), text.At(other.Clause)) <= MostAlike)
            .OrderBy(term => term.Clause.Paragraph).ThenBy(term => term.Clause.Start)];
    }

    /// <summary>From a number to the end of its clause: with all that is counted.</summary>
    public static Place WithUnit(TermFact term) => term.Answer with { End = term.Clause.End };

    /// <summary>What a number counts, as its clause says it before the number; null where it does not say it alone.</summary>
    public static Place? Counted(SourceText text, TermFact term)
    {
        if (term.Clause.End - term.Answer.End > LongestRest * text.Scale) return null;
        var whole = term.Clause with { End = term.Answer.Start };
        var clause = whole with { Start = whole.Start + text.At(whole).LastIndexOfAny(['，', '；', ',']) + 1 };
        // a number among the words would be asked by another question, or be that of a pair
        foreach (var counted in new[] { whole, clause })
            if (counted.Length >= ShortestCounted * text.Scale && counted.Length <= LongestCounted * text.Scale && !DigitPattern().IsMatch(text.At(counted)) && !SentenceFacts.DependsOnFormer().IsMatch(text.At(counted)) && !LacksSubject().IsMatch(text.At(counted)) && !OnlyFew().IsMatch(text.At(counted))) return counted;
        return null;
    }

    // as many as can stand beside each other, in their order
    private static List<TermFact> Apart(IEnumerable<TermFact> terms, Func<TermFact, TermFact, bool> areApart)
    {
        var chosen = new List<TermFact>();
        foreach (var term in terms)
            if (chosen.TrueForAll(other => areApart(other, term)))
            {
                chosen.Add(term);
                if (chosen.Count == Most) break;
            }

        return chosen;
    }

    private static bool AreApart(SourceText text, TermFact one, TermFact other)
    {
        var (a, b) = (text.At(WithUnit(one)), text.At(WithUnit(other)));
        return !a.Contains(b, StringComparison.Ordinal) && !b.Contains(a, StringComparison.Ordinal) && !Counted(text, one)!.Overlaps(Counted(text, other)!)
            && Bigrams.Jaccard(text.At(Counted(text, one)!), text.At(Counted(text, other)!)) <= MostAlike;
    }

    private static string Unit(SourceText text, TermFact term) => FigurePattern().Replace(text.At(WithUnit(term)), "");

    private static bool Fits(Place one, Place other) => Math.Max(one.Length, other.Length) <= MostTimes * Math.Min(one.Length, other.Length);

    [GeneratedRegex(@"[0-9.,零一二两三四五六七八九十百千万亿点]+", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex FigurePattern();

    // 占…的比例为, 达到: of what, the clause before says
    [GeneratedRegex(@"\A(?:占|比|较|达|为|是|有|要|将|把|增|减|上升|下降|提高|超过|不足|低于|高于|还|再|又)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex LacksSubject();

    // 只有: so few that the smallest number is the one
    [GeneratedRegex("(?:只|仅|才)(?:有|剩|占)?\\z|只有", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OnlyFew();

    [GeneratedRegex(@"[0-9]|[一二两三四五六七八九十百千万亿]+[个名人次年月日天元家项条%]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex DigitPattern();
}
