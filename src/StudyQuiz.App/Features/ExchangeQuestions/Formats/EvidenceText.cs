using System.Globalization;
using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

/// <summary>Evidence in lines that people can write: the paragraph's label, a colon, the quote; behind the label @ and the offset where the quote occurs more than once.</summary>
internal static partial class EvidenceText
{
    public static string Write(Evidence evidence) => string.Create(
        CultureInfo.InvariantCulture, $"{evidence.Paragraph}{(evidence.At is { } at ? $"@{at.ToString(CultureInfo.InvariantCulture)}" : "")}: {evidence.Quote}");

    /// <summary>Null where a line is none.</summary>
    public static IReadOnlyList<Evidence>? Read(IEnumerable<string> lines)
    {
        var all = new List<Evidence>();
        foreach (var line in lines)
        {
            if (Line().Match(line.Trim()) is not { Success: true } match) return null;
            all.Add(new Evidence(match.Groups["label"].Value, match.Groups["quote"].Value.Trim(), match.Groups["at"] is { Success: true } at ? int.Parse(at.Value, CultureInfo.InvariantCulture) : null));
        }

        return all;
    }

    [GeneratedRegex(@"^(?<label>[A-Za-z0-9._-]{1,100})(?:@(?<at>[0-9]{1,7}))?[:：](?<quote>.+)$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Line();
}
