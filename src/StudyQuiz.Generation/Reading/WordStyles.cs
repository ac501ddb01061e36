using System.Text.RegularExpressions;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace StudyQuiz.Generation.Reading;

/// <summary>Which styles of a document hide the words that they are given to, and which make headings of them, by themselves or by the style that they are based on.</summary>
internal sealed partial class WordStyles
{
    // A chain of styles that comes back to itself ends somewhere
    private const int LongestChain = 20;

    private const int Deepest = 6;

    private readonly Dictionary<string, (bool? Hides, int? Level, string? BasedOn)> _styles = new(StringComparer.Ordinal);

    public static WordStyles Read(MainDocumentPart main)
    {
        var styles = new WordStyles();
        if (main.StyleDefinitionsPart is not { } part) return styles;
        using var reader = WordXml.Open(part);
        string? style = null;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.LocalName == "style" && WordXml.Attribute(reader, "styleId") is { } id) styles._styles[style = id] = (null, null, null);
            else if (style is not null && reader.LocalName == "basedOn") styles._styles[style] = styles._styles[style] with { BasedOn = WordXml.Value(reader) };
            else if (style is not null && reader.LocalName == "outlineLvl") styles._styles[style] = styles._styles[style] with { Level = WordXml.Number(reader) + 1 };
            // a style is known by its name in whatever language the program speaks, and may have any id
            else if (style is not null && reader.LocalName == "name" && HeadingName().Match(WordXml.Value(reader) ?? "") is { Success: true } name) styles._styles[style] = styles._styles[style] with { Level = styles._styles[style].Level ?? name.Groups["level"].ValueSpan[0] - '0' };
            else if (style is not null && reader.LocalName == "vanish") styles._styles[style] = styles._styles[style] with { Hides = WordXml.IsOn(reader) };
        }

        return styles;
    }

    /// <summary>Whether a style hides words; null where it says nothing of it.</summary>
    public bool? Hides(string? style)
    {
        for (var i = 0; style is not null && i < LongestChain && _styles.TryGetValue(style, out var found); i++, style = found.BasedOn)
            if (found.Hides is { } hides) return hides;
        return null;
    }

    /// <summary>How deep the headings of a style are, from 1; null where it makes none. Body text has a level of its own, 10.</summary>
    public int? Level(string? style)
    {
        for (var i = 0; style is not null && i < LongestChain && _styles.TryGetValue(style, out var found); i++, style = found.BasedOn)
            if (found.Level is { } level) return level is >= 1 and <= Deepest ? level : null;
        return null;
    }

    [GeneratedRegex("^(heading|标题|標題) ?(?<level>[1-9])$", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 10_000)]
    private static partial Regex HeadingName();
}
