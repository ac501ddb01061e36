using System.Text.RegularExpressions;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Items;

/// <summary>Questions on the point under which one clause is said.</summary>
internal static class ClauseItems
{
    public static IEnumerable<Attempt> Of(ItemContext context, ClauseFact fact)
    {
        // what has been reached, what is to be done, who answers for it: under which of them a clause stands, nobody has to know
        if (SeriesItems.IsSkeleton(context, fact.Series))
        {
            yield return Attempt.Not(fact, QuestionTypes.SingleChoice, UnwrittenReason.Evident);
            yield break;
        }

        yield return WhichPoint(context, fact);
        yield return SaidUnder(context, fact, fact.Point);
        var others = fact.Series.Points.Where(point => point != fact.Point).ToList();
        yield return SaidUnder(context, fact, others[ItemContext.Pick(0, fact.Identity(context.Text), others.Count)]);
    }

    private static Attempt WhichPoint(ItemContext context, ClauseFact fact)
    {
        var stem = context.Wording.WhichPoint(context.At(fact.Clause));
        var siblings = fact.Series.Points.Where(point => point != fact.Point).Select(point => point.Heading);
        var distractors = context.Pool.Headings(fact.Point.Heading, siblings, stem, context.AlsoHeadings(fact.Clause, fact.Point));
        if (distractors.Count == 0) return Attempt.Not(fact, QuestionTypes.SingleChoice, UnwrittenReason.TooFewDistractors);
        var key = context.At(fact.Point.Heading);
        var why = context.Wording.ClauseIsAt(context.At(fact.Clause), key, SeriesItems.NumberOf(fact.Series, fact.Point));
        return context.Candidate(fact, new SingleChoice
        {
            Stem = stem,
            Options = Choices.Of(key, why, distractors, distractor => fact.Series.Points.FirstOrDefault(point => point.Heading == distractor.Place) is { } sibling
                ? context.Wording.PointIsAt(SeriesItems.NumberOf(fact.Series, sibling)) : Choices.WhyNot(context, distractor)),
            Explanation = why,
            Evidence = [],
            Difficulty = Choices.Difficulty(key, distractors.Select(distractor => distractor.Text), stem.Length),
        }, "which point", SeriesItems.Proof(fact.Point)) with
        { IsOnOpening = fact.IsOpening };
    }

    private static Candidate SaidUnder(ItemContext context, ClauseFact fact, SeriesPoint told) =>
        context.Candidate(fact, new TrueFalse
        {
            Stem = context.Wording.SaidUnder(context.At(told.Heading), context.At(fact.Clause)),
            Answer = told == fact.Point,
            Explanation = context.Wording.ClauseIsAt(context.At(fact.Clause), context.At(fact.Point.Heading), SeriesItems.NumberOf(fact.Series, fact.Point))
                + (told == fact.Point ? "" : context.Wording.ClauseIsNotAt(context.At(told.Heading))),
            Evidence = [],
            Difficulty = told == fact.Point ? 1 : 2,
        }, told == fact.Point ? "under true" : "under false", SeriesItems.Proof(fact.Point)) with
        { IsOnOpening = fact.IsOpening };
}

/// <summary>Questions on all that is said under one point.</summary>
internal static partial class PointBodyItems
{
    private const int MostRight = 3;
    private const int MostToRecall = 5;
    private const int ShortestRecalled = 10;
    private const int ShortestBody = 20;
    private const int MostRecalledWhole = 90;

    /// <summary>The share of what is said under a point, and of each of its sentences, that a card on all of it must show.</summary>
    private const double LeastRecalled = 0.85;

    public static IEnumerable<Attempt> Of(ItemContext context, PointBodyFact fact)
    {
        var others = fact.Series.Points.Where(point => point != fact.Point).Select(context.BodyOf).OfType<PointBodyFact>().SelectMany(body => body.Clauses)
            .DistinctBy(clause => clause.Clause).ToDictionary(clause => clause.Clause);
        var isSkeleton = SeriesItems.IsSkeleton(context, fact.Series);
        yield return isSkeleton ? Attempt.Not(fact, QuestionTypes.SingleChoice, UnwrittenReason.Evident) : WhichClause(context, fact, others);
        yield return isSkeleton ? Attempt.Not(fact, QuestionTypes.MultipleChoice, UnwrittenReason.Evident) : WhichClauses(context, fact, others);
        yield return Order(context, fact);
        yield return Recall(context, fact);
    }

