using System.Globalization;
using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Items;

/// <summary>Makes other numbers of the same kind, near enough to be believed.</summary>
internal static partial class Numbers
{
    private static readonly int[] _steps = [1, -1, 2, -2, 3, -3, 5, -5];

    /// <summary>The number with its last figures changed by small steps, nearest first; the unit and the number of decimals stay.</summary>
    public static IEnumerable<string> Changed(string number)
    {
        if (DigitsPattern().Matches(number) is not { Count: > 0 } matches) yield break;
        var last = matches[^1];
        var decimals = last.Value.Length - 1 - last.Value.IndexOf('.', StringComparison.Ordinal);
        if (!last.Value.Contains('.', StringComparison.Ordinal)) decimals = 0;
        var value = decimal.Parse(last.Value, NumberStyles.Number, CultureInfo.InvariantCulture);
        var unit = number[(last.Index + last.Length)..];
        var format = (last.Value.Contains(',', StringComparison.Ordinal) ? "N" : "F") + decimals.ToString(CultureInfo.InvariantCulture);
        // four figures with neither comma nor unit are mostly a year, and a year a century off deceives nobody
        var isYear = unit.StartsWith('年') || (number == last.Value && YearPattern().IsMatch(number));
        foreach (var step in _steps)
        {
            var size = (decimal)Math.Pow(10, -decimals) * (decimals == 0 && value >= 200 && !isYear ? Math.Floor(value / 20) : 1);
            var changed = value + (step * size);
            if (changed <= 0 || (unit.StartsWith('日') && changed > 31) || (unit.StartsWith('月') && changed > 12)) continue;
            yield return number[..last.Index] + changed.ToString(format, CultureInfo.InvariantCulture) + unit;
        }
    }

    [GeneratedRegex(@"\A(1[0-9]{3}|20[0-9]{2}|2100)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex YearPattern();

    [GeneratedRegex(@"([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex DigitsPattern();
}
