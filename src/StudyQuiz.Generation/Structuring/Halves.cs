using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Structuring;

/// <summary>
/// Finds clauses that are only a part of what they belong to: the subject whose 是 comes after a comma, the 是 without its subject, a condition or a topic
/// that ends in 的, and in English an item of a list. Quoted alone they say nothing.
/// </summary>
internal static partial class Halves
{
    /// <summary>Whether a clause among those of its sentence is such a part.</summary>
    public static bool Has(SourceText text, IReadOnlyList<Place> clauses, int at)
    {
        var words = text.At(clauses[at]);
        if (!text.IsChinese) return clauses.Any(clause => !HasVerb().IsMatch(text.At(clause)));
        return Predicate().IsMatch(words) || GoesOn(text, clauses, at);
    }

    /// <summary>Whether a clause is a subject or a condition, in English one that only tells who or which, and what is said of it comes after its comma.</summary>
    public static bool GoesOn(SourceText text, IReadOnlyList<Place> clauses, int at) => !text.IsChinese
        ? at + 1 < clauses.Count && Relative().IsMatch(text.At(clauses[at]))
        : at + 1 < clauses.Count && (Predicate().IsMatch(text.At(clauses[at + 1])) || text.At(clauses[at]).EndsWith('的')) && IsComma(text, clauses[at]);

    /// <summary>Whether words that follow a comma are the rest of the clause before it.</summary>
    public static bool Continue(string words) => Predicate().IsMatch(words);

    private static bool IsComma(SourceText text, Place clause) => text.Paragraphs[clause.Paragraph].Text.AsSpan(clause.End).StartsWith("，", StringComparison.Ordinal);

    [GeneratedRegex(@"\A(?:不是|[就正才也都则便并]是|是(?!否|非))", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Predicate();

    [GeneratedRegex(@"\A(?:who|whose|which|where|that) ", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Relative();

    // by its forms alone: an English verb can't be told from a noun without a list of either
    [GeneratedRegex(@"\b(?:is|are|am|was|were|be|been|will|would|can|could|must|may|might|shall|should|has|have|had|do|does|did|cannot)\b|n['’]t\b|\b(?:I|we|they|you|he|she|it|nobody|everyone|who)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Timeout.Infinite)]
    private static partial Regex HasVerb();
}
