using System.Runtime.InteropServices;

namespace StudyQuiz.Domain.Scheduling;

/// <summary>A card that came back after days, and whether it was recalled.</summary>
/// <param name="Predicted">The probability of recall just before the answer, 0 to 1.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RecallTest(DateOnly Day, double Predicted, bool IsRight);

/// <summary>What was predicted within some range, and what came of it.</summary>
/// <param name="From">The range's least probability.</param>
/// <param name="To">The range's greatest; it belongs to the next range, but for 1.</param>
/// <param name="Predicted">The mean of the predictions in it; the middle of the range where there are none.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CalibrationBin(double From, double To, double Predicted, Share Recalled);

/// <summary>What was recalled of what came back on a study day.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct RecallDay(DateOnly Day, Share Recalled);

/// <summary>What was recalled in the seven days up to one.</summary>
/// <param name="Ends">Its last day.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct WeekOfRecall(DateOnly Ends, Share Recalled);

/// <summary>How well recall was predicted: what a learner remembered against what the model expected.</summary>
public static class RecallHistory
{
    // A prediction of exactly 0 or 1 that fails would weigh without bound
    private const double Least = 1e-4;

    /// <summary>
    /// Whether an answer is the first of its day to a card that was in <see cref="CardPhase.Review"/>: later answers of the day, and the steps of
    /// minutes, test nothing but short-term memory.
    /// </summary>
    public static bool IsTest(FoldedReview step) => step.Before.Phase == CardPhase.Review && step.Before.LastDay < step.Review.Day;

    /// <summary>The tests of a card with what was predicted.</summary>
    /// <param name="log">All rows of one card.</param>
    /// <param name="seed">As of <see cref="ReviewLog.Fold"/>.</param>
    public static IEnumerable<RecallTest> Tests(IEnumerable<LoggedReview> log, Scheduler scheduler, Fsrs fsrs, long? seed = null) =>
        ReviewLog.Walk(log, scheduler, seed)
            .Where(IsTest)
            .Select(step => new RecallTest(step.Review.Day, Recall.On(step.Review.Day, step.Before, fsrs), step.Review.Rating != Rating.Again));

    /// <summary>The share recalled in the days up to today.</summary>
    /// <param name="days">Today included.</param>
    public static Share Retention(IEnumerable<RecallDay> history, DateOnly today, int days) =>
        Share.Sum(history.Where(one => one.Day <= today && one.Day > today.AddDays(-days)).Select(one => one.Recalled));

    /// <summary>The same by weeks of seven days, the last of which ends today; the earliest first.</summary>
    public static IReadOnlyList<WeekOfRecall> ByWeek(IEnumerable<RecallDay> history, DateOnly today, int weeks)
    {
        var byWeek = history.Where(one => one.Day <= today).ToLookup(one => (today.DayNumber - one.Day.DayNumber) / 7, one => one.Recalled);
        return [.. Enumerable.Range(0, weeks).Reverse().Select(ago => new WeekOfRecall(today.AddDays(-7 * ago), Share.Sum(byWeek[ago])))];
    }

    /// <summary>Ranges of equal width over 0 to 1, the least first.</summary>
    public static IReadOnlyList<CalibrationBin> Calibration(IEnumerable<RecallTest> tests, int bins)
    {
        var byBin = tests.ToLookup(test => Math.Min(bins - 1, (int)(test.Predicted * bins)));
        return
        [
            .. Enumerable.Range(0, bins).Select(i => new CalibrationBin(
                (double)i / bins, (double)(i + 1) / bins,
                byBin[i].Select(test => test.Predicted).DefaultIfEmpty((i + 0.5) / bins).Average(),
                Share.OfAnswers(byBin[i].Select(test => test.IsRight)))),
        ];
    }

    /// <summary>The mean of −ln(the probability that was given to what happened): 0 is perfect, 0.69 is what saying 50% always gets.</summary>
    /// <returns>Null of no tests.</returns>
    public static double? LogLoss(IReadOnlyCollection<RecallTest> tests) =>
        tests.Count == 0 ? null : tests.Average(test => -Math.Log(Math.Clamp(test.IsRight ? test.Predicted : 1 - test.Predicted, Least, 1 - Least)));
}
