using System.Text.RegularExpressions;
using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Structuring;

/// <summary>Tells how far each point of a series reaches, what leads up to the series, and whether it is closed.</summary>
internal sealed partial class SeriesExtents(IReadOnlyList<CleanParagraph> paragraphs, IReadOnlyList<Sentence> sentences)
{
    private readonly ILookup<int, Sentence> _byParagraph = sentences.ToLookup(sentence => sentence.Place.Paragraph);
    private readonly Spot _end = new(paragraphs.Count, 0);

    public IReadOnlyList<Series> Of(IReadOnlyList<SeriesDraft> drafts) => [.. drafts.Select(draft => Build(draft, _end))];

    /// <summary>How many paragraphs the last point may reach: as many as the longest before it, without limit where the points are headings.</summary>
    public static int MostParagraphs(SeriesDraft draft, IReadOnlyList<CleanParagraph> paragraphs)
    {
        if (draft.Points.All(point => point.Marker.StartsParagraph && paragraphs[point.Marker.Place.Paragraph].IsHeading)) return int.MaxValue;
        var starts = draft.Points.Select(point => point.Marker.Place.Paragraph).ToList();
        return Math.Max(1, starts.Zip(starts.Skip(1), (from, to) => to - from).DefaultIfEmpty(1).Max());
    }

    private Series Build(SeriesDraft draft, Spot bound)
    {
        var markers = draft.Points.Select(point => point.Marker).ToList();
        var end = Spot.Earlier(bound, EndOf(draft));
        var points = draft.Points.Select((point, i) =>
            BuildPoint(point, i + 1 < markers.Count ? new Spot(markers[i + 1].Place.Paragraph, markers[i + 1].Place.Start) : end)).ToList();
        var lead = LeadOf(markers[0]);
        return new Series(draft.Style, lead, points, IsClosed(draft, lead, end));
    }

    private SeriesPoint BuildPoint(PointDraft point, Spot end)
    {
        var marker = point.Marker.Place;
        var heading = HeadingAfter(marker, end);
        var body = Clip(new Spot(heading.Paragraph, AfterPunctuation(heading)), end);
        return new SeriesPoint(point.Number, marker, heading, body, [.. point.Inner.Select(inner => Build(inner, end))]);
    }

    private Place HeadingAfter(Place marker, Spot end)
    {
        var text = paragraphs[marker.Paragraph].Text;
        var last = end.Paragraph == marker.Paragraph ? end.Offset : text.Length;
        if (paragraphs[marker.Paragraph].IsHeading) return Trimmed(text, marker.Paragraph, marker.End, last);
        var quoted = Quotations.Inside(text, longest: 60);
        var at = marker.End;
        while (at < last && (quoted[at] || !EndsClause(text, at))) at++;
        return Trimmed(text, marker.Paragraph, marker.End, at);
    }

    private static Place Trimmed(string text, int paragraph, int start, int end)
    {
        while (end > start && (text[end - 1] == ' ' || "。；：，;:,.".Contains(text[end - 1]))) end--;
        return new Place(paragraph, start, end);
    }

    private static bool EndsClause(string text, int at) =>
        "，。；：！？;:!?".Contains(text[at]) || (text[at] is ',' or '.' && (at + 1 == text.Length || text[at + 1] == ' '));

    private int AfterPunctuation(Place heading)
    {
        var text = paragraphs[heading.Paragraph].Text;
        var at = heading.End;
        while (at < text.Length && (EndsClause(text, at) || text[at] == ' ')) at++;
        return at;
    }

    private List<Place> Clip(Spot start, Spot end)
    {
        var places = new List<Place>();
        for (var paragraph = start.Paragraph; paragraph < paragraphs.Count && new Spot(paragraph, 0).IsBefore(end); paragraph++)
            foreach (var place in _byParagraph[paragraph].Select(sentence => sentence.Place))
            {
                var from = paragraph == start.Paragraph ? Math.Max(place.Start, start.Offset) : place.Start;
                var to = paragraph == end.Paragraph ? Math.Min(place.End, end.Offset) : place.End;
                if (from < to) places.Add(new Place(paragraph, from, to));
            }

        return places;
    }

    // The last point reaches at least as far as what lies inside it
    private Spot EndOf(SeriesDraft draft) => draft.Points[^1].Inner.Select(EndOf).Append(EndOfLast(draft)).Aggregate(Spot.Later);

