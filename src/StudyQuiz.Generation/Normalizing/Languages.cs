using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>
/// Tells in which language a text is: Chinese and English, which there are patterns for, and those that would else be taken for one of them. A script
/// decides where it is of one language, words of grammar decide between those in Latin letters.
/// </summary>
public static partial class Languages
{
    public const string Chinese = "zh-CN";
    public const string English = "en";

    // A name or a line of a song in another script makes no other language
    private const double LeastOfScript = 0.15;

    // Of all words, and beside those of English
    private const double LeastOfWords = 0.12;
    private const int TimesEnglish = 2;

    private static readonly Dictionary<string, HashSet<string>> _grammar = new(StringComparer.Ordinal)
    {
        [English] = Set("the of and to in is that for it with as was on are be this by have from they we you not or an at which"),
        ["fr"] = Set("le la les des du de un une et est sont que qui dans pour par sur avec nous vous ils elle ce cette ces pas ne au aux plus été leur notre nos mais"),
        ["de"] = Set("der die das und ist nicht ein eine den dem des mit für auf von zu wir sie es im auch werden wird haben hat sich als dass aber wurde"),
        ["es"] = Set("el la los las de que y en un una por con para es del se no su al lo como más pero nuestra nuestro este esta son"),
        ["it"] = Set("il lo la gli le di che e è un una per con non del della dei delle in si nel nella sono come anche più questo questa noi"),
        ["pt"] = Set("o a os as de que e em um uma por com para é do da dos das não se no na mais como nós seu sua este esta são foi"),
    };

    /// <summary>A BCP 47 tag; Chinese where there are no letters.</summary>
    public static string Of(string text)
    {
        int han = 0, kana = 0, hangul = 0, cyrillic = 0, latin = 0;
        foreach (var c in text)
            if (Letters.IsHan(c)) han++;
            else if (c is >= '\u3041' and <= '\u30ff' and not '・' and not 'ー') kana++;
            else if (c is >= '\uac00' and <= '\ud7a3') hangul++;
            else if (c is >= '\u0400' and <= '\u04ff') cyrillic++;
            else if (char.IsAsciiLetter(c) || c is >= '\u00c0' and <= '\u024f') latin++;

        var all = han + kana + hangul + cyrillic + latin;
        if (kana > LeastOfScript * all) return "ja";
        if (hangul > LeastOfScript * all && hangul > han) return "ko";
        if (cyrillic > han + latin) return "ru";
        return latin > han ? OfLatin(text) : Chinese;
    }

    /// <summary>Whether a language parts its words.</summary>
    public static bool HasSpaces(string language) => language is not (Chinese or "ja");

    /// <summary>Whether there are patterns for a language; of others only numbers and numbered points are asked.</summary>
    public static bool IsKnown(string language) => language is English || language.StartsWith("zh", StringComparison.Ordinal);

    private static string OfLatin(string text)
    {
        var counts = _grammar.ToDictionary(language => language.Key, _ => 0, StringComparer.Ordinal);
        var words = 0;
        foreach (var match in WordPattern().EnumerateMatches(text))
        {
            words++;
            var word = text.Substring(match.Index, match.Length).ToLowerInvariant();
            foreach (var (language, grammar) in _grammar)
                if (grammar.Contains(word)) counts[language]++;
        }

        var (best, most) = counts.Where(count => count.Key != English).MaxBy(count => count.Value);
        return most > LeastOfWords * words && most > TimesEnglish * counts[English] ? best : English;
    }

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.Ordinal);

    [GeneratedRegex(@"\p{L}+", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex WordPattern();
}
