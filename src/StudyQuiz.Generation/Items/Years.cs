using System.Globalization;
using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Items;

/// <summary>Tells which years can be taken for another: what is to come was not the year before, and what has been will not be.</summary>
internal sealed partial class Years
{
    private readonly int? _own;

    public Years(SourceText text) =>
        _own = text.Clean.Details.Published?.Year ?? (YearPattern().Match(text.Clean.Details.Title ?? "") is { Success: true } year ? Value(year.Value) : null);

    /// <summary>Whether a year, or a date with one, may stand for another; always where either names none.</summary>
    public bool MayBe(string date, string other, string before, string after)
    {
        if (YearIn(date, after) is not { } year || YearIn(other, after) is not { } told || year == told) return true;
        if (_own is { } own) return year > own ? told > own : told < own || year == own;
        return !ToComePattern().IsMatch(before) || told > year - 1;
    }

    private static int? YearIn(string date, string after) =>
        YearPattern().Match(date) is { Success: true } year && (date.Length > year.Length || after.StartsWith('年')) ? Value(year.Value) : null;

    private static int Value(string year) => int.Parse(year, CultureInfo.InvariantCulture);

    [GeneratedRegex("(?<![0-9])(?:1[89]|20)[0-9]{2}(?![0-9])", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex YearPattern();

    [GeneratedRegex("(?:将|计划|预计|力争|争取|打算|拟|到|目标)[^。！？]*\\z", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex ToComePattern();
}
