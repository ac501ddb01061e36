using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>Finds the places that a person should look at.</summary>
internal static class Doubts
{
    // A heading in front of a sentence is rarely longer
    private const int LongestHeading = 25;

    /// <param name="interrupted">Where in the raw text lines stand that may interrupt a sentence.</param>
    public static IReadOnlyList<Doubt> In(IReadOnlyList<CleanParagraph> paragraphs, IReadOnlyList<(int Start, int End)> interrupted)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var suspects = GluedHeadings.Suspects(paragraphs).ToLookup(point => point.Paragraph);
        return [.. paragraphs.SelectMany((paragraph, at) => In(paragraph, [.. suspects[at]], seen).Concat(Interrupted(paragraph, interrupted)).OrderBy(doubt => doubt.Start))];
    }

    private static IEnumerable<Doubt> In(CleanParagraph paragraph, IReadOnlyList<NumberedClause> suspects, HashSet<string> seen)
    {
        var text = paragraph.Text;
        Doubt At(DoubtKind kind, int start, int end) => new(kind, paragraph.Id, start, end - start);

        for (var at = text.IndexOf('\ufffd', StringComparison.Ordinal); at >= 0; at = text.IndexOf('\ufffd', at + 1))
            yield return At(DoubtKind.Unreadable, at, at + 1);

        foreach (var at in Punctuation.Unbalanced(text)) yield return At(DoubtKind.UnbalancedQuotes, at, at + 1);

        foreach (var (start, end) in Sentences.Of(text))
        {
            var isSentence = Punctuation.EndsSentence(text.AsSpan()[start..end]);
            if (isSentence && Sentences.Bare(text[start..end]) is { Length: > 0 } bare && !seen.Add(bare)) yield return At(DoubtKind.RepeatedSentence, start, end);
            if (end == text.Length && !isSentence && !paragraph.IsHeading && !Punctuation.EndsPart(text)) yield return At(DoubtKind.OpenParagraph, start, end);
        }

        foreach (var suspect in suspects) yield return At(DoubtKind.GluedHeading, suspect.Start, suspect.Start + suspect.Words.Length);
        if (!paragraph.IsHeading && GluedHeading(text) is { } glued && !suspects.Any(suspect => suspect.Start == glued.Start)) yield return At(DoubtKind.GluedHeading, glued.Start, glued.End);
    }

    // The sentences that took over characters of such lines
    private static IEnumerable<Doubt> Interrupted(CleanParagraph paragraph, IReadOnlyList<(int Start, int End)> lines)
    {
        var last = paragraph.Spans[^1];
        var near = lines.Where(line => line.Start < last.Raw + last.Length && paragraph.Spans[0].Raw < line.End).ToList();
        if (near.Count == 0) return [];
        var taken = paragraph.Spans.SelectMany(span => near.Select(line => (From: span.At + Math.Max(0, line.Start - span.Raw), To: span.At + Math.Min(span.Length, line.End - span.Raw)))).Where(range => range.From < range.To).ToList();
        return Sentences.Of(paragraph.Text).Where(sentence => taken.Exists(range => range.From < sentence.End && sentence.Start < range.To))
            .Select(sentence => new Doubt(DoubtKind.Interrupted, paragraph.Id, sentence.Start, sentence.End - sentence.Start));
    }

    private static (int Start, int End)? GluedHeading(string text)
    {
        if (MarkerScanner.At(text, 0) is not { IsOfHeadings: true } marker) return null;
        var end = marker.Place.Length;
        while (end < text.Length && !Punctuation.ClauseEnds.Contains(text[end]) && !(text[end] is '.' or ',' or ';' or ':' && (end + 1 == text.Length || text[end + 1] == ' '))) end++;
        // a heading in English has about three letters where one in Chinese has a character
        return Letters.Count(text.AsSpan()[marker.Place.Length..end]) > (Letters.AreMostlyLatin(text) ? 3 : 1) * LongestHeading ? (marker.Place.Length, end) : null;
    }
}
