using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>Finds within a sentence who answers for what (由甲提供…、乙负责…、丙承担…) and what comes first, second and third (第一杯…；第二杯…；第三杯…).</summary>
internal static partial class Rows
{
    private const int Fewest = 3;
    private const int Most = 5;

    public static IEnumerable<Fact> Of(SourceText text, KeyPointOwners owners, Place sentence)
    {
        if (!text.IsChinese || owners.Of(sentence) is not { } owner || text.IsDoubtful(sentence)) yield break;
        if (Duties(text, sentence) is { Count: >= Fewest } duties) yield return new RowFact(owner, duties[0].Left with { End = duties[^1].Right.End }, duties, RowKind.Duties);
        if (Steps(text, sentence) is { Count: >= Fewest } steps) yield return new RowFact(owner, steps[0].Left with { End = steps[^1].Right.End }, steps, RowKind.Steps);
    }

    private static List<(Place Left, Place Right)> Duties(SourceText text, Place sentence)
    {
        var run = new List<(Place Left, Place Right)>();
        var words = text.At(sentence);
        foreach (Match part in PartPattern().Matches(words))
        {
            if (DutyPattern().Match(part.Value) is { Success: true } duty && run.TrueForAll(other => text.At(other.Left) != duty.Groups["who"].Value))
                run.Add((Part(sentence, part.Index, duty.Groups["who"]), Part(sentence, part.Index, duty.Groups["what"])));
            else if (run.Count < Fewest) run.Clear();
            else break;
        }

        return run.Count > Most ? [.. run.Take(Most)] : run;
    }

    private static List<(Place Left, Place Right)> Steps(SourceText text, Place sentence)
    {
        var run = new List<(Place Left, Place Right)>();
        var noun = "";
        foreach (Match step in StepPattern().Matches(text.At(sentence)))
        {
            if (run.Count == 0) noun = step.Groups["noun"].Value;
            if (ChineseNumber.Parse(step.Groups["number"].Value) != run.Count + 1 || !step.Groups["noun"].Value.StartsWith(noun, StringComparison.Ordinal)) return [];
            run.Add((Part(sentence, 0, step.Groups["left"]), Part(sentence, 0, step.Groups["what"])));
        }

        return run;
    }

    private static Place Part(Place sentence, int from, Group group) => new(sentence.Paragraph, sentence.Start + from + group.Index, sentence.Start + from + group.Index + group.Length);

    [GeneratedRegex(@"[^，、；。：！？]+", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex PartPattern();

    [GeneratedRegex(@"\A(?:\p{IsCJKUnifiedIdeographs}{0,4}?由)?(?<who>[\p{IsCJKUnifiedIdeographs}“”]{2,12}?)(?<what>(?:主要)?(?:负责|牵头|承担|分管|主管|主抓|提供|给予|保障|协助|配合|参与)[^，、；。]{1,16})\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex DutyPattern();

    [GeneratedRegex(@"(?<left>第(?<number>[一二三四五六七八九十])(?<noun>[\p{IsCJKUnifiedIdeographs}]{2}))(?<what>[^；。：]{3,28})(?=[；。])", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex StepPattern();
}
