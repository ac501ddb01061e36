using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Gates;

/// <summary>An item that helps to answer another, so that the two must not share a quiz.</summary>
/// <param name="Item">Id of the item that helps.</param>
/// <param name="Answers">Id of the item that it helps to answer.</param>
/// <param name="Key">The answer that it shows or asks for.</param>
/// <param name="IsShown">It shows the key before it is answered; otherwise both ask for it.</param>
public sealed record GiveAway(string Item, string Answers, string Key, bool IsShown);

/// <summary>Finds items that give away each other's answers.</summary>
public static class GiveAways
{
    /// <summary>Shorter keys occur in other items by chance.</summary>
    public const int ShortestKey = 4;

    /// <summary>In a sentence of the source about the very words that another item rests on, keys from this length on give away.</summary>
    public const int ShortestInStatement = 2;

    /// <summary>Who reads this share of a statement's character pairs as said by the source can judge the statement.</summary>
    public const double LeastOfStatement = 0.5;

    /// <summary>
    /// All pairs of items that are still asked, each once, of which
    /// <list type="bullet">
    /// <item>one shows a key of the other of <see cref="ShortestKey"/> characters or more in its stem, and either both rest on
    /// overlapping, the same or neighbouring sentences, or the key is the heading of a key point;</item>
    /// <item>one shows a key of <see cref="ShortestInStatement"/> characters or more in a sentence of the source (a true statement or
    /// a cloze), and their quotes overlap;</item>
    /// <item>one shows, in a sentence of the source, at least <see cref="LeastOfStatement"/> of the character pairs of a statement that
    /// the other wants judged, and their quotes overlap; or</item>
    /// <item>both, of different types, rest on overlapping quotes and have a key in common.</item>
    /// </list>
    /// Keys are those that are compared after <see cref="TypedText.Normalize"/>; an order is shown by no stem, a pair to match only with
    /// both its sides. A false statement shows nothing. Options are not counted as shown.
    /// </summary>
    public static IReadOnlyList<GiveAway> Find(BankFile bank)
    {
        var text = new BankText(bank);
        var items = bank.Questions.Where(question => question.Status != QuestionStatus.Retired).Select((question, i) => new Item(i, question, text)).ToList();
        var headings = bank.AllKeyPoints().Select(point => ItemParts.Compared(point.Heading)).ToHashSet(StringComparer.Ordinal);
        var pairs = new HashSet<(int, int)>();
        return [.. Shown(items, headings).Concat(Told(items)).Concat(Shared(items)).Where(found => pairs.Add((Math.Min(found.Item.Position, found.Other.Position), Math.Max(found.Item.Position, found.Other.Position))))
            .Select(found => new GiveAway(found.Item.Question.Id, found.Other.Question.Id, found.Key, found.IsShown))];
    }

    private static IEnumerable<(Item Item, Item Other, string Key, bool IsShown)> Shown(List<Item> items, HashSet<string> headings)
    {
        var answers = new AnswerIndex(items);
        foreach (var item in items)
            foreach (var key in answers.In(item.Shown))
            {
                if (key.Length >= ShortestKey)
                {
                    var others = headings.Contains(key) ? answers.To(key) : item.Near.SelectMany(sentence => answers.To(key, sentence));
                    foreach (var other in others.Where(other => other != item && other.IsAnsweredBy(key, item.Shown))) yield return (item, other, key, true);
                }
                else if (item.IsStatement)
                {
                    foreach (var other in item.Sentences.SelectMany(sentence => answers.To(key, sentence)))
                        if (other != item && item.Overlaps(other) && other.IsAnsweredBy(key, item.Shown)) yield return (item, other, key, true);
                }
            }
    }

    private static IEnumerable<(Item Item, Item Other, string Key, bool IsShown)> Told(List<Item> items)
    {
        var tellers = items.Where(item => item.IsStatement && item.Shown.Length > 0).SelectMany(item => item.Sentences.Select(sentence => (item, sentence)))
            .ToLookup(told => told.sentence, told => (told.item, Pairs: Bigrams.Of(told.item.Shown)));
        foreach (var item in items)
        {
            if (item.Question.Body is not TrueFalse statement) continue;
            var told = ItemParts.Told(statement);
            var pairs = Bigrams.Of(ItemParts.Compared(told));
            foreach (var (teller, shown) in item.Sentences.SelectMany(sentence => tellers[sentence]))
                if (teller != item && pairs.Count > 0 && (double)pairs.Count(shown.Contains) / pairs.Count >= LeastOfStatement && teller.Overlaps(item)) yield return (teller, item, told, true);
        }
    }

