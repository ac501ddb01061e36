namespace StudyQuiz.Generation.Proposals;

/// <summary>Tells whether a statement's truth can be seen from a quote: rules alone must be able to.</summary>
internal static class ProposedStatements
{
    private const string ClauseEnds = "，。；：！？,.;:!?";
    private const string Negations = "不没未非无勿莫别";
    private const int MostClauses = 24;

    private static readonly string[] _englishNegations = ["not ", "n't", "never", "no ", "without"];

    /// <summary>A true statement is one or more whole clauses of the quote, word for word: a part of one may say something else.</summary>
    public static bool IsTold(string told, string quote) => told.Length > 0 && Clauses(quote).Contains(told, StringComparer.Ordinal);

    /// <summary>Whether a stretch of a paragraph begins and ends where clauses do.</summary>
    public static bool IsWhole(string paragraph, int start, int end) =>
        IsBorder(paragraph[..start].TrimEnd().LastOrDefault()) && (IsBorder(paragraph[end - 1]) || IsBorder(paragraph[end..].TrimStart().FirstOrDefault()));

    private static bool IsBorder(char c) => c == default || ClauseEnds.Contains(c, StringComparison.Ordinal);

    /// <summary>
    /// A false statement is one or more clauses of the quote with one stretch of words in the place of another. The rest is at least as
    /// long as what was changed, neither stretch holds the other, and no negation comes in or goes out.
    /// </summary>
    public static bool IsChanged(string told, string quote) => Clauses(quote).Any(clause => IsChange(told, clause));

    private static IEnumerable<string> Clauses(string quote)
    {
        var starts = new List<int> { 0 };
        for (var at = 0; at < quote.Length - 1 && starts.Count < MostClauses; at++)
            if (ClauseEnds.Contains(quote[at], StringComparison.Ordinal)) starts.Add(at + 1);
        var ends = starts.Skip(1).Select(start => start - 1).Append(quote.Length).ToList();
        return from start in starts from end in ends where end > start select quote[start..end].Trim().TrimEnd('。', '.', '！', '？', '!', '?');
    }

    private static bool IsChange(string told, string clause)
    {
        var shorter = Math.Min(told.Length, clause.Length);
        var before = 0;
        while (before < shorter && told[before] == clause[before]) before++;
        var after = 0;
        while (after < shorter - before && told[^(after + 1)] == clause[^(after + 1)]) after++;
        var (put, taken) = (told[before..^after], clause[before..^after]);
        return put.Any(char.IsLetterOrDigit) && taken.Any(char.IsLetterOrDigit)
            && before + after >= Math.Max(put.Length, taken.Length)
            && !put.Contains(taken, StringComparison.Ordinal) && !taken.Contains(put, StringComparison.Ordinal)
            && !HoldsNegation(put) && !HoldsNegation(taken);
    }

    private static bool HoldsNegation(string words) =>
        words.Any(c => Negations.Contains(c, StringComparison.Ordinal)) || _englishNegations.Any(negation => (words + " ").Contains(negation, StringComparison.OrdinalIgnoreCase));
}
