namespace StudyQuiz.Generation.Gates;

/// <summary>
/// Finds the answers that a text holds by its runs of 2, 3 and 4 characters: a look-up for each place instead of one for each answer,
/// so that the time grows with the stems' length and with what is found.
/// </summary>
internal sealed class AnswerIndex
{
    private readonly Dictionary<string, List<AskedItem>> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, int), List<AskedItem>> _bySentence = [];
    private readonly Dictionary<string, List<string>> _byStart;

    public AnswerIndex(List<AskedItem> items)
    {
        foreach (var item in items)
            foreach (var key in item.Answers.Where(key => key.Length >= GiveAways.ShortestInStatement))
            {
                Add(_byKey, key, item);
                foreach (var sentence in item.Sentences) Add(_bySentence, (key, sentence), item);
            }

        _byStart = _byKey.Keys.GroupBy(Start, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);
    }

    public IEnumerable<string> In(string text)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var at = 0; at < text.Length; at++)
            for (var length = GiveAways.ShortestInStatement; length <= GiveAways.ShortestKey && at + length <= text.Length; length++)
                foreach (var key in _byStart.GetValueOrDefault(text.Substring(at, length)) ?? [])
                    if (string.CompareOrdinal(text, at, key, 0, key.Length) == 0 && found.Add(key)) yield return key;
    }

    public IEnumerable<AskedItem> To(string key) => _byKey.GetValueOrDefault(key) ?? [];

    public IEnumerable<AskedItem> To(string key, int sentence) => _bySentence.GetValueOrDefault((key, sentence)) ?? [];

    private static string Start(string key) => key[..Math.Min(key.Length, GiveAways.ShortestKey)];

    private static void Add<T>(Dictionary<T, List<AskedItem>> lists, T key, AskedItem item) where T : notnull
    {
        if (!lists.TryGetValue(key, out var list)) lists[key] = list = [];
        list.Add(item);
    }
}
