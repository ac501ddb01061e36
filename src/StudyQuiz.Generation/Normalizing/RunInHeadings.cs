using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>
/// Parts headings that stand in the line of their paragraph with a wide space after them (农业　全年…), as reports set them. One alone may be a name or a word
/// that was set apart; who speaks again and again is no heading.
/// </summary>
internal static class RunInHeadings
{
    private const int FewestHeadings = 3;

    private static readonly Regex Heading = Pattern.Of(@"^[\p{L}、和与]{2,8}?(?<gap>[\u3000\u2003]+|[ \u00a0]{2,})(?=\p{L})");

    public static List<Line> Part(string raw, IReadOnlyList<Line> lines, RepairLog log)
    {
        var found = lines.Select((line, at) => (at, Match: Find(raw, line))).Where(line => line.Match.Success).ToDictionary(line => line.at, line => line.Match);
        if (found.Count < FewestHeadings || found.Values.DistinctBy(match => match.Value, StringComparer.Ordinal).Count() < found.Count) return [.. lines];
        return [.. lines.SelectMany((line, at) => found.TryGetValue(at, out var match) ? Part(raw, line, match, log) : [line])];
    }

    private static Match Find(string raw, Line line)
    {
        var words = raw[First(raw, line)..line.End];
        return words.Length < 20 || MarkerScanner.At(words, 0) is not null ? Match.Empty : Heading.Match(words);
    }

    private static int First(string raw, Line line)
    {
        var at = line.Start;
        while (at < line.End && char.IsWhiteSpace(raw[at])) at++;
        return at;
    }

    private static IEnumerable<Line> Part(string raw, Line line, Match heading, RepairLog log)
    {
        var gap = First(raw, line) + heading.Groups["gap"].Index;
        var rest = gap + heading.Groups["gap"].Length;
        log.TookOut(RepairKind.WhiteSpace, gap, rest);
        log.Changed(RepairKind.PartedHeading, rest, rest);
        yield return line.Cut(raw, line.Start, gap);
        yield return line.Cut(raw, rest, line.End);
    }
}
