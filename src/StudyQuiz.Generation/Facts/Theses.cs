using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>
/// Finds what a sentence puts forward in a form that leaves no doubt: 不是甲，而是乙; 不在甲，而在乙; 不只是甲，更是乙; 根本在于乙. Where the subject stands in another sentence, or what
/// is put forward goes on, there is none.
/// </summary>
internal static partial class Theses
{
    private const int Shortest = 3;
    private const int Longest = 30;
    private const int LongestBeginning = 48;
    private const int LongestSubject = 20;

    // 最难忘的, 拼的, 往往
    private const int LongestWithout = 4;

    /// <summary>What comes before the thesis, from where its subject is named, and the thesis; null where a sentence has none.</summary>
    public static (Place Beginning, Place Thesis)? Of(SourceText text, Place sentence)
    {
        if (!text.IsChinese || text.Voices.OthersIn(sentence).Any()) return null;
        var said = Headline.Said(text, sentence);
        var words = text.At(said);
        if (ThesisPattern().Match(words) is not { Success: true } match) return null;
        var thesis = match.Groups["what"];
        var from = Subject(words, match.Index);
        var beginning = words[from..thesis.Index];
        // it stands for the subject that the beginning names
        var isNamed = beginning.IndexOf('，', StringComparison.Ordinal) is >= 0 and var comma && comma < beginning.IndexOf('不', StringComparison.Ordinal);
        if (Words.Pointing().IsMatch(isNamed ? ItPattern().Replace(beginning, "") : beginning) || Words.Pointing().IsMatch(ItPattern().Replace(thesis.Value, "")) || Words.TiedToFormer().IsMatch(beginning)) return null;
        if (thesis.Length is < Shortest or > Longest || beginning.Length > LongestBeginning) return null;
        var start = said.Start + thesis.Index;
        return (said with { Start = said.Start + from, End = start }, said with { Start = start, End = start + thesis.Length });
    }

    // 走得远的人，往往不是…: a few words before 不 name no subject, which stands in the clause before
    private static int Subject(string words, int at)
    {
        if (at < 2 || words.IndexOf('不', at) - at > LongestWithout) return at;
        var before = words.AsSpan(0, at - 1).LastIndexOfAny('，', '；', '：');
        var clause = words[(before + 1)..(at - 1)];
        return words[at - 1] == '；' || clause.Length > LongestSubject || MyViewPattern().IsMatch(clause) ? at : before + 1;
    }

    [GeneratedRegex(@"\A我们?(始终|一直|总)?(想|看|认为|觉得|相信|常说)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex MyViewPattern();

    // to the end of the sentence; the only commas are those of the pair and one after the subject
    [GeneratedRegex(
        @"(?:\A|(?<=[，；]))(?:[^，。；：！？“”不]{1,24}，(?=(?:也|并)?不)|[^，。；：！？“”不]{2,24})(?:[并就也]?不是[^，。；：！？“”]{2,24}，而是|不在于?[^，。；：！？“”]{2,24}，而在于?|不(?:只|仅|仅仅|单单?)是[^，。；：！？“”]{2,24}，(?:而且|更)(?:还)?是)(?<what>[^，。；：！？“”、]+)[。！]?\z"
        + @"|(?:\A|(?<=[，；]))[^，。；：！？“”]{2,24}(?:根本|关键|核心|实质|本质|出路|意义|目的|原因)，?(?:就|还|都)?在于(?<what>[^，。；：！？“”、]+)[。！]?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex ThesisPattern();

    [GeneratedRegex("[它她他]们?", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex ItPattern();
}
