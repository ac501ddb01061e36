using StudyQuiz.Domain.Games;

namespace StudyQuiz.Domain.People;

/// <summary>Why a line of a list can't be taken. Resources are named after these.</summary>
public enum LineRefusal
{
    /// <summary>It has no name.</summary>
    NoName,

    /// <summary>A part is too long or can't be shown.</summary>
    Unfit,

    /// <summary>There are more parts than name, number and unit.</summary>
    ManyParts,

    /// <summary>An earlier line has the same number, or the same person without one.</summary>
    Twice,

    /// <summary>The list is longer than <see cref="RosterLines.Most"/>.</summary>
    TooMany,

    /// <summary>The number is another person's in the same tree of groups.</summary>
    NumberTaken,

    /// <summary>Its unit lies deeper than groups may.</summary>
    Deep,
}

/// <summary>A line of a list of people as it was written.</summary>
/// <param name="Number">Its number in the text, from 1; in a workbook its row.</param>
/// <param name="Code">学号 or 工号; null where it has none.</param>
/// <param name="Units">Where the person belongs, from the top down; empty for the group that the list is for.</param>
public sealed record RosterLine(int Number, string Name, string? Code, IReadOnlyList<string> Units, LineRefusal? Refusal = null)
{
    public string Unit => string.Join('/', Units);
}

/// <summary>Reads a list of people line by line: name, number, unit, parted by tabs, commas or runs of spaces, in the order that a first line of headers may name.</summary>
public static class RosterLines
{
    /// <summary>As many as a list may have.</summary>
    public const int Most = 5_000;

    /// <summary>The longest name, number and unit, in characters as people see them.</summary>
    public const int Longest = Nickname.Longest;

    private const int MostBeforeHeader = 20;
    private const string Marks = "\t,，、;；";
    private static readonly string[] NameHeaders = ["姓名", "名字", "name"];
    private static readonly string[] CodeHeaders = ["编号", "学号", "工号", "号码", "number", "code", "no", "no.", "id"];
    private static readonly string[] GradeHeaders = ["年级", "grade"];
    private static readonly string[] UnitHeaders = ["单位", "部门", "班级", "组", "unit", "group", "class", "department"];

    /// <summary>Every line that is not empty, taken or refused.</summary>
    public static IReadOnlyList<RosterLine> Read(string text) =>
        Read(text.Split('\n').Index().Select(line => (line.Index + 1, (IReadOnlyList<string>)Parts(line.Item))));

    /// <summary>The same of a table's rows.</summary>
    public static IReadOnlyList<RosterLine> Read(IEnumerable<(int Number, IReadOnlyList<string> Cells)> rows)
    {
        // A list often has a title above its headers
        var all = rows.Where(row => !row.Cells.All(string.IsNullOrWhiteSpace)).ToList();
        var head = all.Take(MostBeforeHeader).ToList().FindIndex(row => Columns(row.Cells) is not null);
        var lines = new List<RosterLine>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var columns = head < 0 ? null : Columns(all[head].Cells);
        var width = head < 0 ? 0 : all[head].Cells.Count;
        foreach (var (number, cells) in all.Skip(head + 1))
        {
            var line = Line(number, columns is null ? Usual(cells) : Ordered(cells, columns), isOrdered: columns is not null);
            // what stands under another header is left alone, what stands under none is a slip
            if (line.Refusal is null && columns is not null && cells.Skip(width).Any(cell => !string.IsNullOrWhiteSpace(cell))) line = new RosterLine(number, line.Name, null, [], LineRefusal.ManyParts);
            if (line.Refusal is null && lines.Count >= Most) line = line with { Refusal = LineRefusal.TooMany };
            if (line.Refusal is null && !seen.Add(line.Code ?? $"{line.Name}\n{line.Unit}")) line = line with { Refusal = LineRefusal.Twice };
            lines.Add(line);
        }

        return lines;
    }

    // Name, number, unit; a class within its grade
    private static IReadOnlyList<string> Ordered(IReadOnlyList<string> cells, int[] columns)
    {
        var (grade, unit) = (At(columns[3]), At(columns[2]));
        return [At(columns[0]), At(columns[1]), grade.Length > 0 && unit.Length > 0 && !unit.StartsWith(grade, StringComparison.Ordinal) ? $"{grade}/{unit}" : grade + unit];

        string At(int column) => column >= 0 && column < cells.Count ? cells[column].Trim() : "";
    }

