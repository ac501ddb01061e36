using System.Buffers;
using System.Globalization;
using System.Text;
using System.Xml;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using StudyQuiz.App.Features.ExchangeCards;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>Tables as .xlsx has them. Read from start to end without building a tree; written as text, so that nothing in a cell is ever computed.</summary>
internal static class Workbook
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const int MostColumns = 120;

    // Of formats that show a number as something else
    private static readonly SearchValues<char> Formatting = SearchValues.Create("ymdhs%年月日");

    private const int MostSheets = 20;

    /// <summary>The rows of the first sheet that can be seen.</summary>
    public static List<GridRow> Read(SafeArchive archive) => ReadAll(archive, 1)[0].Rows;

    /// <summary>The sheets that can be seen, or the first of those that can't where none can, each by its name.</summary>
    public static IReadOnlyList<(string Name, List<GridRow> Rows)> ReadAll(SafeArchive archive, int most = MostSheets)
    {
        var sheets = new List<(string Name, string Id, bool IsHidden)>();
        using (var workbook = SafeXml.Open(archive.Read("xl/workbook.xml") ?? throw new RefusedFileException("NoWorkbook")))
        {
            while (workbook.Read())
                if (workbook is { NodeType: XmlNodeType.Element, LocalName: "sheet" } && sheets.Count < 1_000)
                    sheets.Add((workbook.GetAttribute("name") ?? "", workbook.GetAttribute("id", Relationships) ?? workbook.GetAttribute("r:id") ?? "", workbook.GetAttribute("state") is "hidden" or "veryHidden"));
        }

        if (sheets.Count == 0) sheets.Add(("", "", false));
        var (shared, formatted) = (SharedStrings(archive), FormattedStyles(archive));
        var seen = sheets.Where(sheet => !sheet.IsHidden).DefaultIfEmpty(sheets[0]).Take(most);
        return
        [
            .. seen.Select(sheet => (sheet.Name, Rows(archive.Read(Target(archive, sheet.Id) ?? "xl/worksheets/sheet1.xml") ?? throw new RefusedFileException("NoSheet"), shared, formatted))),
        ];
    }

    /// <summary>A workbook of sheets, each by its name.</summary>
    public static byte[] Write(params IReadOnlyList<(string Name, IReadOnlyList<IReadOnlyList<string>> Rows)> sheets)
    {
        using var file = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var workbook = document.AddWorkbookPart();
            workbook.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(new Sheets());
            foreach (var (name, rows) in sheets)
            {
                var part = workbook.AddNewPart<WorksheetPart>();
                using (var writer = OpenXmlWriter.Create(part)) Write(writer, rows);
                workbook.Workbook.Sheets!.Append(new Sheet { Id = workbook.GetIdOfPart(part), SheetId = (uint)workbook.Workbook.Sheets.ChildElements.Count + 1, Name = name });
            }
        }

        return file.ToArray();
    }

    private static void Write(OpenXmlWriter writer, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        writer.WriteStartElement(new Worksheet());
        writer.WriteStartElement(new SheetData());
        foreach (var row in rows)
        {
            writer.WriteStartElement(new Row());
            foreach (var cell in row)
            {
                writer.WriteElement(new Cell
                {
                    DataType = CellValues.InlineString,
                    InlineString = new InlineString(new Text(DelimitedText.Disarmed(cell)) { Space = SpaceProcessingModeValues.Preserve }),
                });
            }

            writer.WriteEndElement();
        }

        writer.WriteEndElement();
        writer.WriteEndElement();
    }

    // The part that a sheet's id stands for
    private static string? Target(SafeArchive archive, string? id)
    {
        if (archive.Read("xl/_rels/workbook.xml.rels") is not { } part) return null;
        using var relations = SafeXml.Open(part);
        while (relations.Read())
        {
            if (relations is not { NodeType: XmlNodeType.Element, LocalName: "Relationship" } || relations.GetAttribute("Id") != id) continue;
            var target = relations.GetAttribute("Target") ?? "";
            return target.StartsWith('/') ? target[1..] : "xl/" + target;
        }

        return null;
    }

    private static List<string> SharedStrings(SafeArchive archive)
    {
        var texts = new List<string>();
        if (archive.Read("xl/sharedStrings.xml") is not { } part) return texts;
        using var strings = SafeXml.Open(part);
        StringBuilder? text = null;
        strings.Read();
        while (!strings.EOF)
        {
            // how a word is pronounced is no part of it
            if (strings is { NodeType: XmlNodeType.Element, LocalName: "rPh" })
            {
                strings.Skip();
                continue;
            }

            if (strings is { NodeType: XmlNodeType.Element, LocalName: "si" }) text = new StringBuilder();
            if (text is not null && (strings is { NodeType: XmlNodeType.EndElement, LocalName: "si" } || (strings is { LocalName: "si", IsEmptyElement: true })))
            {
                texts.Add(text.ToString());
                text = null;
            }

            if (strings is { NodeType: XmlNodeType.Element, LocalName: "t" } && text is not null) text.Append(strings.ReadElementContentAsString());
            else strings.Read();
        }

        return texts;
    }

    private static List<GridRow> Rows(Stream part, List<string> shared, HashSet<string> formatted)
    {
        using var sheet = SafeXml.Open(part);
        var rows = new List<GridRow>();
        var (line, cells) = (0, new List<GridCell>());
        while (sheet.Read() && rows.Count < GivenFile.MostRows + 40)
        {
            if (sheet is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                line = int.TryParse(sheet.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : line + 1;
                cells = [];
            }
            else if (sheet is { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                var column = Column(sheet.GetAttribute("r")) ?? cells.Count;
                if (column >= MostColumns) continue;
                while (cells.Count < column) cells.Add(new GridCell(""));
                if (cells.Count == column) cells.Add(CellOf(sheet, shared, formatted));
            }
            else if (sheet is { NodeType: XmlNodeType.EndElement, LocalName: "row" } && cells.Exists(cell => cell.IsFormula || !string.IsNullOrWhiteSpace(cell.Text)))
            {
                rows.Add(new GridRow(line, cells));
            }
        }

        return rows;
    }

    private static GridCell CellOf(XmlReader sheet, List<string> shared, HashSet<string> formatted)
    {
        var (kind, style, text, isFormula) = (sheet.GetAttribute("t"), sheet.GetAttribute("s"), new StringBuilder(), false);
        if (sheet.IsEmptyElement) return new GridCell("");
        var depth = sheet.Depth;
        sheet.Read();
        while (sheet.Depth > depth)
        {
            if (sheet is { NodeType: XmlNodeType.Element, LocalName: "f" }) isFormula = true;
            if (sheet is { NodeType: XmlNodeType.Element, LocalName: "rPh" }) sheet.Skip();
            else if (sheet is { NodeType: XmlNodeType.Element, LocalName: "v" or "t" }) text.Append(sheet.ReadElementContentAsString());
            else sheet.Read();
        }

        var value = text.ToString();
        if (kind == "s") value = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < shared.Count ? shared[at] : "";
        if (kind == "b") value = value == "1" ? "TRUE" : "FALSE";
        if (isFormula) return new GridCell(value, true);
        return kind is "s" or "str" or "inlineStr" ? Grid.Cell(value.Replace("_x000D_", "", StringComparison.Ordinal)) : new GridCell(value, kind == "e", kind is null or "n" && value.Length > 0 && formatted.Contains(style ?? "0"));
    }

    // Places of the styles that show a number as a date, a time or a share
    private static HashSet<string> FormattedStyles(SafeArchive archive)
    {
        var formatted = new HashSet<string>(StringComparer.Ordinal);
        if (archive.Read("xl/styles.xml") is not { } part) return formatted;
        using var styles = SafeXml.Open(part);
        var (codes, isInCells, place) = (new HashSet<int>(), false, 0);
        while (styles.Read())
        {
            if (styles is { NodeType: XmlNodeType.Element, LocalName: "numFmt" } && IsFormat(styles.GetAttribute("formatCode") ?? "")) codes.Add(Number(styles.GetAttribute("numFmtId")));
            if (styles.LocalName == "cellXfs") isInCells = styles.NodeType == XmlNodeType.Element;
            if (!isInCells || styles is not { NodeType: XmlNodeType.Element, LocalName: "xf" }) continue;
            var code = Number(styles.GetAttribute("numFmtId"));
            if (code is 9 or 10 or (>= 14 and <= 22) or (>= 27 and <= 36) or (>= 45 and <= 47) or (>= 50 and <= 58) || codes.Contains(code)) formatted.Add(place.ToString(CultureInfo.InvariantCulture));
            place++;
        }

        return formatted;

        static int Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        static bool IsFormat(string code) => code.AsSpan().IndexOfAny(Formatting) >= 0 && !code.StartsWith("General", StringComparison.OrdinalIgnoreCase);
    }

    // BC12 is the 55th; null where the file doesn't say
    private static int? Column(string? reference)
    {
        var column = 0;
        foreach (var letter in reference ?? "")
        {
            if (!char.IsAsciiLetterUpper(letter)) break;
            column = column * 26 + letter - 'A' + 1;
            if (column > 20_000) return column;
        }

        return column == 0 ? null : column - 1;
    }
}
