using System.Text;

namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>A row of a delimited file.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="IsBroken">A quote is opened and never closed: the row ends with its line.</param>
internal sealed record DelimitedRow(int Line, IReadOnlyList<string> Cells, bool IsBroken);

/// <summary>Cells in lines: CSV, and Anki's text files, which quote in the same way.</summary>
internal static class DelimitedText
{
    /// <summary>
    /// A line of CSV. Programs that compute tables open such a file and run a cell that begins like a formula: such a cell gets an apostrophe
    /// before it, which <see cref="Armed"/> takes off again.
    /// </summary>
    public static string CsvLine(IEnumerable<string> cells) => Line(',', cells.Select(Disarmed));

    /// <summary>A line of a text file for Anki, which runs nothing and would show an apostrophe.</summary>
    public static string AnkiLine(IEnumerable<string> cells) => Line('\t', cells);

    private static string Line(char separator, IEnumerable<string> cells) => string.Join(separator, cells.Select(cell => Quoted(cell, separator))) + "\r\n";

    /// <summary>A cell of a line that <see cref="CsvLine"/> wrote, as its author wrote it.</summary>
    public static string Armed(string cell) => cell.Length > 1 && cell[0] == '\'' && (IsFormula(cell[1]) || cell[1] == '\'') ? cell[1..] : cell;

    /// <summary>A cell that no program computes.</summary>
    public static string Disarmed(string cell) => cell.Length > 0 && (IsFormula(cell[0]) || (cell.Length > 1 && cell[0] == '\'' && (IsFormula(cell[1]) || cell[1] == '\''))) ? "'" + cell : cell;

    // Excel in East Asia computes what begins with a wide one too
    private static bool IsFormula(char first) => first is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠' or '\t' or '\r';

    private static string Quoted(string cell, char separator) =>
        cell.AsSpan().IndexOfAny(separator, '"', '\n') >= 0 || cell.Contains('\r', StringComparison.Ordinal) || cell.StartsWith('#') ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;

    /// <summary>The rows of a text; empty lines are none. A quote that is never closed breaks its own line only.</summary>
    public static IEnumerable<DelimitedRow> Rows(string text, char separator, int at = 0, int line = 1)
    {
        while (at < text.Length)
        {
            var from = (At: at, Line: line);
            var row = Row(text, separator, ref at, ref line);
            if (row is null)
            {
                (at, line) = from;
                var end = text.IndexOf('\n', at);
                row = [text[at..(end < 0 ? text.Length : end)].TrimEnd('\r')];
                (at, line) = (end < 0 ? text.Length : end + 1, line + 1);
                yield return new DelimitedRow(from.Line, row, IsBroken: true);
            }
            else if (row.Count > 1 || !string.IsNullOrWhiteSpace(row[0]))
            {
                yield return new DelimitedRow(from.Line, row, IsBroken: false);
            }
        }
    }

    /// <summary>The longest quoted cell; one that goes on is a quote that somebody forgot to close.</summary>
    public const int LongestQuoted = 40_000;

    // What stands behind so many is nobody's column
    private const int MostCells = 500;

    // Null where a quote is not closed
    private static List<string>? Row(string text, char separator, ref int at, ref int line)
    {
        var cells = new List<string>();
        while (true)
        {
            if (at < text.Length && text[at] == '"')
            {
                if (QuotedCell(text, ref at, ref line) is not { } quoted) return null;
                // what stands behind a closing quote breaks the row, unless it is the end of the cell
                if (at < text.Length && text[at] != separator && text[at] is not ('\r' or '\n')) return null;
                if (cells.Count < MostCells) cells.Add(quoted);
            }
            else
            {
                var end = at;
                while (end < text.Length && text[end] != separator && text[end] is not ('\r' or '\n')) end++;
                if (cells.Count < MostCells) cells.Add(text[at..end]);
                at = end;
            }

            if (at < text.Length && text[at] == separator)
            {
                at++;
                continue;
            }

            if (at < text.Length && text[at] == '\r') at++;
            if (at < text.Length && text[at] == '\n') at++;
            line++;
            return cells;
        }
    }

    private static string? QuotedCell(string text, ref int at, ref int line)
    {
        var cell = new StringBuilder();
        var last = Math.Min(text.Length, at + LongestQuoted);
        for (at++; at < last; at++)
        {
            if (text[at] == '\n') line++;
            if (text[at] != '"')
            {
                cell.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                cell.Append('"');
                at++;
            }
            else
            {
                at++;
                return cell.ToString();
            }
        }

        return null;
    }
}
