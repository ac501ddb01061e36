using System.Globalization;

namespace StudyQuiz.Generation.Reading;

/// <summary>Writes one number as a list of a document shows it.</summary>
internal static class WordNumber
{
    private const string Numerals = "一二三四五六七八九";

    /// <summary>Whether lists of a format show numbers that can be written here; bullets don't.</summary>
    public static bool Knows(string? format) => Show(format, 1) is not null;

    /// <summary>Null for formats that are not known and for numbers beyond them.</summary>
    public static string? Show(string? format, int number) => format switch
    {
        "decimal" => number.ToString(CultureInfo.InvariantCulture),
        "chineseCounting" or "chineseCountingThousand" or "japaneseCounting" or "taiwaneseCountingThousand" => Han(number),
        "decimalEnclosedCircle" or "decimalEnclosedCircleChinese" when number is >= 1 and <= 20 => ((char)('①' + number - 1)).ToString(),
        _ => null,
    };

    private static string? Han(int number) => number switch
    {
        < 1 or > 99 => null,
        < 10 => Numerals[number - 1].ToString(),
        _ => (number < 20 ? "" : Numerals[number / 10 - 1].ToString()) + "十" + (number % 10 == 0 ? "" : Numerals[number % 10 - 1].ToString()),
    };
}
