using System.Text;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>A line of the raw text that has something on it.</summary>
/// <param name="Start">Raw offset of the line's first character, white space included.</param>
/// <param name="End">Raw offset of its line end.</param>
/// <param name="Words">What it says, with one space for any white space between words and none at the ends: for looking at, not for keeping.</param>
/// <param name="Indent">Columns of white space before the first word.</param>
/// <param name="AfterBlank">An empty line stands before it.</param>
/// <param name="AfterPage">A page ended before it, or something that does not belong to the text was taken out there.</param>
internal sealed record Line(int Start, int End, string Words, int Indent, bool AfterBlank, bool AfterPage)
{
    /// <summary>The page says that its words go on elsewhere.</summary>
    public bool GoesOn { get; init; }

    /// <summary>Of a heading that the text marks as one, how deep it is, from 1; else null.</summary>
    public int? Level { get; init; }

    /// <summary>In columns, with the indent.</summary>
    public int Width { get; } = Indent + Letters.Width(Words);

    /// <summary>The lines of a text that have something on them. White space alone in a line goes to the log.</summary>
    public static List<Line> ReadAll(string raw, RepairLog log)
    {
        var lines = new List<Line>();
        var (afterBlank, afterPage) = (false, false);
        for (var start = 0; start < raw.Length;)
        {
            var end = start;
            while (end < raw.Length && !IsLineEnd(raw[end])) end++;
            var words = WordsOf(raw, start, end);
            if (words.Length > 0)
                lines.Add(new Line(start, end, words, IndentOf(raw, start, end), afterBlank, afterPage));
            else if (end > start)
                log.TookOut(RepairKind.WhiteSpace, start, end);

            var isBlank = words.Length == 0;
            var isPageEnd = end < raw.Length && raw[end] == '\f';
            (afterBlank, afterPage) = (isBlank, isPageEnd || (isBlank && afterPage));
            start = end + (end + 1 < raw.Length && raw[end] == '\r' && raw[end + 1] == '\n' ? 2 : 1);
        }

        return lines;
    }

    /// <summary>A stretch of this line; its indent is that of its own first words.</summary>
    public Line Cut(string raw, int start, int end) =>
        this with { Start = start, End = Math.Max(start, end), Words = WordsOf(raw, start, end), Indent = start == Start ? Indent : 0 };

    /// <summary>Takes lines out of a text and notes it; what follows them knows of the gap.</summary>
    public static List<Line> TakeOut(IReadOnlyList<Line> lines, IReadOnlyDictionary<int, RepairKind> kinds, RepairLog log)
    {
        var kept = new List<Line>(lines.Count);
        var gap = (Blank: false, Page: false);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (kinds.TryGetValue(i, out var kind))
            {
                log.TookOut(kind, line.Start, line.End);
                gap = (gap.Blank || line.AfterBlank, true);
                continue;
            }

            kept.Add(gap.Page ? line with { AfterBlank = gap.Blank || line.AfterBlank, AfterPage = true } : line);
            gap = default;
        }

        return kept;
    }

    private static bool IsLineEnd(char c) => c is '\r' or '\n' or '\f' or '\v' or '\u0085' or '\u2028' or '\u2029';

    private static string WordsOf(string raw, int start, int end)
    {
        var words = new StringBuilder();
        for (var i = start; i < end; i++)
        {
            if (char.IsWhiteSpace(raw[i]))
            {
                if (words.Length > 0 && words[^1] != ' ') words.Append(' ');
            }
            else if (!Letters.IsInvisible(raw, i))
            {
                words.Append(raw[i]);
            }
        }

        return words.ToString().TrimEnd();
    }

    private static int IndentOf(string raw, int start, int end)
    {
        var indent = 0;
        for (var i = start; i < end && (char.IsWhiteSpace(raw[i]) || Letters.IsInvisible(raw, i)); i++)
            indent += raw[i] switch { '\t' => 4, '\u3000' => 2, _ => char.IsWhiteSpace(raw[i]) ? 1 : 0 };
        return indent;
    }
}
