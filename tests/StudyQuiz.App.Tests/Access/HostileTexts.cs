namespace StudyQuiz.App.Tests.Access;

/// <summary>Texts of the kind that breaks what was not thought through: what nobody sees, what turns or piles up, what means something to SQL, HTML, headers, formats and spreadsheets.</summary>
internal static class HostileTexts
{
    /// <summary>Stands in each text that would run on a page, were it not escaped.</summary>
    public const string Mark = "hostile-mark";

    private static readonly string[] _pieces =
    [
        "\u202Eesrever\u202C", "\u2066a\u2069", "a\u200Bb\u200D\u2060c", "\uFEFFbom", "\u00AD", // bidi and what nobody sees
        "e" + string.Concat(Enumerable.Repeat("\u0301\u0489", 300)), "\u0E49\u0E49\u0E49", // piled up
        "a\0b", "\u0001\u0007\u001B[31m", "\uFFFF\uFFFE", "a\r\nSet-Cookie: a=b", "\u2028line\u2029", // controls, line ends
        "👩🏽‍🚀🏳️‍🌈🇨🇳", "𠮷野家", "A\u030A", "ﷺ", "İıſß", "٣٤", "½", // emoji, planes, cases, digits
        "'; drop table question; --", "' or '1'='1", "$1 @x :x", "%_\\", "{0} {{1}} %s", "${7*7}", // SQL and formats
        $"<script>alert('{Mark}')</script>", $"\"><img src=x onerror=alert('{Mark}')>", $"javascript:alert('{Mark}')", $"</textarea><svg onload=\"{Mark}\">", $"<!--{Mark}", "&lt;&amp;&#0;", // HTML
        "=cmd|' /C calc'!A0", "../../../etc/passwd", "con.txt", "null", "NaN", "1e309", "-0", "2147483648", "9999-99-99", "\t \n", "",
    ];

    /// <summary>One of them, or two together; now and then longer than any field is.</summary>
    public static string Of(Random random)
    {
        var piece = _pieces[random.Next(_pieces.Length)];
        return random.Next(8) switch
        {
            0 => string.Concat(Enumerable.Repeat(piece + " ", 1 + (4000 / (piece.Length + 1)))),
            1 or 2 => piece + "中文" + _pieces[random.Next(_pieces.Length)],
            _ => piece,
        };
    }
}