    // A back with some of many clauses would be half an answer
    private static Attempt Recall(ItemContext context, PointBodyFact fact)
    {
        // 对工作满三年的青年: whom a sentence is about is no point
        if (IsCut(context, fact.Point) && Unfinished.Is(context.At(fact.Point.Heading), "")) return Attempt.Not(fact, QuestionTypes.Flashcard, UnwrittenReason.TooFewItems);
        // 必须同时使用两种标识，床号不能作为依据: another rule is not how to keep the first
        if (context.Text.IsChinese && RulePattern().IsMatch(context.At(fact.Point.Heading))) return Attempt.Not(fact, QuestionTypes.Flashcard, UnwrittenReason.OnlyByHeart);
        if (fact.Clauses.Count > MostToRecall) return Attempt.Not(fact, QuestionTypes.Flashcard, UnwrittenReason.TooManyItems);
        // nor would one that leaves out what the point mainly says
        if (fact.Point.Body.Sum(sentence => sentence.Length) <= MostRecalledWhole * context.Text.Scale && fact.Point.Body.Count <= MostToRecall && fact.Point.Body.All(sentence => IsWhole(context, sentence)))
            return RecallOf(context, fact, [.. fact.Point.Body.Select(sentence => sentence with { End = sentence.Start + context.At(sentence).TrimEnd('。', '；', '.', ';', ' ').Length })]);
        if (fact.Clauses.Count == 0 || !fact.Point.Body.All(sentence => fact.Clauses.Where(clause => sentence.Holds(clause.Clause)).Sum(clause => clause.Clause.Length) is var told && (told >= LeastRecalled * sentence.Length || (told == 0 && sentence.Length <= ShortestRecalled * context.Text.Scale)))) return Attempt.Not(fact, QuestionTypes.Flashcard, UnwrittenReason.TooFewItems);
        return RecallOf(context, fact, [.. fact.Clauses.Select(clause => clause.Clause)]);
    }

    // the heading is the first clause of a sentence, and what is said under it the rest
    private static bool IsCut(ItemContext context, SeriesPoint point) =>
        point.Body is [var first, ..] && first.Paragraph == point.Heading.Paragraph && context.Text.Paragraphs[first.Paragraph].Text.AsSpan(point.Heading.End) is ['，', ..];

    // what stands between can be told word for word, however long its sentences are
    private static bool IsWhole(ItemContext context, Place sentence) =>
        context.At(sentence) is var words && !context.Text.IsDoubtful(sentence) && !Words.Pointing().IsMatch(words) && !Words.TiedToFormer().IsMatch(words) && !Words.Broken().IsMatch(words.TrimEnd('。'))
        && words.Count(c => c is '“' or '”') % 2 == 0 && !OthersViews.AreIn(context.Text, sentence) && !OthersViews.OnlyAsks(context.Text, sentence) && !Words.OfTalk().IsMatch(words) && !context.Text.Voices.OthersIn(sentence).Any();

    private static Candidate RecallOf(ItemContext context, PointBodyFact fact, IReadOnlyList<Place> told)
    {
        var heading = context.At(fact.Point.Heading);
        var clauses = told.Select(context.At).ToList();
        return context.Candidate(fact, new Flashcard
        {
            Stem = IsCut(context, fact.Point) && fact.Point.Body.Sum(sentence => sentence.Length) < ShortestBody * context.Text.Scale
                ? context.Wording.RestOf(heading) : context.Wording.WhatUnder(heading, Wording.SpeaksOfSelf(string.Concat(clauses))),
            Back = context.Wording.Join(clauses),
            Explanation = context.Wording.ClausesAreAt(clauses, heading),
            Evidence = [],
            Difficulty = clauses.Count > 3 ? 3 : 2,
        }, "clauses", [SeriesItems.Proof(fact.Point), .. told]) with
        { Asks = told };
    }

    private static Attempt WhichClause(ItemContext context, PointBodyFact fact, Dictionary<Place, ClauseFact> others)
    {
        var heading = context.At(fact.Point.Heading);
        var stem = context.Wording.WhichClause(heading);
        foreach (var clause in fact.Clauses.OrderBy(clause => context.Echoes(clause)).ThenBy(clause => clause.IsOpening).ThenBy(clause => ItemContext.Pick(0, context.At(clause.Clause), int.MaxValue)))
        {
            var distractors = context.Pool.Clauses(clause.Clause, others.Keys, stem);
            if (distractors.Count == 0) continue;
            var key = context.At(clause.Clause);
            var why = context.Wording.ClauseIsAt(key, heading, SeriesItems.NumberOf(fact.Series, fact.Point));
            return context.Candidate(fact, new SingleChoice
            {
                Stem = stem,
                Options = Choices.Of(key, why, distractors, distractor => WhyNot(context, others[distractor.Place!], distractor)),
                Explanation = why,
                Evidence = [],
                Difficulty = Choices.Difficulty(key, distractors.Select(distractor => distractor.Text), stem.Length),
            }, "which clause", SeriesItems.Proof(fact.Point), clause.Quote) with
            { Asks = [clause.Clause], IsOnOpening = clause.IsOpening };
        }

        return Attempt.Not(fact, QuestionTypes.SingleChoice, UnwrittenReason.TooFewDistractors);
    }

