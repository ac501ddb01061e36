using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Items;

/// <summary>Questions on a whole series: its order, what belongs to each point, and all points to recall. None tells or asks how many there are.</summary>
internal static partial class SeriesItems
{
    private const int MostToOrder = 6;
    private const int MostPairs = 5;

    public static IEnumerable<Attempt> Of(ItemContext context, SeriesFact fact)
    {
        var topic = fact.IsOutline ? null : context.At(fact.Topic);
        var headings = fact.Series.Points.Select(point => point.Heading).ToList();
        yield return Order(context, fact, topic, headings);
        yield return Match(context, fact, topic);
        if (fact.IsOutline && IsSkeleton(context, fact.Series)) yield return Attempt.Not(fact, QuestionTypes.Flashcard, UnwrittenReason.Evident);
        else yield return context.Candidate(fact, new Flashcard
        {
            Stem = context.Wording.WhichPoints(topic),
            Back = context.Wording.Join(headings.Select(context.At)),
            Explanation = context.Wording.OrderIs(topic, headings.Select(context.At)),
            Evidence = [],
            Difficulty = headings.Count > 4 ? 3 : 2,
        }, "points", fact.Series.Points.Select(Proof));
    }

    private static Attempt Order(ItemContext context, SeriesFact fact, string? topic, List<Place> headings)
    {
        var items = headings.Take(MostToOrder).ToList();
        if (items.Count < 3) return Attempt.Not(fact, QuestionTypes.Ordering, UnwrittenReason.TooFewItems);
        if (IsSkeleton(context, fact.Series)) return Attempt.Not(fact, QuestionTypes.Ordering, UnwrittenReason.Evident);
        // 一是甲，二是乙，三是丙: three things side by side, in whatever order, unless words tell of steps
        if (fact.Series.Style is MarkerStyle.NumberIs && headings.Skip(1).Count(heading => Words.Step().IsMatch(context.At(heading))) * 2 < headings.Count - 1) return Attempt.Not(fact, QuestionTypes.Ordering, UnwrittenReason.Evident);
        // （一）小学每天安排…，…（二）…: rules side by side, each cut at its first comma, are no points that follow each other
        if (fact.Series.Style is MarkerStyle.NumberInBrackets or MarkerStyle.DigitInBrackets or MarkerStyle.Digit && headings.Count(heading => context.Text.Paragraphs[heading.Paragraph].Text.AsSpan(heading.End) is ['，', ..]) * 2 > headings.Count) return Attempt.Not(fact, QuestionTypes.Ordering, UnwrittenReason.Evident);
        return context.Candidate(fact, new Ordering
        {
            Stem = context.Wording.OrderPoints(topic),
            Items = [.. items.Select(context.At)],
            Explanation = context.Wording.OrderIs(topic, items.Select(context.At)),
            Evidence = [],
            Difficulty = items.Count > 4 ? 3 : 2,
        }, "points", fact.Series.Points.Take(items.Count).Select(Proof));
    }

    private static Attempt Match(ItemContext context, SeriesFact fact, string? topic)
    {
        var pairs = fact.Series.Points
            .Select(context.BodyOf)
            .OfType<PointBodyFact>().Where(body => body.Clauses.Count > 0).Select(body => (body.Point, Clause: ToJoin(context, body)))
            .DistinctBy(pair => context.At(pair.Clause.Clause), StringComparer.Ordinal).Take(MostPairs).ToList();
        if (pairs.Count < 3) return Attempt.Not(fact, QuestionTypes.Matching, UnwrittenReason.TooFewItems);
        // what has been reached, what is to be done, who answers for it: any clause would fit under any of them
        if (IsSkeleton(context, fact.Series)) return Attempt.Not(fact, QuestionTypes.Matching, UnwrittenReason.Evident);
        return context.Candidate(fact, new Matching
        {
            Stem = context.Wording.MatchPoints(topic),
            Pairs = [.. pairs.Select(pair => new MatchPair(context.At(pair.Point.Heading), context.At(pair.Clause.Clause)))],
            Explanation = context.Wording.MatchIs(topic),
            Evidence = [],
            Difficulty = pairs.Count > 3 ? 3 : 2,
        }, "clauses", pairs.SelectMany(pair => new[] { Proof(pair.Point), pair.Clause.Quote })) with
        { Asks = [.. pairs.Select(pair => pair.Clause.Clause)], IsOnOpening = pairs.Count(pair => pair.Clause.IsOpening) * 2 > pairs.Count };
    }

    // what repeats a word of its heading is joined to it without having read anything
    private static ClauseFact ToJoin(ItemContext context, PointBodyFact body) =>
        body.Clauses.OrderBy(clause => context.Echoes(clause)).ThenBy(clause => clause.IsOpening).ThenBy(clause => clause.Clause.Length > 22).ThenByDescending(clause => clause.Clause.Length <= 22 ? clause.Clause.Length : 0).First();

