using System.Globalization;
using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Structuring;

/// <summary>Tells numbers that who can count finds without having read: a sum or a difference of those beside them, a share of one in another, what is left of a hundred percent.</summary>
internal static partial class Derived
{
    // More numbers than a reader would try
    private const int MostOthers = 9;

    private sealed record Figure(decimal Value, string Unit, int Start, int End)
    {
        public bool IsShare => Unit is "%" or "％";
    }

    /// <summary>Whether the number at a place in some words follows from the others in them.</summary>
    public static bool IsTold(string words, int start, int end)
    {
        var all = FigurePattern().Matches(words).Select(Read).ToList();
        if (all.Find(figure => figure.Start >= start && figure.Start < end) is not { } asked) return false;
        var others = all.Where(figure => figure != asked && !IsYear(figure)).Take(MostOthers).ToList();
        return asked.IsShare ? IsShareOf(asked, others) : IsYear(asked) ? false : IsSum(asked.Value, [.. others.Where(other => other.Unit == asked.Unit).Select(other => other.Value)]) || IsPart(asked, others);
    }

    private static Figure Read(Match match) => new(
        decimal.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture) * (match.Groups["scale"].Value switch { "万" => 10_000m, "亿" => 100_000_000m, _ => 1m }), match.Groups["unit"].Value, match.Index, match.Index + match.Length);

    private static bool IsYear(Figure figure) => figure.Unit is "年" or "月" or "日" || (figure.Unit.Length == 0 && figure.Value is > 1800 and < 2200);

    // one is two or three others together, or what is left of one without one or two others
    private static bool IsSum(decimal asked, List<decimal> others)
    {
        for (var i = 0; i < others.Count; i++)
            for (var j = i + 1; j < others.Count; j++)
            {
                if (others[i] + others[j] == asked || Math.Abs(others[i] - others[j]) == asked) return true;
                for (var k = j + 1; k < others.Count; k++)
                    if (others[i] + others[j] + others[k] == asked || 2 * Math.Max(others[i], Math.Max(others[j], others[k])) - (others[i] + others[j] + others[k]) == asked) return true;
            }

        return others.Count > 3 && others.Sum() == asked;
    }

    private static bool IsShareOf(Figure asked, List<Figure> others)
    {
        var (shares, counts) = (others.Where(other => other.IsShare).Select(other => other.Value).ToList(), others.Where(other => !other.IsShare && other.Value > 0).ToList());
        if (IsSum(asked.Value, shares) || (shares.Count > 1 && Math.Abs(100 - shares.Sum() - asked.Value) <= 1) || (shares.Count == 1 && 100 - shares[0] == asked.Value)) return true;
        return counts.SelectMany(_ => counts, (one, other) => (one, other)).Any(pair => pair.one != pair.other && pair.one.Unit == pair.other.Unit
            && (IsAbout(asked.Value, pair.one.Value / pair.other.Value * 100) || IsAbout(asked.Value, Math.Abs(pair.one.Value - pair.other.Value) / pair.other.Value * 100)));
    }

    private static bool IsPart(Figure asked, List<Figure> others) =>
        others.Where(other => other.IsShare).Any(share => others.Any(whole => !whole.IsShare && whole.Unit == asked.Unit && IsAbout(asked.Value, whole.Value * share.Value / 100)));

    private static bool IsAbout(decimal told, decimal exact) => Math.Abs(told - exact) <= (told == decimal.Truncate(told) ? 0.6m : 0.06m);

    [GeneratedRegex(@"(?<![0-9.])(?<n>[0-9]+(?:\.[0-9]+)?)(?<scale>[万亿])?(?<unit>[%％\p{IsCJKUnifiedIdeographs}]?)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex FigurePattern();
}
