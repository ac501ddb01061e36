using System.Globalization;
using System.Text.RegularExpressions;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Structuring;

/// <summary>Finds the places of a paragraph where a point may be numbered.</summary>
internal static partial class MarkerScanner
{
    private const string SentenceEnds = "。！？!?.…";
    private const string ClauseEnds = SentenceEnds + "；;：:";

    /// <summary>One way of numbering: how it looks, and after which punctuation it may stand (it may always open a paragraph).</summary>
    private sealed record Form(MarkerStyle Style, Regex Pattern, string After);

    private static readonly Form[] _forms =
    [
        new(MarkerStyle.Chapter, ChapterPattern(), ""),
        new(MarkerStyle.OrdinalWord, OrdinalPattern(), ClauseEnds),
        new(MarkerStyle.NumberIs, NumberIsPattern(), ClauseEnds + "，,、"),
        new(MarkerStyle.NumberComma, NumberCommaPattern(), SentenceEnds),
        new(MarkerStyle.NumberInBrackets, NumberInBracketsPattern(), ClauseEnds),
        new(MarkerStyle.Digit, DigitPattern(), ClauseEnds),
        new(MarkerStyle.DigitInBrackets, DigitInBracketsPattern(), ClauseEnds + "，,"),
        new(MarkerStyle.SequenceWord, SequencePattern(), ClauseEnds),
        new(MarkerStyle.Dash, DashPattern(), SentenceEnds),
    ];

    public static IEnumerable<Marker> Find(CleanParagraph paragraph, int index)
    {
        var text = paragraph.Text;
        var quoted = Quotations.Inside(text, longest: int.MaxValue);
        for (var at = 0; at < text.Length; at++)
        {
            // brackets are part of some markers, so it is the character before that must stand free
            if (at > 0 && quoted[at - 1]) continue;
            foreach (var form in _forms)
            {
                if (!MayStandAt(text, at, form) || form.Pattern.Match(text, at) is not { Success: true, Length: > 0 } match) continue;
                var (number, isLast) = Read(form.Style, match);
                yield return new Marker(form.Style, number, isLast, new Place(index, at, at + match.Length));
                at += match.Length - 1;
                break;
            }
        }
    }

    private static bool MayStandAt(string text, int at, Form form)
    {
        if (text[at] == ' ') return false;
        var before = at - 1;
        while (before >= 0 && (text[before] == ' ' || "”’」』）)".Contains(text[before]))) before--;
        return before < 0 ? at == 0 : form.After.Contains(text[before]);
    }

    private static (int Number, bool IsLast) Read(MarkerStyle style, Match match)
    {
        if (style == MarkerStyle.Dash) return (0, false);
        var word = match.Groups["n"].Value;
        if (style == MarkerStyle.SequenceWord) return SequenceWords(word);
        return (ChineseNumber.Parse(word), false);
    }

    private static (int Number, bool IsLast) SequenceWords(string word) => word.ToUpperInvariant() switch
    {
        "首先" or "FIRST" or "FIRSTLY" or "FIRST OF ALL" => (1, false),
        "SECOND" or "SECONDLY" => (2, false),
        "THIRD" or "THIRDLY" => (3, false),
        "FOURTH" => (4, false),
        "FIFTH" => (5, false),
        "最后" or "FINALLY" or "LASTLY" => (0, true),
        _ => (0, false),
    };

    // 第一 counts only with punctuation or 是 after it: 第一动力 and 第一位 name no point
    [GeneratedRegex(@"\G第(?<n>[一二三四五六七八九十]{1,3})(?:[，、：:,]|是)\s*", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex OrdinalPattern();

    [GeneratedRegex(@"\G(?<n>[一二三四五六七八九十]{1,3})(?:是|要)(?![一二三四五六七八九十])", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex NumberIsPattern();

    // 一、二、三产业 numbers nothing
    [GeneratedRegex(@"\G(?<n>[一二三四五六七八九十]{1,3})、(?![一二三四五六七八九十]{1,3}、)\s*", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex NumberCommaPattern();

    [GeneratedRegex(@"\G[（(](?<n>[一二三四五六七八九十]{1,3})[）)][、，]?\s*", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex NumberInBracketsPattern();

    // not 3.5, nor a date
    [GeneratedRegex(@"\G(?<n>[0-9]{1,2})(?:[.．](?![0-9])|、(?![0-9])|[)）])\s*", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex DigitPattern();

    [GeneratedRegex(@"\G(?:[（(](?<n>[0-9]{1,2})[）)]|(?<n>[①-⑳]))[、，]?\s*", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex DigitInBracketsPattern();

    [GeneratedRegex(@"\G(?:(?<n>首先|其次|再次|再者|最后)[，,：:]?|(?<n>First of all|First|Firstly|Second|Secondly|Third|Thirdly|Fourth|Fifth|Next|Finally|Lastly),\s*)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex SequencePattern();

    [GeneratedRegex(@"\G[—–―─]{2,3}\s*", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex DashPattern();

    [GeneratedRegex(@"\G第(?<n>[一二三四五六七八九十]{1,3})(?:章|节|编|部分)[　、，：: ]*", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex ChapterPattern();
}

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
