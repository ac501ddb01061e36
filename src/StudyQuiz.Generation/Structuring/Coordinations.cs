using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Structuring;

/// <summary>
/// Tells numbers that stand side by side (一、二年级, 三、四季度, 第一、第二周) from the number of a point: the next of the same things comes right after
/// the 、. What begins with a number of its own (一、三年来, 二、四个坚持) is a heading.
/// </summary>
internal static partial class Coordinations
{
    // 一、四季度 is one; what is further apart is no row of numbers
    private const int MostApart = 3;

    /// <summary>Whether a number at an offset stands side by side with the one after its 、.</summary>
    public static bool IsAt(string text, int at)
    {
        if (PairPattern().Match(text, at) is not { Success: true } pair) return false;
        if (pair.Groups["third"].Success) return true;
        var (first, second) = (ChineseNumber.Parse(pair.Groups["first"].Value), ChineseNumber.Parse(pair.Groups["second"].Value));
        return second > first && second - first <= MostApart;
    }

    /// <summary>Whether an offset lies behind the 、 of such a row, so that what begins there has lost the row's first number.</summary>
    public static bool IsInside(string text, int at)
    {
        if (at < 2 || at >= text.Length || text[at - 1] != '、') return false;
        var start = at - 1;
        while (start > 0 && at - start <= 3 && "一二三四五六七八九十".Contains(text[start - 1], StringComparison.Ordinal)) start--;
        if (start > 0 && text[start - 1] == '第') start--;
        return IsAt(text, start);
    }

    // 个, 大 and the like count; 年 counts too, but for 年级
    [GeneratedRegex(
        @"\G第?(?<first>[一二三四五六七八九十]{1,3})、第?(?<second>[一二三四五六七八九十]{1,3})(?:(?<third>、)|(?=\p{L})(?![〇零○百千万亿余多几个项大点条件种方步届]|年(?!级)))",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex PairPattern();
}
