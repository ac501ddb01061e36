using System.Text;

namespace StudyQuiz.Generation.Gates;

/// <summary>Words in quotation marks.</summary>
internal static class Quotations
{
    /// <summary>Shorter formulations differ from too many other words by one character.</summary>
    public const int ShortestAltered = 4;

    /// <summary>Shorter quotations, such as “二是”, name something rather than tell what the text says.</summary>
    public const int ShortestCited = 6;

    /// <summary>A text without the passages that it cites from the source; the marks stay. What stands in these is the source's wording.</summary>
    public static string WithoutCited(string text, BankText source)
    {
        StringBuilder? rest = null;
        foreach (var words in In(text).Where(words => words.Length >= ShortestCited && source.Holds(words))) rest = (rest ?? new StringBuilder(text)).Replace(words, "");
        return rest?.ToString() ?? text;
    }

    /// <summary>What stands in “” or 「」; to the end where a mark isn't closed.</summary>
    public static IEnumerable<string> In(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ('“' or '「')) continue;
            var close = text.IndexOf(text[i] == '“' ? '”' : '」', i + 1);
            var end = close < 0 ? text.Length : close;
            if (end > i + 1) yield return text[(i + 1)..end];
            i = end;
        }
    }

    /// <summary>
    /// The words of a claim that are a formulation with up to a quarter of its characters changed, at least one; null where the claim
    /// does not hold it or holds it right. Only changes that keep its length are seen.
    /// </summary>
    public static string? Altered(string claim, string formulation)
    {
        if (formulation.Length < ShortestAltered || claim.Contains(formulation, StringComparison.Ordinal)) return null;
        for (var at = 0; at + formulation.Length <= claim.Length; at++)
        {
            var left = formulation.Length / 4;
            for (var i = 0; i < formulation.Length && left >= 0; i++)
                if (claim[at + i] != formulation[i]) left--;
            if (left >= 0) return claim.Substring(at, formulation.Length);
        }

        return null;
    }
}
