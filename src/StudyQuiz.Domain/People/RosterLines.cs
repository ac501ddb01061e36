using System.Text.RegularExpressions;
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

    /// <summary>It stands above the headers and is no title.</summary>
    AboveHeaders,

    /// <summary>A program of tables made another number of it: 2.02301E+11.</summary>
    DamagedNumber,
}

/// <summary>A line of a list of people as it was written.</summary>
/// <param name="Number">Its number in the text, from 1; in a workbook its row.</param>
/// <param name="Code">学号 or 工号; null where it has none.</param>
/// <param name="Units">Where the person belongs, from the top down; empty for the group that the list is for.</param>
public sealed record RosterLine(int Number, string Name, string? Code, IReadOnlyList<string> Units, LineRefusal? Refusal = null)
{
    public string Unit => string.Join('/', Units);
}

/// <summary>Reads a list of people line by line: name, number, unit, parted by tabs, commas or runs of spaces, in the order that headers may name.</summary>
public static partial class RosterLines
{
    /// <summary>As many as a list may have.</summary>
    public const int Most = 5_000;

    /// <summary>The longest name, number and unit, in characters as people see them.</summary>
    public const int Longest = Nickname.Longest;

    /// <summary>What parts of a line stand between, where it is no table's.</summary>
    public const string Marks = "\t,，、;；";

    private const int MostBeforeHeaders = 20;
    private static readonly string[] NameHeaders = ["姓名", "名字", "学生姓名", "name"];
    private static readonly string[] CodeHeaders = ["编号", "学号", "工号", "号码", "number", "code", "no", "no.", "id"];

    // From the top of a tree down: each that is there is a level
    private static readonly string[][] UnitHeaders = [["学校", "单位", "school", "unit"], ["部门", "department"], ["年级", "grade"], ["班级", "class"], ["组", "小组", "group"]];

    /// <summary>Every line that is not empty, taken or refused.</summary>
    public static IReadOnlyList<RosterLine> Read(string text) => Read(text.Split('\n').Index().Select(line => (line.Index + 1, Parts(line.Item))));

    /// <summary>The same of a table's rows.</summary>
    public static IReadOnlyList<RosterLine> Read(IEnumerable<(int Number, IReadOnlyList<string> Cells)> rows)
    {
        var all = rows.Where(row => !row.Cells.All(string.IsNullOrWhiteSpace)).ToList();
        // A list often has a title above its headers; what has more to it is somebody who would be lost
        var head = all.Take(MostBeforeHeaders).ToList().FindIndex(row => Columns.Of(row.Cells) is not null);
        var lines = new List<RosterLine>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Columns? columns = null;
        foreach (var (at, (number, cells)) in all.Index())
        {
            if (at < head)
            {
                if (cells.Count(cell => !string.IsNullOrWhiteSpace(cell)) > 1) lines.Add(new RosterLine(number, Beginning(string.Join(' ', cells)), null, [], LineRefusal.AboveHeaders));
                continue;
            }

            // Each page of a long list has them again
            if (Columns.Of(cells) is { } named)
            {
                columns = named;
                continue;
            }

            var line = columns is null ? Bare(number, cells) : Line(number, Cell(cells, columns.Name), Cell(cells, columns.Code), [.. columns.Units.Select(unit => Cell(cells, unit))]);
            // what stands under another header is left alone, what stands under none is a slip
            if (line.Refusal is null && columns is not null && cells.Skip(columns.Width).Any(cell => !string.IsNullOrWhiteSpace(cell))) line = new RosterLine(number, line.Name, null, [], LineRefusal.ManyParts);
            if (line.Refusal is null && lines.Count >= Most) line = line with { Refusal = LineRefusal.TooMany };
            if (line.Refusal is null && !seen.Add(line.Code ?? $"{line.Name}\n{line.Unit}")) line = line with { Refusal = LineRefusal.Twice };
            lines.Add(line);
        }

        return lines;
    }

