using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.Domain.Tests.Scheduling;

/// <summary>Catching up, and the days that follow.</summary>
public sealed class StudyPlanTests
{
    private static readonly DateOnly _today = new(2026, 11, 24);
    private static readonly Fsrs _fsrs = new(FsrsWeights.Default);

    [Fact]
    public void Overdue_cards_are_spread_evenly_and_those_that_lose_most_come_first()
    {
        var cards = Enumerable.Range(1, 30).Select(i => Overdue(i, stability: i)).ToList();
        var plan = StudyPlan.CatchUp(cards, _today, 6, _fsrs);
        Assert.Equal(Enumerable.Range(0, 6).Select(i => (_today.AddDays(i), 5)), plan.Values.GroupBy(day => day).Select(day => (day.Key, day.Count())).OrderBy(day => day.Key));
        var loss = cards.ToDictionary(card => card.Id, card => Recall.LossByWaiting(card.Card, _today, _fsrs));
        var inOrder = plan.OrderBy(one => one.Value).ThenByDescending(one => loss[one.Key]).Select(one => loss[one.Key]).ToList();
        Assert.Equal(inOrder.OrderDescending(), inOrder);
    }

    [Fact]
    public void A_plan_again_is_the_same_plan()
    {
        var cards = Enumerable.Range(1, 30).Select(i => Overdue(i, stability: i)).ToList();
        var plan = StudyPlan.CatchUp(cards, _today, 10, _fsrs);
        var planned = cards.ConvertAll(card => card with { PlannedDay = plan[card.Id] });
        Assert.Equal(plan.OrderBy(one => one.Key), StudyPlan.CatchUp(planned, _today, 10, _fsrs).OrderBy(one => one.Key));
        Assert.DoesNotContain(planned, card => StudyPlan.IsOverdue(card, _today));
    }

    [Theory]
    [InlineData(101, 0, true)]
    [InlineData(100, 1, false)]
    [InlineData(20, 3, true)]
    [InlineData(19, 9, false)]
    [InlineData(20, 2, false)]
    public void It_is_offered_when_a_day_cannot_take_it_or_after_an_absence(int overdue, int daysAway, bool isOffered) =>
        Assert.Equal(isOffered, StudyPlan.IsWorthwhile(Enumerable.Range(1, overdue).Select(i => Overdue(i, 10)), _today, new DeckLimits(), _today.AddDays(-daysAway)));

    [Fact]
    public void What_is_kept_until_an_exam_is_remembered_better_than_what_is_left()
    {
        var exam = _today.AddDays(24);
        var scheduler = new Scheduler(SchedulingSettings.Default with { ExamDay = exam });
        var card = Overdue(1, 10);
        var kept = StudyPlan.Kept(card, _today, exam, scheduler);
        Assert.True(kept.Reviews > card.Card.Reviews && kept.DueDay <= exam);
        Assert.True(Recall.On(exam, kept, _fsrs) > Recall.On(exam, card.Card, _fsrs));
        Assert.Same(card.Card, StudyPlan.Kept(card, _today, _today, scheduler));
    }

    [Fact]
    public void A_card_left_on_its_step_days_ago_comes_today_and_is_no_part_of_catching_up()
    {
        var left = Overdue(1, 10);
        var cards = new[] { left with { Card = left.Card with { Phase = CardPhase.Relearning } }, Overdue(2, 10) };
        var today = StudyPlan.Forecast(cards, 0, _today, 1, new Scheduler(SchedulingSettings.Default), new DeckLimits())[0];
        Assert.Equal((1, 1), (today.Due, today.CatchUp));
    }

    [Theory]
    [InlineData(0, null, null, null, PauseReason.None)]
    [InlineData(0, 3, null, null, PauseReason.CatchUp)]
    [InlineData(3, 3, null, null, PauseReason.CatchUp)]
    [InlineData(4, 3, null, null, PauseReason.None)]
    [InlineData(0, null, 7, null, PauseReason.None)]
    [InlineData(0, null, 6, null, PauseReason.Exam)]
    [InlineData(6, null, 6, null, PauseReason.Exam)]
    [InlineData(7, null, 6, null, PauseReason.None)]
    [InlineData(2, 3, 6, 6, PauseReason.None)]
    [InlineData(7, 8, 6, 6, PauseReason.CatchUp)]
    public void New_cards_wait_while_a_plan_runs_and_before_an_exam_unless_that_is_lifted(int day, int? plannedUntil, int? exam, int? liftedUntil, PauseReason reason)
    {
        DateOnly? On(int? after) => after is { } days ? _today.AddDays(days) : null;
        Assert.Equal(reason, new NewCardPause(On(plannedUntil), On(exam), On(liftedUntil)).On(_today.AddDays(day)));
    }

    [Fact]
    public void A_pause_that_leads_into_another_ends_with_it()
    {
        Assert.Equal(_today.AddDays(8), new NewCardPause(_today.AddDays(2), _today.AddDays(8)).LastDay(_today));
        Assert.Equal(_today.AddDays(1), new NewCardPause(_today.AddDays(1), _today.AddDays(20)).LastDay(_today));
        Assert.Equal(_today.AddDays(-1), NewCardPause.None.LastDay(_today));
    }

    [Fact]
    public void The_days_to_come_have_no_new_cards_where_they_wait()
    {
        var limits = new DeckLimits { NewPerDay = 3, Pause = new NewCardPause(_today.AddDays(1), _today.AddDays(10)) };
        var days = StudyPlan.Forecast([], 100, _today, 12, new Scheduler(SchedulingSettings.Default), limits);
        Assert.Equal([0, 0, 3, 3, 0, 0, 0, 0, 0, 0, 0, 3], days.Select(day => day.New));
    }

    private static DeckCard Overdue(long id, double stability) => new(id, new Card
    {
        Phase = CardPhase.Review,
        Memory = new Memory(stability, 5),
        LastDay = _today.AddDays(-20),
        LastReviewAt = new DateTimeOffset(_today.AddDays(-20).ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero),
        FirstDay = _today.AddDays(-20),
        DueDay = _today.AddDays(-9),
        Reviews = 1,
    });
}
