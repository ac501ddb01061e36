namespace StudyQuiz.Domain.Scheduling;

/// <summary>How many cards a coming day brings.</summary>
/// <param name="Due">Cards that come back.</param>
/// <param name="CatchUp">Of what was overdue when the plan was made.</param>
/// <param name="New">Cards met for the first time.</param>
public sealed record PlannedDay(DateOnly Day, int Due, int CatchUp, int New);

/// <summary>The coming days: how overdue cards are caught up with, and the load that follows.</summary>
public static class StudyPlan
{
    /// <summary>The most days that a plan looks ahead.</summary>
    public const int MostDays = 400;

    /// <summary>Days without an answer after which coming back deserves a plan, if enough has gathered.</summary>
    public const int LongAbsence = 3;

    /// <summary>How many cards that is.</summary>
    public const int ManyOverdue = 20;

    /// <summary>
    /// Spreads overdue cards over some days instead of throwing them all at the learner at once: equal shares, and first those that lose
    /// most by waiting.
    /// </summary>
    /// <param name="cards">The deck's cards that are not set aside.</param>
    /// <param name="days">1 or more.</param>
    /// <returns>The day of every card that was due before today.</returns>
    public static IReadOnlyDictionary<long, DateOnly> CatchUp(IEnumerable<DeckCard> cards, DateOnly today, int days, Fsrs fsrs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var overdue = Recall.ByLoss(cards.Where(card => !card.IsOnSteps && card.Card.DueDay < today), today, fsrs);
        return overdue.Select((card, i) => (card.Id, Day: today.AddDays((int)((long)i * days / overdue.Count)))).ToDictionary(one => one.Id, one => one.Day);
    }

    /// <summary>Whether a plan to catch up is worth offering: more is overdue than a day takes, or the learner comes back after some days.</summary>
    /// <param name="cards">The deck's cards that are not set aside.</param>
    /// <param name="lastDay">On which the learner last answered anything; null for never.</param>
    public static bool IsWorthwhile(IEnumerable<DeckCard> cards, DateOnly today, DeckLimits limits, DateOnly? lastDay)
    {
        var overdue = cards.Count(card => IsOverdue(card, today));
        var away = lastDay is { } last ? today.DayNumber - last.DayNumber : 0;
        return overdue > limits.ReviewsPerDay || (away >= LongAbsence && overdue >= ManyOverdue);
    }

    /// <summary>The last day of the plan that cards are on; null where none runs.</summary>
    public static DateOnly? PlannedUntil(IEnumerable<DeckCard> cards, DateOnly today) => cards.Max(card => card.PlannedDay) is { } last && last >= today ? last : null;

    /// <summary>Should have come before today, and no plan has put it on today or later.</summary>
    public static bool IsOverdue(DeckCard card, DateOnly today) => !card.IsOnSteps && card.Day < today;

    /// <summary>The card on a day, if until then it is seen whenever it comes and recalled each time.</summary>
    /// <param name="card">Not <see cref="CardPhase.New"/>.</param>
    /// <param name="until">The day before which reviews still happen.</param>
    public static Card Kept(DeckCard card, DateOnly today, DateOnly until, Scheduler scheduler)
    {
        var (kept, day) = (card.Card, card.Day < today ? today : card.Day);
        while (day < until)
        {
            kept = scheduler.Assess(kept, new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero), day, isRight: true);
            day = kept.DueDay!.Value;
        }

        return kept;
    }

    /// <summary>
    /// The load of the coming days if every day is done and every card is recalled: what is forgotten comes back within minutes and on
    /// the next day, which the counts leave out.
    /// </summary>
    /// <param name="cards">The deck's cards that are not set aside.</param>
    /// <param name="unseen">Cards never answered.</param>
    /// <param name="days">How many days, today first; 1 to <see cref="MostDays"/>.</param>
    /// <param name="newToday">New cards that today has had already.</param>
    public static IReadOnlyList<PlannedDay> Forecast(
        IEnumerable<DeckCard> cards, int unseen, DateOnly today, int days, Scheduler scheduler, DeckLimits limits, int newToday = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MostDays);
        var coming = new List<(Card Card, bool IsCatchUp)>[days];
        for (var i = 0; i < days; i++) coming[i] = [];
        void Put(Card card, DateOnly day, bool catchUp, int notBefore)
        {
            var i = Math.Max(notBefore, day.DayNumber - today.DayNumber);
            if (i < days) coming[i].Add((card, catchUp));
        }

        foreach (var card in cards) Put(card.Card, card.Day, card.PlannedDay is not null || IsOverdue(card, today), 0);
        var plan = new List<PlannedDay>(days);
        for (var i = 0; i < days; i++)
        {
            var day = today.AddDays(i);
            var at = new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero);
            var taken = Math.Min(coming[i].Count, limits.ReviewsPerDay);
            // what finds no room comes on the next day
            if (i + 1 < days) coming[i + 1].AddRange(coming[i].Skip(taken));
            foreach (var (card, _) in coming[i].Take(taken))
            {
                var next = scheduler.Assess(card, at, day, isRight: true);
                Put(next, next.DueDay!.Value, catchUp: false, i + 1);
            }

            var room = Math.Min(unseen, Math.Max(0, limits.NewOn(day) - (i == 0 ? newToday : 0)));
            unseen -= room;
            for (var n = 0; n < room; n++)
            {
                var next = scheduler.Assess(Card.New, at, day, isRight: true);
                Put(next, next.DueDay!.Value, catchUp: false, i + 1);
            }

            var caughtUp = coming[i].Take(taken).Count(one => one.IsCatchUp);
            plan.Add(new PlannedDay(day, taken - caughtUp, caughtUp, room));
        }

        return plan;
    }
}
