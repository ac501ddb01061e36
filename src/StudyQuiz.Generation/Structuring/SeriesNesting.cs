using StudyQuiz.Generation.Normalizing;

namespace StudyQuiz.Generation.Structuring;

/// <summary>A series while it is being found: which markers it has, and which series lie between them.</summary>
internal sealed record SeriesDraft(MarkerStyle Style, List<PointDraft> Points)
{
    public Marker Last => Points[^1].Marker;
}

/// <summary>A point while its series is being found.</summary>
internal sealed record PointDraft(int Number, Marker Marker, List<SeriesDraft> Inner);

/// <summary>
/// Tells which markers number points of which series. A marker counts when it opens a series (one) or continues one that is open (its
/// last number and one); the rest are words that only look so. One of a way already in use starts that way afresh.
/// </summary>
internal sealed class SeriesNesting
{
    // 先…，再… alone is a turn of speech
    private const int FewestSteps = 3;

    private readonly IReadOnlyList<Marker> _markers;
    private readonly IReadOnlyList<CleanParagraph> _paragraphs;
    private readonly List<SeriesDraft> _outermost = [];
    private readonly List<SeriesDraft> _open = [];
    private int _lastArticle;

    private SeriesNesting(IReadOnlyList<Marker> markers, IReadOnlyList<CleanParagraph> paragraphs)
    {
        _markers = markers;
        _paragraphs = paragraphs;
    }

    public static List<SeriesDraft> Of(IReadOnlyList<Marker> markers, IReadOnlyList<CleanParagraph> paragraphs)
    {
        var nesting = new SeriesNesting(WithoutLoneSteps(markers, paragraphs), paragraphs);
        for (var i = 0; i < nesting._markers.Count; i++) nesting.Take(i);
        return [.. nesting._outermost.SelectMany(WithoutLonePoints)];
    }

    private void Take(int index)
    {
        var marker = _markers[index];
        var continued = _open.FindLastIndex(series => Continues(series, marker));
        if (continued >= 0)
        {
            _open.RemoveRange(continued + 1, _open.Count - continued - 1);
            _open[continued].Points.Add(new PointDraft(_open[continued].Points[^1].Number + 1, marker, []));
        }
        else if (marker.Number == 1 || marker.Style == MarkerStyle.Dash || (marker.Style == MarkerStyle.Article && marker.Number == _lastArticle + 1))
        {
            Open(marker, index);
        }
        else
        {
            return;
        }

        if (marker.Style == MarkerStyle.Article) _lastArticle = marker.Number;
    }

    private void Open(Marker marker, int index)
    {
        var same = _open.FindIndex(series => series.Style == marker.Style);
        if (same >= 0) _open.RemoveRange(same, _open.Count - same);
        while (_open.Count > 0 && !MayHold(_open[^1], marker, index)) _open.RemoveAt(_open.Count - 1);
        var series = new SeriesDraft(marker.Style, [new PointDraft(Math.Max(1, marker.Number), marker, [])]);
        (_open.Count == 0 ? _outermost : _open[^1].Points[^1].Inner).Add(series);
        _open.Add(series);
    }

    // 先 with two or more steps after it in the same sentence; everywhere else these words number nothing
    private static IReadOnlyList<Marker> WithoutLoneSteps(IReadOnlyList<Marker> markers, IReadOnlyList<CleanParagraph> paragraphs)
    {
        if (!markers.Any(marker => marker.Style == MarkerStyle.StepWord)) return markers;
        var kept = new List<Marker>();
        for (var i = 0; i < markers.Count; i++)
        {
            if (markers[i].Style != MarkerStyle.StepWord)
            {
                kept.Add(markers[i]);
                continue;
            }

            var end = i + 1;
            while (markers[i].Number == 1 && end < markers.Count && IsNextStep(markers[end - 1], markers[end], paragraphs)) end++;
            if (end - i < FewestSteps) continue;
            kept.AddRange(markers.Skip(i).Take(end - i).Select(marker => marker with { Style = MarkerStyle.StepWord }));
            i = end - 1;
        }

        return kept;
    }

    private static bool IsNextStep(Marker last, Marker next, IReadOnlyList<CleanParagraph> paragraphs) =>
        !last.IsLast && next.Number == 0 && next.Style is MarkerStyle.StepWord or MarkerStyle.SequenceWord && next.Place.Paragraph == last.Place.Paragraph
        && paragraphs[next.Place.Paragraph].Text.AsSpan(last.Place.End, next.Place.Start - last.Place.End).IndexOfAny("。！？") < 0;

    private static bool Continues(SeriesDraft series, Marker marker) =>
        series.Style == marker.Style && !series.Last.IsLast && marker.Style switch
        {
            // nothing tells a continued run of dashes from a new one but that hardly anything stands between
            MarkerStyle.Dash => marker.Place.Paragraph - series.Last.Place.Paragraph <= 2,
            _ => marker.Number == 0 ? marker.StartsParagraph || !HasParagraphs(series) : marker.Number == series.Points[^1].Number + 1,
        };

    // 'Finally' within some paragraph ends the talk, not a series each of whose points has paragraphs of its own
    private static bool HasParagraphs(SeriesDraft series) => series.Points.Count > 1 && series.Points.All(point => point.Marker.StartsParagraph);

    // A new series lies inside a point when it stands in the same paragraph, when the outer series goes on after it, or when it is of a
    // finer way of numbering and not further from the last point than that one may reach.
    private bool MayHold(SeriesDraft outer, Marker marker, int index)
    {
        if (outer.Last.Place.Paragraph == marker.Place.Paragraph) return true;
        var next = _markers.Skip(index + 1).FirstOrDefault(later => later.Style == outer.Style);
        if (next is not null && next.Number != 1 && Continues(outer, next)) return outer.Style != MarkerStyle.Dash;
        return outer.Points.All(point => point.Marker.StartsParagraph)
            && marker.Style > outer.Style
            && marker.Place.Paragraph - outer.Last.Place.Paragraph <= SeriesExtents.MostParagraphs(outer, _paragraphs);
    }

    // One point makes no series; what lies inside it moves up
    private static IEnumerable<SeriesDraft> WithoutLonePoints(SeriesDraft series)
    {
        foreach (var point in series.Points)
        {
            var inner = point.Inner.SelectMany(WithoutLonePoints).ToList();
            point.Inner.Clear();
            point.Inner.AddRange(inner);
        }

        return series.Points.Count > 1 ? [series] : series.Points[0].Inner;
    }
}