    // Without headers what is all digits is the number, also where it comes first; 1. before a name only counts
    private static IReadOnlyList<string> Usual(IReadOnlyList<string> cells)
    {
        if (cells is [['1' or '2' or '3' or '4' or '5' or '6' or '7' or '8' or '9', ..] counted, _, ..] && counted.Length <= 5 && counted[^1] is '.' or '．' && counted[..^1].All(char.IsAsciiDigit)) cells = [.. cells.Skip(1)];
        return cells is [var first, var second, ..] && IsNumber(first) && !IsNumber(second) && second.Length > 0 ? [second, first, .. cells.Skip(2)] : cells;

        static bool IsNumber(string cell) => cell.Trim() is { Length: > 0 } text && text.All(char.IsAsciiDigit);
    }

    private static string[] Parts(string line) => line.Contains('"', StringComparison.Ordinal) ? Quoted(line) :
        [.. (line.Any(letter => Marks.Contains(letter)) ? line.Split(Marks.ToCharArray()) : line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Select(part => part.Trim())];

    // As tables write cells: quotation marks around one, doubled within it
    private static string[] Quoted(string line)
    {
        var (cells, cell, isOpen) = (new List<string>(), new System.Text.StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isOpen && i + 1 < line.Length && line[i + 1] == '"') cell.Append(line[i++]);
            else if (line[i] == '"') isOpen = !isOpen;
            else if (!isOpen && Marks.Contains(line[i]))
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else cell.Append(line[i]);
        }

        return [.. cells, cell.ToString().Trim()];
    }

    // Where name, number, unit and grade stand; null where the row is no header
    private static int[]? Columns(IReadOnlyList<string> cells)
    {
        int At(string[] headers) => cells.ToList().FindIndex(cell => headers.Contains(cell.Trim(), StringComparer.OrdinalIgnoreCase));
        return At(NameHeaders) is >= 0 and var name ? [name, At(CodeHeaders), At(UnitHeaders), At(GradeHeaders)] : null;
    }

    private static RosterLine Line(int number, IReadOnlyList<string> cells, bool isOrdered)
    {
        var name = Nickname.Clean(cells[0]);
        var told = new RosterLine(number, name ?? Beginning(cells[0]), null, []);
        if (string.IsNullOrWhiteSpace(cells[0])) return told with { Refusal = LineRefusal.NoName };
        if (cells.Skip(3).Any(cell => !string.IsNullOrWhiteSpace(cell))) return told with { Refusal = LineRefusal.ManyParts };
        if (cells.Any(cell => cell.StartsWith('='))) return told with { Refusal = LineRefusal.Unfit };
        // 辛一、辛二、辛三 are three people, not a name, a number and a unit
        if (!isOrdered && cells.Count > 2 && cells[1].Trim() is { Length: > 0 } middle && cells[2].Trim().Length > 0 && !Roster.IsCode(middle)) return told with { Refusal = LineRefusal.ManyParts };
        var (code, unit) = Rest([.. cells.Skip(1).Take(2).Select(cell => cell.Trim())], isOrdered);
        var units = unit.Split(['/', '／', '>'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => Nickname.Clean(part)).ToList();
        var clean = code.Length == 0 ? null : Nickname.Clean(code);
        return name is null || (code.Length > 0 && clean is null) || units.Contains(null) ? told with { Refusal = LineRefusal.Unfit } : new RosterLine(number, name, clean, [.. units.OfType<string>()]);
    }

    // A number has digits; where one part is missing and nothing names the columns, that tells which of the two is there
    private static (string Code, string Unit) Rest(IReadOnlyList<string> rest, bool isOrdered)
    {
        var (first, second) = (rest.ElementAtOrDefault(0) ?? "", rest.ElementAtOrDefault(1) ?? "");
        return isOrdered || second.Length > 0 || first.Length == 0 || Roster.IsCode(first) ? (first, second) : ("", first);
    }

    private static string Beginning(string text) => text.Length <= 40 ? text : text[..40] + "…";
}
