using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Items;

/// <summary>Questions on what sentences that are built alike say of different things.</summary>
internal static class ParallelItems
{
    private const int MostPairs = 5;

    public static Attempt Of(ItemContext context, ParallelFact fact)
    {
        var parts = fact.Parts.Take(MostPairs).ToList();
        var shared = context.At(fact.Shared).TrimEnd();
        return context.Candidate(fact, new Matching
        {
            Stem = context.Wording.MatchParallel(shared),
            Pairs = [.. parts.Select(part => new MatchPair(context.At(part.Left), context.At(part.Right)))],
            Explanation = context.Wording.ParallelIs(parts.Select(part => context.At(Whole(part)))),
            Evidence = [],
            Difficulty = parts.Count > 3 ? 3 : 2,
        }, "parallel", parts.Select(Whole));
    }

    public static IEnumerable<Attempt> Of(ItemContext context, ParallelPartFact fact)
    {
        var part = fact.Whole.Parts[fact.At];
        var (key, why) = (context.At(part.Right), context.Wording.TextReads(context.At(Whole(part))));
        var stem = context.Wording.LeftOut(context.At(part.Left with { End = part.Right.Start }).TrimEnd());
        var distractors = context.Pool.Parts(part.Right, fact.Whole.Parts.Select(other => other.Right), stem);
        yield return distractors.Count == 0
            ? Attempt.Not(fact, QuestionTypes.SingleChoice, UnwrittenReason.TooFewDistractors)
            : context.Candidate(fact, new SingleChoice
            {
                Stem = stem,
                Options = Choices.Of(key, why, distractors, distractor => context.Wording.TextReads(context.At(Whole(fact.Whole.Parts.First(other => other.Right == distractor.Place))))),
                Explanation = why,
                Evidence = [],
                Difficulty = 2,
            }, "part");
        yield return context.Candidate(fact, new Flashcard { Stem = stem, Back = key, Explanation = why, Evidence = [], Difficulty = 2 }, "part");
    }

    private static Place Whole((Place Left, Place Right) part) => part.Left with { End = part.Right.End };
}
