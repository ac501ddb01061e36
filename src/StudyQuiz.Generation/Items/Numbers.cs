using System.Globalization;
using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Items;

/// <summary>Makes other numbers of the same kind, near enough to be believed.</summary>
internal static partial class Numbers
{
    private static readonly int[] _steps = [1, -1, 2, -2, 3, -3, 5, -5];

    private static readonly string[] _words = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    // eleven stands beside twelve, and thirty beside forty
    private const int LastOfOnes = 11;

    /// <summary>
    /// The number changed by small steps, nearest first; the unit and the number of decimals stay, and a round number becomes another
    /// that is as round, lest the key be the only one that anybody would say.
    /// </summary>
    /// <param name="before">What stands before it in the text.</param>
    /// <param name="after">What stands after it.</param>
    public static IEnumerable<string> Changed(string number, string before, string after)
    {
        if (Array.IndexOf(_words, number) is >= 0 and var word)
        {
            foreach (var step in _steps)
                if (word + step >= 0 && word + step < _words.Length && (word < LastOfOnes) == (word + step < LastOfOnes)) yield return _words[word + step];
            yield break;
        }

        if (FiguresPattern().Match(number) is { Success: true } figures)
        {
            foreach (var other in ChangedFigures(figures, before, after)) yield return other;
            yield break;
        }

        if (DigitsPattern().Matches(number) is not { Count: > 0 } matches) yield break;
        var last = matches[^1];
        if (DayPattern().Match(number) is { Success: true } day && OtherDays(day) is { } days)
        {
            foreach (var other in days) yield return number[..day.Index] + other;
            yield break;
        }

        var decimals = last.Value.Length - 1 - last.Value.IndexOf('.', StringComparison.Ordinal);
        if (!last.Value.Contains('.', StringComparison.Ordinal)) decimals = 0;
        var value = decimal.Parse(last.Value, NumberStyles.Number, CultureInfo.InvariantCulture);
        var unit = number[(last.Index + last.Length)..];
        var format = (last.Value.Contains(',', StringComparison.Ordinal) ? "N" : "F") + decimals.ToString(CultureInfo.InvariantCulture);
        // a year a century off deceives nobody; beside 1989 and 1991 anybody would say 1990
        // 10月份 has its unit behind it
        var kind = unit.Length > 0 ? unit : after;
        var isDate = kind is ['月' or '日', ..] || (unit is ['年', ..] && value is > 1000 and < 2200) || (number == last.Value && YearPattern().IsMatch(number) && (BeforeYear().IsMatch(before) || !number.EndsWith('0')));
        // 每月10日前: beside the 9th and the 11th anybody would say the 10th
        var size = isDate && kind.StartsWith('日') && value % 5 == 0 && value <= 30 ? 5 : isDate ? (number == last.Value && value > 1000 && value % 10 == 0 ? 5 : 1) : Step(value, (decimal)Math.Pow(10, -decimals), isClock: ClockPattern().IsMatch(unit.Length > 0 ? unit : after));
        foreach (var step in _steps)
        {
            var changed = value + (step * size);
            if (changed <= 0 || !MayBe(changed, value, before + number[..last.Index], unit.Length > 0 ? unit : after) || (kind.StartsWith('日') && changed > 31) || (kind.StartsWith('月') && changed > 12) || (unit is ['%' or '％', ..] && value <= 100 && changed > 100)) continue;
            yield return number[..last.Index] + changed.ToString(format, CultureInfo.InvariantCulture) + unit;
        }
    }

    /// <summary>Whether what rises to another number, or falls to it, still does when it is changed: nothing rises from 98.8% to 98.1%.</summary>
    public static bool KeepsSense(string number, string changed, string before, string after)
    {
        if (Value(number) is not { } value || Value(changed) is not { } other) return true;
        var bound = ToPattern().Match(after) is { Success: true } to ? to : FromPattern().Match(before);
        return !bound.Success || Value(bound.Groups["n"].Value) is not { } end || value == end || Math.Sign(value - end) == Math.Sign(other - end);
    }

    private static decimal? Value(string words) =>
        DigitsPattern().Match(words) is { Success: true } digits ? decimal.Parse(digits.Value, NumberStyles.Number, CultureInfo.InvariantCulture)
        : ChineseFigures.Parse(words.TrimEnd([.. words.Where(c => !"零一二两三四五六七八九十百千万亿点".Contains(c))]));

    // 八百六十万元: changed as 8600000元 is
    private static IEnumerable<string> ChangedFigures(Match figures, string before, string after)
    {
        if (ChineseFigures.Parse(figures.Groups["n"].Value) is not { } value) yield break;
        var (share, unit) = (figures.Groups["share"].Value, figures.Groups["unit"].Value);
        foreach (var changed in Changed(value.ToString(CultureInfo.InvariantCulture) + (share.Length > 0 ? "%" : unit), before, after))
            yield return share + ChineseFigures.Write(decimal.Parse(DigitsPattern().Match(changed).Value, CultureInfo.InvariantCulture)) + unit;
    }

