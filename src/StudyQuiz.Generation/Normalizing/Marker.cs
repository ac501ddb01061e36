using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>An ordinal marker where a line or a sentence begins.</summary>
/// <param name="Number">From 1; 0 for words such as 最后 that say no number.</param>
/// <param name="Length">With the punctuation after it.</param>
internal sealed record Marker(MarkerStyle Style, int Number, int Length)
{
    private const string Numerals = "一二三四五六七八九";
    private static readonly string[] SequenceWords = ["首先", "其次", "再次", "最后"];

    /// <summary>The marker at an offset, if there is one.</summary>
    public static Marker? At(string text, int at) =>
        Ordinal(text, at) ?? Bracketed(text, at) ?? Circled(text, at) ?? Plain(text, at) ?? Word(text, at);

    /// <summary>Whether headings carry markers of this style, and not only clauses of a sentence.</summary>
    public bool IsOfHeadings =>
        Style is MarkerStyle.Chapter or MarkerStyle.NumberComma or MarkerStyle.NumberInBrackets or MarkerStyle.Digit or MarkerStyle.DigitInBrackets;

    private static Marker? Ordinal(string text, int at)
    {
        if (CharAt(text, at) != '第') return null;
        var (number, end, _) = ReadNumber(text, at + 1);
        if (number == 0) return null;
        return CharAt(text, end) switch
        {
            '章' or '节' or '编' or '篇' or '条' => new Marker(MarkerStyle.Chapter, number, end + 1 - at),
            '，' or '、' or '：' or ',' or '是' or ' ' => new Marker(MarkerStyle.OrdinalWord, number, end + 1 - at),
            _ => null,
        };
    }

    private static Marker? Bracketed(string text, int at)
    {
        if (CharAt(text, at) is not ('（' or '(')) return null;
        var (number, end, isHan) = ReadNumber(text, at + 1);
        return number > 0 && CharAt(text, end) is '）' or ')'
            ? new Marker(isHan ? MarkerStyle.NumberInBrackets : MarkerStyle.DigitInBrackets, number, end + 1 - at)
            : null;
    }

    private static Marker? Circled(string text, int at) =>
        CharAt(text, at) is >= '①' and <= '⑳' and var c ? new Marker(MarkerStyle.DigitInBrackets, c - '①' + 1, 1) : null;

    private static Marker? Plain(string text, int at)
    {
        var (number, end, isHan) = ReadNumber(text, at);
        if (number == 0) return null;
        var after = CharAt(text, end);
        if (isHan)
        {
            return after switch
            {
                '、' or '．' or '.' => new Marker(MarkerStyle.NumberComma, number, end + 1 - at),
                '是' or '要' => new Marker(MarkerStyle.NumberIs, number, end + 1 - at),
                _ => null,
            };
        }

        return after switch
        {
            '.' or '．' when !char.IsAsciiDigit(CharAt(text, end + 1)) => new Marker(MarkerStyle.Digit, number, end + 1 - at),
            '、' => new Marker(MarkerStyle.Digit, number, end + 1 - at),
            '）' or ')' => new Marker(MarkerStyle.DigitInBrackets, number, end + 1 - at),
            _ => null,
        };
    }

    private static Marker? Word(string text, int at)
    {
        var word = Array.FindIndex(SequenceWords, word => string.CompareOrdinal(text, at, word, 0, word.Length) == 0);
        if (word < 0 || CharAt(text, at + 2) is not ('，' or '是' or '要' or '、')) return null;
        return new Marker(MarkerStyle.SequenceWord, word == SequenceWords.Length - 1 ? 0 : word + 1, 3);
    }

    /// <summary>A number up to 99 in Chinese or in digits, and the offset after it; 0 when there is none.</summary>
    private static (int Number, int End, bool IsHan) ReadNumber(string text, int at)
    {
        var end = at;
        var number = 0;
        while (end < text.Length && end - at < 2 && char.IsAsciiDigit(text[end])) number = number * 10 + text[end++] - '0';
        if (end > at) return char.IsAsciiDigit(CharAt(text, end)) ? default : (number, end, false);

        var tens = Numerals.IndexOf(CharAt(text, end), StringComparison.Ordinal) + 1;
        if (tens > 0) end++;
        if (CharAt(text, end) != '十') return (tens, end, true);
        end++;
        var ones = Numerals.IndexOf(CharAt(text, end), StringComparison.Ordinal) + 1;
        if (ones > 0) end++;
        return (Math.Max(tens, 1) * 10 + ones, end, true);
    }

    private static char CharAt(string text, int at) => at < text.Length ? text[at] : '\0';
}
