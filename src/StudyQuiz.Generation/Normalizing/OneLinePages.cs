using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>
/// Parts a page that was scraped to one line: where buttons, labels and a trail stand in a long line, a space between Chinese words is where one part of
/// the page ended. The steps for pages of several lines do the rest.
/// </summary>
internal static class OneLinePages
{
    private const int ShortestLine = 150;

    // A text may speak of one or two of these
    private const int FewestTokens = 3;

    private static readonly Regex Token = Pattern.Of(
        @"(?<![\p{L}])(首页|主页|字号|字体|打印|收藏|纠错|分享到?|微信|微博|QQ空间|扫一扫|来源|作者|责任编辑|责编|编辑|审核|发布时间|上一篇|下一篇|相关(阅读|新闻|链接|推荐)|版权所有|点击查看|浏览次数|阅读次数)(?=[ 　:：>|｜]|$)");

    private static readonly Regex PageNumber = Pattern.Of(@"[-–—－] ?\d{1,4} ?[-–—－](?=\s)|第 ?\d{1,4} ?页(?=\s)");

    private static readonly Regex TakenBy = Pattern.Of("(记者|通讯员|摄影)$");

    private static readonly Regex Credit = Pattern.Of(@"^\p{L}{2,4}(摄|供图|摄影)");

    private static readonly string[] Openings = ["图为", "点击查看", "点击进入", "点击下载", "点击阅读", "点击关注"];

    public static List<Line> Part(string raw, IReadOnlyList<Line> lines, RepairLog log) =>
        [.. lines.SelectMany(line => IsPage(line) ? Parts(raw, line, log) : [line])];

    private static bool IsPage(Line line) =>
        line.Words.Length >= ShortestLine && line.Words.Any(Letters.IsHan)
        && Token.Matches(line.Words).Select(match => match.Value).Distinct(StringComparer.Ordinal).Take(FewestTokens).Count() == FewestTokens;

    private static IEnumerable<Line> Parts(string raw, Line line, RepairLog log)
    {
        var start = line.Start;
        var depth = 0;
        for (var at = line.Start; at < line.End; at++)
        {
            if (Punctuation.IsOpener(raw[at])) depth++;
            else if (depth > 0 && Punctuation.OpenerOf(raw[at]) != '\0') depth--;
            var end = at;
            while (end < line.End && char.IsWhiteSpace(raw[end])) end++;
            if (end > at && end < line.End && depth == 0 && PageNumber.Match(raw, end, Math.Min(16, line.End - end)) is { Success: true } number && number.Index == end)
            {
                // - 2 - between two pages is a line of its own
                log.Changed(RepairKind.CutParagraph, at, at);
                if (at > start) yield return line.Cut(raw, start, at);
                log.Changed(RepairKind.CutParagraph, end + number.Length, end + number.Length);
                yield return line.Cut(raw, end, end + number.Length) with { AfterPage = true };
                start = end + number.Length;
                while (start < line.End && char.IsWhiteSpace(raw[start])) start++;
                at = start - 1;
            }
            else if (end > at && at > start && end < line.End && depth == 0 && Parts(raw, at, end, line))
            {
                log.TookOut(RepairKind.WhiteSpace, at, end);
                log.Changed(RepairKind.CutParagraph, end, end);
                yield return line.Cut(raw, start, at);
                (start, at) = (end, end - 1);
            }
            else if (depth == 0 && at > start && BeginsFurniture(raw, at))
            {
                log.Changed(RepairKind.CutParagraph, at, at);
                yield return line.Cut(raw, start, at);
                start = at;
            }
        }

        yield return line.Cut(raw, start, line.End);
    }

    // not within a trail, a date with its time, English words, or 大 中 小
    private static bool Parts(string raw, int gap, int end, Line line)
    {
        var (before, after) = (raw[gap - 1], raw[end]);
        if (">»›＞/|｜".Contains(before, StringComparison.Ordinal) || ">»›＞/|｜".Contains(after, StringComparison.Ordinal)) return false;
        if (char.IsAsciiLetterOrDigit(before) && char.IsAsciiLetterOrDigit(after)) return false;
        if (before is '日' or '号' && char.IsAsciiDigit(after)) return false;
        // 本网记者 王磊摄: the name belongs to its title
        if (TakenBy.IsMatch(raw[Math.Max(line.Start, gap - 4)..gap]) && Credit.IsMatch(raw[end..Math.Min(line.End, end + 12)])) return false;
        return end + 1 < line.End && !char.IsWhiteSpace(raw[end + 1]);
    }

    // right after a sentence, without any space
    private static bool BeginsFurniture(string raw, int at) =>
        (at > 1 && raw[at - 1] is '）' or ')' && raw[at - 2] == '摄') || Punctuation.IsSentenceBreak(raw, at) && Array.Exists(Openings, opening => string.CompareOrdinal(raw, at, opening, 0, opening.Length) == 0);
}
