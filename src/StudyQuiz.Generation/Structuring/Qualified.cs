using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Structuring;

/// <summary>
/// Finds what must be told with a clause so that it stays what the text says: who says it, where others than the text's own speaker do, and
/// under which condition or with which exception. 如果明年丰收，就修路 promises no road.
/// </summary>
internal static partial class Qualified
{
    /// <summary>A clause of a sentence with its speaker and its conditions, and with all that stands between.</summary>
    public static Place Of(SourceText text, Place sentence, Place clause)
    {
        var spoken = text.Voices.WithSpeaker(sentence, clause);
        var (start, end) = (spoken.Start, clause.End);
        var clauses = Clauses.Of(text, sentence);
        for (var i = clauses.Count - 1; i >= 0; i--)
        {
            var other = clauses[i];
            var words = text.At(other);
            if (other.End <= clause.Start && ConditionPattern().IsMatch(words) && !IsParted(text, other.End, clause.Start)) start = Math.Min(start, other.Start);
            if (other.Start >= clause.End && LaterConditionPattern().IsMatch(words) && !IsParted(text, clause.End, other.Start)) end = Math.Max(end, other.End);
        }

        return clause with { Start = start, End = end };

        bool IsParted(SourceText source, int from, int to) => source.Paragraphs[clause.Paragraph].Text.AsSpan(from, to - from).IndexOfAny("；;。") >= 0;
    }

    [GeneratedRegex(
        @"\A(但是?|而|而且|那么)?(如果|假如|假使|假设|倘若|若(?!干)|要是|万一|只要|除非|一旦|即使|即便|哪怕|凡是?|除了?(?=[^，]*外\z)|在[^，]*(情况|条件|前提)下\z|(if|unless|once|provided|as long as|even if|in case|except for|assuming)\b)|的话\z|\A(逾期|[对凡])[^，]*的\z|\A[^，是]{5,}的\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Timeout.Infinite)]
    private static partial Regex ConditionPattern();

    [GeneratedRegex(@"\A(除非|(but )?only if\b|if\b|unless\b|provided\b|as long as\b|except\b)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex LaterConditionPattern();
}
