using CsCheck;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.Domain.Tests.Scheduling;

/// <summary>What the comparison with ts-fsrs doesn't show: answers of quizzes, fuzz, maximum, long steps.</summary>
public sealed class SchedulerTests
{
    private static readonly DateTimeOffset _at = new(2026, 11, 24, 8, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly _day = new(2026, 11, 24);

    [Fact]
    public void A_wrong_answer_in_a_quiz_is_due_on_the_next_study_day_without_steps()
    {
        var card = new Scheduler(SchedulingSettings.Default).Assess(Card.New, _at, _day, isRight: false);
        Assert.Equal((CardPhase.Review, 1, _day.AddDays(1), 0), (card.Phase, card.ScheduledDays, card.DueDay, card.Lapses));
    }

    [Fact]
    public void A_right_answer_in_a_quiz_takes_a_card_off_its_learning_steps()
    {
        var scheduler = new Scheduler(SchedulingSettings.Default);
        var learning = scheduler.Answer(Card.New, new Review(_at, _day, Rating.Again));
        Assert.Equal((CardPhase.Learning, _at.AddMinutes(1)), (learning.Phase, learning.Due));
        var card = scheduler.Assess(learning, _at.AddMinutes(5), _day, isRight: true);
        Assert.Equal((CardPhase.Review, 2), (card.Phase, card.Reviews));
        Assert.InRange(card.DueDay!.Value, _day.AddDays(1), _day.AddDays(30));
    }

    [Theory]
    [InlineData]
    [InlineData(1)]
    [InlineData(1, 10)]
    [InlineData(1, 10, 60, 1440)]
    public void A_new_card_is_asked_for_each_of_its_steps_on_its_first_day(params int[] minutes)
    {
        var scheduler = new Scheduler(SchedulingSettings.Default with { LearningSteps = [.. minutes.Select(step => TimeSpan.FromMinutes(step))] });
        var (card, answers) = (Card.New, 0);
        for (; card.DueDay is null || card.DueDay == _day; answers++) card = scheduler.Answer(card, new Review(_at, _day, Rating.Good));
        Assert.Equal(scheduler.AnswersToMeet, answers);
    }

    [Fact]
    public void A_lapse_in_a_quiz_counts_as_one()
    {
        var scheduler = new Scheduler(SchedulingSettings.Default);
        var known = scheduler.Answer(Card.New, new Review(_at, _day, Rating.Easy));
        var card = scheduler.Assess(known, _at.AddDays(8), _day.AddDays(8), isRight: false);
        Assert.Equal((CardPhase.Review, 1), (card.Phase, card.Lapses));
        Assert.True(card.Memory.Stability < known.Memory.Stability);
    }

    [Fact]
    public void A_step_of_days_leaves_the_steps_of_minutes_behind()
    {
        var scheduler = new Scheduler(new() { LearningSteps = [TimeSpan.FromMinutes(10), TimeSpan.FromDays(1)] });
        var card = scheduler.Answer(Card.New, new Review(_at, _day, Rating.Good));
        Assert.Equal((CardPhase.Review, 1, 0, _day.AddDays(1)), (card.Phase, card.ScheduledDays, card.Step, card.DueDay));
        Assert.Equal(CardPhase.Relearning, scheduler.Answer(card, new Review(_at.AddDays(1), _day.AddDays(1), Rating.Again)).Phase);
    }

    [Fact]
    public void A_changed_time_zone_that_sets_the_day_back_counts_as_the_same_day()
    {
        var scheduler = new Scheduler(SchedulingSettings.Default);
        var known = scheduler.Answer(Card.New, new Review(_at, _day, Rating.Easy));
        var card = scheduler.Answer(known, new Review(_at.AddHours(1), _day.AddDays(-1), Rating.Good));
        Assert.True(card.Memory.Stability >= known.Memory.Stability);
    }

    [Fact]
    public void Whatever_happens_intervals_stay_within_their_bounds_and_fuzz_within_its_range() =>
        Gen.Select(Gen.Int[1, 4].Select(Gen.Int[0, 400], Gen.Double[0, 0.999]).List[1, 30], Gen.Int[1, 400], Gen.Double[0.70, 0.97], Gen.Bool).Sample(
            (answers, maximum, retention, shortTerm) =>
            {
                var scheduler = new Scheduler(new() { MaximumInterval = maximum, DesiredRetention = retention, ShortTerm = shortTerm });
                var (card, day) = (Card.New, _day);
                foreach (var (rating, wait, fuzz) in answers)
                {
                    var review = new Review(_at.AddDays(day.DayNumber - _day.DayNumber), day, (Rating)rating);
                    var plain = scheduler.Answer(card, review);
                    var next = scheduler.Answer(card, review, fuzz);
                    Assert.InRange(next.ScheduledDays, next.Phase == CardPhase.Review ? 1 : 0, maximum);
                    Assert.Equal(day.AddDays(next.ScheduledDays), next.DueDay);
                    Assert.InRange(next.Memory.Stability, Fsrs.LeastStability, Fsrs.GreatestStability);
                    Assert.InRange(next.Memory.Difficulty, 1, 10);
                    Assert.Equal(plain.Memory, next.Memory);
                    if (plain.ScheduledDays >= 20) Assert.InRange(next.ScheduledDays, plain.ScheduledDays * 0.7 - 3, plain.ScheduledDays * 1.3 + 3);
                    (card, day) = (next, day.AddDays(wait));
                }
            });

    [Fact]
    public void Recall_is_ninety_percent_after_as_many_days_as_the_stability()
    {
        var fsrs = new Fsrs(FsrsWeights.Default);
        Assert.Equal(0.9, fsrs.Retrievability(7, 7), 7);
        Assert.Equal(1, fsrs.Retrievability(0, 7));
        Assert.Equal(7, fsrs.Interval(7, 0.9), 6);
    }

    [Theory]
    [InlineData("10m", 10)]
    [InlineData("2h", 120)]
    [InlineData("1d", 1440)]
    [InlineData("0m", null)]
    [InlineData("m", null)]
    [InlineData("", null)]
    [InlineData("-1m", null)]
    [InlineData("99999999999d", null)]
    [InlineData("2000000000d", null)]
    public void A_step_is_a_number_with_a_unit(string text, int? minutes) =>
        Assert.Equal(minutes is { } m ? TimeSpan.FromMinutes(m) : null, SchedulingSettings.Step(text));
}
