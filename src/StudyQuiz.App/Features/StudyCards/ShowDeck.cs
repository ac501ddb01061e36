using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>One deck: its day, a plan where one is worth having, the days to come, the exam, the settings.</summary>
internal static class ShowDeck
{
    /// <summary>The days that the picture shows at the most.</summary>
    private const int MostDrawn = 60;

    private const int UsualDays = 30;

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/cards/{slug}", ShowAsync);

    /// <summary>A choice of days to catch up over; null for anything else.</summary>
    public static int? Days(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && CatchUpOffer.Choices.Contains(days) ? days : null;

    /// <returns>Null where there is no such deck, or nobody may study it.</returns>
    public static async Task<Deck?> FindAsync(NpgsqlConnection connection, Today today, string slug) =>
        await Deck.FindAsync(connection, today.Learner, slug) is { } deck
        && await connection.QuerySingleAsync<bool>("select exists (select 1 from question where source_id = @Source and status = 'published')", new { deck.Source })
            ? deck
            : null;

    private static async Task<IResult> ShowAsync(
        string slug, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, string? days = null, string? saved = null, string? planned = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var today = await Today.OfAsync(connection, http, await learners.FindAsync(http), clock.Now);
        return await FindAsync(connection, today, slug) is { } deck
            ? await PageAsync(connection, today, deck, notice: saved == "plan" ? "SavedPlan" : saved is not null ? "Saved" : planned is not null ? "Planned" : null, days: Days(days))
            : Pages.NotFound();
    }

    /// <param name="typed">A form that was refused, with its errors.</param>
    public static async Task<IResult> PageAsync(
        NpgsqlConnection connection, Today today, Deck deck, DeckForm? typed = null, IReadOnlyDictionary<string, string>? errors = null, string? notice = null, int? days = null)
    {
        var scope = await DeckScope.OfAsync(connection, deck);
        var now = await today.InAsync(connection, deck);
        var cards = now.All;
        var offer = today.Learner is null ? null : CatchUpOffer.Of(now, today.Day, await today.LastDayAsync(connection), days ?? CatchUpOffer.Choices[0]);
        var inOrder = InOrder(now, offer, today.Day);
        var ahead = Ahead(now, inOrder, today);
        return Pages.Render<DeckPage>(
            new
            {
                View = new DeckView(
                    deck, today.Day, now.Reviews, now.New, today.Pace.Minutes(now.Answers), now.All.Count > 0,
                    ahead, offer is null ? null : await PlanAsync(connection, today, deck, cards, offer),
                    offer is null ? now.Limits.Pause.PlannedUntil : null,
                    NewCardsView.Of(now, today.Day),
                    await ExamAsync(connection, today, now, inOrder)),
                Form = typed ?? DeckForm.Of(deck, today.Who, scope),
                Scope = scope,
                Suspended = await SuspendedCards.OfAsync(connection, today.Learner, deck.Source),
                Errors = errors ?? new Dictionary<string, string>(StringComparer.Ordinal),
                Notice = notice,
                Device = today.Learner is null ? SecretToken.Create() : null,
            },
            errors is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    // To the exam; else a month, or to the end of a plan
    private static int DaysAhead(Deck deck, DateOnly today, DateOnly? plannedUntil) =>
        deck.ExamDay is { } exam && exam > today ? Math.Min(StudyPlan.MostDays, exam.DayNumber - today.DayNumber)
        : plannedUntil is { } last ? Math.Clamp(last.DayNumber - today.DayNumber + 1, UsualDays, MostDrawn)
        : UsualDays;

    private static IReadOnlyList<DayBar> Ahead(DeckToday now, IReadOnlyList<DeckCard> inOrder, Today today)
    {
        var deck = now.Deck;
        var scheduler = new Scheduler(deck.Scheduling);
        // Without a plan what is overdue is due like anything else
        var plannedUntil = StudyPlan.PlannedUntil(inOrder, today.Day);
        var isPlan = plannedUntil is not null;
        return
        [
            .. StudyPlan.Forecast(inOrder, now.Unseen, today.Day, DaysAhead(deck, today.Day, plannedUntil), scheduler, deck.LimitsWith(plannedUntil), now.NewDone, now.ReviewsDone)
                .Select(day => new DayBar(day.Day, Of(day.Due + (isPlan ? 0 : day.CatchUp)), Of(isPlan ? day.CatchUp : 0), Of(day.New * scheduler.AnswersToMeet))),
        ];

        double Of(int answers) => answers * today.Pace.Seconds / 60;
    }

    /// <summary>A deck's cards as a day takes them, on the days of the plan where one is offered.</summary>
    private static IReadOnlyList<DeckCard> InOrder(DeckToday now, CatchUpOffer? offer, DateOnly today) =>
        Recall.ByLoss(
            offer is null ? now.All : [.. now.All.Select(card => offer.Plan.Days.TryGetValue(card.Id, out var day) ? card with { PlannedDay = day } : card)],
            today, now.Deck.Scheduling.Model());

    private static async Task<PlanView> PlanAsync(
        NpgsqlConnection connection, Today today, Deck deck, IReadOnlyList<DeckCard> cards, CatchUpOffer offer)
    {
        var fsrs = deck.Scheduling.Model();
        var first = Recall.ByLoss(cards.Where(card => offer.Plan.Days.ContainsKey(card.Id)), today.Day, fsrs).Take(4).ToList();
        var stems = await StemsAsync(connection, [.. first.Select(card => card.Id)]);
        return new PlanView(
            offer.Days, offer.Takes(today.Day), offer.Plan.Unfit, deck.ExamDay > today.Day, offer.DaysAway, today.Pace.Minutes(offer.Plan.MostADay),
            [.. first.Where(card => stems.ContainsKey(card.Id)).Select(card => new PlanCard(
                stems[card.Id], Recall.On(today.Day, card.Card, fsrs), Recall.LossByWaiting(card.Card, today.Day, fsrs), offer.Plan.Days[card.Id]))]);
    }

    internal static async Task<IReadOnlyDictionary<long, string>> StemsAsync(NpgsqlConnection connection, long[] questions) =>
        (await connection.QueryAsync<(long Question, string Stem)>(
            "select q.id, v.body ->> 'stem' from question q join question_version v on v.id = q.current_version_id where q.id = any(@questions)", new { questions }))
        .ToDictionary(row => row.Question, row => row.Stem);

    private static async Task<ExamView?> ExamAsync(NpgsqlConnection connection, Today today, DeckToday now, IReadOnlyList<DeckCard> inOrder)
    {
        var (deck, cards) = (now.Deck, now.All);
        if (deck.ExamDay is not { } exam) return null;
        var left = exam.DayNumber - today.Day.DayNumber;
        if (left <= 0 || cards.Count == 0) return new ExamView(exam, left, 0, []);
        var fsrs = deck.Scheduling.Model();
        var kept = StudyPlan.Kept(inOrder, today.Day, exam, new Scheduler(deck.Scheduling), now.Limits, now.ReviewsDone);
        var groups = (await connection.QueryAsync<(long Question, long Group, string Heading, int Position)>(
            """
            select q.id, coalesce(g.id, k.id), coalesce(g.heading, k.heading), coalesce(g.position, k.position)
            from question q join key_point k on k.id = q.key_point_id left join key_point g on g.id = k.parent_id
            where q.source_id = @Source and q.status = 'published'
            """,
            new { deck.Source })).ToDictionary(row => row.Question);
        return new ExamView(exam, left, kept.Values.Count(card => card.IsLeft),
        [
            .. cards.Where(card => groups.ContainsKey(card.Id)).GroupBy(card => groups[card.Id] is var row ? (row.Position, row.Group, row.Heading) : default)
                .OrderBy(group => group.Key.Position).ThenBy(group => group.Key.Group)
                .Select(group => new ExamGroup(
                    group.Key.Heading, group.Count(),
                    group.Average(card => Recall.Ahead(today.Day, card.Card, fsrs)),
                    group.Average(card => Recall.On(exam, card.Card, fsrs)),
                    group.Average(card => Recall.On(exam, kept[card.Id].Card, fsrs)))),
        ]);
    }

    /// <summary>The part of the days to come that the picture shows.</summary>
    public static IReadOnlyList<DayBar> Drawn(IReadOnlyList<DayBar> ahead) => [.. ahead.Take(MostDrawn)];
}

/// <summary>A deck's page.</summary>
/// <param name="HasCards">Whether any was ever answered.</param>
/// <param name="Ahead">Minutes a day, to the exam where one is set.</param>
/// <param name="PlannedUntil">The last day of a plan that was agreed to; null where none runs.</param>
/// <param name="NewCards">Where a plan or an exam calls for a pause and there are any.</param>
public sealed record DeckView(
    Deck Deck, DateOnly Today, int Reviews, int New, int Minutes, bool HasCards, IReadOnlyList<DayBar> Ahead, PlanView? Plan, DateOnly? PlannedUntil,
    NewCardsView? NewCards, ExamView? Exam)
{
    public int Cards => Reviews + New;
}

/// <summary>New cards that wait, or come all the same.</summary>
/// <param name="Reason">Why they wait, or would.</param>
/// <param name="IsLifted">Whether the learner wants them all the same.</param>
public sealed record NewCardsView(PauseReason Reason, bool IsLifted)
{
    internal static NewCardsView? Of(DeckToday now, DateOnly today) =>
        now.Unseen == 0 || now.Deck.NewPerDay == 0 || now.Limits.Pause.CalledOn(today) is not (not PauseReason.None and var reason) ? null
        : new NewCardsView(reason, now.Limits.Pause.On(today) == PauseReason.None);
}

/// <summary>A plan that is offered.</summary>
/// <param name="Chosen">Over how many days it spreads.</param>
/// <param name="Takes">After how many days everything is caught up with.</param>
/// <param name="Unfit">Cards that find no room before the exam, or as far as a plan reaches.</param>
/// <param name="Minutes">It adds to a day, at the most.</param>
/// <param name="First">What comes first.</param>
public sealed record PlanView(int Chosen, int Takes, int Unfit, bool EndsAtExam, int DaysAway, int Minutes, IReadOnlyList<PlanCard> First);

/// <summary>A card of a plan.</summary>
/// <param name="Loss">By how much recall falls in a further week.</param>
public sealed record PlanCard(string Stem, double Recall, double Loss, DateOnly Day);

/// <summary>An exam and what will be known then.</summary>
/// <param name="Left">Days; 0 or less when it has come.</param>
/// <param name="Unfit">Cards that come before it and for which no day has room.</param>
public sealed record ExamView(DateOnly Day, int Left, int Unfit, IReadOnlyList<ExamGroup> Groups)
{
    public double Now => Mean(group => group.Now);

    public double Unseen => Mean(group => group.Unseen);

    public double Kept => Mean(group => group.Kept);

    private double Mean(Func<ExamGroup, double> of) => Groups.Sum(group => group.Cards * of(group)) / Math.Max(1, Groups.Sum(group => group.Cards));
}

/// <summary>Key points under one heading.</summary>
/// <param name="Cards">Of them that were ever answered.</param>
/// <param name="Now">Predicted recall today.</param>
/// <param name="Unseen">On the day of the exam, if nothing is reviewed any more.</param>
/// <param name="Kept">On the day of the exam, if every day is done up to its limit.</param>
public sealed record ExamGroup(string Heading, int Cards, double Now, double Unseen, double Kept);
