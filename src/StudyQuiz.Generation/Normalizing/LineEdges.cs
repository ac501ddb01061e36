using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>What a page puts into the line of a sentence, before or after it: that an article comes from or goes on on another page, and who edited it.</summary>
internal static class LineEdges
{
    // The rest of a line is not looked at: a long paragraph is one line too
    private const int LongestEdge = 120;

    private const string Editor = "(责任编辑|责编|编辑|校对|审核)";

    private static readonly Regex Before = Pattern.Of(@"^\s*[（(【\[]\s*(紧接|上接|接)\s*第?\s*[A-Z]?[0-9一二三四五六七八九十]{1,3}\s*版[^（）()。]{0,20}[）)】\]]\s*");

    // The names of editors alone are told from words only behind a whole sentence
    private static readonly Regex After = Pattern.Of(
        $@"\s*((?<on>[（(【\[]\s*(下转|转)\s*第?\s*[A-Z]?[0-9一二三四五六七八九十]{{1,3}}\s*版[^（）()。]{{0,20}}[）)】\]])|(?<=[。！？…”’）】\]]\s*)([【\[]\s*(纠错|{Editor}\s*[:：]?[^】\]]{{0,20}})[】\]]|{Editor}\s*[:：]\s*[\p{{L}}·]{{2,4}}([ 　、,，][\p{{L}}·]{{2,4}}){{0,2}}))\s*$");

    /// <summary>The lines without that; what follows a line that went on elsewhere knows of the gap.</summary>
    public static List<Line> TakeOut(string raw, IReadOnlyList<Line> lines, RepairLog log)
    {
        var kept = new List<Line>(lines.Count);
        var afterPage = false;
        foreach (var line in lines)
        {
            var (start, end) = (line.Start, line.End);
            if (Before.Match(raw[start..Math.Min(end, start + LongestEdge)]) is { Success: true } before) start += before.Length;
            var (ended, goesOn) = (false, false);
            // more than one may stand there: 【纠错】 【责任编辑：…】
            while (start < end && Math.Max(start, end - LongestEdge) is var tail && After.Match(raw[tail..end]) is { Success: true } after)
            {
                end = tail + after.Index;
                ended = true;
                goesOn |= after.Groups["on"].Success;
            }

            var isWhole = start == line.Start && end == line.End;
            var rest = isWhole ? line : line.Cut(raw, start, end);
            if (rest.Words.Length == 0) (start, end) = (line.End, line.End);
            log.TookOut(RepairKind.PageFurniture, start > line.Start ? (line.Start, start) : null);
            log.TookOut(RepairKind.PageFurniture, end < line.End ? (end, line.End) : null);
            if (rest.Words.Length > 0) kept.Add(rest with { AfterPage = rest.AfterPage || afterPage || start > line.Start, GoesOn = goesOn });
            afterPage = ended || (rest.Words.Length == 0 && afterPage);
        }

        return kept;
    }
}
