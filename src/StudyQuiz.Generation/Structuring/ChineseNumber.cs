using System.Globalization;

namespace StudyQuiz.Generation.Structuring;

/// <summary>Small numbers as Chinese and Arabic texts write them.</summary>
internal static class ChineseNumber
{
    private const string Digits = "零一二三四五六七八九";
    private static readonly string[] _english = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    /// <summary>1 to 99 in Chinese (十二, 二十), Arabic or circled digits, or one to ten in English; 0 when it is none of these.</summary>
    public static int Parse(string text)
    {
        if (text.Length == 1 && text[0] is >= '①' and <= '⑳') return text[0] - '①' + 1;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var arabic)) return arabic;
        if (Array.IndexOf(_english, text) is >= 0 and var english) return english + 1;
        var ten = text.IndexOf('十', StringComparison.Ordinal);
        if (ten < 0) return text.Length == 1 ? Digit(text[0]) : 0;
        if (ten > 1 || text.Length - ten > 2) return 0;
        return (ten == 0 ? 10 : Digit(text[0]) * 10) + (ten + 1 < text.Length ? Digit(text[ten + 1]) : 0);
    }

    private static int Digit(char c) => c == '两' ? 2 : Math.Max(0, Digits.IndexOf(c, StringComparison.Ordinal));
}
