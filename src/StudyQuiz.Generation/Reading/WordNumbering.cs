using System.Text;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace StudyQuiz.Generation.Reading;

/// <summary>The automatic numbers of a document's lists, as they show. A list of another kind than is known here (bullets, letters) shows none.</summary>
internal sealed class WordNumbering
{
    private const int Levels = 9;

    // What a list's numbers count by and how they are written, per level
    private readonly Dictionary<string, Level[]> _definitions = [];
    private readonly Dictionary<string, string> _definitionOfList = [];
    private readonly Dictionary<string, (string List, int Level)> _listOfStyle = [];
    private readonly Dictionary<string, int[]> _counts = [];
    private bool _isLettered;
    private (string List, int Level)? _last;

    /// <summary>The definitions of a document; none when it has none.</summary>
    /// <param name="isLettered">Whether letters are told too, as of the options of a question.</param>
    public static WordNumbering Read(MainDocumentPart main, bool isLettered)
    {
        var numbering = new WordNumbering { _isLettered = isLettered };
        if (main.NumberingDefinitionsPart is { } definitions) numbering.ReadDefinitions(definitions);
        if (main.StyleDefinitionsPart is { } styles) numbering.ReadStyles(styles);
        return numbering;
    }

    /// <summary>The number of the next paragraph of a list with what parts it from the words; empty for a paragraph without one.</summary>
    public string Next(string? style, string? list, int? level)
    {
        if (list is null && style is not null && _listOfStyle.TryGetValue(style, out var styled)) (list, level) = (styled.List, level ?? styled.Level);
        var at = level ?? 0;
        if (list is null || at is < 0 or >= Levels || !_definitionOfList.TryGetValue(list, out var definition) || !_definitions.TryGetValue(definition, out var levels))
        {
            _last = null;
            return "";
        }

        if (!_counts.TryGetValue(definition, out var counts)) _counts[definition] = counts = new int[Levels];
        // Word goes on counting; the options of each question begin at A, whatever its list says
        if (_isLettered && IsLettered(levels[at].Format) && _last != (definition, at)) counts[at] = 0;
        _last = (definition, at);
        counts[at]++;
        Array.Clear(counts, at + 1, Levels - at - 1);
        return _isLettered && IsLettered(levels[at].Format) ? counts[at] <= 26 ? $"{(char)('A' + counts[at] - 1)}. " : "" : Show(levels, counts, at);
    }

    private static bool IsLettered(string? format) => format is "upperLetter" or "lowerLetter";

    private static string Show(Level[] levels, int[] counts, int at)
    {
        if (!WordNumber.Knows(levels[at].Format)) return "";
        var shown = new StringBuilder(levels[at].Pattern);
        for (var i = 0; i <= at; i++)
        {
            if (!levels[at].Pattern.Contains($"%{i + 1}", StringComparison.Ordinal)) continue;
            var number = WordNumber.Show(levels[i].Format, levels[i].Start + Math.Max(counts[i], 1) - 1);
            if (number is null) return "";
            shown.Replace($"%{i + 1}", number);
        }

        if (shown.Length == 0) return "";
        return shown[^1] is '、' or '）' or '，' or '．' ? shown.ToString() : shown.Append(' ').ToString();
    }

    private void ReadDefinitions(NumberingDefinitionsPart part)
    {
        using var reader = WordXml.Open(part);
        var levels = NewLevels();
        var (level, list) = (0, "");
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            switch (reader.LocalName)
            {
                case "abstractNum":
                    levels = NewLevels();
                    list = "";
                    _definitions[WordXml.Attribute(reader, "abstractNumId") ?? ""] = levels;
                    break;
                case "lvl":
                    level = int.TryParse(WordXml.Attribute(reader, "ilvl"), out var ilvl) && ilvl is >= 0 and < Levels ? ilvl : 0;
                    break;
                case "num":
                    // What a list changes of its definition is not followed
                    levels = NewLevels();
                    list = WordXml.Attribute(reader, "numId") ?? "";
                    break;
                case "abstractNumId":
                    _definitionOfList[list] = WordXml.Value(reader) ?? "";
                    break;
                case "start":
                    levels[level].Start = WordXml.Number(reader) ?? 1;
                    break;
                case "numFmt":
                    levels[level].Format = WordXml.Value(reader);
                    break;
                case "lvlText":
                    levels[level].Pattern = WordXml.Value(reader) ?? "";
                    break;
            }
        }
    }

    private void ReadStyles(StyleDefinitionsPart part)
    {
        using var reader = WordXml.Open(part);
        var (style, level) = ("", 0);
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.LocalName == "style") (style, level) = (WordXml.Attribute(reader, "styleId") ?? "", 0);
            else if (reader.LocalName == "ilvl") level = WordXml.Number(reader) ?? 0;
            else if (reader.LocalName == "numId" && WordXml.Value(reader) is { } list) _listOfStyle[style] = (list, level);
        }
    }

    private static Level[] NewLevels() => [.. Enumerable.Range(0, Levels).Select(_ => new Level())];

    private sealed class Level
    {
        public int Start { get; set; } = 1;

        public string? Format { get; set; }

        public string Pattern { get; set; } = "";
    }
}
