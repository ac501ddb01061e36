using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>
/// How all patterns of this step are matched: the same in every culture, interpreted, since most run on a few lines only and to compile them,
/// or to build automata that never backtrack, took longer than all else on a short text. So none may match the same words in more ways than a few.
/// </summary>
internal static class Pattern
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(10);

    public static Regex Of(string pattern, RegexOptions more = RegexOptions.None) =>
        new(pattern, RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | more, LongestMatch);
}
