using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>
/// Finds sentences that unfold a matter without numbers, by saying of one thing after another something in the same words: their first clauses end alike, their second
/// clauses begin alike.
/// </summary>
internal static class Parallels
{
    private const int Fewest = 3;
    private const int ShortestEnd = 2;
    private const int ShortestShared = 3;
    private const int LongestLeft = 24;
    private const int ShortestRight = 2;
    private const int LongestRight = 24;

    public static IEnumerable<Fact> Of(SourceText text, KeyPointOwners owners)
    {
        var run = new List<(Place Left, Place Right)>();
        foreach (var pair in Pairs(text).Append(null))
        {
            if (pair is { } next && (run.Count == 0 || Common(text, [.. run, next]) is not null))
            {
                run.Add(next);
                continue;
            }

            foreach (var fact in Facts(text, owners, run)) yield return fact;
            run = pair is { } first ? [first] : [];
        }
    }

    // sentences that open a paragraph are looked at together, and so are those of one paragraph
    private static IEnumerable<(Place Left, Place Right)?> Pairs(SourceText text)
    {
        var sentences = text.Structure.Sentences.Select(sentence => sentence.Place).Where(place => !text.Paragraphs[place.Paragraph].IsHeading && !text.IsDoubtful(place) && !OthersViews.AreIn(text, place)).ToList();
        foreach (var group in sentences.GroupBy(place => place.Paragraph).Select(group => group.ToList()).Append([.. sentences.Where(place => place.Start == 0)]))
        {
            foreach (var place in group)
                if (Clauses.Of(text, place) is [var left, var right] && left.Length <= LongestLeft * text.Scale) yield return (left, right);
                else yield return null;
            yield return null;
        }
    }

    // How many characters all left sides end with, and how many all right sides begin with; null where they are not built alike
    private static (int End, int Start)? Common(SourceText text, IReadOnlyList<(Place Left, Place Right)> pairs)
    {
        var lefts = pairs.Select(pair => text.At(pair.Left)).ToList();
        var rights = pairs.Select(pair => text.At(pair.Right)).ToList();
        if (lefts.Distinct(StringComparer.Ordinal).Count() < lefts.Count) return null;
        var (end, start) = (0, 0);
        while (lefts.TrueForAll(left => left.Length > end + 1 && left[^(end + 1)] == lefts[0][^(end + 1)])) end++;
        while (rights.TrueForAll(right => right.Length > start && right[start] == rights[0][start])) start++;
        // in a language with spaces words are not cut
        while (!text.IsChinese && start > 0 && rights[0][start - 1] != ' ') start--;
        return end >= (text.IsChinese ? ShortestEnd : 2 * ShortestEnd) && start >= ShortestShared * text.Scale ? (end, start) : null;
    }

    private static IEnumerable<Fact> Facts(SourceText text, KeyPointOwners owners, List<(Place Left, Place Right)> run)
    {
        if (run.Count < Fewest || Common(text, run) is not { } common) yield break;
        var parts = run.Select(pair => (pair.Left, Right: pair.Right with { Start = pair.Right.Start + common.Start })).ToList();
        var isWhole = parts.TrueForAll(part => part.Right.Length >= ShortestRight * text.Scale && part.Right.Length <= LongestRight * text.Scale && !Words.Pointing().IsMatch(text.At(part.Right)) && owners.Of(part.Left) is not null);
        if (!isWhole || parts.Select(part => text.At(part.Right)).Distinct(StringComparer.Ordinal).Count() < parts.Count) yield break;
        var whole = new ParallelFact(owners.Of(parts[0].Left)!, Quote(parts[0]), run[0].Right with { End = parts[0].Right.Start }, parts);
        yield return whole;
        for (var i = 0; i < parts.Count; i++) yield return new ParallelPartFact(owners.Of(parts[i].Left)!, Quote(parts[i]), whole, i);
    }

    private static Place Quote((Place Left, Place Right) part) => part.Left with { End = part.Right.End };
}
