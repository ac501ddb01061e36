using Dapper;
using Npgsql;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>Which cards a deck has for a learner.</summary>
internal static class DeckCards
{
    // A card belongs to the fork that is current: a change of meaning begins a new memory. Set aside: suspended, or put off for the day.
    private const string FromCurrent =
        """
        from card c
        join question q on q.id = c.question_id
        join question_version v on v.id = q.current_version_id and v.fork = c.fork
        left join question_mark m on m.learner_id = c.learner_id and m.question_id = c.question_id
        """;

    private static string Studied(Deck deck) => $"q.source_id = @source and {deck.HoldsQuestion}";

    // of a question q and its learner's settings d of the source, which may not be there; key points and types are looked at in Deck.Holds
    private const string BearsItsTags = "(d.tags is null or exists (select 1 from question_tag t where t.question_id = q.id and t.tag = any(d.tags)))";

    /// <summary>Cards that come by a day, in no order.</summary>
    public static async Task<IReadOnlyList<CardRow>> ComingAsync(NpgsqlConnection connection, Guid learner, Deck deck, DateOnly today, DateOnly until) =>
        (await connection.QueryAsync<CardRow>(
            $"""
            select {CardRow.Columns}
            {FromCurrent}
            where c.learner_id = @learner and c.due_day <= @until and coalesce(c.planned_day, c.due_day) <= @until
              and {Studied(deck)}
              and not coalesce(m.suspended, false) and coalesce(m.buried_day, '-infinity') < @today
            """,
            Parameters(learner, deck, today, until))).AsList();

    /// <summary>All cards of the deck, for what looks far ahead: those that are put off for a day among them.</summary>
    public static Task<IReadOnlyList<CardRow>> AllAsync(NpgsqlConnection connection, Guid learner, Deck deck) =>
        ComingAsync(connection, learner, deck, DateOnly.MaxValue, DateOnly.MaxValue);

    /// <summary>Cards of some questions that are not set aside, in no order.</summary>
    public static async Task<IReadOnlyList<CardRow>> OfQuestionsAsync(NpgsqlConnection connection, Guid learner, IReadOnlyList<long> questions, DateOnly today) =>
        (await connection.QueryAsync<CardRow>(
            $"""
            select {CardRow.Columns}
            {FromCurrent}
            where c.learner_id = @learner and c.question_id = any(@questions)
              and not coalesce(m.suspended, false) and coalesce(m.buried_day, '-infinity') < @today
            """,
            new { learner, questions = questions.ToArray(), today })).AsList();

    /// <summary>Which of some questions were answered in a card session on a day, and not taken back.</summary>
    public static async Task<IReadOnlySet<long>> AnsweredAsync(NpgsqlConnection connection, Guid learner, IReadOnlyList<long> questions, DateOnly day) =>
        (await connection.QueryAsync<long>(
            // met and come tell nothing of an answer to a card that was still on its steps
            """
            select c.question_id from card c
            where c.learner_id = @learner and c.question_id = any(@questions)
              and (c.met_day = @day or c.came_day = @day or (c.last_day = @day and exists (
                select 1 from review r
                where r.learner_id = c.learner_id and r.question_id = c.question_id and r.fork = c.fork and r.day = @day and r.origin = 'cards' and r.kind = 'rated'
                  and r.client_id <> all(@undone))))
            """,
            new { learner, questions = questions.ToArray(), day, undone = await CardLog.UndoneAsync(connection, learner) })).ToHashSet();

    /// <summary>Questions never answered, in the bank's order.</summary>
    public static async Task<IReadOnlyList<long>> UnseenAsync(NpgsqlConnection connection, Guid learner, Deck deck, DateOnly today, int most) =>
        most <= 0 ? [] : (await connection.QueryAsync<long>(
            $"""
            select q.id
            from question q
            join question_version v on v.id = q.current_version_id
            where {Studied(deck)}
              and not exists (select 1 from card c where c.learner_id = @learner and c.question_id = q.id and c.fork = v.fork)
              and not exists (
                select 1 from question_mark m
                where m.learner_id = @learner and m.question_id = q.id and (m.suspended or coalesce(m.buried_day, '-infinity') >= @today))
            order by q.id
            limit @most
            """,
            Parameters(learner, deck, today, today, most))).AsList();