    /// <summary>Whether headings are those that any report has, 情况 before 问题 before 打算: their order nobody has to read.</summary>
    public static bool IsSkeleton(ItemContext context, Series series) => series.Points.Count(point => ReportPart().IsMatch(context.At(point.Heading))) * 4 >= series.Points.Count * 3 || IsDated(context, series) || IsRhetoric(context, series);

    // 2025年…, …, 2026年…: the years tell the order
    private static bool IsDated(ItemContext context, Series series) =>
        YearPattern().Match(context.At(series.Points[0].Heading)) is { Success: true } first && YearPattern().Match(context.At(series.Points[^1].Heading)) is { Success: true } last && series.Points.Count <= 3 && string.CompareOrdinal(first.Value, last.Value) < 0;

    // what has been reached comes first, and who answers for the rest last, in any speech of three parts
    private static bool IsRhetoric(ItemContext context, Series series) =>
        series.Points.Count <= 4 && Reached().IsMatch(context.At(series.Points[0].Heading)) && Answering().IsMatch(context.At(series.Points[^1].Heading));

    [GeneratedRegex(@"(?:情况|概况|回顾|总结|背景|成效|成绩|做法|(?<!点)问题|不足|困难|原因|体会|(?:主要|重点)工作|打算|计划|安排|展望|建议|结语|引言|小结)\z|\A(?:background|summary|results|problems|outlook|conclusion|introduction)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Timeout.Infinite)]
    private static partial Regex ReportPart();

    [GeneratedRegex("(?:19|20)[0-9]{2}(?=年)", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex YearPattern();

    [GeneratedRegex("成绩|成效|认识|回顾|差距|问题|现状|怎么看|为什么|重要性|紧迫感|必要性|责任感|使命感", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Reached();

    [GeneratedRegex("落到实处|落实|落地|责任|作风|保障|组织|谁来|怎么办|怎么干", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Answering();

    /// <summary>A point's number as reasons tell it; 0 for an article of a rule or a part under a heading, which are no 'points'.</summary>
    public static int NumberOf(Series series, SeriesPoint point) => series.Style is MarkerStyle.Article || series.Style.IsWithoutNumber() ? 0 : point.Number;

    public static Place Proof(SeriesPoint point) => new(point.Marker.Paragraph, point.Marker.Start, point.Heading.End);
}

/// <summary>Questions on where one point stands in its series.</summary>
internal static class PointItems
{
    public static IEnumerable<Attempt> Of(ItemContext context, PointFact fact)
    {
        var points = fact.Series.Points;
        var at = points.ToList().IndexOf(fact.Point);
        if (SeriesItems.IsSkeleton(context, fact.Series))
        {
            yield return Attempt.Not(fact, QuestionTypes.SingleChoice, UnwrittenReason.Evident);
            yield break;
        }

        yield return Choice(context, fact, at);
        yield return Ranked(context, fact, isTrue: true, at);
        yield return Ranked(context, fact, isTrue: false, (at + 1 + ItemContext.Pick(0, fact.Identity(context.Text), points.Count - 1)) % points.Count);
    }

    private static Attempt Choice(ItemContext context, PointFact fact, int at)
    {
        var points = fact.Series.Points;
        var topic = fact.IsOutline ? null : context.At(fact.Topic);
        var stem = at == 0 ? context.Wording.WhichFirst(topic) : context.Wording.WhichNext(topic, context.At(points[at - 1].Heading));
        var siblings = points.Where((_, i) => i != at && i != at - 1).Select(point => point.Heading);
        var distractors = context.Pool.Headings(fact.Point.Heading, siblings, stem, context.AlsoHeadings(fact.Point.Heading, fact.Point));
        if (distractors.Count == 0) return Attempt.Not(fact, QuestionTypes.SingleChoice, UnwrittenReason.TooFewDistractors);
        var key = context.At(fact.Point.Heading);
        var why = at == 0 ? context.Wording.PointIs(topic, 1, key) : context.Wording.NextIs(context.At(points[at - 1].Heading), key);
        return context.Candidate(fact, new SingleChoice
        {
            Stem = stem,
            Options = Choices.Of(key, why, distractors, distractor => points.FirstOrDefault(point => point.Heading == distractor.Place) is { } sibling
                ? context.Wording.PointIsAt(sibling.Number) : Choices.WhyNot(context, distractor)),
            Explanation = why,
            Evidence = [],
            Difficulty = Choices.Difficulty(key, distractors.Select(distractor => distractor.Text), stem.Length),
        }, "next", at == 0 ? [fact.Topic] : [SeriesItems.Proof(points[at - 1])]);
    }

    private static Candidate Ranked(ItemContext context, PointFact fact, bool isTrue, int told)
    {
        var topic = fact.IsOutline ? null : context.At(fact.Topic);
        var heading = context.At(fact.Point.Heading);
        return context.Candidate(fact, new TrueFalse
        {
            Stem = context.Wording.RankedAt(topic, heading, fact.Series.Points[told].Number),
            Answer = isTrue,
            Explanation = context.Wording.PointIs(topic, fact.Point.Number, heading),
            Evidence = [],
            Difficulty = 1,
        }, isTrue ? "rank true" : "rank false", fact.Topic);
    }
}
