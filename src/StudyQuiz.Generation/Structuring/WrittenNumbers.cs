using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Structuring;

/// <summary>Tells whole numbers from parts of one: 1,250 and 8:30 and 0571-8812 are one number each to a reader, whatever stands between their digits.</summary>
internal static partial class WrittenNumbers
{
    private const string Joints = ",.:：/-";

    /// <summary>How much of a text before and after a number tells what it is.</summary>
    private const int Around = 24;

    /// <summary>Whether a stretch of a text begins or ends in the middle of a number.</summary>
    public static bool IsCut(string text, int start, int end) => IsInside(text, start) || IsInside(text, end);

    /// <summary>
    /// Whether digits say how many or when, so that they can be asked for: they are not a part of a longer number, of a range, of a time
    /// of day or of a telephone number, and don't number a section or a point.
    /// </summary>
    public static bool Counts(string text, int start, int end)
    {
        if (IsCut(text, start, end)) return false;
        var (before, words, after) = (text[Math.Max(0, start - Around)..start], text[start..end], text[end..Math.Min(text.Length, end + Around)]);
        return !Before().IsMatch(before) && !After().IsMatch(after) && !TelephonePattern().IsMatch(words)
            && !(BareShort().IsMatch(words) && IsMarker(before.TrimEnd(), after.TrimStart()));
    }

    private static bool IsInside(string text, int at)
    {
        if (at <= 0 || at >= text.Length) return false;
        var (before, after) = (text[at - 1], text[at]);
        if (char.IsAsciiDigit(before)) return char.IsAsciiDigit(after) || (Joints.Contains(after) && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]));
        return Joints.Contains(before) && char.IsAsciiDigit(after) && at > 1 && char.IsAsciiDigit(text[at - 2]);
    }

    // in brackets, or at the start of a paragraph or a clause with the punctuation of a point after it
    private static bool IsMarker(string before, string after)
    {
        if (after.Length == 0) return false;
        if (after[0] is ')' or '）' or ']' or '】') return before.Length == 0 || !char.IsLetter(before[^1]);
        return after[0] is '.' or '．' or '、' && (before.Length == 0 || "。！？!?.…；;：:，,".Contains(before[^1]));
    }

    // the end of a range; a telephone number with spaces; A4, G20 and COVID-19, which are names; 第3、4条, where both are ordinals
    [GeneratedRegex(@"(?:[0-9][%％‰年月日天个项家次人名元吨米倍岁万亿]?\s?[—–―─~～至到]{1,2}\s?|[0-9] |[A-Za-z/\-]|第[0-9、，,和及与至到.—\-\s]*|\b[Nn]o\. ?)\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Before();

    // the start of a range; a telephone number with spaces; 21st and 5G
    [GeneratedRegex(@"\A(?:\s?[—–―─~～]{1,2}\s?[0-9]|[至到][0-9]| [0-9]| (?:January|February|March|April|May|June|July|August|September|October|November|December)\b|[A-Za-z/\-])", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex After();

    // nobody counts up to seven figures without a comma or a unit
    [GeneratedRegex(@"\A(?:0[0-9]+|[0-9]{7,})\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex TelephonePattern();

    [GeneratedRegex(@"\A[0-9]{1,3}\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex BareShort();
}
