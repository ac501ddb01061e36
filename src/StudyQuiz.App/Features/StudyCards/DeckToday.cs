using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>What today holds in one deck.</summary>
/// <param name="All">The deck's cards that were ever answered and are not suspended.</param>
/// <param name="Come">Those of them that have come and are not put off.</param>
/// <param name="Day">The day's cards.</param>
/// <param name="Limits">What a day takes.</param>
/// <param name="NewDone">New cards that today has had already.</param>
/// <param name="ReviewsDone">Cards that came back today already.</param>
/// <param name="New">New cards that today brings.</param>
/// <param name="Questions">How many questions the deck has.</param>
/// <param name="Unseen">How many of them were never answered.</param>
internal sealed record DeckToday(
    Deck Deck, IReadOnlyList<DeckCard> All, IReadOnlyList<DeckCard> Come, StudyDay Day, DeckLimits Limits, int NewDone, int ReviewsDone, int New, int Questions, int Unseen)
{
    /// <summary>Cards that come back, those on a step of minutes among them.</summary>
    public int Reviews => Day.Reviews.Count + Day.OnSteps.Count;

    public int Cards => Reviews + New;

    /// <summary>How many answers the day takes if each card is known: a new card comes again for each of its steps.</summary>
    public int Answers => Reviews + (New * new Scheduler(Deck.Scheduling).AnswersToMeet);
}

/// <summary>Everything that pages about decks say of a learner's today.</summary>
/// <param name="Learner">Null where this browser has begun nothing.</param>
internal sealed record Today(Guid? Learner, StudyLearner Who, DateOnly Day, CardPace Pace)
{
    /// <summary>The settings of somebody who has set nothing.</summary>
    public static readonly StudyLearner Nobody = new(Guid.Empty, LearnerDay.DefaultZone, StudyCalendar.DefaultRolloverHour, 2);

    /// <param name="http">Whoever has begun nothing will begin in the zone of their browser.</param>
    public static async Task<Today> OfAsync(NpgsqlConnection connection, HttpContext http, Guid? learner, DateTimeOffset now)
    {
        var who = learner is { } known ? await StudyLearner.LoadAsync(connection, known) : Nobody with { TimeZone = LearnerDay.ZoneOf(http) };
        var day = who.Calendar.DayOf(now);
        if (learner is { } begun) await PassedExams.SettleAsync(connection, begun, day);
        return new Today(learner, who, day, learner is { } own ? await CardPace.OfAsync(connection, own, day) : CardPace.Usual);
    }

    /// <summary>The decks that the learner has begun: opened, set, or answered in a self-test or a game.</summary>
    public async Task<IReadOnlyList<Deck>> BegunAsync(NpgsqlConnection connection, IReadOnlyList<Deck> decks)
    {
        if (Learner is not { } learner) return [];
        var answered = (await connection.QueryAsync<long>(
            "select s.id from source s where exists (select 1 from card c join question q on q.id = c.question_id where c.learner_id = @learner and q.source_id = s.id)",
            new { learner })).ToHashSet();
        return [.. decks.Where(deck => deck.IsBegun || answered.Contains(deck.Source))];
    }

    /// <summary>What today holds in a deck.</summary>
    public async Task<DeckToday> InAsync(NpgsqlConnection connection, Deck deck) => (await InAsync(connection, [deck]))[0];

    /// <summary>What today holds in each of some decks.</summary>
    public async Task<IReadOnlyList<DeckToday>> InAsync(NpgsqlConnection connection, IReadOnlyList<Deck> decks)
    {
        if (decks.Count == 0) return [];
        var learner = Learner ?? Guid.Empty;
        var cards = await DeckCards.OfDecksAsync(connection, learner, decks, Day);
        var done = await DeckCards.DoneAsync(connection, learner, [.. decks.Select(deck => deck.Source)], Day);
        var counts = await DeckCards.CountAsync(connection, learner, decks);
        return [.. decks.Select(deck => In(deck, [.. cards[deck.Source]], done.GetValueOrDefault(deck.Source), counts[deck.Source]))];
    }

    private DeckToday In(Deck deck, IReadOnlyList<PlacedCard> cards, (int New, int Reviews) done, (int All, int Unseen) questions)
    {
        IReadOnlyList<DeckCard> all = [.. cards.Select(one => one.Card)];
        IReadOnlyList<DeckCard> come = [.. cards.Where(one => !one.IsPutOff && one.Card.Day <= Day).Select(one => one.Card)];
        var limits = deck.LimitsWith(StudyPlan.PlannedUntil(all, Day));
        var day = StudyDay.Of(come, Day, deck.Scheduling.Model(), limits, done.New, done.Reviews);
        return new DeckToday(deck, all, come, day, limits, done.New, done.Reviews, Math.Min(day.New, questions.Unseen), questions.All, questions.Unseen);
    }

    /// <summary>The study day on which the learner last answered anything.</summary>
    public Task<DateOnly?> LastDayAsync(NpgsqlConnection connection) =>
        connection.QuerySingleAsync<DateOnly?>("select max(day) from review where learner_id = @Learner", new { Learner });
}
