using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>Lifts the title and the lines about the text out of it.</summary>
internal static class Details
{
    private const int LongestTitle = 60;
    private const int LongestName = 12;

    /// <summary>The lines that are left and what the others said.</summary>
    public static (List<Line> Lines, LiftedDetails Details) Lift(IReadOnlyList<Line> lines, PageShape page, RepairLog log)
    {
        var details = new Dictionary<int, Detail>();
        for (var i = 0; i < lines.Count; i++)
            if (DetailLines.Read(lines[i].Words) is { } detail) details[i] = detail;

        var title = TitleLines(lines, page, details);
        var lifted = details.Keys.Concat(title).Distinct().ToDictionary(i => i, _ => RepairKind.Lifted);
        var glued = title.Select(i => DetailLines.Glued(lines[i].Words)).ToList();
        var said = details.OrderBy(pair => pair.Key).Select(pair => pair.Value).Concat(glued.Select(one => one?.Detail).OfType<Detail>()).ToList();
        var found = new LiftedDetails(
            TitleOf(title.Zip(glued, (i, labels) => labels is { Start: var end } ? lines[i].Words[..end].TrimEnd() : lines[i].Words)) ?? said.Select(detail => detail.Title).FirstOrDefault(one => one is not null),
            said.Select(detail => detail.Publisher).FirstOrDefault(publisher => publisher is not null),
            said.Select(detail => detail.Published).FirstOrDefault(date => date is not null));
        return (Line.TakeOut(lines, lifted, log), found);
    }

    /// <summary>The lines before the first paragraph that have no final punctuation: title, subtitle, speaker. None when nothing comes after.</summary>
    private static List<int> TitleLines(IReadOnlyList<Line> lines, PageShape page, IReadOnlyDictionary<int, Detail> details)
    {
        // A full line that the next one goes on from is the first of a paragraph
        bool RunsOn(int i) =>
            page.IsFull(lines[i]) && i + 1 < lines.Count && !details.ContainsKey(i + 1) && !lines[i + 1].AfterBlank && !page.IsIndented(lines[i + 1]);

        // a marked heading is the title where it is the only one of its level, and none is above it
        bool IsPart(Line line) => line.Level is { } level && lines.Any(other => other != line && other.Level <= level);

        var head = new List<int>();
        var first = Enumerable.Range(0, lines.Count).FirstOrDefault(i => !details.ContainsKey(i), lines.Count);
        for (var i = first; i < lines.Count && (details.ContainsKey(i) || (IsTitle(lines[i]) && !IsPart(lines[i]) && !RunsOn(i))); i++)
            if (!details.ContainsKey(i)) head.Add(i);
        if (head.Count == 0 || head.Count + details.Count == lines.Count) return [];

        // Without a line about the text after them, further short lines may be the first headings
        var lastDetail = details.Keys.Where(i => i < head[^1] + 2).DefaultIfEmpty(-1).Max();
        return [.. head.Where((i, n) => n == 0 || i < lastDetail || IsSubtitle(lines[i].Words) || IsSpeaker(lines[i].Words))];
    }

    private static bool IsTitle(Line line) =>
        !line.GoesOn && line.Words.Length <= LongestTitle && !Punctuation.EndsSentence(line.Words) && !Punctuation.EndsPart(line.Words)
        && !Punctuation.BreaksOff(line.Words) && line.Words.AsSpan().IndexOfAny("。；") < 0 && MarkerScanner.At(line.Words, 0) is null
        && !Headings.IsAttribution(line.Words);

    private static bool IsSubtitle(string words) => words[0] is '—' or '（' or '(';

    /// <summary>A name, or an office and a name with a space between: it stands under the title but is no part of it.</summary>
    private static bool IsSpeaker(string words) => words.Length <= 3 || (words.Length <= LongestName && words.Contains(' ', StringComparison.Ordinal));

    private static string? TitleOf(IEnumerable<string> lines)
    {
        var all = lines.ToList();
        var parts = all.Where((words, n) => n == 0 || !IsSpeaker(words)).ToList();
        return parts.Count == 0 ? null : string.Concat(parts.Select((part, n) => n == 0 || IsSubtitle(part) ? part : " " + part));
    }
}
