using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Gates;
using StudyQuiz.Generation.Items;
using StudyQuiz.Generation.KeyPoints;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation;

/// <summary>Sums up a generation.</summary>
internal static class Reporting
{
    public static GenerationReport Report(
        SourceText text, IReadOnlyList<KeyPoint> keyPoints, IReadOnlyList<Fact> facts, IReadOnlyList<Candidate> written, IReadOnlyList<Unwritten> unwritten,
        IReadOnlyList<Candidate> passed, IReadOnlyList<Candidate> chosen, IReadOnlyList<DroppedQuestion> dropped, BankFile bank) => new(
            text.Paragraphs.Sum(paragraph => paragraph.Text.Length),
            text.Clean.Language,
            text.Clean.Repairs,
            text.Clean.Doubts,
            [.. text.Structure.Series.SelectMany(series => Lines(text, series, 0))],
            [.. facts.GroupBy(Kind, StringComparer.Ordinal).Select(kind => new FactCount(kind.Key, kind.Count()))],
            [.. QuestionTypes.All.Select(type => new TypeCount(type, CountOf(written, type), CountOf(passed, type), CountOf(chosen, type)))],
            Coverage(bank),
            dropped,
            Shortfalls(text, facts, written, unwritten, chosen, dropped),
            BankGates.Check(bank))
        {
            Unasked = Unasked(text, facts),
        };

    private static IReadOnlyList<UnaskedSentence> Unasked(SourceText text, IReadOnlyList<Fact> facts)
    {
        var quoted = facts.Select(fact => fact.Quote).ToLookup(quote => quote.Paragraph);
        return [.. text.Structure.Sentences.Select(sentence => sentence.Place)
            .Where(place => !text.Paragraphs[place.Paragraph].IsHeading && !quoted[place.Paragraph].Any(place.Overlaps))
            .Select(place => new UnaskedSentence(text.Paragraphs[place.Paragraph].Id, text.At(place), WhyUnasked(text, place)))];
    }

    private static UnaskedReason WhyUnasked(SourceText text, Place sentence) =>
        text.IsDoubtful(sentence) ? UnaskedReason.Doubtful
        : OthersViews.AreIn(text, sentence) || OthersViews.OnlyAsks(text, sentence) ? UnaskedReason.NotAffirmed
        : Words.IsGreeting(text.At(sentence)) ? UnaskedReason.Greeting
        : Words.Pointing().IsMatch(text.At(sentence)) ? UnaskedReason.PointsElsewhere
        : UnaskedReason.NothingToPart;

    private static int CountOf(IReadOnlyList<Candidate> candidates, string type) => candidates.Count(candidate => candidate.Type == type);

    private static string Kind(Fact fact) => fact switch
    {
        SeriesFact => "series",
        PointFact => "point",
        PointBodyFact => "body",
        ClauseFact => "clause",
        ListFact => "list",
        TermFact => "term",
        JudgementFact => "judgement",
        ThesisFact => "thesis",
        DemandFact => "demand",
        FiguresFact => "figures",
        RowFact => "row",
        WhoFact => "who",
        _ => "ending",
    };

    private static IEnumerable<SeriesLine> Lines(SourceText text, Series series, int depth)
    {
        yield return new SeriesLine(depth, 0, series.Lead is null ? "" : text.At(series.Lead), !series.Closed);
        foreach (var point in series.Points)
        {
            yield return new SeriesLine(depth + 1, point.Number, text.At(point.Heading), IsOpen: false);
            foreach (var line in point.Inner.SelectMany(inner => Lines(text, inner, depth + 2))) yield return line;
        }
    }

    private static IReadOnlyList<KeyPointCoverage> Coverage(BankFile bank)
    {
        var counts = bank.Questions.GroupBy(question => question.KeyPoint, StringComparer.Ordinal).ToDictionary(point => point.Key, point => point.Count(), StringComparer.Ordinal);
        return [.. bank.AllKeyPoints().Select(point => new KeyPointCoverage(point.Id, point.Heading, point.Weight, point.WithDescendants().Sum(below => counts.GetValueOrDefault(below.Id))))];
    }

    private static IReadOnlyList<Shortfall> Shortfalls(
        SourceText text, IReadOnlyList<Fact> facts, IReadOnlyList<Candidate> written, IReadOnlyList<Unwritten> unwritten, IReadOnlyList<Candidate> chosen, IReadOnlyList<DroppedQuestion> dropped)
    {
        var asked = chosen.Select(candidate => candidate.FactId).ToHashSet(StringComparer.Ordinal);
        // what several figures are asked together for, is asked of each
        asked.UnionWith(chosen.Where(candidate => candidate.Fact is FiguresFact).SelectMany(candidate => ((FiguresFact)candidate.Fact).Figures.Where(figure => candidate.Asks.Contains(figure.Answer))).Select(figure => figure.Identity(text)));
        var refused = dropped.Select(question => question.Id).ToHashSet(StringComparer.Ordinal);
        var byFact = written.ToLookup(candidate => candidate.FactId, StringComparer.Ordinal);
        var reasons = unwritten.ToLookup(item => item.Fact.Identity(text), item => item.Reason, StringComparer.Ordinal);
        return [.. facts.Where(fact => fact is not FiguresFact).Select(fact => (Fact: fact, Id: fact.Identity(text))).Where(pair => !asked.Contains(pair.Id)).DistinctBy(pair => pair.Id, StringComparer.Ordinal)
            .Select(pair => new Shortfall(pair.Fact.KeyPoint.Id, text.At(pair.Fact.Quote), Reason([.. byFact[pair.Id]], refused, reasons[pair.Id])))];
    }

    private static ShortfallReason Reason(List<Candidate> written, HashSet<string> refused, IEnumerable<UnwrittenReason> reasons) =>
        written.Exists(candidate => !refused.Contains(candidate.Question.Id)) ? ShortfallReason.NotChosen
        : written.Count > 0 ? ShortfallReason.RefusedByGates
        : reasons.Contains(UnwrittenReason.TooFewDistractors) ? ShortfallReason.TooFewDistractors
        : reasons.Contains(UnwrittenReason.OnlyByHeart) ? ShortfallReason.OnlyByHeart
        : ShortfallReason.TooFewItems;
}
