using System.Globalization;
using System.Text;

namespace StudyQuiz.Generation.Banks;

/// <summary>
/// Writes the small part of YAML that a bank uses. Its own, since the bytes must not change with a library's version: every
/// reviewed bank would show up in the next diff.
/// </summary>
internal sealed class YamlTextWriter
{
    private readonly StringBuilder _yaml = new();

    public override string ToString() => _yaml.ToString();

    public void Line(int level, string text) => _yaml.Append(' ', text.Length == 0 ? 0 : level * 2).Append(text).Append('\n');

    public void Field(int level, string name, string value) => Line(level, $"{name}: {Scalar(value, inFlow: false)}");

    public void Number(int level, string name, int value) => Line(level, string.Create(CultureInfo.InvariantCulture, $"{name}: {value}"));

    /// <summary><c>name: [a, b]</c>, for short texts.</summary>
    public void FlowList(int level, string name, IReadOnlyList<string> texts) =>
        Line(level, $"{name}: [{string.Join(", ", texts.Select(text => Scalar(text, inFlow: true)))}]");

    public void BlockList(int level, string name, IReadOnlyList<string> texts)
    {
        Line(level, texts.Count == 0 ? name + ": []" : name + ":");
        foreach (var text in texts) Line(level + 1, "- " + Scalar(text, inFlow: false));
    }

    /// <summary>A list of maps, one a line. Values are YAML already (<see cref="InMap"/>); fields without one are left out.</summary>
    public void Maps(int level, string name, IEnumerable<(string Name, string? Yaml)[]> maps)
    {
        var lines = maps.Select(fields => string.Join(", ", fields.Where(field => field.Yaml is not null).Select(field => $"{field.Name}: {field.Yaml}"))).ToList();
        Line(level, lines.Count == 0 ? name + ": []" : name + ":");
        foreach (var line in lines) Line(level + 1, $"- {{{line}}}");
    }

    /// <summary>A text as a value of a map on one line; null stays null.</summary>
    public static string? InMap(string? text) => text is null ? null : Scalar(text, inFlow: true);

    private static string Scalar(string text, bool inFlow) => IsPlain(text, inFlow) ? text : Quoted(text);

    // Stricter than YAML asks: what any reader might take for something else than text is quoted.
    private static bool IsPlain(string text, bool inFlow)
    {
        if (text.Length == 0 || char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])) return false;
        if ("-?:,[]{}#&*!|>'\"%@`=~<.+".Contains(text[0], StringComparison.Ordinal)) return false;
        if (text.ToLowerInvariant() is "true" or "false" or "yes" or "no" or "on" or "off" or "null" or "y" or "n") return false;
        if (char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiDigit(c) || "+-_.:eExXoTZ ".Contains(c, StringComparison.Ordinal))) return false;
        return text.All(c => !MustEscape(c) && c is not (':' or '#') && !(inFlow && c is ',' or '[' or ']' or '{' or '}'));
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (c == '\n') quoted.Append("\\n");
            else if (c == '\t') quoted.Append("\\t");
            else if (MustEscape(c)) quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    // Control characters, what YAML takes for a line's end, and what editors hide
    private static bool MustEscape(char c) =>
        char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\uFFFE' or '\uFFFF' || char.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
