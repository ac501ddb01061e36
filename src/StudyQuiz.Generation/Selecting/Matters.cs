using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Items;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Selecting;

/// <summary>One thing that can be asked: of a kind, at a place of the text. Two questions that ask the same, whatever their types, are one question twice.</summary>
internal sealed record Matter(MatterKind Kind, Place Place)
{
    /// <summary>Whether who has answered the one knows the other.</summary>
    public bool IsSame(Matter other) => Kind == other.Kind && Place.Overlaps(other.Place);
}

/// <summary>What about a place can be asked.</summary>
internal enum MatterKind
{
    /// <summary>In which order points, or clauses under a point, come.</summary>
    Order,

    /// <summary>All points of a series, to be recalled.</summary>
    Points,

    /// <summary>All that is said under a point, to be recalled.</summary>
    Body,

    /// <summary>Under which point a clause stands.</summary>
    Standing,

    /// <summary>What stands at a place: a term, an end, what is demanded or put forward.</summary>
    Words,

    /// <summary>What a list holds.</summary>
    List,
}

/// <summary>Tells what questions ask, in whatever form: a number is the same as a choice, as a blank and in a statement.</summary>
internal static class Matters
{
    /// <summary>All that a question asks; nothing for what was proposed, which is worded freely.</summary>
    public static IReadOnlyList<Matter> Of(Candidate candidate) => candidate.Asked.Length > 0 ? [] : (candidate.Fact, candidate.Question.Body) switch
    {
        (SeriesFact fact, Matching) => Standing(candidate),
        (SeriesFact fact, Flashcard) => [new Matter(MatterKind.Points, fact.Series.Points[0].Heading)],
        (SeriesFact fact, _) => [new Matter(MatterKind.Order, fact.Series.Points[0].Heading)],
        (PointFact fact, _) => [new Matter(MatterKind.Order, fact.Series.Points[0].Heading)],
        (ClauseFact fact, _) => [new Matter(MatterKind.Standing, fact.Clause)],
        (PointBodyFact fact, Flashcard) => [new Matter(MatterKind.Body, fact.Point.Heading), .. candidate.Asks.Select(place => new Matter(MatterKind.Words, place))],
        (PointBodyFact fact, Ordering) => [new Matter(MatterKind.Order, fact.Clauses[0].Clause)],
        (PointBodyFact, _) => Standing(candidate),
        (ListFact fact, _) => [new Matter(MatterKind.List, fact.Clause)],
        (TermFact { Role: TermRole.ListItem } fact, _) => [new Matter(MatterKind.List, fact.Clause)],
        (TermFact, TrueFalse { Answer: true }) => [.. candidate.Asks.Select(place => new Matter(MatterKind.Words, place))],
        (TermFact fact, _) => [new Matter(MatterKind.Words, fact.Answer)],
        (FiguresFact, _) => [.. candidate.Asks.Select(place => new Matter(MatterKind.Words, place))],
        (ParallelFact fact, _) => [.. fact.Parts.Select(part => new Matter(MatterKind.Words, part.Right))],
        (ParallelPartFact fact, _) => [new Matter(MatterKind.Words, fact.Whole.Parts[fact.At].Right)],
        (EndingFact fact, _) => [new Matter(MatterKind.Words, fact.Ending)],
        (ThesisFact fact, _) => [new Matter(MatterKind.Words, fact.Thesis)],
        (RowFact, _) => [.. candidate.Asks.Select(place => new Matter(MatterKind.Words, place))],
        (WhoFact fact, _) => [new Matter(MatterKind.Words, fact.What)],
        (DemandFact fact, _) => [new Matter(MatterKind.Words, fact.Demand)],
        (JudgementFact fact, _) => [new Matter(MatterKind.Words, fact.Judgement)],
        _ => [],
    };

    /// <summary>Whether it asks where something stands, which who knows what the points are about often tells without having read: a bank needs little of that.</summary>
    public static bool IsOnPlace(Candidate candidate) => candidate.Asked.Length == 0 && candidate.Fact is PointFact or ClauseFact or PointBodyFact or SeriesFact && candidate.Question.Body is SingleChoice or MultipleChoice or TrueFalse or Matching;

    /// <summary>All pairs of questions that ask the same, or that one asks and the other shows on a card.</summary>
    public static IEnumerable<(string One, string Other)> Pairs(IReadOnlyList<Candidate> candidates)
    {
        var earlier = new Dictionary<(MatterKind, int), List<(Matter Matter, string Id)>>();
        foreach (var candidate in candidates)
            foreach (var matter in Of(candidate))
            {
                if (!earlier.TryGetValue((matter.Kind, matter.Place.Paragraph), out var others)) earlier[(matter.Kind, matter.Place.Paragraph)] = others = [];
                foreach (var other in others)
                    if (other.Id != candidate.Question.Id && other.Matter.IsSame(matter)) yield return (candidate.Question.Id, other.Id);
                others.Add((matter, candidate.Question.Id));
            }
    }

    private static IReadOnlyList<Matter> Standing(Candidate candidate) => [.. candidate.Asks.Select(place => new Matter(MatterKind.Standing, place))];
}

/// <summary>What questions have asked so far. A card is for learning: it may stand beside one question on the same, but not beside another card.</summary>
internal sealed class AskedMatters
{
    private readonly Dictionary<(bool IsCard, MatterKind Kind, int Paragraph), List<Matter>> _asked = [];
    private readonly Dictionary<int, List<Place>> _places = [];

    /// <summary>Whether another question, or another card where it is a card, asks the same already.</summary>
    public bool Hold(Candidate candidate)
    {
        var isCard = candidate.Question.Body is Flashcard;
        foreach (var matter in Matters.Of(candidate))
            if (Holds(isCard, matter)) return true;
        return false;
    }

    /// <summary>Whether that is so for half of what it asks, or more.</summary>
    public bool HoldHalf(Candidate candidate) =>
        Matters.Of(candidate) is var matters && matters.Count(matter => Holds(candidate.Question.Body is Flashcard, matter)) * 2 >= Math.Max(1, matters.Count);

    private bool Holds(bool isCard, Matter matter) => _asked.TryGetValue((isCard, matter.Kind, matter.Place.Paragraph), out var others) && others.Exists(matter.IsSame);

    /// <summary>How often the words that it rests on are asked about in whatever way.</summary>
    public int Near(Candidate candidate) => _places.TryGetValue(candidate.Fact.Quote.Paragraph, out var places) ? places.Count(candidate.Fact.Quote.Overlaps) : 0;

    public void Add(Candidate candidate)
    {
        var isCard = candidate.Question.Body is Flashcard;
        foreach (var matter in Matters.Of(candidate))
        {
            ListAt(_asked, (isCard, matter.Kind, matter.Place.Paragraph)).Add(matter);
            ListAt(_places, matter.Place.Paragraph).Add(matter.Place);
        }
    }

    private static List<TItem> ListAt<TKey, TItem>(Dictionary<TKey, List<TItem>> lists, TKey key) where TKey : notnull
    {
        if (!lists.TryGetValue(key, out var list)) lists[key] = list = [];
        return list;
    }
}
