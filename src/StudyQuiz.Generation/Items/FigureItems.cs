using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Facts;

namespace StudyQuiz.Generation.Items;

/// <summary>Questions on several numbers at once: each joined to what it counts, or told rightly among some that are changed.</summary>
internal static class FigureItems
{
    // Of three, one of them wrong, who ticks any two is right once in three times
    private const int FewestToJudge = 4;

    private const int MostWrong = 2;

    public static IEnumerable<Attempt> Of(ItemContext context, FiguresFact fact) => [fact.AreOfOneUnit ? Join(context, fact) : Judge(context, fact)];

    private static Candidate Join(ItemContext context, FiguresFact fact) =>
        context.Candidate(fact, new Matching
        {
            Stem = context.Wording.MatchFigures,
            Pairs = [.. fact.Figures.Select(figure => new MatchPair(context.At(Figures.Counted(context.Text, figure)!), context.At(Figures.WithUnit(figure))))],
            Explanation = context.Wording.ParallelIs(fact.Figures.Select(figure => context.At(figure.Clause))),
            Evidence = [],
            Difficulty = fact.Figures.Count > 3 ? 3 : 2,
        }, "figures", fact.Figures.Select(figure => figure.Clause)) with
        { Asks = [.. fact.Figures.Select(figure => figure.Answer)] };

    private static Attempt Judge(ItemContext context, FiguresFact fact)
    {
        var heading = fact.Heading is { } place ? context.At(place) : null;
        // which of them are told wrongly follows from the text, so that it is neither always the first nor always the last
        var turned = fact.Figures.Where(figure => !TermItems.IsFragment(context, figure.Clause)).OrderBy(figure => ItemContext.Pick(0, context.At(figure.Clause), int.MaxValue))
            .Select(figure => (Figure: figure, Other: context.Pool.Terms(figure.Answer, TermRole.Number, context.At(figure.Clause)) is [var first, ..] ? first : null)).ToList();
        var wrong = turned.Where(pair => pair.Other is not null).Take(Math.Min(MostWrong, turned.Count - 2)).ToList();
        var right = turned.Except(wrong).Select(pair => pair.Figure).ToList();
        if (wrong.Count == 0 || right.Count < 2 || wrong.Count + right.Count < FewestToJudge) return Attempt.Not(fact, QuestionTypes.MultipleChoice, UnwrittenReason.TooFewItems);
        return context.Candidate(fact, new MultipleChoice
        {
            Stem = context.Wording.WhichAgree(heading),
            Options =
            [
                .. right.Select(figure => new Option(context.At(figure.Clause), Correct: true, context.Wording.TextReads(context.At(figure.Clause)))),
                .. wrong.Select(pair => new Option(TermItems.Blanked(context, pair.Figure.Clause, pair.Figure.Answer, pair.Other!.Text), Correct: false, context.Wording.TextReads(context.At(pair.Figure.Clause)))),
            ],
            Explanation = context.Wording.ParallelIs(right.Select(figure => context.At(figure.Clause))),
            Evidence = [],
            Difficulty = turned.Count > 3 ? 3 : 2,
        }, "figures", fact.Figures.Select(figure => figure.Clause)) with
        { Asks = [.. turned.SelectMany(pair => context.NumbersIn(pair.Figure.Clause))] };
    }
}
