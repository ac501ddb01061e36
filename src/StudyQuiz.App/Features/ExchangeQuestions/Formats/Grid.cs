using System.Runtime.InteropServices;
using System.Text;
using StudyQuiz.App.Features.ExchangeCards;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>A cell of a table.</summary>
/// <param name="IsFormula">Something that a program computes: it is never taken, for its value is nobody's text.</param>
/// <param name="IsFormatted">A date, a time or a share, which its program shows in other words than it stores.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct GridCell(string Text, bool IsFormula = false, bool IsFormatted = false);

/// <summary>A row of a table, with its number as people see it.</summary>
internal sealed record GridRow(int Line, IReadOnlyList<GridCell> Cells)
{
    /// <summary>A quote is opened and never closed.</summary>
    public bool IsBroken { get; init; }

    public GridCell this[int column] => column < Cells.Count ? Cells[column] : new GridCell("");
}

/// <summary>Tables as CSV has them.</summary>
internal static class Grid
{
    public static List<GridRow> OfCsv(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = text.AsSpan(0, end < 0 ? text.Length : end);
        var separator = first.Contains('\t') ? '\t' : first.Contains(';') && !first.Contains(',') ? ';' : ',';
        return [.. DelimitedText.Rows(text, separator).Take(GivenFile.MostRows + 40).Select(row => new GridRow(row.Line, [.. row.Cells.Select(Cell)]) { IsBroken = row.IsBroken })];
    }

    public static byte[] ToCsv(IEnumerable<IReadOnlyList<string>> rows)
    {
        var csv = new StringBuilder();
        foreach (var row in rows) csv.Append(DelimitedText.CsvLine(row));
        // without its mark Excel reads Chinese as something else
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv.ToString())];
    }

    /// <summary>A cell as it was written: an apostrophe that keeps a program from computing it goes, and what would be computed is marked.</summary>
    public static GridCell Cell(string text) => new(DelimitedText.Armed(text), IsFormula(text));

    // A number with its sign is no formula, nor is an answer that begins with a dash
    private static bool IsFormula(string text) => text.Length > 1 && (text[0] == '=' || (text[0] is '+' or '-' or '@' && text.AsSpan(1).IndexOfAny('(', '|', '!') >= 0 && (char.IsAsciiLetter(text[1]) || text[1] is '+' or '-' or '=')));
}
