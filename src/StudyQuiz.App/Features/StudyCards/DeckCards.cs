using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>Which cards a deck has for a learner.</summary>
internal static class DeckCards
{
    // A card belongs to the fork that is current: a change of meaning begins a new memory. Set aside: suspended, or put off for the day.
    private const string Studied = $"q.source_id = @source and {Deck.Holds}";

    /// <summary>Cards that come by a day, in no order.</summary>
    public static async Task<IReadOnlyList<CardRow>> ComingAsync(NpgsqlConnection connection, Guid learner, Deck deck, DateOnly today, DateOnly until) =>
        (await connection.QueryAsync<CardRow>(
            $"""
            select {CardRow.Columns}
            from card c
            join question q on q.id = c.question_id
            join question_version v on v.id = q.current_version_id and v.fork = c.fork
            left join question_mark m on m.learner_id = c.learner_id and m.question_id = c.question_id
            where c.learner_id = @learner and c.due_day <= @until and coalesce(c.planned_day, c.due_day) <= @until
              and {Studied}
              and not coalesce(m.suspended, false) and coalesce(m.buried_day, '-infinity') < @today
            """,
            Parameters(learner, deck, today, until))).AsList();

    /// <summary>All cards of the deck, for what looks far ahead: those that are put off for a day among them.</summary>
    public static Task<IReadOnlyList<CardRow>> AllAsync(NpgsqlConnection connection, Guid learner, Deck deck) =>
        ComingAsync(connection, learner, deck, DateOnly.MaxValue, DateOnly.MaxValue);

    /// <summary>Questions never answered, in the bank's order.</summary>
    public static async Task<IReadOnlyList<long>> UnseenAsync(NpgsqlConnection connection, Guid learner, Deck deck, DateOnly today, int most) =>
        most <= 0 ? [] : (await connection.QueryAsync<long>(
            $"""
            select q.id
            from question q
            join question_version v on v.id = q.current_version_id
            where {Studied}
              and not exists (select 1 from card c where c.learner_id = @learner and c.question_id = q.id and c.fork = v.fork)
              and not exists (
                select 1 from question_mark m
                where m.learner_id = @learner and m.question_id = q.id and (m.suspended or coalesce(m.buried_day, '-infinity') >= @today))
            order by q.id
            limit @most
            """,
            Parameters(learner, deck, today, today, most))).AsList();

    /// <summary>How many questions the deck has, and how many of them were never answered.</summary>
    public static Task<(int All, int Unseen)> CountAsync(NpgsqlConnection connection, Guid learner, Deck deck) =>
        connection.QuerySingleAsync<(int, int)>(
            $"""
            select count(*)::int, (count(*) - count(c.question_id))::int
            from question q
            join question_version v on v.id = q.current_version_id
            left join card c on c.learner_id = @learner and c.question_id = q.id and c.fork = v.fork
            where {Studied}
            """,
            Parameters(learner, deck, default, default));

    /// <summary>The last day of the plan to catch up that the deck's cards are on; null where none runs.</summary>
    public static Task<DateOnly?> PlannedUntilAsync(NpgsqlConnection connection, Guid learner, Deck deck, DateOnly today) =>
        connection.QuerySingleAsync<DateOnly?>(
            $"""
            select max(c.planned_day)
            from card c
            join question q on q.id = c.question_id
            join question_version v on v.id = q.current_version_id and v.fork = c.fork
            left join question_mark m on m.learner_id = c.learner_id and m.question_id = c.question_id
            where c.learner_id = @learner and c.planned_day >= @today and {Studied} and not coalesce(m.suspended, false)
            """,
            Parameters(learner, deck, today, today));

    /// <summary>How many new cards and how many that came back a day has had; what self-tests and games asked counts as neither.</summary>
    public static Task<(int New, int Reviews)> DoneAsync(NpgsqlConnection connection, Guid learner, long source, DateOnly day) =>
        connection.QuerySingleAsync<(int, int)>(
            """
            select count(distinct r.question_id) filter (where c.first_day = @day)::int, count(distinct r.question_id) filter (where c.first_day < @day)::int
            from review r
            join question q on q.id = r.question_id and q.source_id = @source
            join card c on c.learner_id = r.learner_id and c.question_id = r.question_id and c.fork = r.fork
            where r.learner_id = @learner and r.day = @day and r.origin = 'cards' and r.kind = 'rated'
              and not exists (select 1 from review u where u.learner_id = r.learner_id and u.replaces = r.client_id)
            """,
            new { learner, source, day });

    private static object Parameters(Guid learner, Deck deck, DateOnly today, DateOnly until, int most = 0) =>
        new { learner, source = deck.Source, keyPoints = deck.KeyPoints, types = deck.Types, tags = deck.Tags, today, until, most };
}
