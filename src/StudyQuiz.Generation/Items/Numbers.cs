using System.Globalization;
using System.Text.RegularExpressions;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Items;

/// <summary>Makes other numbers of the same kind, near enough to be believed and far enough apart to be worth knowing.</summary>
internal static partial class Numbers
{
    private static readonly int[] _steps = [1, -1, 2, -2, 3, -3, 5, -5];

    // in which month or year, nobody remembers to one
    private static readonly int[] _dateSteps = [3, -2, 2, -3, 5, -4];

    private static readonly decimal[] _halves = [0.5m, 1m, 1.5m, -0.5m, -1m];

    private static readonly decimal[][] _turns =
    [
        [0.22m, -0.18m, 0.45m, -0.35m, 0.7m, -0.5m, 1m],
        [-0.18m, 0.22m, -0.35m, 0.45m, -0.5m, 0.7m, 1m],
        [0.22m, 0.45m, -0.18m, 0.7m, -0.35m, 1m, -0.5m],
    ];

    private static readonly string[] _words = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly string[] _fractions = ["五分之一", "四分之一", "三分之一", "二分之一", "三分之二", "四分之三", "五分之四"];

    // eleven stands beside twelve, and thirty beside forty
    private const int LastOfOnes = 11;

    /// <summary>
    /// The number changed so that who has read the text can tell it from the right one and who has not can't: by a tenth at least, mostly by a fifth to a half, or by one where it is
    /// small; years, months and days stand beside those next to them. The unit and the number of decimals stay, and a round number becomes another that is as round, lest the key be
    /// the only one that anybody would say.
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

        if (Array.IndexOf(_fractions, number) is >= 0 and var fraction)
        {
            foreach (var step in _steps)
                if (fraction + step >= 0 && fraction + step < _fractions.Length) yield return _fractions[fraction + step];
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
        var isDate = (kind is ['月' or '日', ..] && !(unit is ['日', ..] && after is ['内', ..] or ['以' or '之', '内', ..])) || (unit is ['年', ..] && value is > 1000 and < 2200) || (number == last.Value && after is not [>= '\u4e00', ..] && YearPattern().IsMatch(number) && (BeforeYear().IsMatch(before) || !number.EndsWith('0')));
        var isClock = ClockPattern().IsMatch(kind) || HourPattern().IsMatch(kind) || (MinutePattern().IsMatch(kind) && value < 60);
        if (!isDate && !isClock && kind.StartsWith('倍') && value * 2 == decimal.Truncate(value * 2) && value < 10 && decimals < 2)
        {
            // nobody sets a limit at 1.4 or 1.6 times
            foreach (var step in _halves)
                if (value + step > 1) yield return number[..last.Index] + (value + step).ToString("0.#", CultureInfo.InvariantCulture) + unit;
            yield break;
        }

        // 每月10日前: beside the 9th and the 11th anybody would say the 10th
        var size = isDate && kind.StartsWith('日') && value % 5 == 0 && value <= 30 ? 5 : isDate ? (value > 1000 && value % 5 == 0 ? 5 : 1) : Step(value, (decimal)Math.Pow(10, -decimals));
        foreach (var changed in isDate || isClock ? (isDate && size == 1 && !kind.StartsWith('日') ? _dateSteps : _steps).Select(step => value + (step * size)) : Apart(value, (decimal)Math.Pow(10, -decimals), isShare: unit is ['%' or '％', ..], Turn(number + before)))
        {
            if (changed <= 0 || (kind.StartsWith('成') && changed >= 10) || !MayBe(changed, value, before + number[..last.Index], unit.Length > 0 ? unit : after) || (isDate && kind.StartsWith('日') && changed > 31) || (kind.StartsWith('月') && changed > 12) || (unit is ['%' or '％', ..] && value <= 100 && changed > 100)) continue;
            yield return number[..last.Index] + changed.ToString(format, CultureInfo.InvariantCulture) + unit;
        }
    }

    /// <summary>Whether what rises to another number, or falls to it, still does when it is changed: nothing rises from 98.8% to 98.1%.</summary>
    public static bool KeepsSense(string number, string changed, string before, string after)
    {
        if (Value(number) is not { } value || Value(changed) is not { } other) return true;
        // what is not even 40% is not even 70% either
        if (LessPattern().IsMatch(before) ? other > value : MorePattern().IsMatch(before) && other < value) return false;
        var bound = ToPattern().Match(after) is { Success: true } to ? to : FromPattern().Match(before);
        return !bound.Success || Value(bound.Groups["n"].Value) is not { } end || value == end || Math.Sign(value - end) == Math.Sign(other - end);
    }

