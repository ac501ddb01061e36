using System.Buffers;
using System.Globalization;
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
    private const string Figures = "一二三四五六七八九";
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
        return Value(match.Groups["number"].Value) is { } number
            ? new Ordinal(number, style, words.Value, end < 0 ? stem[words.Index..] : stem.Substring(words.Index, words.Length + end))
            : null;
    }

    /// <summary>The value of a number up to 99 in Chinese or Arabic figures; null for anything else.</summary>
    private static int? Value(string number)
    {
        if (int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var value)) return value;
        var parts = number.Split('十');
        if (parts.Length > 2) return null;
        var units = parts[^1].Length == 0 && parts.Length == 2 ? 0 : Figure(parts[^1]);
        var tens = parts.Length == 1 ? 0 : parts[0].Length == 0 ? 1 : Figure(parts[0]);
        return units is null || tens is null ? null : (tens * 10) + units;
    }

    private static int? Figure(string figure) => figure.Length == 1 && Figures.IndexOf(figure[0], StringComparison.Ordinal) is var at and >= 0 ? at + 1 : null;

    [GeneratedRegex("(?<all>第(?<number>[一二三四五六七八九十]{1,3}|[0-9]{1,2})(?<of>个?(方面|点|项|条|部分|步|层))?)(?(of)|(?=[，,、：:；。！？”」是]|$))", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex Numbered();

    [GeneratedRegex("(^|[，；：。“「])(?<all>(?<number>[一二三四五六七八九十]{1,3})是)", RegexOptions.ExplicitCapture, 10_000)]
    private static partial Regex NumberIs();
}
