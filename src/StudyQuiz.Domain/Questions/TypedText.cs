using System.Globalization;
using System.Text;

namespace StudyQuiz.Domain.Questions;

/// <summary>Compares typed answers as a fair reader would: by their characters, not by how the keyboard wrote them.</summary>
public static class TypedText
{
    // Chinese digits that stand for one figure each; 十, 百 and the like depend on their place and are left alone.
    private const string ChineseDigits = "〇一二三四五六七八九";

    /// <summary>Whether two texts are the same answer after <see cref="Normalize"/>.</summary>
    public static bool Same(string a, string b) => string.Equals(Normalize(a), Normalize(b), StringComparison.Ordinal);

    /// <summary>
    /// Unicode NFKC (full width to half), lower case, no white space, no outer quotes, no final punctuation, 五 as 5.
    /// Normalizing twice gives the same as once.
    /// </summary>
    public static string Normalize(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKC).ToLowerInvariant())
        {
            if (char.IsWhiteSpace(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format) continue;
            var digit = ChineseDigits.IndexOf(c, StringComparison.Ordinal);
            folded.Append(c == '零' ? '0' : digit >= 0 ? (char)('0' + digit) : c);
        }

        return Strip(folded.ToString());
    }

    private static string Strip(string text)
    {
        var start = 0;
        var end = text.Length;
        while (start < end && IsQuote(text[start])) start++;
        while (end > start && (IsQuote(text[end - 1]) || IsFinal(text[end - 1]))) end--;
        return text[start..end];
    }

    private static bool IsQuote(char c) => "“”‘’\"'「」『』《》".Contains(c, StringComparison.Ordinal);

    private static bool IsFinal(char c) => "。.!?,;:、…".Contains(c, StringComparison.Ordinal);
}
