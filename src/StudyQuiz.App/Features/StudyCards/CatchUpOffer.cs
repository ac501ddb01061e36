using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>A way to catch up with what is overdue in a deck, not yet agreed to.</summary>
/// <param name="Days">Chosen: over how many days.</param>
/// <param name="DaysAway">Since the learner last answered anything; 0 for not at all.</param>
internal sealed record CatchUpOffer(int Days, int DaysAway, CatchUpPlan Plan)
{
    /// <summary>Over how many days a learner may spread.</summary>
    public static IReadOnlyList<int> Choices { get; } = [6, 10, 14];

    /// <summary>After how many days it is done: more than chosen where the day's limit asks for it.</summary>
    public int Takes(DateOnly today) => Plan.Days.Values.Max().DayNumber - today.DayNumber + 1;

    /// <returns>Null where nothing calls for it.</returns>
    public static CatchUpOffer? Of(DeckToday now, DateOnly today, DateOnly? lastDay, int days) =>
        StudyPlan.IsWorthwhile(now.All, today, now.Limits, lastDay)
            ? new CatchUpOffer(days, lastDay is { } last ? today.DayNumber - last.DayNumber : 0, Spread(now.All, now.Deck, today, days, now.ReviewsDone))
            : null;

    /// <summary>Spreads what is overdue, all of it before an exam.</summary>
    public static CatchUpPlan Spread(IEnumerable<DeckCard> cards, Deck deck, DateOnly today, int days, int reviewsDone)
    {
        DateOnly? until = deck.ExamDay is { } exam && exam > today ? exam.AddDays(-1) : null;
        return StudyPlan.CatchUp(cards, today, days, new Scheduler(deck.Scheduling), deck.Limits, reviewsDone, until);
    }
}
