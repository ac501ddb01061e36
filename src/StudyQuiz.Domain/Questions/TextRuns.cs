namespace StudyQuiz.Domain.Questions;

/// <summary>A stretch of a text, in UTF-16 units; the end is exclusive.</summary>
public sealed record TextRange(int Start, int End);

/// <summary>A stretch of a text over which the same ranges lie.</summary>
/// <param name="Text">Never empty.</param>
/// <param name="Start">Offset in the whole text.</param>
/// <param name="Ranges">Which of the given ranges cover it, by their index, ascending.</param>
public sealed record TextRun(string Text, int Start, IReadOnlyList<int> Ranges);

/// <summary>Cuts a text where ranges begin and end, so that ranges that overlap or nest can be drawn as plain elements in a row.</summary>
public static class TextRuns
{
    /// <summary>The text in runs, in order; together they are the text.</summary>
    /// <param name="ranges">In any order. What lies outside the text is cut off.</param>
    public static IReadOnlyList<TextRun> Cut(string text, IReadOnlyList<TextRange> ranges)
    {
        var cuts = new SortedSet<int> { 0, text.Length };
        foreach (var range in ranges)
        {
            cuts.Add(Math.Clamp(range.Start, 0, text.Length));
            cuts.Add(Math.Clamp(range.End, 0, text.Length));
        }

        return
        [
            .. cuts.Zip(cuts.Skip(1), (start, end) => new TextRun(
                text[start..end],
                start,
                [.. Enumerable.Range(0, ranges.Count).Where(i => ranges[i].Start <= start && end <= ranges[i].End)])),
        ];
    }
}