    /// <summary>The parts of a line that is no table's. How a list counts its lines is no part.</summary>
    public static IReadOnlyList<string> Parts(string line)
    {
        if (Counted().Match(line) is { Success: true, Length: var counted } && counted < line.Length && char.IsLetter(line[counted])) line = line[counted..];
        if (line.Any(letter => Marks.Contains(letter))) return [.. line.Split(Marks.ToCharArray()).Select(part => part.Trim())];
        var parts = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToList();
        var apart = parts.Zip(parts.Skip(1)).Index().Where(pair => IsHan(pair.Item.First) && IsHan(pair.Item.Second)).Select(pair => pair.Index).FirstOrDefault(-1);
        return apart < 0 ? parts : [.. parts.Take(apart), parts[apart] + parts[apart + 1], .. parts.Skip(apart + 2)];
    }

    /// <summary>A name as it is compared: two characters that stand apart to be as wide as others are one name.</summary>
    public static string Called(string name) => name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) is [var first, var second] && IsHan(first) && IsHan(second) ? first + second : name;

    private static bool IsHan(string part) => part is [>= '\u4e00' and <= '\u9fff'];

    // Without headers what looks like a number is the number, also where it comes first
    private static RosterLine Bare(int number, IReadOnlyList<string> cells)
    {
        var (name, code, unit) = (Cell(cells, 0), Cell(cells, 1), Cell(cells, 2));
        if (IsNumber(name) && code.Length > 0 && !code.Any(char.IsDigit)) (name, code) = (code, name);
        if (code.Length > 0 && !Roster.IsCode(code) && (unit.Length == 0 || Roster.IsCode(unit))) (code, unit) = (unit, code);
        var line = Line(number, name, code, [unit]);
        if (line.Refusal is not null) return line;
        // 辛一、辛二、辛三 are three people, not a name, a number and a unit
        if (cells.Skip(3).Any(cell => !string.IsNullOrWhiteSpace(cell)) || (code.Length > 0 && !Roster.IsCode(code))) return line with { Code = null, Units = [], Refusal = LineRefusal.ManyParts };
        return name.Any(char.IsLetter) ? line : line with { Refusal = LineRefusal.NoName };

        static bool IsNumber(string part) => part.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.') && part.Count(char.IsDigit) * 2 > part.Length;
    }

    private static RosterLine Line(int number, string name, string code, IReadOnlyList<string> levels)
    {
        var clean = Nickname.Clean(Called(name));
        var told = new RosterLine(number, clean ?? Beginning(name), null, []);
        if (name.Length == 0) return told with { Refusal = LineRefusal.NoName };
        if (Damaged().IsMatch(code)) return told with { Refusal = LineRefusal.DamagedNumber };
        var known = code.Length == 0 ? null : Nickname.Clean(code);
        var units = levels.SelectMany(level => level.Split(['/', '／', '>'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Select(part => Nickname.Clean(part)).ToList();
        // A level that tells the one above it too
        var path = units.Where((unit, at) => at == 0 || unit != units[at - 1]).ToList();
        return clean is null || (code.Length > 0 && known is null) || path.Contains(null) || new List<string> { name, code }.Concat(levels).Any(part => part is ['=' or '"', ..])
            ? told with { Refusal = LineRefusal.Unfit }
            : new RosterLine(number, clean, known, [.. path.OfType<string>()]);
    }

    private static string Cell(IReadOnlyList<string> cells, int column) => column >= 0 && column < cells.Count ? cells[column].Trim() : "";

    private static string Beginning(string text) => text.Length <= 40 ? text : text[..40] + "…";

    // Where name, number and units stand
    private sealed record Columns(int Name, int Code, IReadOnlyList<int> Units, int Width)
    {
        // Null where the row is no header
        public static Columns? Of(IReadOnlyList<string> cells)
        {
            var keys = cells.Select(cell => Aside().Replace(cell, "").ToLowerInvariant()).ToList();
            int At(string[] headers) => keys.FindIndex(key => headers.Contains(key, StringComparer.Ordinal));
            return At(NameHeaders) is >= 0 and var name ? new Columns(name, At(CodeHeaders), [.. UnitHeaders.Select(At).Where(column => column >= 0)], cells.Count) : null;
        }
    }

    [GeneratedRegex("^\\s*[1-9][0-9]{0,2}[.．、)）]\\s*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Counted();

    [GeneratedRegex("^[0-9]+([.][0-9]+)?[eE][+][0-9]+$|^[0-9]+[.]0+$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Damaged();

    // Spaces, and what stands in brackets
    [GeneratedRegex("\\s|[(（].*", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Aside();
}
