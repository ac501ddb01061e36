using System.Text.RegularExpressions;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.Domain.People;

namespace StudyQuiz.App.Features.KeepGroups;

/// <summary>A list of people as a file: the first sheet of a workbook, or text.</summary>
internal static partial class RosterFile
{
    /// <summary>The largest, in bytes.</summary>
    public const int Largest = 4 * 1024 * 1024;

    /// <summary>The list as text in which every line keeps its row's number, so that it can be shown, changed and sent again.</summary>
    /// <exception cref="RefusedFileException">It is damaged, or made to do harm.</exception>
    public static string ToText(byte[] bytes, string name)
    {
        var file = new GivenFile(bytes, name);
        if (!file.IsZip) return file.Text;
        using var archive = SafeArchive.Open(bytes);
        var rows = Workbook.Read(archive);
        var lines = new string[Math.Min(rows.Count == 0 ? 0 : rows[^1].Line, RosterLines.Most + 40)];
        Array.Fill(lines, "");
        foreach (var row in rows.Where(row => row.Line <= lines.Length)) lines[row.Line - 1] = string.Join('\t', row.Cells.Select(Text));
        return string.Join('\n', lines);
    }

    /// <summary>The lines of such a text: a table's, where a cell is quoted as tables do, else as people write lists.</summary>
    public static IReadOnlyList<RosterLine> Lines(string text)
    {
        text = text.ReplaceLineEndings("\n");
        var rows = text.Contains('"', StringComparison.Ordinal) ? Table(text) : text.Split('\n').Index().Select(line => (Number: line.Index + 1, Cells: RosterLines.Parts(line.Item)));
        return RosterLines.Read(rows.Select(row => (row.Number, (IReadOnlyList<string>)[.. row.Cells.Select(DelimitedText.Armed)])));
    }

    private static IEnumerable<(int Number, IReadOnlyList<string> Cells)> Table(string text)
    {
        var bare = Quoted().Replace(text, "");
        var separator = bare.Contains('\t', StringComparison.Ordinal) ? '\t' : bare.Contains(';', StringComparison.Ordinal) && !bare.Contains(',', StringComparison.Ordinal) ? ';' : ',';
        // A quote that is never closed stays, by which the line is refused
        return DelimitedText.Rows(text, separator).Take(RosterLines.Most + 40).Select(row => (row.Line, row.IsBroken ? ["\"" + row.Cells[0].TrimStart('"')] : row.Cells is [var whole] ? RosterLines.Parts(whole) : row.Cells));
    }

    // What a program computes, or shows otherwise than it is stored, is nobody's name or number: the line says so
    private static string Text(GridCell cell)
    {
        if (cell.IsFormula || cell.IsFormatted) return "=";
        var text = string.Join(' ', cell.Text.Split('\t', '\r', '\n'));
        return text.AsSpan().IndexOfAny(RosterLines.Marks + "\"") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    [GeneratedRegex("\"[^\"]*\"", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();
}
