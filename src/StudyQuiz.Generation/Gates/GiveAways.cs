using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

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
    /// <item>one shows a key of <see cref="ShortestInStatement"/> characters or more in its stem, and their quotes overlap;</item>
    /// <item>one offers words of the source to choose, to order or to join that hold a key of the other and more, and the other rests on these words;</item>
    /// <item>one shows, in a sentence of the source, at least <see cref="LeastOfStatement"/> of the character pairs of a statement that
    /// the other wants judged, and their quotes overlap; or</item>
    /// <item>both, of different types, rest on overlapping quotes and have a key in common.</item>
    /// </list>
    /// Keys are those that are compared after <see cref="TypedText.Normalize"/>; an order is shown by no stem, a pair to match only with
    /// both its sides. A false statement shows nothing. An option that is a key of another question and nothing else tells nobody that it is.
    /// </summary>
    public static IReadOnlyList<GiveAway> Find(BankFile bank)
    {
        var text = new BankText(bank);
        var items = bank.Questions.Where(question => question.Status != QuestionStatus.Retired).Select((question, i) => new AskedItem(i, question, text)).ToList();
        var headings = bank.AllKeyPoints().Select(point => ItemParts.Compared(point.Heading)).ToHashSet(StringComparer.Ordinal);
        var pairs = new HashSet<(int, int)>();
        return [.. Shown(items, headings).Concat(Offered(items, text)).Concat(Told(items)).Concat(Shared(items)).Where(found => pairs.Add((Math.Min(found.Item.Position, found.Other.Position), Math.Max(found.Item.Position, found.Other.Position))))
            .Select(found => new GiveAway(found.Item.Question.Id, found.Other.Question.Id, found.Key, found.IsShown))];
    }

    private static IEnumerable<(AskedItem Item, AskedItem Other, string Key, bool IsShown)> Shown(List<AskedItem> items, HashSet<string> headings)
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
                else
                {
                    foreach (var other in item.Sentences.SelectMany(sentence => answers.To(key, sentence)))
                        if (other != item && item.Overlaps(other) && other.IsAnsweredBy(key, item.Shown)) yield return (item, other, key, true);
                }
            }
    }

    private static IEnumerable<(AskedItem Item, AskedItem Other, string Key, bool IsShown)> Offered(List<AskedItem> items, BankText text)
    {
        var answers = new AnswerIndex(items);
        foreach (var item in items)
            foreach (var (words, place) in item.Offered)
                foreach (var key in answers.In(words).Where(key => key.Length < words.Length))
                    foreach (var other in text.Sentences(place).SelectMany(sentence => answers.To(key, sentence)).Where(other => other != item && other.RestsOn(place) && other.IsAnsweredBy(key, words)))
                        yield return (item, other, key, true);
    }

    private static IEnumerable<(AskedItem Item, AskedItem Other, string Key, bool IsShown)> Told(List<AskedItem> items)
    {
        var tellers = items.Where(item => (item.IsStatement || item.ShowsSentence) && item.Shown.Length > 0).SelectMany(item => item.Sentences.Select(sentence => (item, sentence)))
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

    private static IEnumerable<(AskedItem Item, AskedItem Other, string Key, bool IsShown)> Shared(List<AskedItem> items)
    {
        var earlier = new Dictionary<(string, int), List<AskedItem>>();
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
}
