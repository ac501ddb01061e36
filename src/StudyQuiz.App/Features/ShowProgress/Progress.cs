using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.ShowProgress;

/// <summary>What a learner has done and will know.</summary>
/// <param name="ByWeek">Recall of the last <see cref="RecallWeeks"/> weeks.</param>
/// <param name="Target">The least and the greatest retention that the decks ask for.</param>
/// <param name="Days">All days on which anything was done, in no order.</param>
/// <param name="Median">Seconds a card; null where too little was measured.</param>
/// <param name="Learned">Questions that were ever answered, of all in the decks begun.</param>
/// <param name="Ahead">Cards a day.</param>
/// <param name="Curve">Null unless asked for: it reads the whole log.</param>
public sealed record Progress(
    DateOnly Today, Share Week, Share Month, IReadOnlyList<WeekOfRecall> ByWeek, (double Least, double Greatest)? Target, IReadOnlyList<StudiedDay> Days,
    Streak Streak, double? Median, int Learned, int Questions, IReadOnlyList<DayBar> Ahead, DateOnly On, IReadOnlyList<PointGroup> Groups, RecallCurve? Curve)
{
    public const int Weeks = 46;
    public const int NarrowWeeks = 14;
    public const int RecallWeeks = 12;
    public const int TimeWeeks = 12;
    private const int DaysAhead = 30;

    internal static async Task<Progress> OfAsync(NpgsqlConnection connection, Today today, DateOnly on, bool withCurve)
    {
        var learner = today.Learner ?? Guid.Empty;
        var decks = await today.BegunAsync(connection, await Deck.AllAsync(connection, today.Learner));
        if (today.Learner is { } known) await CardLog.EnsureFoldedAsync(connection, known);
        var history = await HistoryAsync(connection, learner, decks, today.Day.AddDays(-7 * RecallWeeks));
        var (learned, questions, groups, ahead) = (0, 0, new List<PointGroup>(), new DayBar[DaysAhead]);
        for (var i = 0; i < DaysAhead; i++) ahead[i] = new DayBar(today.Day.AddDays(i), 0, 0, 0);
        var points = await PointsAsync(connection, decks);
        foreach (var now in await today.InAsync(connection, decks))
        {
            var (deck, cards) = (now.Deck, now.All);
            (learned, questions) = (learned + now.Questions - now.Unseen, questions + now.Questions);
            groups.AddRange(GroupsOf(deck, points[deck.Source], cards, on));
            var forecast = StudyPlan.Forecast(Recall.ByLoss(cards, today.Day, deck.Scheduling.Model()), now.Unseen, today.Day, DaysAhead, new Scheduler(deck.Scheduling), now.Limits, now.NewDone, now.ReviewsDone);
            for (var i = 0; i < DaysAhead; i++)
                ahead[i] = ahead[i] with { Due = ahead[i].Due + forecast[i].Due + forecast[i].CatchUp, New = ahead[i].New + forecast[i].New };
        }

        var days = await StudiedDay.AllAsync(connection, learner, today.Who.Calendar, await CardLog.UndoneAsync(connection, learner));
        return new Progress(
            today.Day, RecallHistory.Retention(history, today.Day, 7), RecallHistory.Retention(history, today.Day, 30), RecallHistory.ByWeek(history, today.Day, RecallWeeks),
            decks.Count == 0 ? null : (decks.Min(deck => deck.Retention), decks.Max(deck => deck.Retention)),
            days, Streak.Of(days.Where(day => day.Answers > 0).Select(day => day.Day), today.Day), today.Pace.IsOwn ? today.Pace.Seconds : null, learned, questions, ahead, on, groups,
            withCurve ? await CurveAsync(connection, learner, decks) : null);
    }

    /// <summary>Minutes of the weeks of seven days, the last of which ends today; the earliest first.</summary>
    public IReadOnlyList<WeekOfTime> TimeByWeek
    {
        get
        {
            var byWeek = Days.Where(day => day.Day <= Today).ToLookup(day => (Today.DayNumber - day.Day.DayNumber) / 7);
            return [.. Enumerable.Range(0, TimeWeeks).Reverse().Select(ago => new WeekOfTime(Today.AddDays(-7 * ago), byWeek[ago].Sum(day => day.OnCards.TotalMinutes), byWeek[ago].Sum(day => day.OnTests.TotalMinutes)))];
        }
    }

    private static async Task<IReadOnlyList<RecallDay>> HistoryAsync(NpgsqlConnection connection, Guid learner, IReadOnlyList<Deck> decks, DateOnly from) =>
    [
        .. (await connection.QueryAsync<(DateOnly Day, int Right, int Of)>(
            """
            with mine as (
              select c.recalled_days, c.forgotten_days from card c join question q on q.id = c.question_id and q.source_id = any(@sources) where c.learner_id = @learner)
            select day, sum(is_right)::int, count(*)::int
            from (select unnest(recalled_days) as day, 1 as is_right from mine union all select unnest(forgotten_days), 0 from mine) d
            where day >= @from
            group by day
            """,
            new { learner, from, sources = decks.Select(deck => deck.Source).ToArray() })).Select(row => new RecallDay(row.Day, new Share(row.Right, row.Of))),
    ];

    private static async Task<RecallCurve> CurveAsync(NpgsqlConnection connection, Guid learner, IReadOnlyList<Deck> decks)
    {
        var rows = await connection.QueryAsync<LogRow>(
            """
            select r.question_id as Question, r.fork, q.source_id as Source, r.client_id as ClientId, r.reviewed_at as ReviewedAt, r.received_at as ReceivedAt,
                   r.day, r.kind, r.rating, r.replaces
            from review r
            join question q on q.id = r.question_id
            where r.learner_id = @learner
            """,
            new { learner });
        var models = decks.ToDictionary(deck => deck.Source, deck => (Scheduler: new Scheduler(deck.Scheduling), Fsrs: deck.Scheduling.Model()));
        var tests = rows.Where(row => models.ContainsKey(row.Source)).GroupBy(row => (row.Question, row.Fork, row.Source)).SelectMany(log =>
            RecallHistory.Tests(log.Select(row => row.Read()), models[log.Key.Source].Scheduler, models[log.Key.Source].Fsrs, CardRow.FuzzSeed(learner, log.Key.Question, log.Key.Fork))).ToList();
        return new RecallCurve(RecallHistory.Calibration(tests, 10), RecallHistory.LogLoss(tests), tests.Count);
    }

    private static async Task<ILookup<long, PointRow>> PointsAsync(NpgsqlConnection connection, IReadOnlyList<Deck> decks) =>
        (await connection.QueryAsync<PointRow>(
            """
            select q.source_id as Source, k.heading, coalesce(g.id, k.id) as GroupId, coalesce(g.heading, k.heading) as GroupHeading, coalesce(g.position, k.position) as GroupPosition,
                   array_agg(q.id) as Questions
            from question q
            join key_point k on k.id = q.key_point_id
            left join key_point g on g.id = k.parent_id
            where q.source_id = any(@sources) and q.status = 'published'
            group by q.source_id, k.id, g.id
            order by k.position, k.id
            """,
            new { sources = decks.Select(deck => deck.Source).ToArray() })).ToLookup(row => row.Source);

    private static IEnumerable<PointGroup> GroupsOf(Deck deck, IEnumerable<PointRow> points, IReadOnlyList<DeckCard> cards, DateOnly on)
    {
        var (byQuestion, fsrs) = (cards.ToDictionary(card => card.Id), deck.Scheduling.Model());
        return points.GroupBy(row => (row.GroupPosition, row.GroupId, row.GroupHeading)).OrderBy(group => group.Key.GroupPosition).ThenBy(group => group.Key.GroupId)
            .Select(group => new PointGroup(deck.Language, group.Key.GroupHeading,
            [
                .. group.Select(point =>
                {
                    var known = point.Questions.Where(byQuestion.ContainsKey).Select(question => Recall.Ahead(on, byQuestion[question].Card, fsrs)).ToList();
                    return new PointRecall(point.Heading, known.Count == 0 ? null : known.Average(), known.Count, point.Questions.Length);
                }),
            ]));
    }

    // A key point with its questions
    private sealed class PointRow
    {
        public required long Source { get; init; }

        public required string Heading { get; init; }

        public required long GroupId { get; init; }

        public required string GroupHeading { get; init; }

        public required int GroupPosition { get; init; }

        public required long[] Questions { get; init; }
    }

    private sealed record LogRow(
        long Question, int Fork, long Source, Guid ClientId, DateTime ReviewedAt, DateTime ReceivedAt, DateOnly Day, string Kind, short? Rating, Guid? Replaces)
    {
        public LoggedReview Read() => new(
            ClientId, new DateTimeOffset(ReviewedAt, TimeSpan.Zero), new DateTimeOffset(ReceivedAt, TimeSpan.Zero), Day,
            Enum.Parse<ReviewKind>(Kind, ignoreCase: true), (Rating)(Rating ?? 0), Replaces);
    }
}

/// <summary>Minutes of seven days.</summary>
/// <param name="Ends">The last of them.</param>
public sealed record WeekOfTime(DateOnly Ends, double OnCards, double OnTests)
{
    public double Total => OnCards + OnTests;
}

/// <summary>Key points under one heading.</summary>
public sealed record PointGroup(string Language, string Heading, IReadOnlyList<PointRecall> Points);

/// <summary>A key point's predicted recall.</summary>
/// <param name="Recall">The mean of its learned questions; null where there are none.</param>
public sealed record PointRecall(string Heading, double? Recall, int Learned, int Questions);

/// <summary>What was predicted against what was recalled.</summary>
public sealed record RecallCurve(IReadOnlyList<CalibrationBin> Bins, double? LogLoss, int Answers);
