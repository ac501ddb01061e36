using System.Reflection;
using System.Text.RegularExpressions;

namespace StudyQuiz.App.Tests.Platform;

/// <summary>
/// SECURITY.md says something of every requirement of levels 1 and 2 of ASVS 5.0.0, of which only the numbers are kept here, and every test, file and
/// section that it names is there.
/// </summary>
public sealed partial class SecurityFileTests
{
    private static readonly string[] _otherProjects = ["Browser", "Domain", "Generation"];

    [Fact]
    public void Every_requirement_has_its_line_and_what_the_lines_name_is_there()
    {
        var text = File.ReadAllText(Path.Combine(SourceRulesTests.Root, "SECURITY.md"));
        var lines = Line().Matches(text).Select(line => (Number: line.Groups["number"].Value, Level: line.Groups["level"].Value, Words: line.Groups["words"].Value, Verdict: line.Groups["verdict"].Value)).ToList();
        var wanted = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Platform", "asvs-5.0.0.txt")).Where(line => line.Length > 0).Select(line => line.Split(' ')).Select(parts => (Number: parts[0], Level: parts[1])).ToList();
        Assert.Equal(253, wanted.Count);
        Assert.Equal(wanted, lines.Select(line => (line.Number, line.Level)));

        var tests = Tests();
        var sections = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var wrong = new List<string>();
        foreach (var line in lines)
        {
            var isOpen = line.Verdict.StartsWith("not met: ", StringComparison.Ordinal) || line.Verdict.StartsWith("not applicable, because ", StringComparison.Ordinal);
            if (!isOpen && line.Verdict is not ['`' or '[', ..]) wrong.Add($"{line.Number} is neither shown nor open: {line.Verdict}");
            if (line.Words.Length is < 3 or > 120) wrong.Add($"{line.Number} is not said in a few words");
            foreach (Match named in Named().Matches(line.Verdict)) if (!tests.Contains(named.Groups["test"].Value)) wrong.Add($"{line.Number} names a test that is not there: {named.Value}");
            foreach (Match link in Link().Matches(line.Verdict)) if (!IsThere(link.Groups["file"].Value, link.Groups["section"].Value, sections)) wrong.Add($"{line.Number} leads nowhere: {link.Value}");
            if (!isOpen && line.Verdict[0] == '`' && Named().Count(line.Verdict) == 0) wrong.Add($"{line.Number} names no test");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));

        // The README's line counts the same
        int Count(Func<string, bool> which) => lines.Count(line => which(line.Verdict));
        var counted = $"{Count(verdict => verdict[0] == '`')} by tests, {Count(verdict => verdict[0] == '[')} in writing, {Count(verdict => verdict.StartsWith("not applicable", StringComparison.Ordinal))} not applicable, {Count(verdict => verdict.StartsWith("not met", StringComparison.Ordinal))} not met";
        Assert.Contains(counted, text, StringComparison.Ordinal);
        Assert.Contains(counted, File.ReadAllText(Path.Combine(SourceRulesTests.Root, "README.md")), StringComparison.Ordinal);
    }

    // Those of this assembly by reflection, those of others by their source
    private static HashSet<string> Tests()
    {
        var here = typeof(SecurityFileTests).Assembly.GetTypes().SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttributes().Any(attribute => attribute.GetType().Name is "FactAttribute" or "TheoryAttribute")).Select(method => $"{type.Name}.{method.Name}"));
        var elsewhere = _otherProjects
            .SelectMany(project => Directory.EnumerateFiles(Path.Combine(SourceRulesTests.Root, "tests", $"StudyQuiz.{project}.Tests"), "*Tests.cs", SearchOption.AllDirectories))
            .SelectMany(file => Method().Matches(File.ReadAllText(file)).Select(method => $"{Path.GetFileNameWithoutExtension(file)}.{method.Groups["name"].Value}"));
        return here.Concat(elsewhere).ToHashSet(StringComparer.Ordinal);
    }

    private static bool IsThere(string file, string section, Dictionary<string, HashSet<string>> sections)
    {
        var path = Path.Combine(SourceRulesTests.Root, file.Length == 0 ? "SECURITY.md" : file);
        if (section.Length == 0 || !File.Exists(path)) return File.Exists(path);
        if (!sections.TryGetValue(path, out var known)) sections[path] = known = [.. Heading().Matches(File.ReadAllText(path)).Select(heading => NoLetter().Replace(heading.Groups["title"].Value.ToLowerInvariant(), "").Replace(' ', '-'))];
        return known.Contains(section);
    }

    [GeneratedRegex(@"^\| (?<number>\d+\.\d+\.\d+) \| (?<level>[12]) \| (?<words>[^|]+) \| (?<verdict>[^|]+) \|$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Line();

    [GeneratedRegex("`(?<test>[A-Z][A-Za-z0-9]*Tests\\.[A-Za-z0-9_]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Named();

    [GeneratedRegex(@"\]\((?<file>[^)#]*)(#(?<section>[^)]+))?\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"\[(Fact|Theory)[^\n]*\n(?:\s*\[[^\n]*\n)*\s*public [^\n(]*?(?<name>\w+)\(", RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Method();

    [GeneratedRegex("^#+ (?<title>.+)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\w\- ]", RegexOptions.None, 1000)]
    private static partial Regex NoLetter();
}
