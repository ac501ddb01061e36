using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>
/// Reads headings that a text marks as such, with one # for each level, as Markdown does; documents whose headings are styles are read so as well
/// (<see cref="Reading.WordText"/>). One alone may be anything.
/// </summary>
internal static class HeadingMarks
{
    private const int Fewest = 2;
    private const int LongestHeading = 60;

    private static readonly Regex Mark = Pattern.Of(@"^\s*(?<level>#{1,6})[ \u3000]+(?=\S)");

    public static List<Line> TakeOut(string raw, IReadOnlyList<Line> lines, RepairLog log)
    {
        var marks = lines.Select(line => line.Words.Length <= LongestHeading + 7 && line.Words[0] == '#' ? Mark.Match(raw[line.Start..line.End]) : Match.Empty).ToList();
        if (marks.Count(mark => mark.Success) < Fewest) return [.. lines];
        return [.. lines.Select((line, at) => marks[at].Success ? Cut(raw, line, marks[at], log) : line)];
    }

    private static Line Cut(string raw, Line line, Match mark, RepairLog log)
    {
        log.TookOut(RepairKind.HeadingMark, line.Start, line.Start + mark.Length);
        return line.Cut(raw, line.Start + mark.Length, line.End) with { Level = mark.Groups["level"].Length, Indent = 0 };
    }
}
