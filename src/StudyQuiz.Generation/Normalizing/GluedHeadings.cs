using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>
/// Parts numbered headings from the sentences that they run into where a text came without line breaks: 一、做好甲事乙处要先…. All headings
/// of a series must part alike; where only some would, all stay whole and are doubtful, for nothing may be asked of a wrong heading.
/// </summary>
internal static class GluedHeadings
{
    // A heading and the first clause of its sentence; whatever runs on longer is no text that could be cut
    private const int LongestClause = 80;

    /// <summary>The paragraphs with a paragraph of its own for each heading that was parted.</summary>
    public static List<Paragraph> Part(IReadOnlyList<Paragraph> paragraphs, RepairLog log)
    {
        var cuts = Read([.. paragraphs.Select(paragraph => paragraph.IsHeading ? "" : paragraph.Text)]).Where(point => point.Cut is not null).ToLookup(point => point.Point.Paragraph);
        return [.. paragraphs.SelectMany((paragraph, at) => cuts[at].Any() ? Part(paragraph, [.. cuts[at].OrderBy(cut => cut.Point.Start)], log) : [paragraph])];
    }

    /// <summary>First clauses that seem to hold a heading and the beginning of a sentence, though nothing shows where it ends.</summary>
    public static IEnumerable<NumberedClause> Suspects(IReadOnlyList<CleanParagraph> paragraphs) =>
        Read([.. paragraphs.Select(paragraph => paragraph.IsHeading ? "" : paragraph.Text)]).Select(point => point.Point);

    private static IEnumerable<Paragraph> Part(Paragraph paragraph, List<(NumberedClause Point, int? Cut)> cuts, RepairLog log)
    {
        var from = 0;
        foreach (var (point, cut) in cuts)
        {
            if (point.MarkerStart > 0) log.Changed(RepairKind.CutParagraph, paragraph.Words.RawAt(point.MarkerStart), paragraph.Words.RawAt(point.MarkerStart));
            if (Piece(from, point.MarkerStart) is { } before) yield return before;
            from = point.Start + cut!.Value;
            log.Changed(RepairKind.PartedHeading, paragraph.Words.RawAt(from), paragraph.Words.RawAt(from));
            yield return new Paragraph(paragraph.Words.Trimmed(point.MarkerStart, from, log), IsHeading: true);
        }

        if (Piece(from, paragraph.Words.Length) is { } rest) yield return rest;

        Paragraph? Piece(int start, int end) =>
            paragraph.Words.Trimmed(start, end, log) is { Length: > 0 } words ? new Paragraph(words, IsHeading: false) : null;
    }

    /// <summary>The clauses with glued headings, and where each is cut; null where that is not certain.</summary>
    private static List<(NumberedClause Point, int? Cut)> Read(IReadOnlyList<string> texts)
    {
        var series = Series(texts).Where(points => points.Count > 1).ToList();
        if (series.Count == 0) return [];
        var evidence = new HeadingEvidence(texts, [.. series.SelectMany(points => points)]);
        return [.. series.SelectMany(points => evidence.Cuts(points) is { } cuts
            ? points.Zip(cuts, (point, cut) => (point, (int?)cut))
            : evidence.Suspects(points).Select(point => (point, (int?)null)))];
    }

    /// <summary>Markers of one way that count on from one, whatever stands between them.</summary>
    private static List<List<NumberedClause>> Series(IReadOnlyList<string> texts)
    {
        var all = new List<List<NumberedClause>>();
        var open = new Dictionary<MarkerStyle, List<NumberedClause>>();
        for (var paragraph = 0; paragraph < texts.Count; paragraph++)
        {
            var text = texts[paragraph];
            foreach (var at in Breaks(text))
            {
                if (text.Length == 0 || MarkerScanner.At(text, at) is not { Style: not (MarkerStyle.Chapter or MarkerStyle.Article) } marker || !(marker.IsOfHeadings || marker.Style == MarkerStyle.OrdinalWord)) continue;
                var start = marker.Place.End;
                var length = text.AsSpan(start, Math.Min(LongestClause, text.Length - start)).IndexOfAny(Punctuation.ClauseEnds);
                if (length <= 0) continue; // without an end it is a heading of its own, or no sentence
                if (marker.Number == 1) all.Add(open[marker.Style] = []);
                if (open.TryGetValue(marker.Style, out var points) && marker.Number == points.Count + 1)
                    points.Add(new NumberedClause(paragraph, marker.Place.Start, start, text.Substring(start, length)) { IsHeadless = marker.Style == MarkerStyle.NumberComma && marker.Place.Start > 0 && text[start + length] == '，' });
            }
        }

        return all;
    }

    /// <summary>Where a numbered clause may begin: a paragraph, a sentence, or what a colon or semicolon announces.</summary>
    private static IEnumerable<int> Breaks(string text) =>
        Enumerable.Range(1, Math.Max(0, text.Length - 1)).Where(at => text[at - 1] is '：' or '；').Concat(LongParagraphs.SentenceBreaks(text)).Prepend(0).Distinct().Order();
}

/// <summary>The first clause after a number.</summary>
/// <param name="MarkerStart">Where its number begins in the paragraph.</param>
/// <param name="Start">Where its words begin.</param>
/// <param name="Words">Up to the first punctuation that ends a clause.</param>
internal sealed record NumberedClause(int Paragraph, int MarkerStart, int Start, string Words)
{
    /// <summary>一、 numbers headings; here it stands within a line, and a comma follows its words, so that its heading has lost its end or it never had one.</summary>
    public bool IsHeadless { get; init; }
}
