using System.Text;
using System.Xml;
using DocumentFormat.OpenXml.Packaging;

namespace StudyQuiz.Generation.Reading;

/// <summary>
/// The words of a document: a line per paragraph, in tables a line per paragraph of a cell, numbers of lists as they show. Headers, footers, notes
/// and comments are parts of their own and are not read; nor are deleted words, text boxes and drawings.
/// </summary>
internal sealed class WordText
{
    private readonly WordNumbering _numbering;
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _line = new();
    private (string? Style, string? List, int? Level) _paragraph;

    private WordText(WordNumbering numbering) => _numbering = numbering;

    /// <summary>Stops soon after <see cref="SourceReader.LongestText"/>.</summary>
    public static string Read(MainDocumentPart main)
    {
        var text = new WordText(WordNumbering.Read(main));
        using var reader = WordXml.Open(main);
        text.Read(reader);
        return text._text.ToString();
    }

    private void Read(XmlReader reader)
    {
        reader.Read();
        while (!reader.EOF && _text.Length + _line.Length <= SourceReader.LongestText)
        {
            if (reader.NodeType == XmlNodeType.Element && IsLeftOut(reader.LocalName))
            {
                reader.Skip(); // stands on the next node then
                continue;
            }

            if (reader.NodeType == XmlNodeType.Element) Start(reader);
            else if (reader is { NodeType: XmlNodeType.EndElement, LocalName: "p" }) EndParagraph();
            if (reader is not { NodeType: XmlNodeType.Element, LocalName: "t" }) reader.Read();
            else _line.Append(reader.ReadElementContentAsString());
        }

        if (_line.Length > 0) EndParagraph();
    }

    private static bool IsLeftOut(string name) => name is "del" or "moveFrom" or "drawing" or "pict" or "object" or "Fallback" or "rPr" or "sectPr" or "pPrChange";

    private void Start(XmlReader reader)
    {
        switch (reader.LocalName)
        {
            case "p" when reader.IsEmptyElement:
                EndParagraph();
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
            case "br" or "cr":
                _line.Append('\n');
                break;
            case "noBreakHyphen":
                _line.Append('-');
                break;
        }
    }

    private void EndParagraph()
    {
        var line = _line.ToString();
        if (!string.IsNullOrWhiteSpace(line)) _text.Append(_numbering.Next(_paragraph.Style, _paragraph.List, _paragraph.Level));
        _text.Append(line).Append('\n');
        _line.Clear();
        _paragraph = default;
    }
}
