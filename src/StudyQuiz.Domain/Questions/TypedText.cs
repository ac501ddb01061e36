using System.Globalization;
using System.Text;

namespace StudyQuiz.Domain.Questions;

/// <summary>How alike a typed answer and an accepted one are.</summary>
public enum TypedMatch
{
    /// <summary>Other words.</summary>
    None,

    /// <summary>The same characters.</summary>
    Exact,

    /// <summary>They differ in width, case, spaces, outer quotes or final punctuation.</summary>
    Form,

    /// <summary>Traditional characters for simplified ones, or the other way.</summary>
    Script,

    /// <summary>A number in figures or in words.</summary>
    Number,

    /// <summary>The parts of a list in another order, where none is asked for.</summary>
    Order,
}

/// <summary>Compares typed answers as a fair reader would: by what they say, not by how the keyboard wrote them.</summary>
public static class TypedText
{
    /// <summary>Whether two texts are the same answer after <see cref="Normalize"/>.</summary>
    public static bool Same(string a, string b) => string.Equals(Normalize(a), Normalize(b), StringComparison.Ordinal);

    /// <summary>The least that has to be overlooked to take two texts for the same.</summary>
    public static TypedMatch Compare(string a, string b)
    {
        if (string.Equals(a, b, StringComparison.Ordinal)) return TypedMatch.Exact;
        var (one, other) = (Form(a), Form(b));
        if (string.Equals(Strip(one), Strip(other), StringComparison.Ordinal)) return TypedMatch.Form;
        (one, other) = (SimplifiedForms.Of(one), SimplifiedForms.Of(other));
        if (string.Equals(Strip(one), Strip(other), StringComparison.Ordinal)) return TypedMatch.Script;
        return Same(one, other) ? TypedMatch.Number : TypedMatch.None;
    }

    /// <summary>Whether a text names exactly the parts of a list, such as 甲、乙和丙, in whatever order.</summary>
    public static bool SameParts(string list, string typed)
    {
        var parts = list.Split(_separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        // 和 may join two parts or be a letter of one (和谐): first it is left where it is
        return Names(Normalize(typed), parts) || Names(Normalize(typed), [.. parts.SelectMany(AtConjunctions)]);
    }

    private static bool Names(string left, IEnumerable<string> parts)
    {
        // the longest first, for a part may stand within another
        foreach (var part in parts.Select(Normalize).Where(part => part.Length > 0).OrderByDescending(part => part.Length))
        {
            var at = left.IndexOf(part, StringComparison.Ordinal);
            if (at < 0) return false;
            left = string.Concat(left.AsSpan(0, at), "、", left.AsSpan(at + part.Length));
        }

        return left.All(c => _separators.Contains(c) || Conjunctions.Contains(c, StringComparison.Ordinal));
    }

    private static IEnumerable<string> AtConjunctions(string part)
    {
        var at = part.Length < 3 ? -1 : part.AsSpan(1, part.Length - 2).IndexOfAny(Conjunctions);
        return at < 0 ? [part] : [part[..(at + 1)], .. AtConjunctions(part[(at + 1)..].TrimStart(Conjunctions.ToCharArray()))];
    }

    /// <summary>
    /// Unicode NFKC (full width to half), lower case, no white space, no outer quotes, no final punctuation, 後 as 后
    /// (<see cref="SimplifiedForms"/>), 五 as 5 (<see cref="WrittenNumbers"/>). Normalizing twice gives the same as once.
    /// </summary>
    public static string Normalize(string text)
    {
        var form = SimplifiedForms.Of(Form(text));
        // What one pass writes in figures may complete a number that was none: 1,一百五
        while (Strip(WrittenNumbers.InFigures(form)) is var folded && folded != form) form = folded;
        return form;
    }

    private static readonly char[] _separators = ['、', ',', '，', ';', '；', '/', '\n'];
    private const string Conjunctions = "和与及以";

    private static string Form(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in Characters(text).Normalize(NormalizationForm.FormKC).ToLowerInvariant())
        {
            if (!char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != UnicodeCategory.Format) folded.Append(c);
        }

        return folded.ToString();
    }

    // Code points that Unicode sets apart as no characters can't be normalized, and nobody sees them
    private static string Characters(string text) =>
        text.EnumerateRunes().Any(IsNone) ? string.Concat(text.EnumerateRunes().Where(rune => !IsNone(rune))) : text;

    private static bool IsNone(Rune rune) => (rune.Value & 0xfffe) == 0xfffe || rune.Value is >= 0xfdd0 and <= 0xfdef;

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
