using System.Text;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Reading;

/// <summary>
/// The words of a document: a line per paragraph, in tables a line per paragraph of a cell, numbers of lists as they show, headings by their style with a # for each level
/// where they have no number. Headers, footers, notes
/// and comments are parts of their own and are not read; nor are deleted words, text boxes and drawings.
/// </summary>
internal sealed class WordText
{
    // no character of XML
    private const char Break = '\v';

    private const int LongestHeading = 60;

    /// <summary>Stands where a picture is, for whoever asks; no character of the text of any document.</summary>
    public const char Picture = '\uFFFC';

    private readonly bool _marksPictures;
    private readonly WordMath _math = new();
    private readonly WordNumbering _numbering;
    private readonly WordStyles _styles;
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _line = new();
    private (string? Style, string? List, int? Level) _paragraph;
    private bool _inRun;
    private bool _isHidden;
    private string? _position;

    private WordText(WordNumbering numbering, WordStyles styles, bool marksPictures) => (_numbering, _styles, _marksPictures) = (numbering, styles, marksPictures);

    /// <summary>Stops soon after <see cref="SourceReader.LongestText"/>.</summary>
    /// <param name="isPaper">Whether options that a list letters are told by their letters, and pictures by <see cref="Picture"/>.</param>
    public static string Read(MainDocumentPart main, bool isPaper)
    {
        var text = new WordText(WordNumbering.Read(main, isPaper), WordStyles.Read(main), isPaper);
        using var reader = WordXml.Open(main);
        text.Read(reader);
        return text._text.ToString();
    }

    private void Read(XmlReader reader)
    {
        reader.Read();
        while (!reader.EOF && _text.Length + _line.Length <= SourceReader.LongestText)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "rPr" } && _inRun) _isHidden = Hides(reader);
            else if (reader.NodeType == XmlNodeType.Element && IsLeftOut(reader.LocalName))
            {
                if (_marksPictures && reader.LocalName is "drawing" or "pict" or "object") _line.Append(Picture);
                reader.Skip(); // stands on the next node then
                continue;
            }

            if (reader.NodeType == XmlNodeType.Element && WordMath.Is(reader.NamespaceURI))
            {
                if (!reader.IsEmptyElement) _math.Start(reader.LocalName, _line);
            }
            else if (reader.NodeType == XmlNodeType.EndElement && WordMath.Is(reader.NamespaceURI)) _math.End(reader.LocalName, _line);
            else if (reader.NodeType == XmlNodeType.Element) Start(reader);
            else if (reader is { NodeType: XmlNodeType.EndElement, LocalName: "p" }) EndParagraph();
            else if (reader is { NodeType: XmlNodeType.EndElement, LocalName: "r" }) (_inRun, _isHidden, _position) = (false, false, null);
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "t" }) reader.Read();
            else if (reader.ReadElementContentAsString() is var words && !_isHidden) _line.Append(_position switch { "superscript" => RaisedText.Up(words), "subscript" => RaisedText.Down(words), _ => words });
        }

        if (_line.Length > 0) EndParagraph();
    }

    private static bool IsLeftOut(string name) => name is "del" or "moveFrom" or "drawing" or "pict" or "object" or "Fallback" or "rPr" or "sectPr" or "pPrChange";

    // stands on the end of the properties then
    private bool Hides(XmlReader reader)
    {
        bool? hides = null;
        string? style = null;
        if (reader.IsEmptyElement) return _isHidden;
        for (var depth = reader.Depth; reader.Read() && reader.Depth > depth;)
        {
            if (reader is { NodeType: XmlNodeType.Element, LocalName: "vanish" }) hides = WordXml.IsOn(reader);
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "vertAlign" }) _position = WordXml.Value(reader);
            else if (reader is { NodeType: XmlNodeType.Element, LocalName: "rStyle" }) style = WordXml.Value(reader);
        }

        return hides ?? _styles.Hides(style) ?? _isHidden;
    }

    private void Start(XmlReader reader)
    {
        switch (reader.LocalName)
        {
            case "p" when reader.IsEmptyElement:
                EndParagraph();
                break;
            case "r":
                (_inRun, _position) = (!reader.IsEmptyElement, null);
                _isHidden = _styles.Hides(_paragraph.Style) ?? false;
                break;
            case "p":
                _paragraph = default;
                break;
            case "pStyle":
                _paragraph.Style = WordXml.Value(reader);
                break;
            case "numId":
                _paragraph.List = WordXml.Value(reader);
                break;
            case "ilvl":
                _paragraph.Level = WordXml.Number(reader);
                break;
            case "tab" when _line.Length > 0:
                _line.Append('\t');
                break;
            case "br" or "cr" when !_isHidden:
                _line.Append(Break);
                break;
            // marks of right and wrong are often signs of a font of symbols
            case "sym" when !_isHidden && WordXml.Attribute(reader, "char") is { } sign:
                _line.Append(sign.ToUpperInvariant() switch { "F0FC" or "00FC" or "F0FE" or "F050" => "√", "F0FB" or "00FB" or "F0FD" or "F04F" => "×", _ => "" });
                break;
            case "noBreakHyphen":
                _line.Append('-');
                break;
        }
    }

    // A break within a sentence was set for its looks; one behind a whole line ends it
    private static string Joined(string line)
    {
        if (!line.Contains(Break, StringComparison.Ordinal)) return line;
        var joined = new StringBuilder();
        foreach (var part in line.Split(Break))
        {
            if (joined.Length > 0) joined.Append(TearsSentence(joined.ToString(), part) ? ' ' : '\n');
            joined.Append(part);
        }

        return joined.ToString();
    }

    private static bool TearsSentence(string before, string after)
    {
        var last = before[(before.LastIndexOf('\n') + 1)..].Trim();
        return last.Any("，、。；,;".Contains) && !Punctuation.EndsSentence(last) && !Punctuation.EndsPart(last)
            && after.Trim() is { Length: > 0 } next && MarkerScanner.At(next, 0) is null;
    }

    private void EndParagraph()
    {
        var line = Joined(_line.ToString());
        var number = string.IsNullOrWhiteSpace(line) ? "" : _numbering.Next(_paragraph.Style, _paragraph.List, _paragraph.Level);
        // a heading that has a number goes by that
        if (number.Length == 0 && _styles.Level(_paragraph.Style) is { } level && line.Trim() is { Length: > 0 and <= LongestHeading } heading && MarkerScanner.At(heading, 0) is null) _text.Append('#', level).Append(' ');
        _text.Append(number);
        _text.Append(line).Append('\n');
        _line.Clear();
        _math.Clear();
        _paragraph = default;
    }
}
