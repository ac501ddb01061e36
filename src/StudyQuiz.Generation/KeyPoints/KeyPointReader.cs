using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.KeyPoints;

/// <summary>
/// Turns a text's structure into its key points. A series becomes a point with its members below it; a sentence that no series holds
/// becomes a point of its own, so that a text without any numbering can be asked about too.
/// </summary>
public static class KeyPointReader
{
    /// <summary>The tree, in the order of the text; empty only for an empty text.</summary>
    public static IReadOnlyList<KeyPoint> Read(SourceText text)
    {
        var all = text.Structure.Sentences.Select(sentence => sentence.Place).ToList();
        return new Reader(text).Level(all, text.Structure.Series, parent: null, above: 0);
    }

    private sealed class Reader(SourceText text)
    {
        // a sentence up to this length is told whole or not at all
        private const int LongestTold = 40;

        private readonly HashSet<Place> _headings = [.. text.Structure.Sentences.Select(sentence => sentence.Place).Where(place => text.Paragraphs[place.Paragraph].IsHeading)];

        /// <summary>The points of a stretch of text: its series in their places, and the sentences around them.</summary>
        /// <param name="above">How many series lie around this stretch.</param>
        public IReadOnlyList<KeyPoint> Level(IReadOnlyList<Place> sentences, IReadOnlyList<Series> series, string? parent, int above)
        {
            var points = new List<KeyPoint>();
            string Next() => parent is null ? $"K{points.Count + 1}" : $"{parent}.{points.Count + 1}";
            var at = 0;
            foreach (var one in series)
            {
                var before = Take(place => Precedes(place, one.Points[0].Marker));
                Take(place => IsOf(place, one));
                var closing = Take(place => Words.Judging().IsMatch(text.At(place)));
                var lead = before.LastOrDefault(place => one.Lead is not null && place.Holds(one.Lead));
                foreach (var place in before) if (place != lead) AddPlain(points, place, Next());
                if (lead is null || _headings.Contains(lead)) AddMembers(points, one, closing, Next, above);
                else points.Add(Topic(one, lead, closing, Next(), above));
            }

            foreach (var place in Take(_ => true)) AddPlain(points, place, Next());
            return points;

            List<Place> Take(Func<Place, bool> belongs)
            {
                var from = at;
                while (at < sentences.Count && belongs(sentences[at])) at++;
                return [.. sentences.Skip(from).Take(at - from)];
            }
        }

        // Headings of chapters, and what a point unfolds itself, need no point above them
        private void AddMembers(List<KeyPoint> points, Series series, List<Place> closing, Func<string> next, int above)
        {
            foreach (var point in series.Points) points.Add(Member(point, series.Style, next(), above));
            foreach (var place in closing) AddPlain(points, place, next());
        }

        private KeyPoint Topic(Series series, Place lead, List<Place> closing, string id, int above)
        {
            var members = new List<KeyPoint>();
            AddMembers(members, series, closing, () => $"{id}.{members.Count + 1}", above);
            return new KeyPoint(id, Headline.OfLead(text, series.Lead!), Heaviest(lead, series.Style == MarkerStyle.StepWord ? 1 : above == 0 ? 3 : 2), [series.Lead!], [lead], members);
        }

        private KeyPoint Member(SeriesPoint point, MarkerStyle style, string id, int above)
        {
            var proof = new Place(point.Marker.Paragraph, point.Marker.Start, point.Heading.End);
            var isChapter = point.Inner.Count > 0 || point.Body.Any(place => place.Paragraph != point.Heading.Paragraph);
            var inner = isChapter ? Level(point.Body, point.Inner, id, above + 1) : [];
            IReadOnlyList<Place> scope = isChapter ? [point.Heading] : [point.Heading, .. point.Body];
            // a rule's chapters say what it is about, its articles what it demands; steps within a sentence are told in passing
            var weight = style == MarkerStyle.StepWord ? 1 : style.IsWithoutNumber() ? 2 : above == 0 || (above == 1 && style is not (MarkerStyle.NumberIs or MarkerStyle.Article)) ? 3 : 2;
            return new KeyPoint(id, point.Heading, Heaviest(point.Heading, weight), [proof], scope, inner);
        }

        private void AddPlain(List<KeyPoint> points, Place sentence, string id)
        {
            // what others think, or is only asked, is none of the text's own points; the address at the beginning and the thanks at the end say nothing that could be asked about
            if (!_headings.Contains(sentence) && !OthersViews.AreIn(text, sentence) && !OthersViews.OnlyAsks(text, sentence) && !Words.IsGreeting(text.At(sentence))) points.Add(Plain(sentence, id));
        }

        private KeyPoint Plain(Place sentence, string id)
        {
            var heading = Headline.Of(text, sentence);
            return new(id, heading, Heaviest(sentence, Weight(text.At(heading), text.At(sentence))), [sentence], [sentence], []);
        }

        // nothing must be asked of what one of several speakers says or of what is doubtful, nor of notes on the text
        private int Heaviest(Place place, int weight) => text.SpeakerOf(place) is not null || text.IsDoubtful(place) || Words.Note().IsMatch(text.Paragraphs[place.Paragraph].Text) ? 1 : weight;

        // what points elsewhere can't be asked, so that it must not have to be; what stands in quotation marks somebody else demands
        private static int Weight(string heading, string sentence) =>
            !Words.OfSelf().IsMatch(sentence) && !Words.OfTalk().IsMatch(sentence) && !Words.About().IsMatch(sentence) && sentence.TrimEnd('”', '」') is not [.., '？' or '?'] && !Words.Pointing().IsMatch(heading) && !(sentence.Length <= LongestTold && Words.Pointing().IsMatch(sentence)) && sentence[0] is not ('“' or '「') && (Words.Judging().IsMatch(sentence) || Words.Demanding().IsMatch(sentence)) ? 2 : 1;

        private bool Precedes(Place place, Place marker) =>
            place.Paragraph < marker.Paragraph || (place.Paragraph == marker.Paragraph && text.WithoutLabel(place).Start < marker.Start);

        // A part of the sentence that holds the last point's words still belongs to the series
        private static bool IsOf(Place place, Series series)
        {
            var last = series.Points[^1];
            var end = last.Body.Count > 0 ? last.Body[^1] : last.Heading;
            return place.Paragraph < end.Paragraph || (place.Paragraph == end.Paragraph && place.Start < end.End);
        }
    }
}
