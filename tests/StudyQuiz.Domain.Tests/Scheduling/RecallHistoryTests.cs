using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.Domain.Tests.Scheduling;

/// <summary>Figures about the past, worked by hand.</summary>
public sealed class RecallHistoryTests
{
    private static readonly DateOnly _first = new(2026, 9, 1);
    private static readonly Scheduler _scheduler = new(SchedulingSettings.Default);
    private static readonly Fsrs _fsrs = new(FsrsWeights.Default);

    [Theory]
    // The examples of Wilson's interval that statistics programs print
    [InlineData(18, 20, 0.6990, 0.9721)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(20, 20, 0.8389, 1)]
    public void A_share_has_Wilsons_interval(int right, int of, double low, double high)
    {
        var share = new Share(right, of);
        Assert.Equal(low, share.Interval.Low, 4);
        Assert.Equal(high, share.Interval.High, 4);
        Assert.True(share.IsEnough);
    }

    [Fact]
    public void Fewer_than_twenty_answers_are_not_enough()
    {
        Assert.False(new Share(19, 19).IsEnough);
        Assert.Equal((0, (0, 1)), (default(Share).Value, default(Share).Interval));
    }

    [Fact]
    public void A_test_is_the_days_first_answer_to_a_card_that_came_back_after_days()
    {
        var tests = RecallHistory.Tests(
            [
                Row(0, Rating.Easy),          // met: nothing was predicted
                Row(8, Rating.Again),         // the first test
                Row(8, Rating.Good, 20),      // relearning, the same day
                Row(12, Rating.Good),         // the second
                Row(12, Rating.Good, 5),      // again on the same day
            ],
            _scheduler, _fsrs).ToList();
        Assert.Equal([(_first.AddDays(8), false), (_first.AddDays(12), true)], tests.Select(test => (test.Day, test.IsRight)));
        // S is 8.2956 after Easy, so that 8 days later recall is (1 + F·8/8.2956)^−0.1542, F = 0.9^(−1/0.1542) − 1
        var factor = Math.Pow(0.9, -1 / 0.1542) - 1;
        Assert.Equal(Math.Pow(1 + factor * 8 / 8.2956, -0.1542), tests[0].Predicted, 7);
    }

    [Fact]
    public void What_was_undone_was_no_test()
    {
        var wrong = Row(8, Rating.Again);
        var undo = Row(8, Rating.Again, 1) with { Kind = ReviewKind.Undone, Replaces = wrong.Id };
        Assert.Empty(RecallHistory.Tests([Row(0, Rating.Easy), wrong, undo], _scheduler, _fsrs));
    }

    [Fact]
    public void Retention_is_that_of_the_last_days_today_included()
    {
        RecallDay On(int day, int right, int of) => new(_first.AddDays(day), new Share(right, of));
        RecallDay[] history = [On(23, 0, 1), On(24, 1, 1), On(30, 1, 2), On(31, 1, 1)];
        Assert.Equal(new Share(2, 3), RecallHistory.Retention(history, _first.AddDays(30), 7));
        Assert.Equal(new Share(2, 4), RecallHistory.Retention(history, _first.AddDays(30), 30));
    }

    [Fact]
    public void Weeks_are_counted_back_from_today()
    {
        RecallDay On(int day, bool isRight) => new(_first.AddDays(day), new Share(isRight ? 1 : 0, 1));
        RecallDay[] history = [On(16, true), On(17, true), On(23, false), On(24, true), On(30, false), On(31, true)];
        Assert.Equal(
            [new WeekOfRecall(_first.AddDays(16), new Share(1, 1)), new(_first.AddDays(23), new Share(1, 2)), new(_first.AddDays(30), new Share(1, 2))],
            RecallHistory.ByWeek(history, _first.AddDays(30), 3));
    }

    [Fact]
    public void Calibration_holds_what_was_predicted_against_what_came_of_it()
    {
        RecallTest[] tests = [new(_first, 0.80, true), new(_first, 0.88, false), new(_first, 0.90, true), new(_first, 1, true)];
        var bins = RecallHistory.Calibration(tests, 10);
        Assert.Equal(10, bins.Count);
        Assert.Equal(0.84, bins[8].Predicted, 10);
        Assert.Equal(new Share(1, 2), bins[8].Recalled);
        Assert.Equal(0.95, bins[9].Predicted, 10);
        Assert.Equal(new Share(2, 2), bins[9].Recalled);
        Assert.Equal((0.05, new Share(0, 0)), (bins[0].Predicted, bins[0].Recalled));
    }

    [Fact]
    public void Log_loss_is_the_mean_surprise()
    {
        Assert.Equal(-(Math.Log(0.8) + Math.Log(0.1)) / 2, RecallHistory.LogLoss([new(_first, 0.8, true), new(_first, 0.9, false)])!.Value, 10);
        Assert.Equal(-Math.Log(1e-4), RecallHistory.LogLoss([new(_first, 1, false)])!.Value, 10);
        Assert.Null(RecallHistory.LogLoss([]));
    }

    private static LoggedReview Row(int day, Rating rating, int minute = 0)
    {
        var at = new DateTimeOffset(_first.AddDays(day).ToDateTime(new TimeOnly(8, minute)), TimeSpan.Zero);
        return new LoggedReview(new Guid(day, (short)minute, 0, new byte[8]), at, at, _first.AddDays(day), ReviewKind.Rated, rating);
    }
}
