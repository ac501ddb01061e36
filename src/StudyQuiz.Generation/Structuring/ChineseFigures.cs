using System.Globalization;
using System.Text;

namespace StudyQuiz.Generation.Structuring;

/// <summary>Numbers written in Chinese, of any size (一千八百四十六, 二十九点六, 四千一百万): read, and written again as a text would.</summary>
internal static class ChineseFigures
{
    private const string Digits = "零一二三四五六七八九";

    private static readonly (char Name, int Value)[] _units = [('千', 1_000), ('百', 100), ('十', 10)];
    private static readonly (string Name, decimal Value)[] _groups = [("亿", 100_000_000), ("万", 10_000), ("", 1)];

    /// <summary>The number; null where it is not written as a single number is: 三四 and 六七十 tell about how many, 二〇二四 is a year.</summary>
    public static decimal? Parse(string words)
    {
        var point = words.IndexOf('点', StringComparison.Ordinal);
        if (point < 0) return Whole(words);
        // 三点五万
        var decimals = words[(point + 1)..];
        var group = _groups.FirstOrDefault(group => group.Name.Length > 0 && decimals.EndsWith(group.Name, StringComparison.Ordinal));
        if (group.Name is not null) decimals = decimals[..^1];
        if ((words[..point] == "零" ? 0 : Whole(words[..point])) is not { } whole || decimals.Length is 0 or > 3 || !decimals.All(Digits.Contains)) return null;
        return decimal.Parse(string.Create(CultureInfo.InvariantCulture, $"{whole}.{string.Concat(decimals.Select(c => (char)('0' + Digits.IndexOf(c, StringComparison.Ordinal))))}"), CultureInfo.InvariantCulture)
            * (group.Name is null ? 1 : group.Value);
    }

    /// <summary>A number as a text writes it: 一千零六, 十二, 两千三百, 二十九点六.</summary>
    public static string Write(decimal number)
    {
        var whole = decimal.Truncate(number);
        var words = new StringBuilder();
        var (rest, isOpen) = (whole, false);
        foreach (var (name, value) in _groups)
        {
            var group = (int)decimal.Truncate(rest / value);
            rest -= group * value;
            if (group == 0) continue;
            // 一万零六, 一亿零三千万
            if (isOpen && group < 1_000) words.Append('零');
            words.Append(Group(group, isFirst: !isOpen)).Append(name);
            isOpen = true;
        }

        if (words.Length == 0) words.Append('零');
        if (number == whole) return words.ToString();
        var decimals = (number - whole).ToString(CultureInfo.InvariantCulture)[2..];
        return words.Append('点').Append(string.Concat(decimals.Select(c => Digits[c - '0']))).ToString();
    }

    private static decimal? Whole(string words)
    {
        var (total, section, digit, isOpen) = (0m, 0m, 0, false);
        foreach (var c in words)
        {
            if (c == '零') continue;
            if (c == '两' || Digits.Contains(c))
            {
                if (isOpen) return null;
                (digit, isOpen) = (c == '两' ? 2 : Digits.IndexOf(c, StringComparison.Ordinal), true);
            }
            else if (_units.FirstOrDefault(unit => unit.Name == c) is { Value: > 0 } unit)
            {
                section += (isOpen ? digit : 1) * unit.Value;
                (digit, isOpen) = (0, false);
            }
            else if (c is '亿' or '万')
            {
                total += (section + digit) * (c == '亿' ? 100_000_000 : 10_000);
                (section, digit, isOpen) = (0, 0, false);
            }
            else
            {
                return null;
            }
        }

        var number = total + section + digit;
        // what would not be written so is not one number
        return number > 0 && Plain(Write(number)) == Plain(words) ? number : null;
    }

    private static string Plain(string words)
    {
        var plain = words.Replace('两', '二');
        return plain.StartsWith("一十", StringComparison.Ordinal) ? plain[1..] : plain;
    }

    private static string Group(int number, bool isFirst)
    {
        var words = new StringBuilder();
        var (rest, hasGap) = (number, false);
        foreach (var (name, value) in _units)
        {
            var digit = rest / value;
            rest %= value;
            if (digit == 0)
            {
                hasGap = words.Length > 0;
                continue;
            }

            if (hasGap) words.Append('零');
            // 十二, and 两千 before 二百
            if (!(isFirst && digit == 1 && value == 10 && words.Length == 0)) words.Append(digit == 2 && value == 1_000 ? '两' : Digits[digit]);
            words.Append(name);
            hasGap = false;
        }

        if (rest == 0) return words.ToString();
        if (hasGap) words.Append('零');
        return words.Append(number == 2 ? '两' : Digits[rest]).ToString();
    }
}
