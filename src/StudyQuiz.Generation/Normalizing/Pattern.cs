using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>How all patterns of this step are matched: in time that grows with the text alone, the same in every culture.</summary>
internal static class Pattern
{
    public const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant;
}
