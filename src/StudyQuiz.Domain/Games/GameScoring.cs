using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Games;

/// <summary>How many points an answer earns. With P the points of its round, c its credit (1, for half of a 多选 0.5), t its time and T the round's:</summary>
/// <remarks>
/// <list type="bullet">
/// <item>accuracy: P·c</item>
/// <item>speed: P·c·(1 − t/T/2)</item>
/// <item>rank: P·c·max(50%, 100% − 5%·(n − 1)) for the n-th fastest of those that earn any; equal times share a place</item>
/// <item>streak bonus: P·10% for each right answer in a row before this one, at most 50%</item>
/// <item>penalty: a wrong answer, not a missing one, costs P·25%, and no total falls below 0</item>
/// </list>
/// Each sum is rounded once, halves away from zero.
/// </remarks>
public static class GameScoring
{
    /// <summary>Points of a round whose quiz does not say otherwise.</summary>
    public const int UsualPoints = 100;

    private const decimal LeastByRank = 0.5m;
    private const decimal StepByRank = 0.05m;
    private const decimal StreakStep = 0.1m;
    private const int StreakSteps = 5;
    private const decimal WrongCosts = 0.25m;

    /// <summary>The part of its points that a verdict earns before time is looked at.</summary>
    public static decimal Credit(GameOptions options, Verdict verdict) =>
        verdict.Outcome == Outcome.Partial && !options.PartialCredit ? 0 : verdict.Credit;

    /// <param name="points">Of the round.</param>
    /// <param name="timeShare">t/T, 0 to 1.</param>
    /// <param name="place">Counts from 1 among those that earn credit; of no meaning for others.</param>
    /// <param name="streak">Right answers in a row, this one included.</param>
    public static int Gain(GameOptions options, int points, Verdict verdict, decimal timeShare, int place, int streak)
    {
        if (verdict.Outcome == Outcome.Wrong) return options.Penalty ? Rounded(-points * WrongCosts) : 0;
        var kept = options.Scoring switch
        {
            ScoringMode.Accuracy => 1m,
            ScoringMode.Speed => 1 - (timeShare / 2),
            ScoringMode.Rank => Math.Max(LeastByRank, 1 - (StepByRank * (place - 1))),
            _ => throw new ArgumentOutOfRangeException(nameof(options), options.Scoring, "Not a way of scoring."),
        };
        var bonus = options.StreakBonus && verdict.Outcome == Outcome.Right ? StreakStep * Math.Min(streak - 1, StreakSteps) : 0m;
        return Rounded(points * ((Credit(options, verdict) * kept) + bonus));
    }

    private static int Rounded(decimal points) => (int)Math.Round(points, MidpointRounding.AwayFromZero);
}
