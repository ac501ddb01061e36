using System.Buffers.Binary;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>Anki's fields are HTML, ours plain text with line breaks.</summary>
internal static partial class AnkiText
{
    /// <summary>A field of a note from plain text.</summary>
    public static string ToHtml(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal).Replace("\n", "<br>", StringComparison.Ordinal);

    /// <summary>What a field of a note says: its tags become line breaks or go, pictures and sounds leave nothing.</summary>
    public static string ToPlain(string html)
    {
        var text = Unread().Replace(html, "");
        text = Raised().Replace(text, match => Generation.Reading.RaisedText.Up(match.Groups["said"].Value));
        text = Lowered().Replace(text, match => Generation.Reading.RaisedText.Down(match.Groups["said"].Value));
        text = Breaks().Replace(text, "\n");
        return Tidy(WebUtility.HtmlDecode(Tags().Replace(text, "")));
    }

    /// <summary>Lines without space around them and without empty ones between; nothing invisible.</summary>
    public static string Tidy(string text) => string.Join('\n', text
        .Replace('\u00a0', ' ').Replace('\t', ' ')
        .Split('\n', '\r', '\u2028', '\u2029')
        .Select(line => Invisible().Replace(line, "").Trim())
        .Where(line => line.Length > 0));

    /// <summary>The same for fronts that differ in width, case, space or markup only.</summary>
    public static string Normal(string text) => string.Concat(text.Normalize(NormalizationForm.FormKC).Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    /// <summary>What Anki finds duplicates by: the first 32 bits of the SHA-1 of the first field without its markup.</summary>
    public static long Checksum(string field)
    {
#pragma warning disable CA5350 // a checksum of Anki's, not a secret
        return BinaryPrimitives.ReadUInt32BigEndian(SHA1.HashData(Encoding.UTF8.GetBytes(Stripped(field))));
#pragma warning restore CA5350
    }

    /// <summary>A field without its markup, on one line.</summary>
    public static string Stripped(string field) => WebUtility.HtmlDecode(Tags().Replace(Unread().Replace(field, ""), ""));

    /// <summary>The sides of a card. A clozed front gets blanks, and the back begins with what fills them in.</summary>
    public static (string Front, string Back) Sides(string front, string back)
    {
        if (!Cloze().IsMatch(front)) return (front, back);
        var filled = Cloze().Replace(front, "${said}");
        return (Cloze().Replace(front, StudyQuiz.Domain.Questions.Cloze.Blank), back.Length == 0 ? filled : $"{filled}\n{back}");
    }

    /// <summary>Whether a field holds pictures or sounds, which its plain text leaves out.</summary>
    public static bool HasMedia(string html) => Media().IsMatch(html);

    // Every pattern below runs in linear time: the files are strangers'
    [GeneratedRegex(@"<!--[^>]*-->|<(?:style|script)\b[^>]*>[^<]*</(?:style|script)>|\[sound:[^\]\n]*\]", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Unread();

    [GeneratedRegex(@"<br\b[^>]*>|</?(?:div|p|li|ul|ol|tr|table|h[1-6]|hr|blockquote|pre)\b[^>]*>", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Breaks();

    [GeneratedRegex(@"<sup\b[^>]*>(?<said>[^<]{1,40})</sup>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Raised();

    [GeneratedRegex(@"<sub\b[^>]*>(?<said>[^<]{1,40})</sub>", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Lowered();

    [GeneratedRegex("<[^>]*>", RegexOptions.NonBacktracking)]
    private static partial Regex Tags();

    [GeneratedRegex(@"[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", RegexOptions.NonBacktracking)]
    private static partial Regex Invisible();

    [GeneratedRegex(@"<(?:img|audio|video|object)\b|\[sound:", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Media();

    [GeneratedRegex(@"\{\{c[0-9]+::(?<said>[^{}]*?)(?:::[^{}:]*)?\}\}", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Cloze();
}
