namespace StudyQuiz.Domain.Scheduling;

/// <summary>What a learner takes on a day in one deck.</summary>
public sealed record DeckLimits
{
    /// <summary>How many cards are met for the first time, 0 or more.</summary>
    public int NewPerDay { get; init; } = 10;

    /// <summary>How many cards come back, 1 or more. Steps of minutes belong to the card that is on them and don't count.</summary>
    public int ReviewsPerDay { get; init; } = 100;

    /// <summary>When new cards wait.</summary>
    public NewCardPause Pause { get; init; } = NewCardPause.None;

    /// <summary>How many new cards a day takes.</summary>
    public int NewOn(DateOnly day) => Pause.On(day) == PauseReason.None ? NewPerDay : 0;
}

/// <summary>A card and the day on which it is to be shown.</summary>
/// <param name="Id">The question's.</param>
/// <param name="Card">Not <see cref="CardPhase.New"/>.</param>
/// <param name="PlannedDay">Where a plan to catch up put it; null where it comes when it is due.</param>
public sealed record DeckCard(long Id, Card Card, DateOnly? PlannedDay = null)
{
    /// <summary>When it comes: the planned day, else the day from which it is due.</summary>
    public DateOnly Day => PlannedDay ?? Card.DueDay!.Value;

    public bool IsOnSteps => Card.Phase is CardPhase.Learning or CardPhase.Relearning;
}

/// <summary>What a study day holds.</summary>
/// <param name="OnSteps">Cards on a step of minutes, the soonest first; some may not be due yet.</param>
/// <param name="Reviews">Cards that come back today, the one that would lose most by waiting first. Those of a plan to catch up are chosen before others.</param>
/// <param name="Later">Cards that have come and wait for another day, for the limit is reached.</param>
/// <param name="New">How many new cards there is room for.</param>
public sealed record StudyDay(IReadOnlyList<DeckCard> OnSteps, IReadOnlyList<DeckCard> Reviews, IReadOnlyList<DeckCard> Later, int New)
{
    /// <param name="cards">The deck's cards that are not set aside.</param>
    /// <param name="today">The learner's study day.</param>
    /// <param name="newToday">New cards that today has had already.</param>
    /// <param name="reviewsToday">Cards that came back today already.</param>
    public static StudyDay Of(IEnumerable<DeckCard> cards, DateOnly today, Fsrs fsrs, DeckLimits limits, int newToday = 0, int reviewsToday = 0)
    {
        var all = cards.ToList();
        var come = Recall.ByLoss(all.Where(card => !card.IsOnSteps && card.Day <= today), today, fsrs);
        // What a plan puts on a day is done on it, or days that are full anyway would never catch up
        var chosen = come.OrderBy(card => card.PlannedDay is null).Take(Math.Max(0, limits.ReviewsPerDay - reviewsToday)).Select(card => card.Id).ToHashSet();
        return new StudyDay(
            [.. all.Where(card => card.IsOnSteps).OrderBy(card => card.Card.Due).ThenBy(card => card.Id)],
            [.. come.Where(card => chosen.Contains(card.Id))],
            [.. come.Where(card => !chosen.Contains(card.Id))],
            Math.Max(0, limits.NewOn(today) - newToday));
    }
}

/// <summary>What a learner will know on a day.</summary>
public static class Recall
{
    /// <summary>The probability of recall on a study day, 0 to 1; 0 for a card that was never answered.</summary>
    public static double On(DateOnly day, Card card, Fsrs fsrs) =>
        card.LastDay is { } last ? On(day, last, card.Memory.Stability, fsrs) : 0;

    /// <summary>The same of a memory by itself.</summary>
    /// <param name="last">The study day of the last answer.</param>
    public static double On(DateOnly day, DateOnly last, double stability, Fsrs fsrs) => fsrs.Retrievability(Math.Max(0, day.DayNumber - last.DayNumber), stability);

    /// <summary>
    /// The same as a learner is shown it: on the next day for what was answered on this one. On the day of its answer everything is known, wrong answers
    /// too, for what is right has just been read.
    /// </summary>
    public static double Ahead(DateOnly day, Card card, Fsrs fsrs) => card.LastDay is { } last ? Ahead(day, last, card.Memory.Stability, fsrs) : 0;

    /// <summary>The same of a memory by itself.</summary>
    /// <param name="last">The study day of the last answer.</param>
    public static double Ahead(DateOnly day, DateOnly last, double stability, Fsrs fsrs) => fsrs.Retrievability(Math.Max(1, day.DayNumber - last.DayNumber), stability);

    /// <summary>
    /// How much recall falls if a card waits for a week: what is nearly lost loses little more and what is strong too; most is lost by those
    /// that are just being forgotten.
    /// </summary>
    /// <returns>0 to 1.</returns>
    public static double LossByWaiting(Card card, DateOnly today, Fsrs fsrs) => On(today, card, fsrs) - On(today.AddDays(7), card, fsrs);

    /// <summary>Cards in the order in which they had better come: the one that loses most by waiting first.</summary>
    public static IReadOnlyList<DeckCard> ByLoss(IEnumerable<DeckCard> cards, DateOnly today, Fsrs fsrs) =>
        [.. cards.OrderByDescending(card => LossByWaiting(card.Card, today, fsrs)).ThenBy(card => card.Card.DueDay).ThenBy(card => card.Id)];
}
