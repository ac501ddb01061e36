using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>The plan to catch up that a deck's cards are on, in the caller's transaction. Its learner is locked.</summary>
internal static class CatchUp
{
    /// <summary>Puts what is overdue on the days of a plan.</summary>
    /// <param name="by">By when the learner wants to have caught up; the day's limit may take it longer, an exam ends it sooner. Null for no plan.</param>
    /// <returns>Whether any card is on it.</returns>
    public static async Task<bool> SpreadAsync(NpgsqlConnection connection, Guid learner, Deck deck, DateOnly today, DateOnly? by)
    {
        var cards = await DeckCards.AllAsync(connection, learner, deck);
        IReadOnlyDictionary<long, DateOnly> plan = by is { } day
            ? CatchUpOffer.Spread(cards.Select(row => row.Read()), deck, today, Math.Max(1, day.DayNumber - today.DayNumber + 1), (await DeckCards.DoneAsync(connection, learner, deck.Source, today)).Reviews).Days
            : new Dictionary<long, DateOnly>();
        var change = cards.Where(row => row.PlannedDay is not null || plan.ContainsKey(row.Question)).ToList();
        await connection.ExecuteAsync(
            """
            update card c set planned_day = p.day, plan_day = p.day, plan_after = case when p.day is not null then c.last_at end
            from unnest(@questions, @forks, @days) as p (question, fork, day)
            where c.learner_id = @learner and c.question_id = p.question and c.fork = p.fork
            """,
            new
            {
                learner,
                questions = change.Select(row => row.Question).ToArray(),
                forks = change.Select(row => row.Fork).ToArray(),
                days = change.Select(row => plan.TryGetValue(row.Question, out var on) ? on : (DateOnly?)null).ToArray(),
            });
        await connection.ExecuteAsync(
            """
            insert into deck (learner_id, source_id, catch_up_by) values (@learner, @Source, @by)
            on conflict (learner_id, source_id) do update set catch_up_by = excluded.catch_up_by
            """,
            new { learner, deck.Source, by });
        return plan.Count > 0;
    }

    /// <summary>Folds a deck's cards anew under settings that have just been stored, and spreads a plan that runs anew where they bear on it.</summary>
    /// <returns>Whether there was one to spread.</returns>
    public static async Task<bool> FollowAsync(NpgsqlConnection connection, Guid learner, Deck before, Deck after, DateOnly today)
    {
        var until = await DeckCards.PlannedUntilAsync(connection, learner, after, today);
        if (after.ExamDay > today)
        {
            // Cards that the deck does not hold, suspended ones and those that undoing could bring back to their day: they come when they are due
            await connection.ExecuteAsync(
                """
                update card c set planned_day = null, plan_day = null, plan_after = null
                from question q where c.learner_id = @learner and c.plan_day >= @ExamDay and q.id = c.question_id and q.source_id = @Source
                """,
                new { learner, after.Source, after.ExamDay });
        }

        await CardLog.RebuildSourceAsync(connection, learner, after.Source);
        if (until is not { } end || !BearsOn(before, after)) return false;
        await SpreadAsync(connection, learner, after, today, after.CatchUpBy ?? end);
        return true;
    }

    private static bool BearsOn(Deck before, Deck after) =>
        before.ReviewsPerDay != after.ReviewsPerDay || before.ExamDay != after.ExamDay || before.Retention != after.Retention || before.MaximumInterval != after.MaximumInterval
        || !AreSame(before.KeyPoints, after.KeyPoints) || !AreSame(before.Types, after.Types) || !AreSame(before.Tags, after.Tags);

    private static bool AreSame<T>(T[]? some, T[]? others) => some is null || others is null ? some == others : some.ToHashSet().SetEquals(others);
}
