using System.Buffers;
using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Gates;

/// <summary>A point that a stem names by its number.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Style">How a series would have to be numbered to be meant; null where any may be.</param>
/// <param name="Words">As written.</param>
/// <param name="Clause">From the number to the end of its clause.</param>
internal sealed partial record Ordinal(int Number, MarkerStyle? Style, string Words, string Clause)
{
    private static readonly SearchValues<char> _clauseEnds = SearchValues.Create("，。；：！？”」");

    /// <summary>
    /// The ordinals of a stem: 第N before a word for points or where a clause or quotation ends, and N是 at the start of a clause or
    /// quotation. 第一动力, 第二产业 and the like name no point.
    /// </summary>
    public static IEnumerable<Ordinal> In(string stem)
    {
        foreach (Match match in Numbered().Matches(stem))
            if (Of(match, match.Groups["of"].Success ? null : MarkerStyle.OrdinalWord, stem) is { } ordinal) yield return ordinal;
        foreach (Match match in NumberIs().Matches(stem))
            if (Of(match, MarkerStyle.NumberIs, stem) is { } ordinal) yield return ordinal;
    }

    private static Ordinal? Of(Match match, MarkerStyle? style, string stem)
    {
        var words = match.Groups["all"];
        var end = stem.AsSpan(words.Index + words.Length).IndexOfAny(_clauseEnds);
        return ChineseNumber.Parse(match.Groups["number"].Value) is > 0 and var number
            ? new Ordinal(number, style, words.Value, end < 0 ? stem[words.Index..] : stem.Substring(words.Index, words.Length + end))
            : null;
    }

    [GeneratedRegex("(?<all>第(?<number>[一二三四五六七八九十]{1,3}|[0-9]{1,2})(?<of>个?(方面|点|项|条|部分|步|层))?)(?(of)|(?=[，,、：:；。！？”」是]|$))", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Numbered();

    [GeneratedRegex("(^|[，；：。“「])(?<all>(?<number>[一二三四五六七八九十]{1,3})是)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex NumberIs();
}
