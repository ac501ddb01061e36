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
        var value = decimal.Parse(last.Value, CultureInfo.InvariantCulture);
        var unit = number[(last.Index + last.Length)..];
        foreach (var step in _steps)
        {
            var size = (decimal)Math.Pow(10, -decimals) * (decimals == 0 && value >= 200 && !unit.StartsWith('年') ? Math.Floor(value / 20) : 1);
            var changed = value + (step * size);
            if (changed <= 0 || (unit.StartsWith('日') && changed > 31) || (unit.StartsWith('月') && changed > 12)) continue;
            yield return number[..last.Index] + changed.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + unit;
        }
    }

    [GeneratedRegex(@"[0-9]+(\.[0-9]+)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex DigitsPattern();
}
