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
            var topic = TopicOf(text, series);
            // in which order a rule has its articles is nothing to learn
            if (topic is null || series.Style == MarkerStyle.Article || owners.Of(series.Points[0].Heading) is not { } first) continue;
            yield return new SeriesFact(owners.Of(topic) ?? first, topic, series, topic);
            foreach (var point in series.Points)
                if (owners.Of(point.Heading) is { } owner)
                    yield return new PointFact(owner, new Place(point.Marker.Paragraph, point.Marker.Start, point.Heading.End), series, topic, point);
        }
    }

    /// <summary>Whether headings can stand as answers: all whole, none doubtful, no two alike, and none what others think.</summary>
    public static bool CanBeAsked(SourceText text, Series series) =>
        series.Points.All(point => point.Heading.Length >= 2 && point.Heading.Length <= LongestHeading * text.Scale && !text.IsDoubtful(point.Heading)
            && !Words.Pointing().IsMatch(text.At(point.Heading)) && !OthersViews.AreIn(text, point.Heading) && text.SpeakerOf(point.Heading) is null)
        && (series.Lead is null || !OthersViews.AreIn(text, series.Lead))
        && series.Points.Select(point => text.At(point.Heading)).Distinct(StringComparer.Ordinal).Count() == series.Points.Count;

    /// <summary>The clause that a series unfolds; null where it is missing or can't be quoted.</summary>
    public static Place? TopicOf(SourceText text, Series series)
    {
        if (series.Lead is not { } lead || text.IsDoubtful(lead)) return null;
        var topic = Headline.OfLead(text, lead);
        return topic.Length >= 3 && topic.Length <= 60 * text.Scale ? topic : null;
    }
}
