namespace StudyQuiz.Domain.Questions;

/// <summary>A quote of the source with the rest of the sentences that it stands in.</summary>
/// <param name="Before">From the start of the quote's first sentence to the quote.</param>
/// <param name="Quote">The quote itself.</param>
/// <param name="After">From the quote to the end of its last sentence.</param>
public sealed record EvidenceContext(string Before, string Quote, string After)
{
    private const string SentenceEnds = "。！？";
    private const string Closings = "”’」』）";

    /// <summary>The sentences around an evidence's quote in its paragraph.</summary>
    /// <exception cref="ArgumentException">The paragraph does not hold the quote where the evidence says.</exception>
    public static EvidenceContext Of(string paragraph, Evidence evidence)
    {
        var quote = Locate(paragraph, evidence);
        var sentences = Sentences(paragraph, quote);
        return new EvidenceContext(paragraph[sentences.Start..quote.Start], evidence.Quote, paragraph[quote.End..sentences.End]);
    }

    /// <summary>Where an evidence's quote stands in its paragraph.</summary>
    /// <exception cref="ArgumentException">The paragraph does not hold the quote where the evidence says.</exception>
    public static TextRange Locate(string paragraph, Evidence evidence)
    {
        var start = evidence.At ?? paragraph.IndexOf(evidence.Quote, StringComparison.Ordinal);
        var there = evidence.Quote.Length > 0 && start >= 0 && start <= paragraph.Length - evidence.Quote.Length
            && string.CompareOrdinal(paragraph, start, evidence.Quote, 0, evidence.Quote.Length) == 0;
        return there
            ? new TextRange(start, start + evidence.Quote.Length)
            : throw new ArgumentException($"The quote does not stand in paragraph {evidence.Paragraph}.", nameof(evidence));
    }

    /// <summary>
    /// The sentences that hold a paragraph's quotes, in order; where quotes share sentences or these touch, they come as one range.
    /// </summary>
    public static IReadOnlyList<TextRange> Passages(string paragraph, IEnumerable<TextRange> quotes)
    {
        var passages = new List<TextRange>();
        foreach (var next in quotes.Select(quote => Sentences(paragraph, quote)).OrderBy(range => range.Start))
        {
            if (passages.Count > 0 && next.Start <= passages[^1].End)
            {
                passages[^1] = passages[^1] with { End = Math.Max(passages[^1].End, next.End) };
            }
            else
            {
                passages.Add(next);
            }
        }

        return passages;
    }

    /// <summary>The sentences that hold the quotes of one paragraph, cut where quotes begin and end; what is left out between sentences is ……</summary>
    /// <param name="paragraph">Null, or a text that does not hold the quotes any more, leaves the quotes alone.</param>
    /// <param name="quotes">All of this paragraph.</param>
    public static IReadOnlyList<(string Text, bool IsQuote)> Pieces(string? paragraph, IReadOnlyList<Evidence> quotes)
    {
        if (paragraph is null || Located() is not { } ranges) return [.. quotes.Select(quote => (quote.Quote, true))];

        return
        [
            .. Passages(paragraph, ranges).SelectMany((passage, i) =>
                TextRuns.Cut(paragraph[passage.Start..passage.End], [.. ranges.Select(range => new TextRange(range.Start - passage.Start, range.End - passage.Start))])
                    .Select(run => (run.Text, run.Ranges.Count > 0))
                    .Prepend((i > 0 ? "……" : "", false))).Where(piece => piece.Item1.Length > 0),
        ];

        List<TextRange>? Located()
        {
            try
            {
                return [.. quotes.Select(quote => Locate(paragraph, quote))];
            }
            catch (ArgumentException)
            {
                return null;
            }
        }
    }

    private static TextRange Sentences(string paragraph, TextRange quote)
    {
        var start = quote.Start;
        while (start > 0 && !EndsSentence(paragraph, start)) start--;
        var end = quote.End;
        while (end < paragraph.Length && !EndsSentence(paragraph, end)) end++;
        return new TextRange(start, end);
    }

    // Whether a sentence ends right before this offset: at 。！？ and the closing quotes that follow it, taken together.
    private static bool EndsSentence(string text, int offset)
    {
        if (offset < text.Length && (SentenceEnds + Closings).Contains(text[offset], StringComparison.Ordinal) && offset > 0) return false;
        var last = offset - 1;
        while (last >= 0 && Closings.Contains(text[last], StringComparison.Ordinal)) last--;
        return last >= 0 && SentenceEnds.Contains(text[last], StringComparison.Ordinal);
    }
}
