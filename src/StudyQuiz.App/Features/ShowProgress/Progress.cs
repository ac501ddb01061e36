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
        var tests = await TestsAsync(connection, learner, decks, withCurve ? null : today.Day.AddDays(-7 * RecallWeeks));
        var (learned, questions, groups, ahead) = (0, 0, new List<PointGroup>(), new DayBar[DaysAhead]);
        for (var i = 0; i < DaysAhead; i++) ahead[i] = new DayBar(today.Day.AddDays(i), 0, 0, 0);
        foreach (var now in await today.InAsync(connection, decks))
        {
            var (deck, cards) = (now.Deck, now.All);
            (learned, questions) = (learned + now.Questions - now.Unseen, questions + now.Questions);
            groups.AddRange(await GroupsAsync(connection, deck, cards, on));
            var forecast = StudyPlan.Forecast(Recall.ByLoss(cards, today.Day, deck.Scheduling.Model()), now.Unseen, today.Day, DaysAhead, new Scheduler(deck.Scheduling), now.Limits, now.NewDone, now.ReviewsDone);
            for (var i = 0; i < DaysAhead; i++)
                ahead[i] = ahead[i] with { Due = ahead[i].Due + forecast[i].Due + forecast[i].CatchUp, New = ahead[i].New + forecast[i].New };
        }

        var days = await StudiedDay.AllAsync(connection, learner, today.Who.Calendar, await CardLog.UndoneAsync(connection, learner));
        return new Progress(
            today.Day, RecallHistory.Retention(tests, today.Day, 7), RecallHistory.Retention(tests, today.Day, 30), RecallHistory.ByWeek(tests, today.Day, RecallWeeks),
            decks.Count == 0 ? null : (decks.Min(deck => deck.Retention), decks.Max(deck => deck.Retention)),
            days, Streak.Of(days.Where(day => day.Answers > 0).Select(day => day.Day), today.Day), today.Pace.IsOwn ? today.Pace.Seconds : null, learned, questions, ahead, on, groups,
            withCurve ? new RecallCurve(RecallHistory.Calibration(tests, 10), RecallHistory.LogLoss(tests), tests.Count) : null);
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

    /// <param name="from">Only cards answered since; null for all.</param>
    private static async Task<IReadOnlyList<RecallTest>> TestsAsync(NpgsqlConnection connection, Guid learner, IReadOnlyList<Deck> decks, DateOnly? from)
    {
        var rows = await connection.QueryAsync<LogRow>(
            """
            select r.question_id as Question, r.fork, q.source_id as Source, r.client_id as ClientId, r.reviewed_at as ReviewedAt, r.received_at as ReceivedAt,
                   r.day, r.kind, r.rating, r.replaces
            from review r
            join question q on q.id = r.question_id
            where r.learner_id = @learner
              and (@from::date is null or (r.question_id, r.fork) in (select d.question_id, d.fork from review d where d.learner_id = @learner and d.day >= @from))
            """,
            new { learner, from });
        var models = decks.ToDictionary(deck => deck.Source, deck => (Scheduler: new Scheduler(deck.Scheduling), Fsrs: deck.Scheduling.Model()));
        return
        [
            .. rows.Where(row => models.ContainsKey(row.Source)).GroupBy(row => (row.Question, row.Fork, row.Source)).SelectMany(log =>
                RecallHistory.Tests(log.Select(row => row.Read()), models[log.Key.Source].Scheduler, models[log.Key.Source].Fsrs, CardRow.FuzzSeed(learner, log.Key.Question, log.Key.Fork))),
        ];
    }

    private static async Task<IReadOnlyList<PointGroup>> GroupsAsync(NpgsqlConnection connection, Deck deck, IReadOnlyList<DeckCard> cards, DateOnly on)
    {
        var questions = await connection.QueryAsync<PointRow>(
            """
            select q.id as Question, k.id as Point, k.heading, k.position, coalesce(g.id, k.id) as GroupId, coalesce(g.heading, k.heading) as GroupHeading, coalesce(g.position, k.position) as GroupPosition
            from question q
            join key_point k on k.id = q.key_point_id
            left join key_point g on g.id = k.parent_id
            where q.source_id = @Source and q.status = 'published'
            """,
            new { deck.Source });
        var (byQuestion, fsrs) = (cards.ToDictionary(card => card.Id), deck.Scheduling.Model());
        return
        [
            .. questions.GroupBy(row => (row.GroupPosition, row.GroupId, row.GroupHeading)).OrderBy(group => group.Key.GroupPosition).ThenBy(group => group.Key.GroupId)
                .Select(group => new PointGroup(deck.Language, group.Key.GroupHeading,
                [
                    .. group.GroupBy(row => (row.Position, row.Point, row.Heading)).OrderBy(point => point.Key.Position).Select(point =>
                    {
                        var known = point.Where(row => byQuestion.ContainsKey(row.Question)).Select(row => Recall.On(on, byQuestion[row.Question].Card, fsrs)).ToList();
                        return new PointRecall(point.Key.Heading, known.Count == 0 ? null : known.Average(), known.Count, point.Count());
                    }),
                ])),
        ];
    }

    private sealed record PointRow(long Question, long Point, string Heading, int Position, long GroupId, string GroupHeading, int GroupPosition);

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