    /// <summary>
    /// All cards of some decks by their source, read at once: to find those of one deck means a look at all that a learner has, and there may be
    /// many decks.
    /// </summary>
    public static async Task<ILookup<long, PlacedCard>> OfDecksAsync(NpgsqlConnection connection, Guid learner, IReadOnlyCollection<Deck> decks, DateOnly today)
    {
        var bySource = decks.ToDictionary(deck => deck.Source);
        var rows = await connection.QueryAsync<Place, CardRow, (Place Place, CardRow Row)>(
            $"""
            select q.source_id as Source, q.key_point_id as KeyPoint, q.type, coalesce(m.buried_day >= @today, false) as IsPutOff, {CardRow.Columns}
            {FromCurrent}
            left join deck d on d.learner_id = c.learner_id and d.source_id = q.source_id
            where c.learner_id = @learner and q.source_id = any(@sources) and q.status = 'published' and not coalesce(m.suspended, false) and {BearsItsTags}
            """,
            (place, row) => (place, row),
            new { learner, sources = bySource.Keys.ToArray(), today },
            splitOn: "Question");
        return rows.Where(one => bySource[one.Place.Source].Holds(one.Place.KeyPoint, one.Place.Type))
            .ToLookup(one => one.Place.Source, one => new PlacedCard(one.Row.Read(), one.Place.IsPutOff));
    }

    /// <summary>How many questions each of some decks has, by source, and how many of them were never answered.</summary>
    public static async Task<IReadOnlyDictionary<long, (int All, int Unseen)>> CountAsync(NpgsqlConnection connection, Guid learner, IReadOnlyCollection<Deck> decks)
    {
        var counts = (await connection.QueryAsync<(long Source, long KeyPoint, string Type, int All, int Unseen)>(
            $"""
            select q.source_id, q.key_point_id, q.type, count(*)::int, (count(*) - count(c.question_id))::int
            from question q
            join question_version v on v.id = q.current_version_id
            left join card c on c.learner_id = @learner and c.question_id = q.id and c.fork = v.fork
            left join deck d on d.learner_id = @learner and d.source_id = q.source_id
            where q.source_id = any(@sources) and q.status = 'published' and {BearsItsTags}
            group by q.source_id, q.key_point_id, q.type
            """,
            new { learner, sources = decks.Select(deck => deck.Source).ToArray() })).ToLookup(row => row.Source);
        return decks.ToDictionary(deck => deck.Source, deck =>
        {
            var held = counts[deck.Source].Where(row => deck.Holds(row.KeyPoint, row.Type)).ToList();
            return (held.Sum(row => row.All), held.Sum(row => row.Unseen));
        });
    }

    /// <summary>The last day of the plan to catch up that the deck's cards are on; null where none runs.</summary>
    public static Task<DateOnly?> PlannedUntilAsync(NpgsqlConnection connection, Guid learner, Deck deck, DateOnly today) =>
        connection.QuerySingleAsync<DateOnly?>(
            $"""
            select max(c.planned_day)
            {FromCurrent}
            where c.learner_id = @learner and c.planned_day >= @today and {Studied(deck)} and not coalesce(m.suspended, false)
            """,
            Parameters(learner, deck, today, today));

    /// <summary>How many new cards and how many that came back a day has had in a source; what self-tests and games asked counts as neither.</summary>
    public static async Task<(int New, int Reviews)> DoneAsync(NpgsqlConnection connection, Guid learner, long source, DateOnly day) =>
        (await DoneAsync(connection, learner, [source], day)).GetValueOrDefault(source);

    /// <summary>The same for some sources; one of which nothing was answered is left out.</summary>
    public static async Task<IReadOnlyDictionary<long, (int New, int Reviews)>> DoneAsync(NpgsqlConnection connection, Guid learner, IReadOnlyCollection<long> sources, DateOnly day) =>
        (await connection.QueryAsync<(long Source, int New, int Reviews)>(
            """
            select q.source_id, count(*) filter (where c.met_day = @day)::int, count(*) filter (where c.came_day = @day)::int
            from (select distinct question_id, fork from review where learner_id = @learner and day = @day) r
            join question q on q.id = r.question_id and q.source_id = any(@sources)
            join card c on c.learner_id = @learner and c.question_id = r.question_id and c.fork = r.fork
            group by q.source_id
            having bool_or(c.met_day = @day or c.came_day = @day)
            """,
            new { learner, sources = sources.ToArray(), day })).ToDictionary(row => row.Source, row => (row.New, row.Reviews));

    private static object Parameters(Guid learner, Deck deck, DateOnly today, DateOnly until, int most = 0) =>
        new { learner, source = deck.Source, keyPoints = deck.KeyPoints, types = deck.Types, tags = deck.Tags, today, until, most };

    private sealed record Place(long Source, long KeyPoint, string Type, bool IsPutOff);
}

/// <summary>A card of a deck.</summary>
/// <param name="IsPutOff">Until today is over.</param>
internal sealed record PlacedCard(DeckCard Card, bool IsPutOff);
