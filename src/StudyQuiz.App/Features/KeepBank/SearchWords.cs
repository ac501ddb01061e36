using System.Text;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.KeepBank;

/// <summary>
/// What somebody looks for among questions: words parted by spaces, all of which must stand somewhere. Letters count alone, in small and in their
/// usual width, as <c>question_words</c> in the database keeps them; pairs of neighbouring letters find the rows, as <c>letter_pairs</c> lists them.
/// </summary>
internal sealed class SearchWords
{
    private const int MostTerms = 6;
    private const int LongestTerm = 60;

    // As long as a word or two, and so many of a stem
    private const int Run = 6;
    private const int MostRuns = 20;

    // So long a term may have two letters wrong
    private const int LongTerm = 8;

    private readonly IReadOnlyList<string> _terms;

    private SearchWords(IReadOnlyList<string> terms) => _terms = terms;

    /// <summary>Null where nothing is looked for.</summary>
    public static SearchWords? Of(string? typed)
    {
        if (string.IsNullOrWhiteSpace(typed) || !StorableText.Is(typed)) return null;
        var terms = typed.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(LettersOf).Where(term => term.Length > 0).Distinct(StringComparer.Ordinal).Take(MostTerms).ToList();
        return terms.Count == 0 ? null : new SearchWords(terms);
    }

    /// <summary>For LIKE, one for each term: letters hold none of its signs.</summary>
    public string[] Patterns => [.. _terms.Select(term => $"%{term}%")];

    /// <summary>Those that pairs leave unsure: a term of one letter or two is found by its pair alone, and no text is read for it.</summary>
    public string[] UnsurePatterns => [.. _terms.Where(term => Runes(term).Count > 2).Select(term => $"%{term}%")];

    /// <summary>A tsquery of rows that hold every pair of every term. Whether they stand side by side is for <see cref="Patterns"/> to say.</summary>
    public string Query(IEnumerable<long> sources) => InSources(sources, _terms.Select(term => All(PairsOf(Runes(term)))));

    /// <summary>Tsqueries of rows that hold every term but for a letter that is wrong, missing or too many, one for each letter of the longest; whether they do is for <see cref="DistanceIn"/> to say.</summary>
    public string[] NearQueries(IReadOnlyList<long> sources)
    {
        var longest = _terms.MaxBy(term => term.Length)!;
        var others = _terms.Where(term => term != longest).Select(term => string.Join(" | ", Near(Runes(term)).Select(way => $"({way})"))).ToList();
        return [.. Near(Runes(longest)).Select(way => InSources(sources, [way, .. others]))];
    }

    /// <summary>How many letters of all terms are wrong in a question's words; null where one of them does not stand there even so.</summary>
    public int? DistanceIn(string words)
    {
        var sum = 0;
        foreach (var term in _terms)
        {
            if (NearestPassage.Of(term, words, term.Length < 3 ? 0 : term.Length < LongTerm ? 1 : 2) is not { } passage) return null;
            sum += passage.Distance;
        }

        return sum;
    }

    /// <summary>Tsqueries of rows that share a run of letters with a text, one a run: what says nearly the same has some of them.</summary>
    public static string[] Runs(long source, string text)
    {
        var letters = Runes(LettersOf(text));
        return [.. Enumerable.Range(0, letters.Count).Where(at => at % (Run / 2) == 0 && at + Run <= letters.Count).Take(MostRuns).Select(at => InSources([source], [All(PairsOf(letters.GetRange(at, Run)))]))];
    }

    internal static string LettersOf(string text)
    {
        var letters = new StringBuilder();
        foreach (var letter in text.Normalize(NormalizationForm.FormKC).ToLowerInvariant())
        {
            if (letter is not ((>= '\u0001' and <= '/') or (>= ':' and <= '`') or (>= '{' and <= '\u00bf') or (>= '\u2000' and <= '\u206f') or (>= '\u3000' and <= '\u303f'))) letters.Append(letter);
        }

        return letters.Length <= LongestTerm ? letters.ToString() : Shortened(letters.ToString());
    }

    private static string Shortened(string term) => char.IsHighSurrogate(term[LongestTerm - 1]) ? term[..(LongestTerm - 1)] : term[..LongestTerm];

    private static IEnumerable<string> Near(List<string> letters) =>
        letters.Count < 3 ? [All(PairsOf(letters))] : Enumerable.Range(0, letters.Count).Select(wrong => All(Without(letters, wrong))).Distinct(StringComparer.Ordinal);

    // What is left of a term when one of its letters, or what stands between it and the next, is wrong
    private static IEnumerable<string> Without(List<string> letters, int wrong)
    {
        var (before, after) = (letters[..wrong], letters[(wrong + 1)..]);
        return [.. PairsOf(before), .. PairsOf(after)];
    }

    private static IEnumerable<string> PairsOf(List<string> letters) => letters.Count == 1 ? letters : letters.Zip(letters.Skip(1), (one, next) => one + next);

    private static List<string> Runes(string term) => [.. term.EnumerateRunes().Select(rune => rune.ToString())];

    private static string All(IEnumerable<string> lexemes) => string.Join(" & ", lexemes.Distinct(StringComparer.Ordinal).Select(lexeme => $"'{lexeme}'"));

    private static string InSources(IEnumerable<long> sources, IEnumerable<string> terms) =>
        $"({string.Join(" | ", sources.Select(source => $"'#{source}'"))}) & {string.Join(" & ", terms.Select(term => $"({term})"))}";
}
