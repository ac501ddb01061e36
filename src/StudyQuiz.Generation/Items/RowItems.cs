using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;
using StudyQuiz.Generation.Structuring;

namespace StudyQuiz.Generation.Items;

/// <summary>Who says, does or answers for what: to be joined, and to be chosen among those whom the text names.</summary>
internal static class RowItems
{
    private const int MostWrong = 3;
    private const int LongestLead = 30;

    public static Attempt Of(ItemContext context, RowFact fact) =>
        context.Candidate(fact, new Matching
        {
            Stem = context.Wording.MatchRow(fact.Kind, Lead(context, fact)),
            Pairs = [.. fact.Parts.Select(part => new MatchPair(context.At(part.Left), context.At(part.Right)))],
            Explanation = context.Wording.ParallelIs(fact.Parts.Select(part => context.At(fact.Kind == RowKind.Views ? part.Right : Whole(part)))),
            Evidence = [],
            Difficulty = fact.Parts.Count > 3 ? 3 : 2,
        }, "row", fact.Parts.SelectMany(part => new[] { part.Left, part.Right })) with
        { Asks = [.. fact.Parts.Select(part => part.Right)] };

    public static Attempt Of(ItemContext context, WhoFact fact)
    {
        var (key, what) = (context.At(fact.Name), context.At(fact.What));
        var wrong = fact.Others.Where(other => context.At(other).Length is var length && length <= 2 * key.Length && key.Length <= 2 * length).OrderBy(other => ItemContext.Pick(0, what + context.At(other), int.MaxValue))
            .DistinctBy(context.At).Take(MostWrong).Select(other => new Distractor(context.At(other), other)).ToList();
        if (wrong.Count < DistractorPool.Fewest || what.Contains(key, StringComparison.Ordinal)) return Attempt.Not(fact, QuestionTypes.SingleChoice, UnwrittenReason.TooFewDistractors);
        var why = context.Wording.WhoIs(key, what, fact.IsSaid);
        return context.Candidate(fact, new SingleChoice
        {
            Stem = context.Wording.Who(what, fact.IsSaid),
            Options = Choices.Of(key, why, wrong, distractor => context.Wording.NotHere(distractor.Place!.Paragraph + 1)),
            Explanation = why,
            Evidence = [],
            Difficulty = 2,
        }, "who", fact.Name, fact.What);
    }

    // what stands before the first of them in its sentence; of duties, the point that they stand under
    private static string? Lead(ItemContext context, RowFact fact)
    {
        if (fact.Kind == RowKind.Views) return null;
        if (fact.Kind == RowKind.Duties) return TermItems.About(context, fact.Quote);
        var paragraph = context.Text.Paragraphs[fact.Quote.Paragraph].Text;
        if (fact.Quote.Start == 0 || paragraph[fact.Quote.Start - 1] is not ('：' or '，')) return null;
        var start = paragraph.LastIndexOfAny(['。', '；', '！', '？'], fact.Quote.Start - 1) + 1;
        return fact.Quote.Start - 1 - start is > 3 and <= LongestLead ? paragraph[start..(fact.Quote.Start - 1)] : null;
    }

    private static Place Whole((Place Left, Place Right) part) => part.Left with { End = part.Right.End };
}
