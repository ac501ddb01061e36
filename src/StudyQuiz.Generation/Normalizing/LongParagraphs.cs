using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>Cuts text that came without paragraph breaks: before —— bullets, then before its outermost markers, then at sentence ends.</summary>
internal static class LongParagraphs
{
    private const int Longest = 600;

    // From the outermost to the innermost
    private static readonly MarkerStyle[] Ranks = [.. Enum.GetValues<MarkerStyle>().Where(style => style != MarkerStyle.Dash).Order()];

    public static List<Paragraph> Cut(IReadOnlyList<Paragraph> paragraphs, RepairLog log) =>
        [.. paragraphs.SelectMany(paragraph => Cut(paragraph, log))];

    private static List<Paragraph> Cut(Paragraph paragraph, RepairLog log)
    {
        var text = paragraph.Text;
        var breaks = SentenceBreaks(text);
        var cuts = Bullets(text).Concat(text.Length > Longest ? MarkersThenSentences(text, 0, text.Length, breaks, 0) : []).Distinct().Order().ToList();
        if (cuts.Count == 0) return [paragraph];

        foreach (var cut in cuts) log.Changed(RepairKind.CutParagraph, paragraph.Words.RawAt(cut), paragraph.Words.RawAt(cut));
        List<int> edges = [0, .. cuts, text.Length];
        return [.. edges.Zip(edges.Skip(1)).Select(piece => new Paragraph(paragraph.Words.Trimmed(piece.First, piece.Second, log), false))];
    }

    /// <summary>Two or more —— after sentences or a colon are bullets; one alone is a dash.</summary>
    private static List<int> Bullets(string text)
    {
        var bullets = TextAt(text, "——").Where(at => at == 0 || text[at - 1] is '：' or '；' || Punctuation.IsSentenceBreak(text, at)).ToList();
        return bullets.Count < 2 ? [] : bullets.Where(at => at > 0).ToList();
    }

    private static IEnumerable<int> TextAt(string text, string part)
    {
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + part.Length, StringComparison.Ordinal))
            yield return at;
    }

    /// <summary>Offsets at which a sentence begins outside quotation marks and brackets, past any space.</summary>
    public static List<int> SentenceBreaks(string text)
    {
        var breaks = new List<int>();
        var depth = 0;
        for (var at = 0; at < text.Length; at++)
        {
            if (depth == 0 && Punctuation.IsSentenceBreak(text, at)) breaks.Add(text[at] == ' ' && at + 1 < text.Length ? at + 1 : at);
            if (Punctuation.IsOpener(text[at])) depth++;
            else if (depth > 0 && Punctuation.OpenerOf(text[at]) != '\0') depth--;
        }

        return breaks;
    }

    private static List<int> MarkersThenSentences(string text, int start, int end, List<int> breaks, int rank)
    {
        if (end - start <= Longest) return [];
        for (; rank < Ranks.Length; rank++)
        {
            var cuts = Series(text, start, end, breaks, Ranks[rank]);
            if (cuts.Count == 0) continue;
            List<int> edges = [start, .. cuts, end];
            return [.. cuts, .. edges.Zip(edges.Skip(1)).SelectMany(piece => MarkersThenSentences(text, piece.First, piece.Second, breaks, rank + 1))];
        }

        return AtSentences(start, end, breaks);
    }

    /// <summary>Where the markers of one style stand that count on from one; fewer than two are no series.</summary>
    private static List<int> Series(string text, int start, int end, List<int> breaks, MarkerStyle style)
    {
        var cuts = new List<int>();
        var next = 1;
        foreach (var at in Within(breaks, start, end).Prepend(start))
        {
            if (MarkerScanner.At(text, at) is not { } marker || marker.Style != style || (marker.Number != next && marker.Number > 1)) continue;
            next = Math.Max(marker.Number, next) + 1;
            if (at > start) cuts.Add(at);
        }

        return next > 2 ? cuts : [];
    }

    private static List<int> AtSentences(int start, int end, List<int> breaks)
    {
        var cuts = new List<int>();
        var last = -1;
        foreach (var at in Within(breaks, start, end).Append(end))
        {
            if (at - start > Longest && last > start)
            {
                cuts.Add(last);
                start = last;
            }

            last = at;
        }

        return cuts;
    }

    private static IEnumerable<int> Within(List<int> breaks, int start, int end)
    {
        var first = breaks.BinarySearch(start + 1);
        for (var i = first < 0 ? ~first : first; i < breaks.Count && breaks[i] < end; i++) yield return breaks[i];
    }
}
