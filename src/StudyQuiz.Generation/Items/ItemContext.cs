using System.Security.Cryptography;
using System.Text;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Items;

/// <summary>What every writer of questions needs: the text, the words to say it in, and where wrong answers come from.</summary>
internal sealed class ItemContext(SourceText text, IReadOnlyList<Fact> facts, long seed)
{
    public SourceText Text { get; } = text;
    public Wording Wording { get; } = Wording.Of(text.IsChinese);
    private readonly Dictionary<SeriesPoint, PointBodyFact> _bodies = facts.OfType<PointBodyFact>().ToDictionary(body => body.Point, ReferenceEqualityComparer.Instance as IEqualityComparer<SeriesPoint>);
    public DistractorPool Pool { get; } = new(text, facts, seed);

    private readonly ILookup<int, (Place Words, SeriesPoint Point)> _points = text.Structure.AllSeries().SelectMany(series => series.Points)
        .SelectMany(point => point.Body.Append(point.Heading).Select(words => (words, point))).ToLookup(pair => pair.words.Paragraph);

    private readonly ILookup<int, Place> _numbers = facts.OfType<TermFact>().Where(term => term.Role == TermRole.Number).Select(term => term.Answer).ToLookup(answer => answer.Paragraph);

    /// <summary>The numbers in a stretch of text that can be asked for: who tells it whole, tells them all.</summary>
    public IReadOnlyList<Place> NumbersIn(Place words) => [.. _numbers[words.Paragraph].Where(words.Holds).Distinct()];

    /// <summary>What is said under a point; null when nothing that can be asked about is.</summary>
    public PointBodyFact? BodyOf(SeriesPoint point) => _bodies.GetValueOrDefault(point);

    /// <summary>The innermost point of a series whose words hold a place; null outside all series.</summary>
    public SeriesPoint? PointAt(Place place) => _points[place.Paragraph].Where(pair => pair.Words.Holds(place)).Select(pair => pair.Point).LastOrDefault();

    /// <summary>Headings under which a clause stands as much as under its own point: of points around that one, and of points within it.</summary>
    public IReadOnlySet<Place> AlsoHeadings(Place clause, SeriesPoint point) =>
        _points[clause.Paragraph].Where(pair => pair.Words.Holds(clause)).Select(pair => pair.Point)
            .Concat(point.Inner.SelectMany(Within)).Where(other => other != point).Select(other => other.Heading).ToHashSet();

    /// <summary>Whether a clause repeats a word of the heading that it stands under.</summary>
    public bool Echoes(ClauseFact clause) => ContentWords.Shared(ContentWords.Of(At(clause.Point.Heading)), At(clause.Clause)) > 0;

    private static IEnumerable<SeriesPoint> Within(Series series) => series.Points.SelectMany(point => point.Inner.SelectMany(Within).Prepend(point));

    public string At(Place place) => Text.At(place);

    /// <summary>A question with its id, which follows from the fact, the type and the form of the question alone.</summary>
    /// <param name="form">Tells apart the questions of one type on one fact.</param>
    /// <param name="places">What proves the key, beside the fact's own quote.</param>
    public Candidate Candidate(Fact fact, Question body, string form, params IEnumerable<Place> places)
    {
        if (body is Ordering && !fact.IsOrdered) throw new ArgumentException("The order of what a free list holds means nothing: it can't be asked for.", nameof(body));
        var type = QuestionTypes.Of(body);
        var identity = fact.Identity(Text);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{identity}|{type}|{form}"));
        var id = $"{type.Split('_')[0]}-{Convert.ToHexStringLower(hash.AsSpan(0, 5))}";
        var proof = places.Prepend(fact.Quote).Distinct().ToList();
        // a quote inside another proves nothing more
        var evidence = proof.Where(place => !proof.Any(other => other != place && other.Holds(place))).Select(Text.Evidence).ToList();
        return new Candidate(fact, identity, new BankQuestion(id, fact.KeyPoint.Id, QuestionOrigin.Generated, QuestionStatus.Draft, body with { Evidence = evidence }, []));
    }

    /// <summary>A number from 0 to <paramref name="below"/> − 1 that follows from the seed and some words (FNV-1a).</summary>
    public static int Pick(long seed, string words, int below)
    {
        var hash = unchecked(14695981039346656037UL ^ (ulong)seed);
        foreach (var c in words) hash = unchecked((hash ^ c) * 1099511628211UL);
        return (int)((hash >> 16) % (ulong)below);
    }
}
