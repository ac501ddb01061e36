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
    /// Spreads overdue cards over some days instead of throwing them all at the learner at once: as equal shares as the day's limit allows beside
    /// what comes back anyway, and first those that lose most by waiting. Where the limit is too low for so many days it takes more.
    /// </summary>
    /// <param name="cards">The deck's cards that are not set aside; a plan that some are on already counts for nothing.</param>
    /// <param name="days">Over how many days, today first; 1 or more.</param>
    /// <param name="reviewsToday">Cards that came back today already.</param>
    /// <param name="until">The last day that it may use, not before today; null for no such day.</param>
    public static CatchUpPlan CatchUp(
        IEnumerable<DeckCard> cards, DateOnly today, int days, Scheduler scheduler, DeckLimits limits, int reviewsToday = 0, DateOnly? until = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        var wait = Recall.ByLoss(cards, today, scheduler.Model).ToLookup(card => !card.IsOnSteps && card.Card.DueDay < today);
        var overdue = wait[true].ToList();
        var most = Math.Clamp(until is { } end ? end.DayNumber - today.DayNumber + 1 : MostDays, 1, MostDays);
        days = Math.Min(days, most);
        var coming = new ComingDays(today, most, scheduler);
        foreach (var card in wait[false]) coming.Put(card.Card, card.Card.DueDay!.Value);

        var plan = new Dictionary<long, DateOnly>();
        var mostADay = 0;
        for (var i = 0; i < most && plan.Count < overdue.Count; i++)
        {
            var due = coming.Begin(i);
            var room = Room(limits, i, reviewsToday);
            var left = overdue.Count - plan.Count;
            var share = (left + Math.Max(1, days - i) - 1) / Math.Max(1, days - i);
            // one at least, else a deck whose days are full would never catch up
            var taken = Math.Min(Math.Min(left, share), Math.Max(room - due, Math.Min(room, 1)));
            foreach (var card in overdue.GetRange(plan.Count, taken))
            {
                plan.Add(card.Id, today.AddDays(i));
                coming.PutPlanned(card.Card);
            }

            mostADay = Math.Max(mostADay, taken);
            coming.AnswerDay(room);
        }

        var unfit = overdue.Count - plan.Count;
        foreach (var card in overdue.Skip(plan.Count)) plan.Add(card.Id, today.AddDays(most - 1));
        return new CatchUpPlan(plan, mostADay, unfit);
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

    /// <summary>The cards as they are on a day, if every day until then is done up to its limit and every card recalled.</summary>
    /// <param name="cards">The deck's cards that are not set aside, in the order in which a day takes them.</param>
    /// <param name="until">The day before which reviews still happen.</param>
    /// <param name="reviewsToday">Cards that came back today already.</param>
    /// <returns>Of every card, by its id.</returns>
    public static IReadOnlyDictionary<long, KeptCard> Kept(
        IEnumerable<DeckCard> cards, DateOnly today, DateOnly until, Scheduler scheduler, DeckLimits limits, int reviewsToday = 0)
    {
        var days = Math.Max(0, until.DayNumber - today.DayNumber);
        var coming = new ComingDays(today, days, scheduler);
        var kept = new Dictionary<long, KeptCard>();
        foreach (var card in cards)
        {
            kept.Add(card.Id, new KeptCard(card.Card, IsLeft: false));
            coming.Put(card.Card, card.Day, isPlanned: card.PlannedDay is not null, id: card.Id);
        }

        for (var i = 0; i < days; i++)
        {
            coming.Begin(i);
            foreach (var (_, next) in coming.AnswerDay(Room(limits, i, reviewsToday))) kept[next.Id] = new KeptCard(next.Card, IsLeft: false);
        }

        foreach (var left in coming.Waiting) kept[left.Id] = new KeptCard(left.Card, IsLeft: true);
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
    /// <param name="reviewsToday">Cards that came back today already.</param>
    public static IReadOnlyList<PlannedDay> Forecast(
        IEnumerable<DeckCard> cards, int unseen, DateOnly today, int days, Scheduler scheduler, DeckLimits limits, int newToday = 0, int reviewsToday = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(days, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(days, MostDays);
        var coming = new ComingDays(today, days, scheduler);
        foreach (var card in cards) coming.Put(card.Card, card.Day, card.PlannedDay is not null || IsOverdue(card, today), card.PlannedDay is not null);
        var plan = new List<PlannedDay>(days);
        for (var i = 0; i < days; i++)
        {
            coming.Begin(i);
            var answered = coming.AnswerDay(Room(limits, i, reviewsToday));

            var room = Math.Min(unseen, Math.Max(0, limits.NewOn(today.AddDays(i)) - (i == 0 ? newToday : 0)));
            unseen -= room;
            for (var n = 0; n < room; n++) coming.Answer(Card.New);

            var caughtUp = answered.Count(one => one.Card.IsCatchUp);
            plan.Add(new PlannedDay(today.AddDays(i), answered.Count - caughtUp, caughtUp, room));
        }

        return plan;
    }

    private static int Room(DeckLimits limits, int i, int reviewsToday) => Math.Max(0, limits.ReviewsPerDay - (i == 0 ? reviewsToday : 0));

    private sealed record ComingCard(Card Card, bool IsCatchUp, bool IsPlanned, long Id)
    {
        public bool IsOnSteps => Card.Phase is CardPhase.Learning or CardPhase.Relearning;
    }

    /// <summary>
    /// The days from today on and what comes on each, if every card is recalled whenever it is answered; one day is begun after the other. What finds
    /// no room waits in one queue, whose length costs a day nothing: thousands of cards may wait for years.
    /// </summary>
    private sealed class ComingDays(DateOnly today, int count, Scheduler scheduler)
    {
        private readonly List<ComingCard>[] _days = [.. Enumerable.Range(0, count).Select(_ => new List<ComingCard>())];
        private readonly Queue<ComingCard> _planned = [];
        private readonly Queue<ComingCard> _waiting = [];
        private int _now;

        /// <summary>Cards that have come and were not answered: those of a plan, then those first that have waited longest.</summary>
        public IEnumerable<ComingCard> Waiting => _planned.Concat(_waiting);

        public void Put(Card card, DateOnly day, bool isCatchUp = false, bool isPlanned = false, long id = 0) =>
            Put(new ComingCard(card, isCatchUp, isPlanned, id), Math.Max(0, day.DayNumber - today.DayNumber));

        /// <summary>Puts a card on the day that has begun, as a plan does.</summary>
        public void PutPlanned(Card card) => _planned.Enqueue(new ComingCard(card, true, true, 0));

        /// <summary>Begins a day.</summary>
        /// <returns>How many cards have come by it, those on steps of minutes left out, which no limit holds back.</returns>
        public int Begin(int day)
        {
            _now = day;
            foreach (var card in _days[day].Where(card => !card.IsOnSteps)) (card.IsPlanned ? _planned : _waiting).Enqueue(card);
            return _planned.Count + _waiting.Count;
        }

        /// <summary>Answers the cards that are on steps and so many of the others: those of a plan, then in the order in which they came.</summary>
        /// <returns>The cards before and after.</returns>
        public IReadOnlyList<(ComingCard Card, ComingCard Next)> AnswerDay(int most)
        {
            List<ComingCard> taken = [.. _days[_now].Where(card => card.IsOnSteps)];
            for (var n = 0; n < most && (_planned.TryDequeue(out var card) || _waiting.TryDequeue(out card)); n++) taken.Add(card);
            return taken.ConvertAll(card => (card, Answer(card.Card, card.Id)));
        }

        public ComingCard Answer(Card card, long id = 0)
        {
            var day = today.AddDays(_now);
            var next = new ComingCard(scheduler.Assess(card, new DateTimeOffset(day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.Zero), day, isRight: true), false, false, id);
            Put(next, Math.Max(_now + 1, next.Card.DueDay!.Value.DayNumber - today.DayNumber));
            return next;
        }

        private void Put(ComingCard card, int i)
        {
            if (i < _days.Length) _days[i].Add(card);
        }
    }
}

/// <summary>The days of overdue cards.</summary>
/// <param name="Days">Of every card that was due before today, by its id.</param>
/// <param name="MostADay">How many cards it adds to a day, at the most.</param>
/// <param name="Unfit">How many find no room by the last day that it may use: they are on that day all the same, and wait there.</param>
public sealed record CatchUpPlan(IReadOnlyDictionary<long, DateOnly> Days, int MostADay, int Unfit);

/// <summary>A card on a coming day.</summary>
/// <param name="IsLeft">It came before that day, and no day had room for it.</param>
public sealed record KeptCard(Card Card, bool IsLeft);
