using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Facts;

/// <summary>Which clause is said under which point.</summary>
internal static class ClauseFacts
{
    private const int Shortest = 6;
    private const int Longest = 32;

    /// <summary>Two clauses that share more than this say much the same.</summary>
    public const double MostAlike = 0.5;

    public static IEnumerable<Fact> Of(SourceText text, KeyPointOwners owners)
    {
        foreach (var series in text.Structure.AllSeries().Where(series => SeriesFacts.CanBeAsked(text, series)))
        {
            var clauses = series.Points.ToDictionary(point => point, point => (IReadOnlyList<Place>)[.. Whole(text, point)]);
            var topic = SeriesFacts.TopicOf(text, series);
            var said = series.Points.ToDictionary(point => point, point => (IReadOnlyList<IReadOnlySet<string>>)[.. clauses[point].Append(point.Heading).Select(place => Bigrams.Of(text.At(place)))]);
            foreach (var point in series.Points)
            {
                var own = clauses[point].Where(clause => owners.Of(clause) is not null && !IsSaidElsewhere(Bigrams.Of(text.At(clause)), point, said))
                    .Select(clause => new ClauseFact(owners.Of(clause)!, clause, series, point, clause)).ToList();
                foreach (var fact in own) yield return fact;
                if (own.Count > 0) yield return new PointBodyFact(own[0].KeyPoint, own[0].Quote, series, topic, point, own);
            }
        }
    }

    /// <summary>Whether a clause says something on its own and can be quoted without its neighbours.</summary>
    public static bool StandsAlone(SourceText text, Place clause)
    {
        var words = text.At(clause);
        return words.Length >= Shortest * text.Scale && words.Length <= Longest * text.Scale
            && !text.IsDoubtful(clause)
            && !Words.Dependent().IsMatch(words)
            && !Words.Pointing().IsMatch(words)
            && !Words.Broken().IsMatch(words)
            && !words.Contains("不仅", StringComparison.Ordinal)
            && words.Count(c => c is '“' or '”') % 2 == 0;
    }

    private static IEnumerable<Place> Whole(SourceText text, SeriesPoint point)
    {
        foreach (var sentence in point.Body.Where(sentence => !Words.Judging().IsMatch(text.At(sentence)) && !OthersViews.AreIn(text, sentence) && !OthersViews.OnlyAsks(text, sentence)))
            foreach (var clause in text.BetweenMarkers(sentence).SelectMany(part => Clauses.Of(text, Headline.Said(text, part))))
            {
                var told = Headline.WithoutDemand(text, clause);
                // what someone else says, or what holds under a condition, stands with that or not at all
                if (text.Voices.OthersIn(sentence).Any(saying => saying.Holds(clause))) continue;
                if (Qualified.Of(text, sentence, clause) is var whole && whole != clause)
                {
                    if (Clauses.Of(text, whole).Count == 2 && StandsAlone(text, whole)) yield return whole;
                    continue;
                }

                // of a pair such as 不仅…，更要… the second half says less than the pair
                if (StandsAlone(text, told) && StandsAlone(text, clause) && !text.At(told).StartsWith('更')) yield return told;
            }
    }

    private static bool IsSaidElsewhere(IReadOnlySet<string> clause, SeriesPoint own, Dictionary<SeriesPoint, IReadOnlyList<IReadOnlySet<string>>> said) =>
        said.Any(point => point.Key != own && point.Value.Any(other => Bigrams.Jaccard(clause, other) > MostAlike))
        || Bigrams.Jaccard(clause, said[own][^1]) > MostAlike;
}
