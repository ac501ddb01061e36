using System.Text;

namespace StudyQuiz.Domain.Questions;

/// <summary>
/// Traditional characters and the simplified ones that stand for them, by the table of Open Chinese Convert that lies in the folder OpenCC,
/// its first choice where it has several.
/// </summary>
internal static class SimplifiedForms
{
    private static readonly Dictionary<Rune, string> _simplified = Read();

    /// <summary>The text with every traditional character replaced. Several may become the same (後 and 后), so this compares texts, it does not translate them.</summary>
    public static string Of(string text)
    {
        StringBuilder? folded = null;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (_simplified.TryGetValue(rune, out var simplified)) (folded ??= new StringBuilder(text, 0, at, text.Length)).Append(simplified);
            else folded?.Append(text, at, rune.Utf16SequenceLength);
            at += rune.Utf16SequenceLength;
        }

        return folded?.ToString() ?? text;
    }

    private static Dictionary<Rune, string> Read()
    {
        using var table = new StreamReader(typeof(SimplifiedForms).Assembly.GetManifestResourceStream("TSCharacters.txt")!, Encoding.UTF8);
        var simplified = new Dictionary<Rune, string>(4200);
        while (table.ReadLine() is { } line)
        {
            var tab = line.IndexOf('\t', StringComparison.Ordinal);
            if (tab < 0 || line[0] == '#') continue;
            var choices = line[(tab + 1)..];
            var first = choices.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var space ? choices[..space] : choices;
            if (first != line[..tab]) simplified.Add(Rune.GetRuneAt(line, 0), first);
        }

        // A few become one that is itself in the table (薴 is 苧, 苧 is 苎): folded at once, so that folding again changes nothing
        foreach (var (traditional, target) in simplified.ToList())
        {
            var end = target;
            while (simplified.TryGetValue(Rune.GetRuneAt(end, 0), out var further)) end = further;
            simplified[traditional] = end;
        }

        return simplified;
    }
}
