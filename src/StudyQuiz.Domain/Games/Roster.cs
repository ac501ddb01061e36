namespace StudyQuiz.Domain.Games;

/// <summary>Reads a list of people that a host pasted: a line each, name, then number and unit, parted by tabs, commas or runs of spaces.</summary>
public static class Roster
{
    /// <summary>As many as a game has seats.</summary>
    public static readonly int Most = GameOptions.Seats.Most;

    private const string Marks = "\t,，、;；";

    /// <summary>Its people.</summary>
    /// <returns>The number of the first line that cannot be read, counting from 1, in place of them: its name cannot be shown, it has too many parts, it repeats an earlier one, or it is one too many.</returns>
    public static (IReadOnlyList<RosterEntry> Entries, int? BadLine) Parse(string text)
    {
        var entries = new List<RosterEntry>();
        var seen = new HashSet<RosterEntry>();
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i])) continue;
            if (Read(lines[i]) is not { } entry || !seen.Add(entry) || entries.Count == Most) return ([], i + 1);
            entries.Add(entry);
        }

        return (entries, null);
    }

    /// <summary>Whether a part that stands alone beside a name is its number: it has digits and names no class.</summary>
    public static bool IsCode(string part) => part.Any(char.IsDigit) && !part.EndsWith('班');

    private static RosterEntry? Read(string line)
    {
        var parts = line.Any(letter => Marks.Contains(letter)) ? line.Split(Marks.ToCharArray()) : line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var read = parts.Select(part => part.Trim()).ToList();
        if (read.Count > 3 || read.Exists(part => part.Length > 0 && Nickname.Clean(part) is null) || Nickname.Clean(read[0]) is not { } name) return null;
        var rest = read.Skip(1).Where(part => part.Length > 0).Select(part => Nickname.Clean(part)!).ToList();
        // A number has digits; with one part only, that tells which of the two it is.
        return rest switch
        {
            [] => new RosterEntry(name, null, null),
            [var one] when IsCode(one) => new RosterEntry(name, one, null),
            [var one] => new RosterEntry(name, null, one),
            _ => new RosterEntry(name, rest[0], rest[1]),
        };
    }
}