    private static Attempt WhichClauses(ItemContext context, PointBodyFact fact, Dictionary<Place, ClauseFact> others)
    {
        if (fact.Clauses.Count < 2) return Attempt.Not(fact, QuestionTypes.MultipleChoice, UnwrittenReason.TooFewItems);
        var heading = context.At(fact.Point.Heading);
        var stem = context.Wording.WhichClauses(heading);
        // around the middle length, so that all options come out alike
        var middle = fact.Clauses.Select(clause => clause.Clause.Length).Order().ElementAt(fact.Clauses.Count / 2);
        var right = fact.Clauses.Where(clause => clause.Clause.Length * 1.4 >= middle && clause.Clause.Length <= middle * 1.4)
            .OrderBy(clause => context.Echoes(clause)).ThenBy(clause => clause.IsOpening).ThenBy(clause => Math.Abs(clause.Clause.Length - middle)).Take(MostRight).OrderBy(clause => clause.Clause.Paragraph).ThenBy(clause => clause.Clause.Start).ToList();
        if (right.Count < 2) return Attempt.Not(fact, QuestionTypes.MultipleChoice, UnwrittenReason.TooFewItems);
        var wrong = context.Pool.Clauses(right.MaxBy(clause => clause.Clause.Length)!.Clause, others.Keys, stem)
            .Where(distractor => right.All(clause => Fits(distractor.Text, context.At(clause.Clause)))).Take(2).ToList();
        if (wrong.Count == 0) return Attempt.Not(fact, QuestionTypes.MultipleChoice, UnwrittenReason.TooFewDistractors);
        return context.Candidate(fact, new MultipleChoice
        {
            Stem = stem,
            Options =
            [
                .. right.Select(clause => new Option(context.At(clause.Clause), Correct: true, context.Wording.ClauseIsAt(context.At(clause.Clause), heading, SeriesItems.NumberOf(fact.Series, fact.Point)))),
                .. wrong.Select(distractor => new Option(distractor.Text, Correct: false, WhyNot(context, others[distractor.Place!], distractor))),
            ],
            Explanation = context.Wording.ClausesAreAt(right.Select(clause => context.At(clause.Clause)), heading),
            Evidence = [],
            Difficulty = right.Count > 2 ? 3 : 2,
        }, "which clauses", [SeriesItems.Proof(fact.Point), .. right.Select(clause => clause.Quote)]) with
        { Asks = [.. right.Select(clause => clause.Clause)], IsOnOpening = right.TrueForAll(clause => clause.IsOpening) };
    }

    private static Attempt Order(ItemContext context, PointBodyFact fact)
    {
        // one clause a sentence: the order of sentences is the text's, that of clauses within one often only habit
        var items = fact.Clauses.GroupBy(clause => fact.Point.Body.FirstOrDefault(sentence => sentence.Holds(clause.Clause))).Select(sentence => sentence.First()).Where(clause => clause.Clause.Length <= 36).Take(4).ToList();
        // of a point with points of its own, their headings and what is said under each would be put in one row; and where no word tells of steps, the order of sentences means nothing
        if (items.Count < 3 || fact.Point.Inner.Count > 0 || items.Skip(1).Count(clause => Words.Step().IsMatch(context.At(clause.Clause))) * 2 < items.Count - 1) return Attempt.Not(fact, QuestionTypes.Ordering, UnwrittenReason.TooFewItems);
        var heading = context.At(fact.Point.Heading);
        return context.Candidate(fact, new Ordering
        {
            Stem = context.Wording.OrderClauses(heading),
            Items = [.. items.Select(clause => context.At(clause.Clause))],
            Explanation = context.Wording.ClausesAreAt(items.Select(clause => context.At(clause.Clause)), heading),
            Evidence = [],
            Difficulty = 3,
        }, "clauses", [SeriesItems.Proof(fact.Point), .. items.Select(clause => clause.Quote)]);
    }

    private static bool Fits(string a, string b) => Math.Max(a.Length, b.Length) <= 2 * Math.Min(a.Length, b.Length);

    private static string WhyNot(ItemContext context, ClauseFact owner, Distractor distractor) =>
        context.Wording.ClauseIsAt(distractor.Text, context.At(owner.Point.Heading), SeriesItems.NumberOf(owner.Series, owner.Point));

    [GeneratedRegex("只限|仅限|只能|只准|必须|不得|一律|严禁", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex RulePattern();
}
