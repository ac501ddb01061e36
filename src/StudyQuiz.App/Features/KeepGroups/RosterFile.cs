using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.Domain.People;

namespace StudyQuiz.App.Features.KeepGroups;

/// <summary>A list of people as a file: the first sheet of a workbook, or text.</summary>
internal static class RosterFile
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

    // What a program computes, or shows otherwise than it is stored, is nobody's name or number: the line says so
    private static string Text(GridCell cell) => cell.IsFormula || cell.IsFormatted ? "=" : string.Join(' ', cell.Text.Split(Marks));

    private static readonly char[] Marks = ['\t', '\r', '\n', ',', '，', '、', ';', '；'];
}
