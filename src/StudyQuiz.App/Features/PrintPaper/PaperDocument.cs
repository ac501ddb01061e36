using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Microsoft.Extensions.Localization;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.PrintPaper;

/// <summary>The same paper as a Word file: what the page prints, to be changed by hand.</summary>
internal sealed class PaperDocument(PaperSheet sheet, IStringLocalizer<PaperText> text)
{
    private const string Latin = "Times New Roman";
    private const string Song = "SimSun";
    private const int Bubbles = 4;

    public static byte[] Write(PaperSheet sheet, IStringLocalizer<PaperText> text) => new PaperDocument(sheet, text).Write();

    private byte[] Write()
    {
        using var file = new MemoryStream();
        using (var document = WordprocessingDocument.Create(file, WordprocessingDocumentType.Document))
        {
            var main = document.AddMainDocumentPart();
            var styles = main.AddNewPart<StyleDefinitionsPart>();
            styles.Styles = new Styles(new DocDefaults(new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = Latin, HighAnsi = Latin, EastAsia = Song }, new FontSize { Val = "21" }))));
            var body = new Body([.. Paper(), Break(), .. AnswerSheet(), Break(), .. Key()]);
            body.Append(new SectionProperties(
                new PageSize { Width = 11906, Height = 16838 }, new PageMargin { Top = 850, Bottom = 850, Left = 964, Right = 964, Header = 400, Footer = 400 }));
            main.Document = new Document(body);
        }

        return file.ToArray();
    }

    private IEnumerable<OpenXmlElement> Paper()
    {
        yield return Table([[text["Name"].Value, text["Unit"].Value, text["Score"].Value]], isTall: true);
        yield return Line(sheet.Title, "32", isBold: true, isCentred: true);
        yield return Line(text["Sub", sheet.Total, sheet.Minutes], isCentred: true);
        if (sheet.Sections.Count > 0)
        {
            yield return Table(
            [
                [text["Part"].Value, .. sheet.Sections.Select(section => section.Ordinal), text["Sum"].Value, text["Marker"].Value],
                [text["Score"].Value, .. sheet.Sections.Select(_ => ""), "", ""],
            ]);
        }

        foreach (var section in sheet.Sections)
        {
            yield return Heading(section, text["Worth", section.Points, section.Sum].Value + text["How." + (section.Type ?? "mixed")].Value);
            foreach (var line in section.Questions.SelectMany(Asked)) yield return line;
        }

        if (sheet.Origin.Length > 0) yield return Line(text["Origin", sheet.Origin], "17");
    }

    private IEnumerable<OpenXmlElement> Asked(SheetQuestion question)
    {
        yield return Line(string.Create(CultureInfo.InvariantCulture, $"{question.Number}. {MarkedText.Plain(question.Stem)}{(question.Picture is { } picture ? $"［{picture.Alt}］" : "")}{(question.HasBrackets ? "（　　）" : "")}"), keepsNext: question.Listed.Count > 0);
        foreach (var (i, left) in question.Lefts.Index()) yield return Line(string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {left}（　　）"), indent: 420);
        foreach (var (i, option) in question.Listed.Index()) yield return Line($"{SheetQuestion.Letter(i)}. {option}", indent: 420, keepsNext: i < question.Listed.Count - 1);
        if (question.Type == QuestionTypes.Ordering) yield return Line(text["OrderLine"], indent: 420);
    }

    private IEnumerable<OpenXmlElement> AnswerSheet()
    {
        yield return Line(text["AnswerSheet"], "32", isBold: true, isCentred: true);
        yield return Line(sheet.Title, isCentred: true);
        yield return Table([[text["Name"].Value, text["Unit"].Value, text["Score"].Value]], isTall: true);
        foreach (var section in sheet.Sections)
        {
            yield return Heading(section, "");
            var bubbles = section.Questions.Where(question => question.HasBrackets).Select(question => string.Create(
                CultureInfo.InvariantCulture, $"{question.Number}  {(question.IsTrue is null ? string.Join(' ', question.Listed.Select((_, i) => $"[{SheetQuestion.Letter(i)}]")) : "[√] [×]")}")).ToList();
            if (bubbles.Count > 0) yield return Table([.. bubbles.Chunk(Bubbles).Select(row => (IReadOnlyList<string>)[.. row, .. Enumerable.Repeat("", Bubbles - row.Length)])], hasLines: false);
            foreach (var question in section.Questions.Where(question => !question.HasBrackets)) yield return Line(string.Create(CultureInfo.InvariantCulture, $"{question.Number}  ＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿"));
        }
    }

    private IEnumerable<OpenXmlElement> Key()
    {
        yield return Line(text["KeyTitle"], "32", isBold: true, isCentred: true);
        yield return Line(sheet.Title, isCentred: true);
        foreach (var section in sheet.Sections)
        {
            yield return Heading(section, text["Worth", section.Points, section.Sum]);
            foreach (var question in section.Questions)
            {
                var key = question.IsTrue switch { true => "√", false => "×", _ => question.Key ?? "" };
                yield return Line(string.Create(CultureInfo.InvariantCulture, $"{question.Number}. {key}{(question.Explanation.Length > 0 ? "　" + MarkedText.Plain(question.Explanation) : "")}"));
            }
        }
    }

    private Paragraph Heading(SheetSection section, string more) => new(
        new ParagraphProperties(new KeepNext(), new SpacingBetweenLines { Before = "160" }),
        Run(text["Heading", section.Ordinal, section.Name].Value + " ", "22", isBold: true), Run(more, "19", isBold: false));

    private static Paragraph Break() => new(new Run(new Break { Type = BreakValues.Page }));

    private static Paragraph Line(string words, string size = "21", bool isBold = false, bool isCentred = false, int indent = 0, bool keepsNext = false)
    {
        var how = new ParagraphProperties();
        if (keepsNext) how.Append(new KeepNext());
        if (indent > 0) how.Append(new Indentation { Left = indent.ToString(CultureInfo.InvariantCulture) });
        if (isCentred) how.Append(new Justification { Val = JustificationValues.Center });
        return new Paragraph(how, Run(words, size, isBold));
    }

    private static Run Run(string words, string size, bool isBold)
    {
        var how = new RunProperties();
        if (isBold) how.Append(new Bold());
        how.Append(new FontSize { Val = size });
        return new Run(how, new Text(words) { Space = SpaceProcessingModeValues.Preserve });
    }

    private static Table Table(IReadOnlyList<IReadOnlyList<string>> rows, bool isTall = false, bool hasLines = true)
    {
        var how = new TableProperties(new TableWidth { Width = "5000", Type = TableWidthUnitValues.Pct });
        if (hasLines)
        {
            how.Append(new TableBorders(
                new TopBorder { Val = BorderValues.Single, Size = 6 }, new LeftBorder { Val = BorderValues.Single, Size = 6 }, new BottomBorder { Val = BorderValues.Single, Size = 6 },
                new RightBorder { Val = BorderValues.Single, Size = 6 }, new InsideHorizontalBorder { Val = BorderValues.Single, Size = 4 }, new InsideVerticalBorder { Val = BorderValues.Single, Size = 4 }));
        }

        var table = new Table(how, new TableGrid(rows[0].Select(_ => new GridColumn())));
        foreach (var row in rows)
        {
            var line = new TableRow(row.Select(cell => new TableCell(Line(cell, isCentred: !isTall && hasLines))));
            if (isTall) line.PrependChild(new TableRowProperties(new TableRowHeight { Val = 560 }));
            table.Append(line);
        }

        return table;
    }
}
