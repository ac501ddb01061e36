namespace StudyQuiz.Domain.Games;

/// <summary>Words that no name may hold.</summary>
/// <remarks>
/// A word of Latin letters is looked for as a whole word, so that "class" is a name; with spaces, dots or digits between or in place of
/// its letters it is found where nothing else is in the name. Any other word is found anywhere, and what stands between its characters does not matter.
/// </remarks>
public sealed class BlockedWords
{
    private readonly HashSet<string> _whole = new(StringComparer.Ordinal);
    private readonly List<string> _anywhere = [];

    public BlockedWords(IEnumerable<string> words)
    {
        foreach (var word in words.Select(word => word.Trim()).Where(word => word.Length > 0))
        {
            if (word.All(letter => char.IsAscii(letter))) _whole.Add(Nickname.Skeleton(word));
            else _anywhere.Add(Nickname.Skeleton(word));
        }
    }

    public bool AreIn(string name)
    {
        var skeleton = Nickname.Skeleton(name);
        return _whole.Contains(skeleton)
            || _anywhere.Exists(word => skeleton.Contains(word, StringComparison.Ordinal))
            || WordsOf(name).Any(word => _whole.Contains(Nickname.Skeleton(word)));
    }

    private static string[] WordsOf(string name) => name.Split([' ', '.', '-', '_', '·', ',', '!', '?'], StringSplitOptions.RemoveEmptyEntries);
}
