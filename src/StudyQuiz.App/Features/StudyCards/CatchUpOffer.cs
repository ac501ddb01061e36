using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>A way to catch up with what is overdue in a deck, not yet agreed to.</summary>
/// <param name="Days">Chosen: over how many days.</param>
/// <param name="DaysAway">Since the learner last answered anything; 0 for not at all.</param>
/// <param name="Plan">Which card comes on which day.</param>
internal sealed record CatchUpOffer(int Days, int DaysAway, IReadOnlyDictionary<long, DateOnly> Plan)
{
    /// <summary>Over how many days a learner may spread.</summary>
    public static IReadOnlyList<int> Choices { get; } = [6, 10, 14];

    /// <summary>How many cards a day it adds, at the most.</summary>
    public int CardsADay => Plan.Values.GroupBy(day => day).Max(day => day.Count());

    /// <returns>Null where nothing calls for it.</returns>
    public static CatchUpOffer? Of(IReadOnlyList<DeckCard> cards, Deck deck, DateOnly today, DateOnly? lastDay, int days) =>
        StudyPlan.IsWorthwhile(cards, today, deck.Limits, lastDay)
            ? new CatchUpOffer(days, lastDay is { } last ? today.DayNumber - last.DayNumber : 0, Spread(cards, deck, today, days))
            : null;

    /// <summary>Spreads what is overdue, all of it before an exam.</summary>
    public static IReadOnlyDictionary<long, DateOnly> Spread(IEnumerable<DeckCard> cards, Deck deck, DateOnly today, int days)
    {
        var most = deck.ExamDay is { } exam && exam > today ? exam.DayNumber - today.DayNumber : days;
        return StudyPlan.CatchUp(cards, today, Math.Min(days, most), deck.Scheduling.Model());
    }
}
