using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Structuring;

/// <summary>A clean text with its structure: what all later stages look at.</summary>
/// <param name="Clean">The paragraphs, and the places in them that can't be relied on.</param>
/// <param name="Structure">Its sentences and series.</param>
public sealed partial record SourceText(CleanText Clean, TextStructure Structure)
{
    private readonly ILookup<string, Doubt> _doubts = Clean.Doubts.ToLookup(doubt => doubt.Paragraph, StringComparer.Ordinal);

    private readonly ILookup<int, Place> _refuted = OthersViews.Refuted(Structure.Sentences, new SpeakerLabels(Structure.Sentences)).ToLookup(place => place.Paragraph);

    private readonly ILookup<int, Place> _markers = Structure.AllSeries().SelectMany(series => series.Points).Select(point => point.Marker).OrderBy(marker => marker.Start).ToLookup(marker => marker.Paragraph);

    private readonly SpeakerLabels _labels = new(Structure.Sentences);

    private readonly Voices _voices = new(Structure.Sentences);

    private readonly TextIndex _index = new(Clean.Paragraphs);

    private readonly Dictionary<string, int> _alone = new(StringComparer.Ordinal);

    private readonly Dictionary<int, Place[]> _sentences = Structure.Sentences.GroupBy(sentence => sentence.Place.Paragraph).ToDictionary(paragraph => paragraph.Key, paragraph => paragraph.Select(sentence => sentence.Place).ToArray());

    public IReadOnlyList<CleanParagraph> Paragraphs => Clean.Paragraphs;

    public bool IsChinese => Clean.Language.StartsWith("zh", StringComparison.Ordinal);

    /// <summary>Whether someone tells what he himself has seen and done: 我 stands once in so many characters.</summary>
    public bool IsTale { get; } = Clean.Language.StartsWith("zh", StringComparison.Ordinal)
        && Clean.Paragraphs.Sum(paragraph => Selves.Count(paragraph.Text)) * CharactersOfSelf > Clean.Paragraphs.Sum(paragraph => paragraph.Text.Length) + CharactersOfSelf;

    private const int CharactersOfSelf = 110;

    [GeneratedRegex("我(?![们国县市省区乡镇村校院局厂馆站队军党司方])", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Selves { get; }

    /// <summary>How many letters say what one Chinese character says: limits on lengths are for Chinese, times this.</summary>
    public int Scale => Languages.HasSpaces(Clean.Language) ? 3 : 1;

    /// <summary>Whose words it reports.</summary>
    internal Voices Voices => _voices;

    /// <summary>The words at a place.</summary>
    public string At(Place place) => Paragraphs[place.Paragraph].Text[place.Start..place.End];

    /// <summary>The words at a place as evidence, with their offset where the paragraph holds them more than once.</summary>
    public Evidence Evidence(Place place)
    {
        var paragraph = Paragraphs[place.Paragraph];
        var quote = At(place);
        var isOnly = TextPlaces.Of(quote, paragraph.Text).Take(2).Count() == 1;
        return new Evidence(paragraph.Id, quote, isOnly ? null : place.Start);
    }

    /// <summary>How often words occur in the whole text, counted up to <paramref name="most"/>.</summary>
    public int Count(string words, int most) => _index.Count(words, most);

    /// <summary>How often words stand by themselves and not as the end of a longer name, counted up to <paramref name="most"/>.</summary>
    internal int CountAlone(string name, int most)
    {
        if (!_alone.TryGetValue(name, out var count)) _alone[name] = count = Paragraphs.SelectMany(paragraph => TextPlaces.Of(name, paragraph.Text).Where(at => !Contexts.IsPart(paragraph.Text, at))).Take(most).Count();
        return count;
    }

    /// <summary>A sentence, or the beginning of one, without the label of who speaks.</summary>
    public Place WithoutLabel(Place place) => place with { Start = Math.Min(place.End, place.Start + _labels.LengthAt(At(place))) };

    /// <summary>Where several speak in turn, who says what stands at a place; null elsewhere.</summary>
    public string? SpeakerOf(Place place) => _labels.AreOfSeveral ? _labels.NameAt(Paragraphs[place.Paragraph].Text) : null;

    /// <summary>Whether a place lies in a paragraph that begins with the label of who speaks.</summary>
    public bool IsSpoken(Place place) => _labels.LengthAt(Paragraphs[place.Paragraph].Text) > 0;

    /// <summary>
    /// What stands before, between and after the numbers of points within a place: quoted across them, one point would drag the number of the next along.
    /// </summary>
    public IEnumerable<Place> BetweenMarkers(Place place)
    {
        var words = Paragraphs[place.Paragraph].Text;
        var from = place.Start;
        foreach (var marker in _markers[place.Paragraph].Where(place.Holds))
        {
            // (3) … and (4) …: the word that joins them belongs to neither
            var end = marker.Start > from ? Math.Max(from, MarkerScanner.BeforeJoiner(words, marker.Start)) : from;
            if (words.AsSpan(from, end - from).Trim().Length > 0) yield return place with { Start = from, End = end };
            from = marker.End;
        }

        if (from < place.End) yield return place with { Start = from };
    }

    /// <summary>The sentences of a paragraph that end before a place, the nearest first.</summary>
    public IEnumerable<Place> SentencesBefore(Place place)
    {
        if (!_sentences.TryGetValue(place.Paragraph, out var all)) yield break;
        var (low, high) = (0, all.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (all[middle].End <= place.Start) low = middle + 1;
            else high = middle;
        }

        for (var at = low - 1; at >= 0; at--) yield return all[at];
    }

    /// <summary>Whether a point is numbered within a place.</summary>
    public bool HasMarker(Place place) => _markers[place.Paragraph].Any(place.Overlaps);

    /// <summary>Whether a later sentence denies any part of what stands at a place.</summary>
    public bool IsRefuted(Place place) => _refuted[place.Paragraph].Any(place.Overlaps);

    /// <summary>Whether normalising left a doubt about any part of a place.</summary>
    public bool IsDoubtful(Place place) =>
        _doubts[Paragraphs[place.Paragraph].Id].Any(doubt => doubt.Start < place.End && place.Start < doubt.Start + doubt.Length);
}
