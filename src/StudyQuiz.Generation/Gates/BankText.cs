using System.Runtime.CompilerServices;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Normalizing;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Gates;

/// <summary>A bank's text with its sentences and the places of evidence in it. What stands nowhere is the evidence gate's matter and left out here.</summary>
internal sealed class BankText
{
    private const string SentenceEnds = "。！？!?";
    private const string Closings = "”’」』）)";

    // Every gate on the text's structure asks for that of the same paragraphs
    private static readonly ConditionalWeakTable<IReadOnlyList<BankParagraph>, SourceText> _sources = [];

    private readonly IReadOnlyList<BankParagraph> _paragraphs;
    private readonly Dictionary<string, int> _positions = new(StringComparer.Ordinal);
    private readonly List<int[]> _sentenceEnds;
    private readonly int[] _firstSentence;

    public BankText(BankFile bank)
    {
        _paragraphs = bank.Paragraphs;
        for (var i = 0; i < _paragraphs.Count; i++) _positions.TryAdd(_paragraphs[i].Id, i);
        Whole = string.Join('\n', _paragraphs.Select(paragraph => paragraph.Text));
        _sentenceEnds = [.. _paragraphs.Select(paragraph => EndsOf(paragraph.Text).ToArray())];
        _firstSentence = new int[_paragraphs.Count];
        // a number is left out between paragraphs, so that sentences of two paragraphs are never neighbours
        for (var i = 1; i < _paragraphs.Count; i++) _firstSentence[i] = _firstSentence[i - 1] + _sentenceEnds[i - 1].Length + 1;
    }

    /// <summary>All paragraphs, one a line.</summary>
    public string Whole { get; }

    /// <summary>Whether a paragraph holds these words exactly.</summary>
    public bool Holds(string words) => Whole.Contains(words, StringComparison.Ordinal);

    /// <summary>Whether a paragraph holds these words exactly, and not as a part of a longer number only.</summary>
    public bool HoldsWhole(string words) => TextPlaces.Of(words, Whole).Any(at => !WrittenNumbers.IsCut(Whole, at, at + words.Length));

    /// <summary>Whether the text holds these words exactly, and only once.</summary>
    public bool HoldsOnce(string words) => TextPlaces.Of(words, Whole).Take(2).Count() == 1;

    /// <summary>Where an item's quotes stand.</summary>
    public IReadOnlyList<Place> Places(Question body)
    {
        var places = new List<Place>();
        foreach (var evidence in body.Evidence)
        {
            if (!_positions.TryGetValue(evidence.Paragraph, out var position) || evidence.Quote.Length == 0) continue;
            var text = _paragraphs[position].Text;
            var start = evidence.At ?? text.IndexOf(evidence.Quote, StringComparison.Ordinal);
            if (start < 0 || start > text.Length - evidence.Quote.Length || string.CompareOrdinal(text, start, evidence.Quote, 0, evidence.Quote.Length) != 0) continue;
            places.Add(new Place(position, start, start + evidence.Quote.Length));
        }

        return places;
    }

    /// <summary>Everywhere that these words stand exactly.</summary>
    public IEnumerable<Place> PlacesOf(string words) =>
        _paragraphs.SelectMany((paragraph, position) => TextPlaces.Of(words, paragraph.Text).Select(at => new Place(position, at, at + words.Length)));

    /// <summary>Whether these words come right after a place, with nothing but punctuation and spaces between.</summary>
    public bool IsFollowed(Place place, string words)
    {
        var rest = _paragraphs[place.Paragraph].Text.AsSpan(place.End);
        while (rest.Length > 0 && !char.IsLetterOrDigit(rest[0]) && !rest.StartsWith(words, StringComparison.Ordinal)) rest = rest[1..];
        return rest.StartsWith(words, StringComparison.Ordinal);
    }

    /// <summary>Whether a place begins behind the first of several numbers that stand side by side (一、|二年级).</summary>
    public bool IsBehindNumber(Place place) => Coordinations.IsInside(_paragraphs[place.Paragraph].Text, place.Start);

    /// <summary>What comes after a place in its paragraph.</summary>
    public string After(Place place) => _paragraphs[place.Paragraph].Text[place.End..];

    /// <summary>The words of a place; nothing where it lies outside the text.</summary>
    public string At(Place place) =>
        place.Paragraph < _paragraphs.Count && place.Start >= 0 && place.Start <= place.End && place.End <= _paragraphs[place.Paragraph].Text.Length
            ? _paragraphs[place.Paragraph].Text[place.Start..place.End]
            : "";

    /// <summary>Running numbers of the sentences that a place touches; neighbours in a paragraph differ by 1.</summary>
    public IEnumerable<int> Sentences(Place place)
    {
        var ends = _sentenceEnds[place.Paragraph];
        var first = IndexOf(ends, place.Start);
        var last = IndexOf(ends, place.End - 1);
        return Enumerable.Range(_firstSentence[place.Paragraph] + first, last - first + 1);
    }

    /// <summary>How the bank's text is built. A paragraph that does not end as a sentence does is taken for a heading: the file does not say.</summary>
    public static TextStructure Structure(BankFile bank) => Source(bank).Structure;

    /// <summary>The bank's text as the generator sees one.</summary>
    public static SourceText Source(BankFile bank) =>
        _sources.GetValue(bank.Paragraphs, _ => Read(bank)) is var source && source.Clean.Language == bank.Source.Language ? source : Read(bank);

    private static SourceText Read(BankFile bank)
    {
        var paragraphs = Paragraphs(bank);
        return new SourceText(new CleanText(paragraphs, new LiftedDetails(null, null, null), bank.Source.Language, [], []), StructureReader.Read(paragraphs));
    }

    private static List<CleanParagraph> Paragraphs(BankFile bank) => [.. bank.Paragraphs.Select(paragraph =>
        new CleanParagraph(paragraph.Id, paragraph.Text, !EndsAsSentence(paragraph.Text), [new RawSpan(0, 0, Math.Max(1, paragraph.Text.Length))]))];

    private static bool EndsAsSentence(string text) => text.Length > 0 && (SentenceEnds + Closings + "…：:；;，,.").Contains(text[^1], StringComparison.Ordinal);

    // Exclusive offsets; the last is the paragraph's length
    private static IEnumerable<int> EndsOf(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!SentenceEnds.Contains(text[i], StringComparison.Ordinal)) continue;
            while (i + 1 < text.Length && (SentenceEnds + Closings).Contains(text[i + 1], StringComparison.Ordinal)) i++;
            if (i + 1 < text.Length) yield return i + 1;
        }

        yield return text.Length;
    }

    private static int IndexOf(int[] ends, int offset)
    {
        var found = Array.BinarySearch(ends, offset + 1);
        return Math.Min(found >= 0 ? found : ~found, ends.Length - 1);
    }
}