    private Spot EndOfLast(SeriesDraft draft)
    {
        var markers = draft.Points.Select(point => point.Marker).ToList();
        var last = markers[^1].Place;
        var home = SentenceAt(last);
        if (markers.All(marker => home.Place.Holds(marker.Place))) return new Spot(last.Paragraph, home.Place.End);
        return markers.All(marker => marker.StartsParagraph) ? EndByParagraphs(draft, last) : EndWithinParagraph(draft, last);
    }

    private Spot EndByParagraphs(SeriesDraft draft, Place last)
    {
        var most = MostParagraphs(draft, paragraphs);
        var next = last.Paragraph + 1;
        while (next < paragraphs.Count && next - last.Paragraph < most && !paragraphs[next].IsHeading && !Concludes(paragraphs[next].Text)) next++;
        return new Spot(next, 0);
    }

    // 一是…。二是…。 are mostly a sentence each, so that a sentence after the last no longer belongs to it
    private Spot EndWithinParagraph(SeriesDraft draft, Place last)
    {
        var most = draft.Style == MarkerStyle.NumberIs ? MostSentences(draft) : int.MaxValue;
        var rest = _byParagraph[last.Paragraph].Where(sentence => sentence.Place.End > last.Start).ToList();
        var taken = 1;
        while (taken < rest.Count && taken < most && !Concludes(rest[taken].Text)) taken++;
        return new Spot(last.Paragraph, rest[taken - 1].Place.End);
    }

    private int MostSentences(SeriesDraft draft) =>
        draft.Points.Zip(draft.Points.Skip(1), (point, next) => Clip(
            new Spot(point.Marker.Place.Paragraph, point.Marker.Place.Start), new Spot(next.Marker.Place.Paragraph, next.Marker.Place.Start)).Count).Max();

    private Place? LeadOf(Marker first)
    {
        var home = SentenceAt(first.Place).Place;
        var text = paragraphs[home.Paragraph].Text;
        var before = Trimmed(text, home.Paragraph, home.Start, first.Place.Start);
        if (before.Length > 0) return before;
        return Preceding(home)?.Place;
    }

    private Sentence? Preceding(Place place) =>
        _byParagraph[place.Paragraph].LastOrDefault(sentence => sentence.Place.End <= place.Start)
        ?? (place.Paragraph > 0 ? _byParagraph[place.Paragraph - 1].LastOrDefault() : null);

    private bool IsClosed(SeriesDraft draft, Place? lead, Spot end)
    {
        var markers = draft.Points.Select(point => point.Marker).ToList();
        if (markers[^1].IsLast) return true;
        if (markers.All(marker => SentenceAt(markers[0].Place).Place.Holds(marker.Place))) return true;
        if (lead is not null && Announced(paragraphs[lead.Paragraph].Text[lead.Start..lead.End], markers.Count)) return true;
        return sentences.Count > 0 && !new Spot(sentences[^1].Place.Paragraph, sentences[^1].Place.Start).IsBefore(end);
    }

    private static bool Announced(string lead, int count) =>
        CountPattern().Matches(lead).Any(match => ChineseNumber.Parse(match.Groups["n"].Value) == count);

    private static bool Concludes(string text) => ConclusionPattern().IsMatch(text);

    private Sentence SentenceAt(Place place) =>
        _byParagraph[place.Paragraph].First(sentence => sentence.Place.End > place.Start);

    [GeneratedRegex(@"(?<n>[一二两三四五六七八九十]{1,3}|[0-9]{1,2})(?:个|点|条|项|件|句|种|类|步|方面|大)|\b(?<n>two|three|four|five|six|seven|eight|nine|ten)\b", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex CountPattern();

    [GeneratedRegex(@"\A(?:总的来说|总的来看|总的看|总之|总而言之|综上|由此可见|这[^，。]{0,4}(?:说明|表明)|In short|In conclusion|To sum up|In summary)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex ConclusionPattern();
}

/// <summary>A point between two characters of the text; the end of a paragraph is the start of the next.</summary>
internal sealed record Spot(int Paragraph, int Offset)
{
    public bool IsBefore(Spot other) => Paragraph != other.Paragraph ? Paragraph < other.Paragraph : Offset < other.Offset;
    public static Spot Later(Spot a, Spot b) => b.IsBefore(a) ? a : b;
    public static Spot Earlier(Spot a, Spot b) => b.IsBefore(a) ? b : a;
}