    /// <summary>Whether a changed number is still more, or less, than the others of its sentence that count by the same unit: of 41 law firms not 44 stand in one street.</summary>
    public static bool KeepsOrder(string number, string changed, string before, string after)
    {
        if (UnitOf(number) is not { Length: > 0 } unit || unit[0] is '%' or '％' or '年' or '月' or '日' || Value(number) is not { } value || Value(changed) is not { } other) return true;
        foreach (Match beside in DigitsPattern().Matches(before + "|" + after))
            if ((before + "|" + after).AsSpan(beside.Index + beside.Length).StartsWith(unit, StringComparison.Ordinal) && Value(beside.Value) is { } one && Math.Sign(value - one) != Math.Sign(other - one)) return false;
        return true;
    }

    /// <summary>Whether a number counts something by a unit, so that a reader may take one of the text's numbers for another.</summary>
    public static bool MayBeMixed(string number) => UnitOf(number) is { Length: > 0 } unit && unit[0] is not ('年' or '月' or '日' or '点' or '时' or '倍') && char.IsAsciiDigit(number[0]);

    /// <summary>Whether two numbers count by the same unit, are as round, and are neither nearly the same nor far from each other.</summary>
    public static bool AreMixed(string number, string other) =>
        UnitOf(number) == UnitOf(other) && char.IsAsciiDigit(other[0]) && number.Contains('.', StringComparison.Ordinal) == other.Contains('.', StringComparison.Ordinal)
        && Value(number) is { } value && Value(other) is { } beside && beside >= value * 0.4m && beside <= value * 2.5m && !AreNear(number, other) && Step(value, 1) == Step(beside, 1);

    /// <summary>Whether one number is so near to another that only who knows the last figure can tell them apart.</summary>
    public static bool AreNear(string one, string other) => Value(one) is { } a && Value(other) is { } b && Math.Abs(a - b) * 8 < Math.Max(a, b);

    /// <summary>What stands behind the digits that a number begins with; empty where it does not begin with any.</summary>
    internal static string UnitOf(string number) => DigitsPattern().Match(number) is { Success: true, Index: 0 } digits ? number[digits.Length..] : "";

    /// <summary>The value of the first number in some words; null without one.</summary>
    internal static decimal? Value(string words) =>
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

    // 1 for 48, 10 for 350, 100 for 1,200: the place of the last figure that is not 0
    private static decimal Step(decimal value, decimal finest)
    {
        var place = finest;
        while (value > 0 && value % (place * 10) == 0) place *= 10;
        // from 100 the only steps down by a hundred end at nothing
        if (value == place && place > finest) place /= 10;
        // beside 44 and 46 anybody would say 45
        return place == 1 && value >= 10 && value % 5 == 0 ? 5 : place;
    }

    // In turn above and below, in one of three orders, so that the right one is not always the second
    private static IEnumerable<decimal> Apart(decimal value, decimal finest, bool isShare, int turn)
    {
        var (place, told) = (Step(value, finest), new HashSet<decimal> { value });
        foreach (var share in _turns[turn])
        {
            // beside 5 and 7 anybody would say 6
            var by = Math.Max(value is >= 5 and < 10 && place == 1 ? 2 : 1, Math.Round(value * Math.Abs(share) / place, MidpointRounding.AwayFromZero)) * place;
            // beside 93% nobody believes 60%: near all of it, shares differ by what is missing
            if (isShare && value is > 85 and <= 100 && value % 10 != 0)
            {
                var near = value + (Math.Max(place, Math.Round((100 - value) * Math.Abs(share) * (share > 0 ? 0.8m : 1.6m) / place, MidpointRounding.AwayFromZero) * place) * Math.Sign(share));
                if (near < 100 && told.Add(near)) yield return near;
                continue;
            }

            // over 75% there is little room above
            if (isShare && share > 0 && value is > 75 and <= 100) by = Math.Round((100 - value) / 2 / Math.Min(place, 5), MidpointRounding.AwayFromZero) * Math.Min(place, 5);
            var changed = share > 0 ? value + by : value - by;
            // 20 beside 138 would be seen to be made up
            if (value >= 10 * place && changed % (place * 10) == 0) changed += share > 0 ? place : -place;
            if (Math.Abs(changed - value) * 10 >= value && told.Add(changed)) yield return changed;
        }
    }

    private static int Turn(string words) => ItemContext.Pick(0, words, _turns.Length);

    [GeneratedRegex("(?:不到|不足|未满|不满)\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex LessPattern();

    [GeneratedRegex("(?<!不)(?:超过|突破|多达)了?\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Timeout.Infinite)]
    private static partial Regex MorePattern();

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
