using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Items;
using StudyQuiz.Generation.KeyPoints;

namespace StudyQuiz.Generation.Selecting;

/// <summary>
/// Leaves out, before the gates look at each of them, drafts of a long text that would not be chosen anyhow: as many are kept as a few times
/// what can be chosen, spread over the key points, the types and the ways of asking.
/// </summary>
internal static class Thinning
{
    /// <summary>So many drafts are kept for each question that can be chosen: gates refuse some, and balance needs a choice.</summary>
    private const int DraftsAQuestion = 3;

    /// <summary>So many drafts of a key point that must be asked about come before any other's.</summary>
    private const int Sure = 3;

    /// <summary>Those to look at, in their order.</summary>
    public static IReadOnlyList<Candidate> Of(IReadOnlyList<Candidate> candidates, IReadOnlyList<KeyPoint> keyPoints, int most)
    {
        var kept = DraftsAQuestion * (long)Math.Max(most, QuestionLimit.MostUnneeded);
        if (candidates.Count <= kept) return candidates;
        var asked = candidates.Select(candidate => candidate.Question.KeyPoint).ToHashSet(StringComparer.Ordinal);
        var weights = keyPoints.SelectMany(point => point.WithDescendants()).Select(point => (StandIn: Selector.StandIn(point, asked.Contains), point.Weight))
            .GroupBy(point => point.StandIn, StringComparer.Ordinal).ToDictionary(point => point.Key, point => point.Max(one => one.Weight), StringComparer.Ordinal);
        return [.. candidates.Index().GroupBy(draft => draft.Item.Question.KeyPoint, StringComparer.Ordinal)
            .SelectMany((point, at) => InTurn(point, at).Select((draft, turn) => (draft.Index, draft.Item, Turn: turn, Weight: weights[point.Key])))
            .OrderByDescending(draft => draft.Weight > 1 && draft.Turn < Sure)
            // the heavier a point, the more of the turns it gets, as in choosing
            .ThenBy(draft => draft.Turn * (4 - draft.Weight)).ThenByDescending(draft => draft.Weight).ThenBy(draft => draft.Index)
            .Take((int)kept).OrderBy(draft => draft.Index).Select(draft => draft.Item)];
    }

    // One of each kind, then a second of each; every point begins with another kind, lest a long text keep the first kind alone
    private static IEnumerable<(int Index, Candidate Item)> InTurn(IEnumerable<(int Index, Candidate Item)> drafts, int point)
    {
        var kinds = drafts.GroupBy(draft => (draft.Item.Type, draft.Item.Form, draft.Item.Question.Body is TrueFalse { Answer: false })).ToList();
        return kinds.SelectMany((kind, at) => kind.Select((draft, turn) => (draft, turn, place: (at + point) % kinds.Count)))
            .OrderBy(draft => draft.turn).ThenBy(draft => draft.place).Select(draft => draft.draft);
    }
}
