using System.Globalization;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Proposals;

/// <summary>A fact as a language model is shown it.</summary>
/// <param name="Id">What a proposal must name, such as <c>F001</c>.</param>
/// <param name="KeyPoint">The heading of what it belongs to.</param>
/// <param name="Quote">The words that prove it.</param>
/// <param name="Context">The sentences that these words stand in.</param>
/// <param name="Place">Where the context stands.</param>
public sealed record FactOffer(string Id, Fact Fact, string KeyPoint, string Quote, string Context, Place Place)
{
    /// <summary>A longer context is not offered: it would crowd out the others.</summary>
    public const int LongestContext = 600;

    /// <summary>
    /// All facts of a draft that can be offered, in the order in which they deserve questions: heavy key points first, of each key point
    /// one fact in turn, and those first that rules wrote nothing about. What is doubtful, and what forbids or denies, is not offered.
    /// </summary>
    public static IReadOnlyList<FactOffer> Of(Drafted drafted)
    {
        var text = drafted.Text;
        var written = drafted.Candidates.Select(candidate => candidate.FactId).ToHashSet(StringComparer.Ordinal);
        var sentences = text.Structure.Sentences.ToLookup(sentence => sentence.Place.Paragraph, sentence => sentence.Place);
        return [.. drafted.Facts.Where(fact => fact is not FiguresFact).Select(fact => (Fact: fact, Id: fact.Identity(text), Place: Around(fact.Quote, sentences[fact.Quote.Paragraph])))
            .Where(offer => !offer.Fact.IsNegative && offer.Place.Length <= LongestContext * text.Scale && !text.IsDoubtful(offer.Place))
            .DistinctBy(offer => offer.Id, StringComparer.Ordinal)
            .GroupBy(offer => offer.Fact.KeyPoint.Id, StringComparer.Ordinal)
            .SelectMany(point => point.OrderBy(offer => written.Contains(offer.Id)).Select((offer, turn) => (offer.Fact, offer.Place, Turn: turn)))
            .OrderByDescending(offer => offer.Fact.KeyPoint.Weight).ThenBy(offer => offer.Turn)
            .Select((offer, at) => new FactOffer(Name(at), offer.Fact, text.At(offer.Fact.KeyPoint.Heading), text.At(offer.Fact.Quote), text.At(offer.Place), offer.Place))];
    }

    private static string Name(int at) => string.Create(CultureInfo.InvariantCulture, $"F{at + 1:000}");

    private static Place Around(Place quote, IEnumerable<Place> sentences)
    {
        var touched = sentences.Where(quote.Overlaps).ToList();
        return touched.Count == 0 ? quote : new Place(quote.Paragraph, Math.Min(quote.Start, touched.Min(place => place.Start)), Math.Max(quote.End, touched.Max(place => place.End)));
    }
}
