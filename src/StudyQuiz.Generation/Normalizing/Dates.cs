using System.Globalization;
using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>Dates with a year, as lines about a text write them.</summary>
internal static class Dates
{
    private const string Months = "January|February|March|April|May|June|July|August|September|October|November|December";
    private const string HanDigits = "〇一二三四五六七八九";

    private static readonly Regex Written = Pattern.Of(
        @"(?<y>\d{4})[-/.年] ?(?<m>\d{1,2})[-/.月] ?(?<d>\d{1,2})[日号]?"
        + @"|(?<hy>[〇○零一二三四五六七八九]{4})年(?<hm>[一二三四五六七八九十]{1,2})月(?<hd>[一二三四五六七八九十]{1,3})日"
        + $@"|(?<ed>\d{{1,2}}) (?<em>{Months}),? (?<ey>\d{{4}})|(?<em2>{Months}) (?<ed2>\d{{1,2}}),? (?<ey2>\d{{4}})");

    // What may stand around a date in a line of its own
    private static readonly Regex Around = Pattern.Of(
        @"^[ T（）()【】\[\]]*((星期|周)[一二三四五六日天])?[ T（）()]*(\d{1,2}[:：时]\d{1,2}([:：]\d{1,2}|分)?)?[ZA-Za-z+:\d（）()\]】 ]{0,8}$");

    /// <summary>The first date of a line; null when there is none.</summary>
    public static DateOnly? First(string line) => Written.Match(line) is { Success: true } match ? Parse(match) : null;

    /// <summary>A line's date when nothing but its time of day and an agency's name stands beside it.</summary>
    public static (DateOnly Date, string Before)? Alone(string line)
    {
        if (Written.Match(line) is not { Success: true } match || Parse(match) is not { } date || !Around.IsMatch(line[(match.Index + match.Length)..])) return null;
        return (date, line[..match.Index].Trim([.. " （(【["]));
    }

    private static DateOnly? Parse(Match match)
    {
        string Of(params string[] names) => names.Select(name => match.Groups[name].Value).FirstOrDefault(value => value.Length > 0) ?? "";

        var (year, month, day) = match.Groups["hy"].Success
            ? (HanYear(Of("hy")), HanNumber(Of("hm")), HanNumber(Of("hd")))
            : (Digits(Of("y", "ey", "ey2")), match.Groups["m"].Success ? Digits(Of("m")) : EnglishMonth(Of("em", "em2")), Digits(Of("d", "ed", "ed2")));
        return year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    // \d also matches digits of other scripts, which are no number to int
    private static int Digits(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static int EnglishMonth(string name) => Array.IndexOf(Months.Split('|'), name) + 1;

    private static int HanYear(string text) =>
        text.Replace('○', '〇').Replace('零', '〇').Aggregate(0, (year, c) => year * 10 + HanDigits.IndexOf(c, StringComparison.Ordinal));

    private static int HanNumber(string text)
    {
        var ten = text.IndexOf('十', StringComparison.Ordinal);
        if (ten < 0) return text.Length == 1 ? HanDigits.IndexOf(text[0], StringComparison.Ordinal) : 0;
        var tens = ten == 0 ? 1 : HanDigits.IndexOf(text[0], StringComparison.Ordinal);
        return tens * 10 + (ten + 1 < text.Length ? HanDigits.IndexOf(text[ten + 1], StringComparison.Ordinal) : 0);
    }
}
