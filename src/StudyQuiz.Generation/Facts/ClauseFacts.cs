using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>Which clause is said under which point.</summary>
internal static class ClauseFacts
{
    private const int Shortest = 6;
    private const int Longest = 32;

    /// <summary>A whole sentence of fewer characters leans on the one before.</summary>
    private const int ShortestTold = 10;

    /// <summary>A sentence up to this length is told whole: its clauses are more often than not only halves of what it says.</summary>
    private const int LongestSentence = 40;

    // English takes more letters than three for what one Chinese character says where a whole sentence is told
    private const int LongestEnglish = 54;

    /// <summary>Two clauses that share more than this say much the same.</summary>
    public const double MostAlike = 0.5;

    public static IEnumerable<Fact> Of(SourceText text, KeyPointOwners owners)
    {
        foreach (var series in text.Structure.AllSeries().Where(series => SeriesFacts.CanBeAsked(text, series)))
        {
            var clauses = series.Points.ToDictionary(point => point, point => (IReadOnlyList<Place>)[.. Whole(text, point).Where(clause => !IsOfInner(text, point, clause))]);
            var said = series.Points.ToDictionary(point => point, point => (IReadOnlyList<IReadOnlySet<string>>)[.. clauses[point].Append(point.Heading).Select(place => Bigrams.Of(text.At(place)))]);
            foreach (var point in series.Points)
            {
                var own = clauses[point].Where(clause => owners.Of(clause) is not null && !IsSaidElsewhere(Bigrams.Of(text.At(clause)), point, said))
                    .Select(clause => new ClauseFact(owners.Of(clause)!, clause, series, point, clause) { IsOpening = point.Body[0].Overlaps(clause) }).ToList();
                foreach (var fact in own) yield return fact;
                if (own.Count > 0) yield return new PointBodyFact(own[0].KeyPoint, own[0].Quote, series, point, own);
                // what no clause says alone can still be recalled whole
                else if (point.Body.Count > 0 && point.Inner.Count == 0 && owners.Of(point.Body[0]) is { } owner) yield return new PointBodyFact(owner, point.Body[0], series, point, own);
            }
        }
    }

    // 今年来了46个。: few words that call upon nobody lean on the sentence before
    private static bool IsElliptical(SourceText text, Place sentence, Place part) =>
        text.IsChinese && part == sentence && part.Length < ShortestTold && !Words.Demanding().IsMatch(text.At(part));

    private static bool StandsAlone(SourceText text, Place clause) => IsQuotable(text, clause, Longest) && !Words.Dependent().IsMatch(text.At(clause));

    /// <summary>Whether words can be quoted without what stands around them.</summary>
    private static bool IsQuotable(SourceText text, Place place, int longest)
    {
        var words = text.At(place);
        return words.Length >= Shortest * text.Scale && words.Length <= longest * text.Scale
            && !text.IsDoubtful(place)
            && (!text.IsChinese || words.Count(Normalizing.Letters.IsHan) * 2 > words.Length)
            && !Words.Pointing().IsMatch(words)
            && !Words.Broken().IsMatch(words) && !Words.Announcing().IsMatch(words)
            && !words.Contains("不仅", StringComparison.Ordinal) && !words.EndsWith("为什么", StringComparison.Ordinal)
            && words.Count(c => c is '“' or '”') % 2 == 0;
    }

    private static IEnumerable<Place> Whole(SourceText text, SeriesPoint point) =>
        point.Body.Where(sentence => !Words.Judging().IsMatch(text.At(sentence)) && !OthersViews.AreIn(text, sentence) && !OthersViews.OnlyAsks(text, sentence) && !Words.OfTalk().IsMatch(text.At(sentence)) && !Words.Address().IsMatch(text.At(sentence)))
            .SelectMany(sentence => text.BetweenMarkers(sentence).SelectMany(part => Told(text, sentence, part)))
            // that there are points is nothing that is said beside them
            .Where(clause => !point.Inner.Any(inner => inner.Lead is { } lead && lead.Overlaps(clause)));

    private static IEnumerable<Place> Told(SourceText text, Place sentence, Place part)
    {
        var clauses = Clauses.Of(text, Headline.Said(text, part));
        if (clauses.Count == 0 || IsElliptical(text, sentence, part)) yield break;
        var whole = clauses[0] with { End = clauses[^1].End };
        var longest = text.IsChinese ? LongestSentence : LongestEnglish;
        if (clauses.Count > 1 && whole.Length <= longest * text.Scale && !text.Voices.OthersIn(sentence).Any())
        {
            if (IsQuotable(text, whole, longest) && !Words.TiedToFormer().IsMatch(text.At(whole)) && !Words.Dependent().IsMatch(text.At(clauses[^1]))
                && !clauses.Any(clause => Words.Broken().IsMatch(text.At(clause)))) yield return Headline.WithoutDemand(text, whole);
            yield break;
        }

        // who calls upon others names them once; who tells of somebody says who it is at the start, and what comes later has no subject
        var demands = clauses.Any(clause => Words.Demanding().IsMatch(text.At(clause)));
        for (var i = 0; i < clauses.Count; i++)
        {
            var clause = clauses[i];
            if (!demands && (i > 0 || (text.IsChinese && clause.Length < ShortestTold))) break;
            var told = Headline.WithoutDemand(text, clause);
            // what someone else says, or what holds under a condition, stands with that or not at all
            if (text.Voices.OthersIn(sentence).Any(saying => saying.Holds(clause)) || Halves.Has(text, clauses, i) || Unfinished.EndOf(text, clauses, i) is not { } end) continue;
            if (end > i)
            {
                var joined = clause with { End = clauses[end].End };
                if (end == i + 1 && IsQuotable(text, joined, LongestSentence) && !Words.TiedToFormer().IsMatch(text.At(joined))) yield return Headline.WithoutDemand(text, joined);
                i = end;
                continue;
            }

            if (Qualified.Of(text, sentence, clause) is var qualified && qualified != clause)
            {
                if (Clauses.Of(text, qualified).Count == 2 && StandsAlone(text, qualified)) yield return qualified;
                continue;
            }

            // of a pair such as 不仅…，更要… the second half says less than the pair
            if (StandsAlone(text, told) && StandsAlone(text, clause) && !text.At(told).StartsWith('更')) yield return told;
        }
    }

    // a chapter is told by what its points are about; what is asked of a clause is its own point
    private static bool IsOfInner(SourceText text, SeriesPoint point, Place clause) =>
        point.Inner.Where(inner => SeriesFacts.CanBeAsked(text, inner)).SelectMany(inner => inner.Points).Any(inner => inner.Body.Append(inner.Heading).Any(clause.Overlaps));

    private static bool IsSaidElsewhere(IReadOnlySet<string> clause, SeriesPoint own, Dictionary<SeriesPoint, IReadOnlyList<IReadOnlySet<string>>> said) =>
        said.Any(point => point.Key != own && point.Value.Any(other => Bigrams.Jaccard(clause, other) > MostAlike))
        || Bigrams.Jaccard(clause, said[own][^1]) > MostAlike;
}
