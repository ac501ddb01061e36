using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ReadSource;

/// <summary>A paragraph cut where key points and marks begin and end.</summary>
/// <param name="Pieces">In order; together they are the paragraph.</param>
/// <param name="Notes">The key points that rest on this paragraph, in the order of their first words.</param>
public sealed record MarkedParagraph(string Label, IReadOnlyList<MarkedPiece> Pieces, IReadOnlyList<MarginNote> Notes)
{
    public static MarkedParagraph Of(string label, string text, IReadOnlyList<KeyPoint> keyPoints, IReadOnlyList<Evidence> marks)
    {
        var points = keyPoints.SelectMany(k => Ranges(label, text, k.Evidence).Select(range => (Range: range, KeyPoint: k))).ToList();
        List<TextRange> marked = [.. Ranges(label, text, marks)];
        var begun = new HashSet<long>();
        var pieces = TextRuns.Cut(text, [.. points.Select(p => p.Range), .. marked]).Select(run =>
        {
            // Where several lie over the same words, these speak for the one that says least beside them
            var covering = run.Ranges.Where(i => i < points.Count).Select(i => points[i]).OrderBy(p => p.Range.End - p.Range.Start).Select(p => p.KeyPoint).DistinctBy(k => k.Id).ToList();
            return new MarkedPiece(run.Text, covering, [.. covering.Where(k => begun.Add(k.Id)).Select(k => NoteId(k.Id, label))], run.Ranges.Any(i => i >= points.Count));
        });
        var notes = points.OrderBy(p => p.Range.Start).DistinctBy(p => p.KeyPoint.Id).Select(p => new MarginNote(NoteId(p.KeyPoint.Id, label), p.KeyPoint));
        return new MarkedParagraph(label, [.. pieces], [.. notes]);
    }

    /// <summary>The pieces up to the end of a key point's first words here, and those after: what tells of it stands between.</summary>
    public (IReadOnlyList<MarkedPiece> Before, IReadOnlyList<MarkedPiece> After) SplitAfter(long keyPoint)
    {
        var end = Pieces.TakeWhile(piece => !piece.Covers(keyPoint)).Count();
        while (end < Pieces.Count && Pieces[end].Covers(keyPoint)) end++;
        return ([.. Pieces.Take(end)], [.. Pieces.Skip(end)]);
    }

    private static IEnumerable<TextRange> Ranges(string label, string text, IEnumerable<Evidence> evidence)
    {
        foreach (var quote in evidence.Where(e => e.Paragraph == label))
        {
            TextRange? range = null;
            try
            {
                range = EvidenceContext.Locate(text, quote);
            }
            catch (ArgumentException)
            {
                // The source moved on under an older question: what it quoted is no longer here to mark.
            }

            if (range is not null) yield return range;
        }
    }

    private static string NoteId(long keyPoint, string label) => $"k{keyPoint}-{label}";
}

/// <summary>A piece of a paragraph.</summary>
/// <param name="KeyPoints">The key points over it; the first is the one that it speaks for.</param>
/// <param name="Ids">Ids of the key points whose first words of this paragraph these are.</param>
/// <param name="Marked">Whether it is evidence of the question being looked up.</param>
public sealed record MarkedPiece(string Text, IReadOnlyList<KeyPoint> KeyPoints, IReadOnlyList<string> Ids, bool Marked)
{
    public bool Covers(long keyPoint) => KeyPoints.Any(point => point.Id == keyPoint);
}

/// <summary>A key point beside the paragraph.</summary>
/// <param name="Id">The id of its first words.</param>
public sealed record MarginNote(string Id, KeyPoint KeyPoint);
