using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Gates;

/// <summary>
/// What a clause is built like, by its function words alone: clauses of one form can follow the same beginning, of two forms mostly can't.
/// </summary>
/// <param name="Opening">The word by which it ties itself to what goes before, or the particle or pronoun that it begins with; empty where it begins otherwise.</param>
/// <param name="IsDemand">Whether it calls for something.</param>
/// <param name="IsNegative">Whether it denies or forbids.</param>
/// <param name="HasNumber">Whether it counts or dates something in figures.</param>
/// <param name="Ending">了, 的 and the like at its end; in English whether it has a verb that can be told.</param>
public sealed partial record ClauseForm(string Opening, bool IsDemand, bool IsNegative, bool HasNumber, string Ending)
{
    /// <summary>The form of a clause without its final punctuation.</summary>
    public static ClauseForm Of(string clause)
    {
        var tied = ContentWords.Opening(clause);
        var opening = tied.Length > 0 ? tied : Particle().Match(clause) is { Success: true } particle ? Kind(particle) : "";
        return new ClauseForm(opening, Words.Demanding().IsMatch(clause), Words.Negation().IsMatch(clause), clause.Any(char.IsAsciiDigit), Last().Match(clause).Value + (HasVerb().IsMatch(clause) ? "v" : ""));
    }

    // pronouns stand for each other; each particle only for itself
    private static string Kind(Match particle) => particle.Groups["who"].Success ? "who" : particle.Groups["article"].Success ? "article" : particle.Groups["doing"].Success ? "ing" : particle.Value.ToLowerInvariant();

    [GeneratedRegex(@"\A(?:[把将对由在从向为让使给被用以与和同比按没不能会可只最更有]|(?<who>[我你他她它咱谁]们?|每[个位人]|有的|(?i:we|you|they|he|she|it|i|nobody|everybody|everyone)\b)|(?<article>(?i:the|a|an|our|my|his|her|their|its|this|that|every|each|all)\b)|(?i:to|by|with|for|from|in|on|at|of|into|after|before)\b|(?<doing>[A-Za-z]+ing\b))", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Particle();

    [GeneratedRegex("[的了过着吗呢]$", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Last();

    [GeneratedRegex(@"\b(?i:is|are|was|were|will|would|can|could|must|may|might|shall|should|has|have|had|do|does|did|cannot)\b|n['’]t\b", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex HasVerb();
}
