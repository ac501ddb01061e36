using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Gates;

/// <summary>An item as far as it helps others or is helped.</summary>
/// <param name="position">Its own among the items.</param>
internal sealed class AskedItem(int position, BankQuestion question, BankText text)
{
    private readonly IReadOnlyList<Place> _places = text.Places(question.Body);

    public int Position => position;

    public BankQuestion Question => question;

    /// <summary>What a learner reads of it before the answer and may rely on.</summary>
    public string Shown { get; } = question.Body is TrueFalse { Answer: false } ? "" : ItemParts.Compared(question.Body.Stem);

    /// <summary>Whether its stem shows a sentence of the source around a blank.</summary>
    public bool ShowsSentence => question.Body is SingleChoice or MultipleChoice && question.Body.Stem.Contains(Cloze.Blank, StringComparison.Ordinal);

    public bool IsStatement => question.Body is TrueFalse or Cloze;

    /// <summary>What it offers to choose, to order or to join and where the text has that: right or wrong here, it is the text's word there.</summary>
    public IReadOnlyList<(string Words, Place Place)> Offered => field ??= [.. Offers().Where(words => words.Length > GiveAways.ShortestKey).Distinct(StringComparer.Ordinal).SelectMany(words => text.PlacesOf(words).Select(place => (ItemParts.Compared(words), place)))];

    public IReadOnlyList<int> Sentences => field ??= [.. _places.SelectMany(text.Sentences).Distinct()];

    public IEnumerable<int> Near => Sentences.SelectMany(sentence => new[] { sentence - 1, sentence, sentence + 1 }).Distinct();

    public bool Overlaps(AskedItem other) => _places.Any(place => other._places.Any(place.Overlaps));

    public bool RestsOn(Place words) => _places.Any(words.Overlaps);

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

    private IEnumerable<string> Offers() => question.Body switch
    {
        Ordering or Matching => ItemParts.Keys(question.Body),
        _ => ItemParts.Options(question.Body).Select(option => option.Text),
    };
}
