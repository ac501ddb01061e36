using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace StudyQuiz.Generation.Reading;

/// <summary>Which styles of a document hide the words that they are given to, by themselves or by the style that they are based on.</summary>
internal sealed class WordStyles
{
    // A chain of styles that comes back to itself ends somewhere
    private const int LongestChain = 20;

    private readonly Dictionary<string, (bool? Hides, string? BasedOn)> _styles = new(StringComparer.Ordinal);

    public static WordStyles Read(MainDocumentPart main)
    {
        var styles = new WordStyles();
        if (main.StyleDefinitionsPart is not { } part) return styles;
        using var reader = WordXml.Open(part);
        string? style = null;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.LocalName == "style" && WordXml.Attribute(reader, "styleId") is { } id) styles._styles[style = id] = (null, null);
            else if (style is not null && reader.LocalName == "basedOn") styles._styles[style] = styles._styles[style] with { BasedOn = WordXml.Value(reader) };
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
}
