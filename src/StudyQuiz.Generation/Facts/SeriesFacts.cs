using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>What the series of a text establish: which points there are, and in which order.</summary>
internal static class SeriesFacts
{
    /// <summary>A heading that is longer is a glued or broken one.</summary>
    private const int LongestHeading = 40;

    public static IEnumerable<Fact> Of(SourceText text, KeyPointOwners owners)
    {
        foreach (var series in text.Structure.AllSeries().Where(series => CanBeAsked(text, series)))
        {
            var topic = SeriesTopics.Of(text, series);
            // in which order a rule has its articles, or a text its headings, is nothing to learn
            if (topic is null || series.Style is MarkerStyle.Article || series.Style.IsWithoutNumber() || owners.Of(series.Points[0].Heading) is not { } first) continue;
            // an outline has no key point above its own
            yield return new SeriesFact((topic.IsOutline && series.Lead is null ? null : owners.Of(topic.Place)) ?? first, topic.Place, series, topic.Place) { IsOutline = topic.IsOutline };
            foreach (var point in series.Points)
                if (owners.Of(point.Heading) is { } owner)
                    yield return new PointFact(owner, new Place(point.Marker.Paragraph, point.Marker.Start, point.Heading.End), series, topic.Place, point) { IsOutline = topic.IsOutline };
        }
    }

    /// <summary>Whether headings can stand as answers: all whole, none doubtful, no two alike, and none what others think.</summary>
    public static bool CanBeAsked(SourceText text, Series series) =>
        series.Points.All(point => point.Heading.Length >= 2 && point.Heading.Length <= LongestHeading * text.Scale && !text.IsDoubtful(point.Heading)
            && !Words.Pointing().IsMatch(text.At(point.Heading)) && !OthersViews.AreIn(text, point.Heading) && text.SpeakerOf(point.Heading) is null)
        && (series.Lead is null || !OthersViews.AreIn(text, series.Lead))
        && series.Points.Select(point => text.At(point.Heading)).Distinct(StringComparer.Ordinal).Count() == series.Points.Count;
}
