using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Proposals;

/// <summary>Texts of a proposal must be plain words: nothing that a page, a terminal or a reader could take for more.</summary>
internal static partial class ProposedTexts
{
    public const int LongestStem = 160;
    public const int LongestPart = 80;
    public const int MostParts = 8;

    /// <param name="scale">How many letters say what one Chinese character says.</param>
    public static ProposalRefusal? WhyNot(ProposedItem item, int scale)
    {
        // lengths first: the rest looks at every character
        if (item.Stem.Length > LongestStem * scale || item.Texts.Skip(1).Any(text => text.Length > LongestPart * scale)) return ProposalRefusal.TooLong;
        if (item.Right.Count > MostParts || item.Wrong.Count > MostParts || item.Left.Count > MostParts) return ProposalRefusal.TooLong;
        return item.Texts.Select(WhyNot).FirstOrDefault(why => why is not null);
    }

    private static ProposalRefusal? WhyNot(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) return ProposalRefusal.EmptyText;
        if (text.EnumerateRunes().Any(IsNoText) || HasHalfPair(text)) return ProposalRefusal.ControlCharacter;
        if (Addresses().IsMatch(text)) return ProposalRefusal.Address;
        return Markups().IsMatch(text) ? ProposalRefusal.Markup : null;
    }

    private static bool IsNoText(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned;

    // EnumerateRunes gives U+FFFD for it
    private static bool HasHalfPair(string text) => text.Contains('\uFFFD', StringComparison.Ordinal) || !Domain.StorableText.Is(text);

    [GeneratedRegex(@"://|\b(javascript|data|mailto|vbscript|file)\s*:|www\.|[a-z0-9-]\.[a-z]{2,}|[^\s@]@[^\s@]|\b\d{1,3}(\.\d{1,3}){3}\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Addresses();

    [GeneratedRegex(@"[<>`\\{}|~^]|\*\*|__|\]\s*[\[(:]|!\[|&(#\w+|[a-z]+);|^\s*([#*+>-]|\d+[.)])\s", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Markups();
}
