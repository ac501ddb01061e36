using System.Text.RegularExpressions;

namespace StudyQuiz.Domain.Questions;

/// <summary>A piece of a line.</summary>
public sealed record MarkedPiece(string Text, bool IsStressed);

/// <summary>A line of a text.</summary>
/// <param name="IsItem">It is one of a list.</param>
public sealed record MarkedLine(bool IsItem, IReadOnlyList<MarkedPiece> Pieces);

/// <summary>
/// The little Markdown that stems, explanations and slides may hold: **stress**, lines, and lists of lines that begin with a dash. Nothing else is markup: whoever draws it writes
/// text, and no text of an editor becomes an element. The client reads it by the same rules.
/// </summary>
public static partial class MarkedText
{
    /// <summary>The lines in order, empty ones left out.</summary>
    public static IReadOnlyList<MarkedLine> Lines(string text)
    {
        // a text of one line may be a part of one, around a blank: its spaces are its own
        if (!text.Contains('\n', StringComparison.Ordinal)) return [new MarkedLine(false, Pieces(text))];
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return [.. lines.Select(line => Item().IsMatch(line) ? new MarkedLine(true, Pieces(Item().Replace(line, ""))) : new MarkedLine(false, Pieces(line)))];
    }

    /// <summary>The text without its marks, where only characters can stand.</summary>
    public static string Plain(string text) => text.Contains("**", StringComparison.Ordinal) ? Stress().Replace(text, "${words}") : text;

    private static List<MarkedPiece> Pieces(string line)
    {
        var pieces = new List<MarkedPiece>();
        var end = 0;
        foreach (Match stress in Stress().Matches(line))
        {
            if (stress.Index > end) pieces.Add(new MarkedPiece(line[end..stress.Index], false));
            pieces.Add(new MarkedPiece(stress.Groups["words"].Value, true));
            end = stress.Index + stress.Length;
        }

        if (end < line.Length) pieces.Add(new MarkedPiece(line[end..], false));
        return pieces;
    }

    [GeneratedRegex(@"\*\*(?<words>[^\n]+?)\*\*", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Stress();

    [GeneratedRegex(@"^[-*•]\s+", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Item();
}