    private static IEnumerable<(Item Item, Item Other, string Key, bool IsShown)> Shared(List<Item> items)
    {
        var earlier = new Dictionary<(string, int), List<Item>>();
        foreach (var item in items)
            foreach (var key in ItemParts.Keys(item.Question.Body).Select(ItemParts.Compared).Where(key => key.Length > 0).Distinct(StringComparer.Ordinal))
                foreach (var sentence in item.Sentences)
                {
                    if (!earlier.TryGetValue((key, sentence), out var others)) earlier[(key, sentence)] = others = [];
                    foreach (var other in others)
                        if (other.Question.Body.GetType() != item.Question.Body.GetType() && item.Overlaps(other)) yield return (item, other, key, false);
                    others.Add(item);
                }
    }

    internal sealed class Item(int position, BankQuestion question, BankText text)
    {
        private readonly IReadOnlyList<Place> _places = text.Places(question.Body);

        public int Position => position;

        public BankQuestion Question => question;

        /// <summary>What a learner reads of it before the answer and may rely on.</summary>
        public string Shown { get; } = question.Body is TrueFalse { Answer: false } ? "" : ItemParts.Compared(question.Body.Stem);

        public bool IsStatement => question.Body is TrueFalse or Cloze;

        public IReadOnlyList<int> Sentences => field ??= [.. _places.SelectMany(text.Sentences).Distinct()];

        public IEnumerable<int> Near => Sentences.SelectMany(sentence => new[] { sentence - 1, sentence, sentence + 1 }).Distinct();

        public bool Overlaps(Item other) => _places.Any(place => other._places.Any(place.Overlaps));

        /// <summary>What answers it when it is shown, normalized.</summary>
        public IEnumerable<string> Answers => (question.Body switch
        {
            Ordering => [],
            Matching matching => matching.Pairs.Select(pair => pair.Right),
            _ => ItemParts.Keys(question.Body),
        }).Select(ItemParts.Compared).Distinct(StringComparer.Ordinal);

        /// <summary>Whether a stem with a key in it answers this item: a pair needs both its sides.</summary>
        public bool IsAnsweredBy(string key, string shown) => question.Body is not Matching matching
            || matching.Pairs.Any(pair => ItemParts.Compared(pair.Right) == key && shown.Contains(ItemParts.Compared(pair.Left), StringComparison.Ordinal));
    }

    /// <summary>
    /// Finds the answers that a text holds by its runs of 2, 3 and 4 characters: a look-up for each place instead of one for each answer,
    /// so that the time grows with the stems' length and with what is found.
    /// </summary>
    private sealed class AnswerIndex
    {
        private readonly Dictionary<string, List<Item>> _byKey = new(StringComparer.Ordinal);
        private readonly Dictionary<(string, int), List<Item>> _bySentence = [];
        private readonly Dictionary<string, List<string>> _byStart;

        public AnswerIndex(List<Item> items)
        {
            foreach (var item in items)
                foreach (var key in item.Answers.Where(key => key.Length >= ShortestInStatement))
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
                for (var length = ShortestInStatement; length <= ShortestKey && at + length <= text.Length; length++)
                    foreach (var key in _byStart.GetValueOrDefault(text.Substring(at, length)) ?? [])
                        if (string.CompareOrdinal(text, at, key, 0, key.Length) == 0 && found.Add(key)) yield return key;
        }

        public IEnumerable<Item> To(string key) => _byKey.GetValueOrDefault(key) ?? [];

        public IEnumerable<Item> To(string key, int sentence) => _bySentence.GetValueOrDefault((key, sentence)) ?? [];

        private static string Start(string key) => key[..Math.Min(key.Length, ShortestKey)];

        private static void Add<T>(Dictionary<T, List<Item>> lists, T key, Item item) where T : notnull
        {
            if (!lists.TryGetValue(key, out var list)) lists[key] = list = [];
            list.Add(item);
        }
    }
}
