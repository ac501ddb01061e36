using System.Text.RegularExpressions;

namespace StudyQuiz.Generation.Normalizing;

/// <summary>Tells a word that was divided at a line end from one that is written with a hyphen, by the words of the same text.</summary>
internal sealed class Hyphens(string raw)
{
    private static readonly Regex Word = Pattern.Of("[a-z]+(-[a-z]+)*", RegexOptions.IgnoreCase);

    private readonly Lazy<HashSet<string>> _words = new(() => Word.Matches(raw).Select(match => match.Value).ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>Whether the hyphen at the end of a line only divides a word.</summary>
    public bool IsWordBreak(string before, string after)
    {
        var head = before[..^1][(before[..^1].LastIndexOfAny([' ', '-']) + 1)..];
        var tail = string.Concat(after.TakeWhile(char.IsAsciiLetterLower));
        if (head.Length == 0 || tail.Length == 0 || !head.All(char.IsAsciiLetter) || !char.IsAsciiLetterLower(head[^1])) return false;
        if (_words.Value.Contains(head + tail)) return true;
        return !_words.Value.Contains($"{head}-{tail}") && !(_words.Value.Contains(head) && IsElsewhere(tail));
    }

    // Its own place begins a line, so that a word of two letters or less is no evidence
    private bool IsElsewhere(string tail) => tail.Length > 2 && Word.Matches(raw).Count(match => string.Equals(match.Value, tail, StringComparison.OrdinalIgnoreCase)) > 1;
}
