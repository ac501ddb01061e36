using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.App.Features.ExchangeQuestions;

/// <summary>A question that asks nearly the same.</summary>
/// <param name="Slug">Its name in the bank; null for one of the file.</param>
/// <param name="Line">Of the file; 0 for one of the bank.</param>
/// <param name="Percent">How alike the two ask.</param>
/// <param name="SameAnswer">Whether what is right is the same too.</param>
internal sealed record NearQuestion(string? Slug, int Line, string Stem, int Percent, bool SameAnswer);

/// <summary>
/// Finds questions that ask nearly the same, by the pairs of neighbouring characters that they share. Only those that have such a pair in common are
/// compared: thousands of rows with thousands of questions take a moment.
/// </summary>
internal sealed class NearDuplicates
{
    // With another answer the same words may well ask for another thing: of "the first point" and "the second point" all but one character is the same
    private const double AlikeWithAnswer = 0.6;
    private const double AlikeWithFewAnswers = 0.85;
    private const double Alike = 0.97;

    // A pair that so many have tells nothing
    private const int MostWithPair = 400;
    private const int MostCompared = 20;

    private readonly List<(string? Slug, int Line, Question Question, int Pairs)> _known = [];
    private readonly Dictionary<string, List<int>> _byPair = new(StringComparer.Ordinal);

    public void Add(string? slug, int line, Question question)
    {
        var pairs = PairsOf(question);
        foreach (var pair in pairs)
        {
            if (!_byPair.TryGetValue(pair, out var having)) _byPair[pair] = having = [];
            having.Add(_known.Count);
        }

        _known.Add((slug, line, question, pairs.Count));
    }

    /// <summary>The one that is most like it; null where none is.</summary>
    public NearQuestion? Of(Question question) => AllOf(question) is [var nearest, ..] ? nearest : null;

    /// <summary>All that are so like it, the likest first.</summary>
    public IReadOnlyList<NearQuestion> AllOf(Question question)
    {
        var pairs = PairsOf(question);
        var shared = new Dictionary<int, int>();
        var counted = 0;
        foreach (var pair in pairs)
        {
            if (_byPair.TryGetValue(pair, out var having) && having.Count > MostWithPair) continue;
            counted++;
            if (having is null) continue;
            foreach (var one in having) shared[one] = shared.GetValueOrDefault(one) + 1;
        }

        var near = new List<NearQuestion>();
        // pairs that were left out count as shared: then only the likeliest are looked at closely
        foreach (var (place, _) in shared.Where(one => 2.0 * (one.Value + pairs.Count - counted) / (pairs.Count + _known[one.Key].Pairs) >= AlikeWithAnswer).OrderByDescending(one => one.Value).Take(MostCompared))
        {
            var (slug, line, other, _) = _known[place];
            var alike = Dice(pairs, PairsOf(other));
            var same = SameAnswer(question, other);
            var least = !same ? Alike : question is TrueFalse or Flashcard ? AlikeWithFewAnswers : AlikeWithAnswer;
            if (alike >= least) near.Add(new NearQuestion(slug, line, other.Stem, (int)Math.Round(alike * 100), same));
        }

        return [.. near.OrderByDescending(one => one.Percent)];
    }

    private static IReadOnlySet<string> PairsOf(Question question) => Bigrams.Of(AnkiText.Normal(question.Stem));

    private static double Dice(IReadOnlySet<string> one, IReadOnlySet<string> other) => one.Count + other.Count == 0 ? 0 : 2.0 * one.Count(other.Contains) / (one.Count + other.Count);

    private static bool SameAnswer(Question one, Question other) => (one, other) switch
    {
        (TrueFalse a, TrueFalse b) => a.Answer == b.Answer,
        (TrueFalse, _) or (_, TrueFalse) => false,
        _ => Key(one).SetEquals(Key(other)),
    };

    private static HashSet<string> Key(Question question) => (question switch
    {
        Cloze cloze => cloze.Accepted.Take(1),
        Ordering ordering => ordering.Items,
        Matching matching => matching.Pairs.Select(pair => pair.Left + "\n" + pair.Right),
        Flashcard card => [card.Back],
        SingleChoice single => single.Options.Where(option => option.Correct).Select(option => option.Text),
        MultipleChoice multiple => multiple.Options.Where(option => option.Correct).Select(option => option.Text),
        _ => [],
    }).Select(AnkiText.Normal).ToHashSet(StringComparer.Ordinal);
}
