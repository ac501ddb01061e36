using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Gates;

/// <summary>
/// What stands for the words of a text that say what it is about, without knowing words: pairs of neighbouring Chinese characters of which none is a
/// function word, and longer words of other scripts. Numbers don't count.
/// </summary>
public static partial class ContentWords
{
    // Words of one root mostly agree in so many letters
    private const int Root = 5;

    private const string Function = "的了着过地得在是和与及或并且而但则乃即若如因为所以由从自向往到至于对把将被让使给叫有无没不未非莫别勿也都就才只又还再更最很太越极各每某该此这那其之者他她它我你您们咱谁何哪几多少个一二两三四五六七八九十百千万亿第等时后前中上下里外内间年月日要会能可应须必当做好为以及关同";

    private static readonly HashSet<string> _common = new(StringComparer.Ordinal)
    {
        "about", "above", "after", "again", "against", "also", "because", "been", "before", "being", "below", "between", "both", "could", "does", "down", "during", "each", "even", "every", "first",
        "from", "have", "having", "here", "into", "just", "like", "made", "make", "many", "more", "most", "much", "must", "never", "next", "only", "other", "over", "right", "said", "same", "says",
        "should", "since", "some", "such", "than", "that", "their", "them", "then", "there", "these", "they", "this", "those", "through", "under", "until", "very", "were", "what", "when", "where",
        "which", "while", "whose", "will", "with", "within", "without", "would", "your", "text", "point", "whom", "went", "goes", "going", "come", "came", "year", "years", "people",
    };

    /// <summary>The words, each once.</summary>
    public static IReadOnlySet<string> Of(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at + 1 < text.Length; at++)
            if (Counts(text[at]) && Counts(text[at + 1])) words.Add(text.Substring(at, 2));
        foreach (Match word in WordPattern().Matches(text))
            if (word.Value.ToLowerInvariant() is var lower && !_common.Contains(lower)) words.Add(lower[..Math.Min(Root, lower.Length)]);
        return words;
    }

    /// <summary>How many words two texts share.</summary>
    public static int Shared(IReadOnlySet<string> a, string text) => Of(text).Count(a.Contains);

    /// <summary>The word by which a clause ties itself to the one before (也…, 而在…, so that …); empty where it begins without.</summary>
    public static string Opening(string clause) => OpeningPattern().Match(clause).Value;

    /// <summary>The characters that say something of a subject, each once.</summary>
    public static IReadOnlySet<char> CharactersOf(string text) => text.Where(Counts).ToHashSet();

    private static bool Counts(char c) => c is >= '\u4e00' and <= '\u9fff' && !Function.Contains(c, StringComparison.Ordinal);

    [GeneratedRegex(@"\A(?:也|就|才|却|则|便|都|所以|那么|而[是在]|而且|但是?|从而|进而|反而|于是|因此|不如|(?:and|but|so that|so|or|which|who|where|because|if|provided|than|nor|yet)\b)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex OpeningPattern();

    [GeneratedRegex(@"[A-Za-z\u00c0-\u024f\u0400-\u04ff]{4,}", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex WordPattern();
}
