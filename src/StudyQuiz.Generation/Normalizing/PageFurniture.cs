using System.Globalization;
using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>What a page has around its text: page numbers, running headers and footers, buttons.</summary>
internal static class PageFurniture
{
    private const int LongestHeader = 40;
    private const int LongestLine = 120;

    // A running header stands on at least so many pages
    private const int FewestPages = 3;

    // Numbers closer to each other than this are a table's, not pages'
    private const int ShortestPage = 150;

    private static readonly Regex PageNumber = Pattern.Of(
        @"^(第 ?\d{1,4} ?页[ ,，/]*(共 ?\d{1,4} ?页)?|共 ?\d{1,4} ?页|[-–—－·~ ]+\d{1,4}[-–—－·~ ]+|\d{1,4} ?/ ?\d{1,4}|[Pp]age \d{1,4}( of \d{1,4})?)$");

    private static readonly char[] ButtonEdges = [.. " 【】[]（）()|｜/：:、"];

    private static readonly HashSet<string> Buttons = new(StringComparer.OrdinalIgnoreCase)
    {
        "字号", "字体", "大", "中", "小", "A", "A+", "A-", "打印", "打印本页", "分享", "分享到", "分享至", "收藏", "关闭", "关闭窗口", "复制", "复制链接", "纠错", "返回",
        "返回顶部", "返回首页", "微信", "微博", "QQ", "朋友圈", "扫一扫", "点赞", "评论", "转发", "下载", "播放", "听新闻", "上一篇", "下一篇", "上一页", "下一页",
        "Share", "Print", "Email", "Download", "Tweet",
    };

    public static List<Line> TakeOut(IReadOnlyList<Line> lines, RepairLog log)
    {
        var marks = new Dictionary<int, RepairKind>();
        for (var i = 0; i < lines.Count; i++)
            if (lines[i].Words.Length <= LongestLine && (PageNumber.IsMatch(lines[i].Words) || IsButtons(lines[i].Words)))
                marks[i] = RepairKind.PageFurniture;
        foreach (var i in BarePageNumbers(lines)) marks[i] = RepairKind.PageFurniture;
        foreach (var i in RunningHeaders(lines, marks)) marks[i] = RepairKind.PageFurniture;
        return Line.TakeOut(lines, marks, log);
    }

    private static bool IsButtons(string words)
    {
        var parts = words.Split(ButtonEdges, StringSplitOptions.RemoveEmptyEntries);
        return parts.All(Buttons.Contains) && parts.Any(part => part.Length > 1);
    }

    /// <summary>Numbers alone in their lines that count on, a page apart; or one at the end of a page.</summary>
    private static IEnumerable<int> BarePageNumbers(IReadOnlyList<Line> lines)
    {
        var last = (Index: -1, Number: 0);
        for (var i = 0; i < lines.Count; i++)
        {
            var words = lines[i].Words;
            if (words.Length > 4 || !words.All(char.IsAsciiDigit)) continue;
            var number = int.Parse(words, CultureInfo.InvariantCulture);
            var countsOn = last.Index >= 0 && number == last.Number + 1 && lines[i].Start - lines[last.Index].End >= ShortestPage;
            if (countsOn) yield return last.Index;
            if (countsOn || lines[i].AfterPage || (i + 1 < lines.Count && lines[i + 1].AfterPage)) yield return i;
            last = (i, number);
        }
    }

    /// <summary>The same short line, page number apart, on several pages, most times where a page ends or begins.</summary>
    private static IEnumerable<int> RunningHeaders(IReadOnlyList<Line> lines, IReadOnlyDictionary<int, RepairKind> marks)
    {
        bool IsAtPageEdge(int i) =>
            i == 0 || i == lines.Count - 1 || marks.ContainsKey(i - 1) || marks.ContainsKey(i + 1) || lines[i].AfterPage || lines[i + 1].AfterPage;

        return Enumerable.Range(0, lines.Count)
            .Where(i => !marks.ContainsKey(i) && lines[i].Words.Length <= LongestHeader && !Punctuation.EndsSentence(lines[i].Words))
            .GroupBy(i => lines[i].Words.Trim([.. " 0123456789-—|/"]), StringComparer.Ordinal)
            .Where(same => same.Key.Length > 0 && same.Count() >= FewestPages && same.Count(IsAtPageEdge) * 2 > same.Count())
            .SelectMany(same => same);
    }
}
