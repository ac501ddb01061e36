using System.Globalization;
using System.Text;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>What kind of character a character is.</summary>
internal static class Letters
{
    /// <summary>A Chinese character of the basic plane, with 〇 and 々.</summary>
    public static bool IsHan(char c) => c is >= '\u4e00' and <= '\u9fff' or >= '\u3400' and <= '\u4dbf' or >= '\uf900' and <= '\ufaff' or '〇' or '々';

    /// <summary>Punctuation that only Chinese has; it brings its own space.</summary>
    public static bool IsWidePunctuation(char c) =>
        (c is >= '\u3001' and <= '\u303f' or >= '\uff01' and <= '\uff65') && !char.IsLetterOrDigit(c) && !IsHan(c);

    /// <summary>Punctuation that Chinese and English share.</summary>
    public static bool IsSharedPunctuation(char c) => c is '“' or '”' or '‘' or '’' or '…' or '—' or '·';

    /// <summary>Has no shape and no width. Half of a surrogate pair alone is as good as invisible.</summary>
    public static bool IsInvisible(string text, int at) =>
        (char.GetUnicodeCategory(text[at]) is UnicodeCategory.Format or UnicodeCategory.Control && !char.IsWhiteSpace(text[at]) && !JoinsEmoji(text, at)) || IsLoneSurrogate(text, at);

    // a family is one picture of several that are joined
    private static bool JoinsEmoji(string text, int at) =>
        text[at] == '\u200d' && at > 0 && at + 1 < text.Length
        && (char.IsLowSurrogate(text[at - 1]) || text[at - 1] == '\ufe0f' || char.GetUnicodeCategory(text[at - 1]) == UnicodeCategory.OtherSymbol)
        && (char.IsHighSurrogate(text[at + 1]) || char.GetUnicodeCategory(text[at + 1]) == UnicodeCategory.OtherSymbol);

    /// <summary>Columns of a screen that writes Chinese two columns wide.</summary>
    public static int Width(string text) => text.Sum(c => c < '\u1100' ? 1 : 2);

    public static bool AreMostlyLatin(string text) => text.Count(char.IsAsciiLetter) > text.Count(IsHan);

    public static int Count(ReadOnlySpan<char> text)
    {
        var letters = 0;
        foreach (var c in text)
            if (char.IsLetterOrDigit(c)) letters++;
        return letters;
    }

    public static string WithoutLoneSurrogates(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (!IsLoneSurrogate(text, i)) kept.Append(text[i]);
        return kept.ToString();
    }

    private static bool IsLoneSurrogate(string text, int at) =>
        char.IsHighSurrogate(text[at]) ? at + 1 == text.Length || !char.IsLowSurrogate(text[at + 1])
        : char.IsLowSurrogate(text[at]) && (at == 0 || !char.IsHighSurrogate(text[at - 1]));
}