    // beside the second and the third anybody would say the first: days at the ends of months stand beside such of other months, fives beside fives
    private static IEnumerable<string>? OtherDays(Match date)
    {
        var (month, day) = (int.Parse(date.Groups["m"].Value, CultureInfo.InvariantCulture), int.Parse(date.Groups["d"].Value, CultureInfo.InvariantCulture));
        var isLast = day >= 28 && day == DaysIn(date.Groups["m"].Value);
        if (month is < 1 or > 12 || (day != 1 && !isLast && day % 5 != 0)) return null;
        return day == 1 || isLast
            ? _steps.Select(step => month + step).Where(other => other is >= 1 and <= 12).Select(other => $"{other}月{(isLast ? DaysIn(other.ToString(CultureInfo.InvariantCulture)) : 1)}日")
            : _steps.Select(step => day + (5 * step)).Where(other => other >= 1 && other <= DaysIn(date.Groups["m"].Value)).Select(other => $"{month}月{other}日");
    }

    // no clock shows 25时 or 75分, and no calendar February 30th
    private static bool MayBe(decimal changed, decimal value, string before, string unit) =>
        !(value <= 24 && changed > 24 && HourPattern().IsMatch(unit))
        && !(value < 60 && changed >= 60 && MinutePattern().IsMatch(unit))
        && !(changed % 1 >= 0.6m && ClockPattern().IsMatch(unit))
        && !(unit.StartsWith('日') && MonthPattern().Match(before) is { Success: true } month && changed > DaysIn(month.Groups["n"].Value));

    private static int DaysIn(string month) => int.Parse(month, CultureInfo.InvariantCulture) switch { 2 => 28, 4 or 6 or 9 or 11 => 30, _ => 31 };

    // 1 for 48, 10 for 350, 100 for 1,200: the place of the last figure that is not 0, more of it for a long number
    private static decimal Step(decimal value, decimal finest, bool isClock)
    {
        var place = finest;
        while (value > 0 && value % (place * 10) == 0) place *= 10;
        // from 100 the only steps down by a hundred end at nothing
        if (value == place && place > finest) place /= 10;
        // beside 44 and 46 anybody would say 45
        if (place == 1 && value >= 10 && value % 5 == 0) place = 5;
        // nobody remembers 47.6 against 47.5: where there are decimals, what is before them changes
        if (finest < 1 && value >= 3 && !isClock) return Math.Max(1, Math.Round(value / 20));
        return value >= 200 ? Math.Max(1, Math.Round(value / 20 / place)) * place : place;
    }

    // 98.1%, where 由93.8%上升到 stands before it, and the other way round
    [GeneratedRegex(@"\A\p{L}{0,10}?[到至](?<n>[0-9][0-9.,]*|[零一二两三四五六七八九十百千]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex ToPattern();

    [GeneratedRegex(@"[由从](\p{L}{0,6}?)(?<n>[0-9][0-9.,]*|[零一二两三四五六七八九十百千]+)[^，。；0-9]{0,12}[到至]\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex FromPattern();

    [GeneratedRegex(@"\A(1[0-9]{3}|20[0-9]{2}|2100)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex YearPattern();

    [GeneratedRegex(@"\b(in|since|by|until|till|before|after|year|between|(between|from) [0-9]{4} (and|to))\s*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Timeout.Infinite)]
    private static partial Regex BeforeYear();

    // 14时30分, 14点; not 24小时 and 30分钟, which say how long
    [GeneratedRegex(@"\A(时(?!间)|点(?!五|[位名])|:[0-5]|：[0-5]| ?[ap]\.?m\b| o['’]clock)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex HourPattern();

    // 9.40 p.m.
    [GeneratedRegex(@"\A ?[ap]\.?m\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex ClockPattern();

    [GeneratedRegex(@"\A[分秒](?![钟之制]|[^，。；]{0,2}(卷|值|数))", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex MinutePattern();

    [GeneratedRegex(@"(?<n>[0-9]{1,2})月\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex MonthPattern();

    [GeneratedRegex(@"(?<m>[0-9]{1,2})月(?<d>[0-9]{1,2})日\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex DayPattern();

    [GeneratedRegex(@"\A(?<share>[百千]分之)?(?<n>[零一二两三四五六七八九十百千万亿点]+)(?<unit>[^0-9]*)\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex FiguresPattern();

    [GeneratedRegex(@"([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex DigitsPattern();
}
