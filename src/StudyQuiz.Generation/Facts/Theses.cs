using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>
/// Finds what a sentence puts forward in a form that leaves no doubt: 不是甲，而是乙; 不在甲，而在乙; 根本在于乙. Where the subject stands in another sentence, or what
/// is put forward goes on, there is none.
/// </summary>
internal static partial class Theses
{
    private const int Shortest = 3;
    private const int Longest = 24;
    private const int LongestBeginning = 48;

    /// <summary>What comes before the thesis, with all that leads up to it, and the thesis; null where a sentence has none.</summary>
    public static (Place Beginning, Place Thesis)? Of(SourceText text, Place sentence)
    {
        if (!text.IsChinese || text.Voices.OthersIn(sentence).Any()) return null;
        var said = Headline.Said(text, sentence);
        var words = text.At(said);
        if (ThesisPattern().Match(words) is not { Success: true } match || Words.Pointing().IsMatch(words) || Words.TiedToFormer().IsMatch(words)) return null;
        var thesis = match.Groups["what"];
        if (thesis.Length is < Shortest or > Longest || thesis.Index > LongestBeginning) return null;
        var start = said.Start + thesis.Index;
        return (said with { End = start }, said with { Start = start, End = start + thesis.Length });
    }

    // to the end of the sentence, and the only comma is that of the pair
    [GeneratedRegex(
        @"\A[^，。；：！？“”不]{0,24}(?:不是[^，。；：！？“”]{2,24}，而是|不在于?[^，。；：！？“”]{2,24}，而在于?)(?<what>[^，。；：！？“”、]+)[。！]?\z"
        + @"|\A[^，。；：！？“”]{2,24}(?:根本|关键|核心|实质|本质|出路|意义|目的|原因)(?:就|还|都)?在于(?<what>[^，。；：！？“”、]+)[。！]?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex ThesisPattern();
}
