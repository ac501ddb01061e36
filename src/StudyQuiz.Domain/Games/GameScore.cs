using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Games;

/// <summary>
/// What somebody's answers in a game are worth by what its quiz says of its questions: neither time nor streaks count, so that passing is the same
/// in every way of scoring.
/// </summary>
/// <param name="Earned">Points; one question of the least weight has one, so that in most games these are right answers.</param>
/// <param name="Full">What all is worth that the game had to ask, also where it ended before.</param>
/// <param name="PassMark">From how many on it is passed; null where nobody passes or fails.</param>
/// <param name="IsOfRights">Whether <paramref name="Earned"/> is a number of right answers: all questions weigh the same, and none of the answers is half right.</param>
public sealed record GameScore(decimal Earned, decimal Full, decimal? PassMark, bool IsOfRights)
{
    public bool IsPassed => PassMark is { } mark && Earned >= mark;

    /// <param name="asked">For each question that closed, its points and the verdict; one that was not reached is unanswered.</param>
    /// <param name="partialCredit">Whether half right answers count for half.</param>
    /// <param name="passShare">The share of all points from which on it is passed, above 0, at most 1.</param>
    public static GameScore Of(IReadOnlyList<(int Points, Verdict Verdict)> asked, bool partialCredit, decimal? passShare)
    {
        decimal unit = asked.Select(one => one.Points).DefaultIfEmpty(1).Min();
        var credits = asked.Select(one => (one.Points, Credit: one.Verdict.Outcome == Outcome.Partial && !partialCredit ? 0 : one.Verdict.Credit)).ToList();
        var full = asked.Sum(one => one.Points) / unit;
        return new GameScore(
            Math.Round(credits.Sum(one => one.Points * one.Credit) / unit, 2), Math.Round(full, 2), passShare is { } share && asked.Count > 0 ? Math.Round(share * full, 2) : null,
            credits.TrueForAll(one => one.Points == unit && one.Credit is 0 or 1));
    }
}
