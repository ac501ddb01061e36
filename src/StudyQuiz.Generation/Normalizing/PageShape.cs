namespace StudyQuiz.Generation.Normalizing;

/// <summary>How a text is set: whether its lines are cut at a width, and whether an indent begins a paragraph.</summary>
/// <param name="WrapWidth">Width in columns at which lines were cut; null when a line is a paragraph.</param>
/// <param name="Slack">How much narrower a cut line may be, in columns: what did not fit any more.</param>
/// <param name="Indents">An indent begins a paragraph.</param>
internal sealed record PageShape(int? WrapWidth, int Slack, bool Indents)
{
    private const int NarrowestPage = 30;
    private const int WidestPage = 160;
    private const int FewestLines = 5;
    private const int FewestIndents = 3;

    /// <summary>Whether a line goes as far as lines of this text can.</summary>
    public bool IsFull(Line line) => line.Width >= WrapWidth - Slack;

    /// <summary>Whether a line begins a paragraph by its indent.</summary>
    public bool IsIndented(Line line) => Indents && line.Indent > 0;

    public static PageShape Of(IReadOnlyList<Line> lines, bool latin)
    {
        // Chinese breaks anywhere but before closing punctuation; English only between words
        var slack = latin ? 12 : 4;
        return new PageShape(WidthOf(lines, slack), slack, IndentsBeginParagraphs(lines));
    }

    private static int? WidthOf(IReadOnlyList<Line> lines, int slack)
    {
        var counts = new int[WidestPage + 1];
        foreach (var line in lines.Where(line => line.Width <= WidestPage)) counts[line.Width]++;
        var (best, most) = (0, 0);
        for (var width = NarrowestPage; width <= WidestPage; width++)
        {
            var full = Enumerable.Range(width - slack, slack + 1).Sum(w => counts[w]);
            if (full >= most && counts[width] > 0) (best, most) = (width, full);
        }

        var wider = lines.Count(line => line.Width > best);
        if (most < FewestLines || most * 3 < lines.Count || wider * 20 > lines.Count) return null;
        var fullLines = lines.Where(line => line.Width >= best - slack && line.Width <= best).ToList();
        var open = fullLines.Count(line => !Punctuation.EndsSentence(line.Words));
        return open * 2 >= fullLines.Count ? best : null;
    }

    /// <summary>Most indented lines follow a line that ends something, and unindented lines exist.</summary>
    private static bool IndentsBeginParagraphs(IReadOnlyList<Line> lines)
    {
        var (indented, afterEnd) = (0, 0);
        for (var i = 1; i < lines.Count; i++)
        {
            if (lines[i].Indent == 0) continue;
            indented++;
            var before = lines[i - 1];
            if (lines[i].AfterBlank || Punctuation.EndsSentence(before.Words) || Punctuation.EndsPart(before.Words) || before.Width * 4 < lines[i].Width * 3) afterEnd++;
        }

        return indented >= FewestIndents && afterEnd * 5 >= indented * 4;
    }
}
