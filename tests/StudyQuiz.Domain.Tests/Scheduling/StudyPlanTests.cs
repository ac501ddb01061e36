using CsCheck;
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
        var plan = Spread(cards, 6).Days;
        Assert.Equal(Enumerable.Range(0, 6).Select(i => (_today.AddDays(i), 5)), plan.Values.GroupBy(day => day).Select(day => (day.Key, day.Count())).OrderBy(day => day.Key));
        var loss = cards.ToDictionary(card => card.Id, card => Recall.LossByWaiting(card.Card, _today, _fsrs));
        var inOrder = plan.OrderBy(one => one.Value).ThenByDescending(one => loss[one.Key]).Select(one => loss[one.Key]).ToList();
        Assert.Equal(inOrder.OrderDescending(), inOrder);
    }

    [Fact]
    public void A_plan_again_is_the_same_plan()
    {
        var cards = Enumerable.Range(1, 30).Select(i => Overdue(i, stability: i)).ToList();
        var plan = Spread(cards, 10).Days;
        var planned = cards.ConvertAll(card => card with { PlannedDay = plan[card.Id] });
        Assert.Equal(plan.OrderBy(one => one.Key), Spread(planned, 10).Days.OrderBy(one => one.Key));
        Assert.DoesNotContain(planned, card => StudyPlan.IsOverdue(card, _today));
    }

    [Theory]
    [InlineData(10, 0, 0)]
    [InlineData(10, 4, 0)]
    [InlineData(10, 10, 0)]
    [InlineData(25, 0, 4)]
    [InlineData(200, 0, 0)]
    public void The_days_limit_holds_while_catching_up_and_the_plan_says_how_long_that_takes(int limit, int reviewsToday, int dueADay)
    {
        var limits = new DeckLimits { ReviewsPerDay = limit };
        List<DeckCard> cards = [.. Enumerable.Range(1, 163).Select(i => Overdue(i, stability: i)), .. Enumerable.Range(0, 12 * dueADay).Select(i => Due(1000 + i, _today.AddDays(i / Math.Max(1, dueADay))))];
        var plan = Spread(cards, 6, limits, reviewsToday);
        Assert.Equal((163, 0), (plan.Days.Count, plan.Unfit));
        var perDay = plan.Days.Values.CountBy(day => day).ToDictionary();
        Assert.Equal(perDay.Values.Max(), plan.MostADay);

        // What the picture of the days to come draws is this plan, and nothing waits
        var last = plan.Days.Values.Max();
        Assert.Equal(limit == 200, last == _today.AddDays(5));
        var planned = Recall.ByLoss(cards.Select(card => plan.Days.TryGetValue(card.Id, out var day) ? card with { PlannedDay = day } : card), _today, _fsrs);
        var days = StudyPlan.Forecast(planned, 0, _today, last.DayNumber - _today.DayNumber + 2, new Scheduler(SchedulingSettings.Default), limits, reviewsToday: reviewsToday);
        Assert.Equal(days.Select(day => perDay.GetValueOrDefault(day.Day)), days.Select(day => day.CatchUp));
        Assert.All(days.Skip(1), day => Assert.InRange(day.Due + day.CatchUp, 0, limit));
        Assert.InRange(days[0].Due + days[0].CatchUp, 0, limit - reviewsToday);
    }

    [Fact]
    public void A_plan_is_what_the_picture_draws_and_what_the_days_do_however_full_they_are() =>
        Gen.Select(Gen.Double[1, 300].List[1, 40], Gen.Int[0, 12].List[0, 60], Gen.Int[1, 12], Gen.Int[0, 12], Gen.Int[1, 14]).Sample(
            (overdue, due, limit, today, chosen) =>
            {
                var (limits, reviewsToday, scheduler) = (new DeckLimits { ReviewsPerDay = limit }, Math.Min(today, limit), new Scheduler(SchedulingSettings.Default));
                List<DeckCard> cards = [.. overdue.Select((stability, i) => Overdue(1 + i, stability)), .. due.Select((day, i) => Due(1000 + i, _today.AddDays(day)))];
                var plan = Spread(cards, chosen, limits, reviewsToday);
                Assert.Equal(0, plan.Unfit);
                var planned = cards.ConvertAll(card => plan.Days.TryGetValue(card.Id, out var on) ? card with { PlannedDay = on } : card);
                var days = plan.Days.Values.Max().DayNumber - _today.DayNumber + 2;
                var drawn = StudyPlan.Forecast(Recall.ByLoss(planned, _today, _fsrs), 0, _today, days, scheduler, limits, reviewsToday: reviewsToday);
                Assert.Equal(drawn.Select(day => plan.Days.Values.Count(on => on == day.Day)), drawn.Select(day => day.CatchUp));

                // Day by day, as a learner does them
                for (var i = 0; i < days; i++)
                {
                    var on = _today.AddDays(i);
                    var reviews = StudyDay.Of(planned, on, _fsrs, limits, reviewsToday: i == 0 ? reviewsToday : 0).Reviews.ToDictionary(card => card.Id);
                    Assert.Equal(plan.Days.Where(one => one.Value == on).Select(one => one.Key).Order(), reviews.Values.Where(card => card.PlannedDay is not null).Select(card => card.Id).Order());
                    planned = planned.ConvertAll(card => reviews.ContainsKey(card.Id) ? new DeckCard(card.Id, scheduler.Assess(card.Card, At(on), on, isRight: true)) : card);
                }
            },
            iter: 200);

    [Fact]
    public void A_deck_whose_days_are_full_still_catches_up()
    {
        List<DeckCard> cards = [.. Enumerable.Range(1, 9).Select(i => Overdue(i, stability: i)), .. Enumerable.Range(0, 400).Select(i => Due(1000 + i, _today.AddDays(i / 20)))];
        var plan = Spread(cards, 6, new DeckLimits { ReviewsPerDay = 3 });
        Assert.Equal(Enumerable.Repeat(1, 9), plan.Days.Values.CountBy(day => day).Select(day => day.Value));
    }

    [Fact]
    public void What_finds_no_room_before_an_exam_is_told()
    {
        var plan = Spread([.. Enumerable.Range(1, 50).Select(i => Overdue(i, stability: 100 + i))], 6, new DeckLimits { ReviewsPerDay = 10 }, until: _today.AddDays(2));
        Assert.Equal((20, 10, 50), (plan.Unfit, plan.MostADay, plan.Days.Count));
        Assert.Equal([10, 10, 30], plan.Days.Values.CountBy(day => day).OrderBy(day => day.Key).Select(day => day.Value));
    }

    [Fact]
    public void What_today_has_had_takes_room_in_the_days_to_come_and_steps_take_none()
    {
        var step = Due(1, _today) with { Card = Due(1, _today).Card with { Phase = CardPhase.Learning } };
        List<DeckCard> cards = [step, .. Enumerable.Range(2, 9).Select(i => Due(i, _today))];
        var days = StudyPlan.Forecast(cards, 0, _today, 4, new Scheduler(SchedulingSettings.Default), new DeckLimits { ReviewsPerDay = 4 }, reviewsToday: 3);
        Assert.Equal([2, 4, 4, 0], days.Select(day => day.Due));
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
        var card = Overdue(1, 10);
        var kept = Kept([card], exam, new DeckLimits())[1];
        Assert.True(kept.Card.Reviews > card.Card.Reviews && kept.Card.DueDay <= exam && !kept.IsLeft);
        Assert.True(Recall.On(exam, kept.Card, _fsrs) > Recall.On(exam, card.Card, _fsrs));
        Assert.Same(card.Card, Kept([card], _today, new DeckLimits())[1].Card);
    }

    [Fact]
    public void What_the_days_limit_leaves_before_an_exam_is_not_kept()
    {
        var cards = Enumerable.Range(1, 40).Select(i => Due(i, _today.AddDays(2))).ToList();
        var exam = _today.AddDays(5);
        var kept = Kept(cards, exam, new DeckLimits { ReviewsPerDay = 1 });
        Assert.Equal(37, kept.Values.Count(card => card.IsLeft));
        Assert.All(cards.Take(3), card => Assert.True(kept[card.Id].Card.Reviews > card.Card.Reviews));
        Assert.All(cards.Skip(3), card => Assert.Equal(new KeptCard(card.Card, IsLeft: true), kept[card.Id]));
        Assert.DoesNotContain(Kept(cards, exam, new DeckLimits { ReviewsPerDay = 40 }).Values, card => card.IsLeft);
    }

    [Fact]
    public void What_has_waited_longest_comes_first_so_that_every_card_has_its_turn()
    {
        // one more comes every day than there is room for
        List<DeckCard> cards = [.. Enumerable.Range(0, 20).Select(i => Due(i, _today)), .. Enumerable.Range(0, 20).Select(i => Due(100 + i, _today.AddDays(i)))];
        var kept = Kept(cards, _today.AddDays(20), new DeckLimits { ReviewsPerDay = 1 });
        Assert.Equal(cards.Take(20).Select(card => card.Id), kept.Where(one => !one.Value.IsLeft).Select(one => one.Key).Order());
    }

    [Fact]
    public void What_today_has_had_leaves_less_room_before_an_exam() =>
        Assert.True(Kept([Due(1, _today)], _today.AddDays(1), new DeckLimits { ReviewsPerDay = 4 }, reviewsToday: 4)[1].IsLeft);

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

    private static CatchUpPlan Spread(IReadOnlyList<DeckCard> cards, int days, DeckLimits? limits = null, int reviewsToday = 0, DateOnly? until = null) =>
        StudyPlan.CatchUp(cards, _today, days, new Scheduler(SchedulingSettings.Default), limits ?? new DeckLimits(), reviewsToday, until);

    private static IReadOnlyDictionary<long, KeptCard> Kept(IEnumerable<DeckCard> cards, DateOnly exam, DeckLimits limits, int reviewsToday = 0) =>
        StudyPlan.Kept(cards, _today, exam, new Scheduler(SchedulingSettings.Default with { ExamDay = exam }), limits, reviewsToday);

    private static DateTimeOffset At(DateOnly day) => new(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);

    // recalled today it stays away for months
    private static DeckCard Due(long id, DateOnly day) => new(id, Overdue(id, 300).Card with { DueDay = day });

    private static DeckCard Overdue(long id, double stability) => new(id, new Card
    {
        Phase = CardPhase.Review,
        Memory = new Memory(stability, 5),
        LastDay = _today.AddDays(-20),
        LastReviewAt = At(_today.AddDays(-20)),
        FirstDay = _today.AddDays(-20),
        DueDay = _today.AddDays(-9),
        Reviews = 1,
    });
}
