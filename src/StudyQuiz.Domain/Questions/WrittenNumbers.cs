using System.Globalization;
using System.Text;

namespace StudyQuiz.Domain.Questions;

/// <summary>Numbers in figures, however they were written: 五 and 5, 二十 and 20, 一万二千 and 12,000, 3.5亿, 百分之五 and 5%.</summary>
internal static class WrittenNumbers
{
    private const string Figures = "〇一二三四五六七八九";
    private const string Percent = "百分之";

    // Beyond this many figures a number is a name of something
    private const int LongestNumber = 15;

    /// <summary>The text with its numbers in figures; simplified characters in, so 萬 is 万 by now. What is not a number (百姓, 万一) stays.</summary>
    public static string InFigures(string text)
    {
        var written = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            if (string.CompareOrdinal(text, at, Percent, 0, Percent.Length) == 0 && Run(text, at + Percent.Length) is var share and > 0
                && Value(text.AsSpan(at + Percent.Length, share)) is { } number && Next(text, at + Percent.Length + share) != '%')
            {
                written.Append(number).Append('%');
                at += Percent.Length + share;
            }
            else if (Run(text, at) is var run and > 0)
            {
                var span = text.AsSpan(at, run);
                written.Append(Value(span) ?? FiguresOnly(span));
                at += run;
            }
            else if (IsThousandsMark(text, at))
            {
                at++;
            }
            else
            {
                written.Append(text[at++]);
            }
        }

        return written.ToString();
    }

    // How far figures, units and a point between figures go
    private static int Run(string text, int from)
    {
        var at = from;
        while (at < text.Length && (IsFigure(text, at) || Unit(text[at]) > 1 || (at > from && IsPoint(text, at)))) at++;
        return at - from;
    }

    private static bool IsFigure(string text, int at) => Figure(text[at]) >= 0 || IsTwo(text, at);

    private static bool IsPoint(string text, int at) =>
        text[at] is '.' or '点' && at > 0 && at + 1 < text.Length && Figure(text[at - 1]) >= 0 && Figure(text[at + 1]) >= 0;

    // 两 counts in 两百 and 两倍; after a number it weighs: 八两
    private static bool IsTwo(string text, int at) =>
        text[at] == '两' && (at == 0 || (Figure(text[at - 1]) < 0 && text[at - 1] != '两' && (Unit(text[at - 1]) == 1 || Unit(Next(text, at + 1)) > 1)));

    private static bool IsThousandsMark(string text, int at) =>
        text[at] == ',' && at > 0 && Figure(text[at - 1]) >= 0
        && Figure(Next(text, at + 1)) >= 0 && Figure(Next(text, at + 2)) >= 0 && Figure(Next(text, at + 3)) >= 0 && Figure(Next(text, at + 4)) < 0;

    private static char Next(string text, int at) => at < text.Length ? text[at] : '\0';

    private static int Figure(char c) => char.IsAsciiDigit(c) ? c - '0' : c == '零' ? 0 : Figures.IndexOf(c, StringComparison.Ordinal);

    private static long Unit(char c) => c switch { '十' => 10, '百' => 100, '千' => 1000, '万' => 10_000, '亿' => 100_000_000, _ => 1 };

    private static string FiguresOnly(ReadOnlySpan<char> run)
    {
        var written = new StringBuilder(run.Length);
        foreach (var c in run) written.Append(Figure(c) is >= 0 and var figure ? (char)('0' + figure) : c);
        return written.ToString();
    }

    // In figures; null where the run is no number
    private static string? Value(ReadOnlySpan<char> run)
    {
        var figures = new StringBuilder(run.Length);
        var points = 0;
        var hasUnits = false;
        foreach (var c in run)
        {
            if (c == '两') figures.Append('2');
            else if (Figure(c) is >= 0 and var figure) figures.Append((char)('0' + figure));
            else if (c is '.' or '点') { figures.Append('.'); points++; }
            else { figures.Append(c); hasUnits = true; }
        }

        if (points > 1) return null;
        var number = figures.ToString();
        return !hasUnits ? number : Count(number)?.ToString("0.###############", CultureInfo.InvariantCulture);
    }

    // Figures and units in falling order: 1千2百, 1万亿, 十五
    private static decimal? Count(string number)
    {
        // a point belongs to the first number, which no other follows: 1.2万亿
        if (number.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point && number.AsSpan(point + 1).TrimStart("0123456789") is var after && after.ContainsAnyInRange('0', '9')) return null;
        return Parts(number, '亿', ten => Parts(ten, '万', Small));
    }

    // What stands before a large unit counts it, what stands behind is less than it
    private static decimal? Parts(string number, char unit, Func<string, decimal?> part)
    {
        var at = number.IndexOf(unit, StringComparison.Ordinal);
        if (at < 0) return part(number);
        var rest = number[(at + 1)..];
        if (part(number[..at]) is not (> 0 and var counts)) return null;
        if (rest.Length == 0) return counts * Unit(unit);
        return (NextPlace(rest, Unit(unit)) ?? part(rest)) is { } less && less < Unit(unit) ? (counts * Unit(unit)) + less : null;
    }

    // 一百五 is 150
    private static decimal? NextPlace(string rest, long unit) => rest.Length == 1 && rest[0] is >= '1' and <= '9' && unit >= 100 ? (rest[0] - '0') * unit / 10 : null;

    private static decimal? Small(string number)
    {
        var (sum, last) = (0m, long.MaxValue);
        for (var at = 0; at < number.Length;)
        {
            var from = at;
            while (at < number.Length && (char.IsAsciiDigit(number[at]) || number[at] == '.')) at++;
            var figures = number[from..at];
            if (figures.Length > LongestNumber) return null;
            if (at == number.Length)
            {
                var rest = NextPlace(figures, from == 0 ? 1 : last) ?? decimal.Parse(figures, CultureInfo.InvariantCulture);
                return rest < last ? sum + rest : null;
            }

            var unit = Unit(number[at++]);
            if (unit is not (10 or 100 or 1000) || (figures.Length == 0 && unit != 10)) return null;
            var counted = (figures.Length == 0 ? 1 : decimal.Parse(figures, CultureInfo.InvariantCulture)) * unit;
            if (counted == 0 || counted >= last) return null;
            (sum, last) = (sum + counted, unit);
        }

        return number.Length > 0 ? sum : null;
    }
}
