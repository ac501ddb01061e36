using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>Reads one line about the text: its source, its time, who wrote and edited it, where it is to be found.</summary>
internal static class DetailLines
{
    private const int LongestLine = 120;
    private const int LongestValue = 30;

    private const string Labels =
        "(?<source>稿件来源|信息来源|文章来源|来源|Source)|(?<time>发布时间|发布日期|更新时间|时间|日期|Published|Date)"
        + "|作者|本报记者|记者|通讯员|责任编辑|编辑|责编|校对|审核|审校|初审|复审|终审|监制|主编|供稿|撰稿|文字|摄影"
        + "|浏览次数|阅读次数|浏览量|阅读量|点击数|点击量|访问量|字数|关键词|Author|Editor|Written by";

    private static readonly Regex Label = Pattern.Of($"(^|[ 　|｜/；;])({Labels}) ?[:：|｜丨]");

    // without anything between a title and the first label
    private static readonly Regex GluedLabel = Pattern.Of($"({Labels}) ?[:：]");

    private static readonly Regex OriginalTitle = Pattern.Of("^原(标题|题) ?[:：] ?(?<title>[^。]{2,60})$");

    private static readonly Regex Posted = Pattern.Of("^(Posted|Published|Updated|Last updated) (on )?[^.]{6,40}( by [^.]{1,60})?$");

    private static readonly Regex Other = Pattern.Of(
        @"^((原文链接|链接|网址|原文) ?[:：] ?)?(https?://|www\.)[^ ]+$|^(版权所有|版权声明|©|Copyright ).*$|^By [A-Z][\w.'-]+( [A-Z][\w.'-]+){1,3}$");

    /// <summary>What a line says of the text; null when it is no such line.</summary>
    public static Detail? Read(string words)
    {
        if (words.Length > LongestLine) return null;
        var line = words.Trim([.. "（()）【】[] "]);
        if (OriginalTitle.Match(line) is { Success: true } original) return new Detail(null, null) { Title = original.Groups["title"].Value };
        if (Other.IsMatch(line)) return new Detail(null, null);
        if (Posted.IsMatch(line) && Dates.First(line) is { } posted) return new Detail(null, posted);
        if (Dates.Alone(line) is { } alone && (alone.Before.Length == 0 || Agencies.IsName(alone.Before)))
            return new Detail(alone.Before.Length == 0 ? null : alone.Before, alone.Date);
        return Labelled(line);
    }

    /// <summary>Where in a line two or more labels begin that run into a title before them, and what they say; null where none do.</summary>
    public static (int Start, Detail Detail)? Glued(string words)
    {
        var labels = GluedLabel.Matches(words).ToList();
        if (labels.Count < 2 || labels[0].Index == 0 || words.Length > LongestLine) return null;
        return Labelled(words[labels[0].Index..], GluedLabel) is { } detail ? (labels[0].Index, detail) : null;
    }

    private static Detail? Labelled(string line) => Labelled(line, Label);

    private static Detail? Labelled(string line, Regex label)
    {
        var labels = label.Matches(line).ToList();
        if (labels.Count == 0 || labels[0].Index > 0 && Dates.Alone(line[..labels[0].Index]) is null && !Agencies.IsName(line[..labels[0].Index].Trim())) return null;

        var detail = new Detail(null, labels[0].Index > 0 ? Dates.First(line[..labels[0].Index]) : null);
        for (var i = 0; i < labels.Count; i++)
        {
            var from = labels[i].Index + labels[i].Length;
            var value = line[from..(i + 1 < labels.Count ? labels[i + 1].Index : line.Length)].Trim();
            var date = Dates.First(value);
            if (value.Length > LongestValue || value.AsSpan().IndexOfAny("。！？") >= 0) return null;
            // 时间：下午三点 is an announcement, not a publication
            if (labels[i].Groups["time"].Success && date is null) return null;
            detail = new Detail(detail.Publisher ?? (labels[i].Groups["source"].Success ? PublisherIn(value) : null), detail.Published ?? date);
        }

        return detail;
    }

    // 来源：某报 2024-03-01 says two things
    private static string? PublisherIn(string value)
    {
        var name = Dates.Alone(value) is { } alone ? alone.Before : value;
        return name.Length > 0 ? name : null;
    }
}

/// <summary>What a line says of the text; both may be null, as for a line that names its author.</summary>
internal sealed record Detail(string? Publisher, DateOnly? Published)
{
    /// <summary>The title under which the text appeared first.</summary>
    public string? Title { get; init; }
}
