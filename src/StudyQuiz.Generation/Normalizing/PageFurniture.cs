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

    // 首页 > 新闻 > 正文
    private static readonly Regex Trail = Pattern.Of(
        @"^(((您|你)?(现在|当前)?(的|所在)?(位置|栏目)[^>»›＞。]{0,4}[:： ])[^。！？]*[>»›＞/].*|(网站|本站)?(首页|主页|Home) ?([>»›＞/|｜-] ?[^>»›＞|｜。，！？]{1,16} ?){1,8}|[^>»›＞。，！？]{1,12}( ?[>»›＞] ?[^>»›＞。，！？]{1,12}){2,6})$");

    private static readonly Regex Invitation = Pattern.Of(
        "^(微信)?(扫一扫|扫码|扫描|长按)[^。！？，]{0,30}$|^(【纠错】|分享(到|至)[^。！？，]{1,12}).{0,20}$"
        + "|^点击[^。！？，]{0,12}(关注|查看|订阅|阅读|下载|进入|播放|收听|收看)[^。！？，]{0,16}$|^[^。！？，]{0,8}(点个|点亮|点一下)[“\"「]?(在看|赞|关注|分享)[^。！？，]{0,12}$"
        + "|^(未经|转载请)[^。！？，]{0,12}(转载|授权|注明)[^。！？，]{0,12}$"
        + "|^[【\\[](广告|推广|赞助|Advertisement|Sponsored)[】\\]].+$"
        + "|^(Skip to (main )?content|Share this (page|article|story|post)( .{1,60})?|Follow us( .{1,60})?|Related( (articles|stories|links))?: .+)$");

    // What a telling of a speech is called that follows another, or a preface
    private static readonly Regex Label = Pattern.Of("^[（(【\\[]?((以下|下面)(是|为))?(讲话|发言|致辞|演讲|采访|访谈|对话)(稿|实录)?(的)?(摘要|全文|摘编|节选|实录|摘登|选登)(如下)?[）)】\\]]?[:：]?$|^全文如下[:：]?$");

    // Titles of other articles follow this, to the end of the page; in the middle of a sentence, only that in its own line
    private static readonly Regex Related = Pattern.Of(
        "^[【\\[]?(相关(阅读|新闻|报道|链接|文章|推荐|专题)|延伸阅读|推荐阅读|更多(阅读|新闻|报道)|热门(推荐|新闻)|猜你喜欢|上一[篇条]|下一[篇条])([】\\]](?<title>.*)|(?<title>[:： ].*))?$");

    private static readonly char[] ButtonEdges = [.. " 【】[]（）()|｜/：:、"];

    private static readonly HashSet<string> Buttons = new(StringComparer.OrdinalIgnoreCase)
    {
        "字号", "字体", "大", "中", "小", "A", "A+", "A-", "打印", "打印本页", "分享", "分享到", "分享至", "收藏", "关闭", "关闭窗口", "复制", "复制链接", "纠错", "返回",
        "返回顶部", "返回首页", "微信", "微博", "QQ", "QQ空间", "朋友圈", "扫一扫", "点赞", "评论", "转发", "下载", "播放", "听新闻", "上一篇", "下一篇", "上一页", "下一页",
        "广告", "推广", "展开全文", "展开阅读全文", "阅读全文", "查看全文", "阅读原文", "查看原文", "查看更多", "加载更多", "点击加载更多", "点击展开", "收起", "举报", "投诉", "我要评论", "写评论", "发表评论",
        "评论区", "我要纠错", "我要反馈", "我要分享", "关注", "已关注", "订阅", "在看", "赞", "踩", "登录", "注册", "APP内打开", "打开APP", "下载APP", "下载客户端", "客户端下载", "换一换",
        "Share", "Print", "Email", "Download", "Tweet", "Advertisement", "Sponsored", "Subscribe", "Sign up", "Sign in", "Log in", "Read more", "Continue reading",
    };

    public static List<Line> TakeOut(IReadOnlyList<Line> lines, RepairLog log)
    {
        var marks = new Dictionary<int, RepairKind>();
        for (var i = 0; i < lines.Count; i++)
            if (lines[i].Words.Length <= LongestLine && (PageNumber.IsMatch(lines[i].Words) || IsButtons(lines[i].Words) || Trail.IsMatch(lines[i].Words) || Invitation.IsMatch(lines[i].Words) || IsOrnament(lines[i].Words) || (i > 0 && Label.IsMatch(lines[i].Words))))
                marks[i] = RepairKind.PageFurniture;
        foreach (var i in RelatedTitles(lines)) marks[i] = RepairKind.PageFurniture;
        foreach (var i in BarePageNumbers(lines)) marks[i] = RepairKind.PageFurniture;
        foreach (var i in RunningHeaders(lines, marks)) marks[i] = RepairKind.PageFurniture;
        return Line.TakeOut(lines, marks, log);
    }

    private static bool IsButtons(string words)
    {
        var parts = words.Split(ButtonEdges, StringSplitOptions.RemoveEmptyEntries);
        return Buttons.Contains(words) || (parts.All(Buttons.Contains) && parts.Any(part => part.Length > 1));
    }

    // ▼, 👇 or *** between parts
    private static bool IsOrnament(string words) =>
        words.All(c => char.IsSymbol(c) || char.IsSurrogate(c) || c is ' ' or '*' or '_' or '#' || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format);

    private static IEnumerable<int> RelatedTitles(IReadOnlyList<Line> lines)
    {
        var follows = false;
        for (var i = 1; i < lines.Count; i++)
        {
            var words = lines[i].Words;
            var isOpen = words.Length <= LongestLine && !Punctuation.EndsSentence(words);
            var related = isOpen ? Related.Match(words) : Match.Empty;
            if (related.Success && Interruptions.IsRunning(lines[i - 1].Words))
            {
                yield return i;
                continue;
            }

            // without a sentence after it, a title can only be that of another article
            follows = related.Success || (follows && isOpen && !Punctuation.EndsPart(words) && words.AsSpan().IndexOfAny("。；") < 0);
            if (follows) yield return i;
        }
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
