using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>
/// Finds what a sentence puts forward in a form that leaves no doubt: 不是甲，而是乙; 不在甲，而在乙; 不只是甲，更是乙; 根本在于乙. Where the subject stands in another sentence, or what
/// is put forward goes on, there is none.
/// </summary>
internal static partial class Theses
{
    private const int Shortest = 2;
    private const int Longest = 30;
    private const int LongestBeginning = 48;
    private const int LongestSubject = 20;

    // 最难忘的, 拼的, 往往
    private const int LongestWithout = 4;

    /// <summary>What comes before the thesis, from where its subject is named, and the thesis; null where a sentence has none.</summary>
    public static (Place Beginning, Place Thesis)? Of(SourceText text, Place sentence)
    {
        if (text.Voices.OthersIn(sentence).Any()) return null;
        if (!text.IsChinese) return OfEnglish(text, sentence);
        var said = Headline.Said(text, sentence);
        said = said with { Start = said.Start + Words.Address().Match(text.At(said)).Length };
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

    private static (Place Beginning, Place Thesis)? OfEnglish(SourceText text, Place sentence)
    {
        if (EnglishPattern().Match(text.At(sentence)) is not { Success: true } match) return null;
        var what = match.Groups["what"];
        var (beginning, thesis) = (sentence with { End = sentence.Start + what.Index - 1 }, sentence with { Start = sentence.Start + what.Index, End = sentence.Start + what.Index + what.Length });
        return Words.Pointing().IsMatch(text.At(beginning)) || Words.TiedToFormer().IsMatch(text.At(beginning)) || text.IsDoubtful(sentence) ? null : (beginning, thesis);
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
        @"(?:\A|(?<=[，；]))(?:[^，。；：！？“”不]{1,24}，(?=(?:也|并)?不)|[^，。；：！？“”不]{2,24})(?:[并就也]?不是[^，。；：！？“”]{1,24}，而是(?:因为|为了)?|不在于?[^，。；：！？“”]{1,24}，而在于?|不(?:只|仅|仅仅|单单?)是[^，。；：！？“”]{1,24}，(?:而且|更)(?:还)?是|不(?:(?:只|仅|仅仅|光)?(?:能|要|应|该)|能(?:只|仅|光)|应(?:只|仅))[^，。；：！？“”]{2,24}，(?:而且|更|而|还)(?:还)?(?:要|应|应该|必须)|不(?<verb>\p{L}{1,2})[^，。；：！？“”]{1,20}，(?:[它他她]们?)?\k<verb>的(?:却|只|恰恰)?是)(?<what>[^，。；：！？“”、]+)[。！]?\z"
        + @"|(?:\A|(?<=[，；]))[^，。；：！？“”]{2,24}(?:根本|关键|核心|实质|本质|出路|意义|目的|原因)，?(?:就|还|都)?在于(?<what>[^，。；：！？“”、]+)[。！]?\z"
        + @"|\A不(?:能|要|应)(?:只|仅|光)[^，。；：！？“”]{2,24}，(?:而且|更|而|还)(?:要|应该?|必须)(?<what>[^，。；：！？“”、]+)[。！]?\z"
        // 企业的寿命取决于…, 木头的脾气就是…; 手艺的核心是…，而…
        + @"|(?:\A|(?<=[，；]))[^，。；：！？“”不]{2,24}(?:取决于|来源于|来自于|离不开|意味着)(?<what>[^，。；：！？“”、]{2,})[。！]?\z"
        + @"|\A[^，。；：！？“”不这那此]{2,16}(?<![也才都一])就是(?<what>[^，。；：！？“”、]{3,})[。！]?\z"
        + @"|\A[^，。；：！？“”不这那此]{1,16}的(?:根本|关键|核心|实质|本质|目的|意义|前提|基础)(?:是|在)(?<what>[^，。；：！？“”、于]{2,})(?:[。！]?\z|，而)"
        + @"|\A[^，。；：！？“”不这那此有是]{2,14}是(?<what>[^，。；：！？“”、是]*(?:最[^，。；的]{1,4}的|第一|重中之重|根本|关键|前提|基础|保证|源泉)[^，。；：！？“”、是]{0,8})[。！]?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex ThesisPattern();

    // The worth of a library lies not in its books but in its readers.
    [GeneratedRegex(@"\A[A-Z][^.;:?!“”]{4,80} not [^.;:?!“”]{3,70}?,? but (?:rather )?(?<what>[^,.;:?!“”]{8,90})[.]?\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex EnglishPattern();

    [GeneratedRegex("[它她他]们?", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex ItPattern();
}
