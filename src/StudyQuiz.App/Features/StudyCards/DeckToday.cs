using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>What today holds in one deck.</summary>
/// <param name="Day">The day's cards.</param>
/// <param name="Limits">What a day takes.</param>
/// <param name="NewDone">New cards that today has had already.</param>
/// <param name="New">New cards that today brings.</param>
/// <param name="Questions">How many questions the deck has.</param>
/// <param name="Unseen">How many of them were never answered.</param>
internal sealed record DeckToday(Deck Deck, StudyDay Day, DeckLimits Limits, int NewDone, int New, int Questions, int Unseen)
{
    /// <summary>Cards that come back, those on a step of minutes among them.</summary>
    public int Reviews => Day.Reviews.Count + Day.OnSteps.Count;

    public int Cards => Reviews + New;
}

/// <summary>Everything that pages about decks say of a learner's today.</summary>
/// <param name="Learner">Null where this browser has begun nothing.</param>
internal sealed record Today(Guid? Learner, StudyLearner Who, DateOnly Day, CardPace Pace)
{
    /// <summary>The settings of somebody who has set nothing.</summary>
    public static readonly StudyLearner Nobody = new(Guid.Empty, LearnerDay.DefaultZone, StudyCalendar.DefaultRolloverHour, 2);

    public static async Task<Today> OfAsync(NpgsqlConnection connection, Guid? learner, DateTimeOffset now)
    {
        var who = learner is { } known ? await StudyLearner.LoadAsync(connection, known) : Nobody;
        var day = who.Calendar.DayOf(now);
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
    public async Task<DeckToday> InAsync(NpgsqlConnection connection, Deck deck)
    {
        var learner = Learner ?? Guid.Empty;
        var coming = Learner is null ? [] : await DeckCards.ComingAsync(connection, learner, deck, Day, Day);
        var (newDone, reviewsDone) = Learner is null ? default : await DeckCards.DoneAsync(connection, learner, deck.Source, Day);
        var limits = deck.LimitsWith(Learner is null ? null : await DeckCards.PlannedUntilAsync(connection, learner, deck, Day));
        var day = StudyDay.Of(coming.Select(row => row.Read()), Day, deck.Scheduling.Model(), limits, newDone, reviewsDone);
        var (questions, unseen) = await DeckCards.CountAsync(connection, learner, deck);
        return new DeckToday(deck, day, limits, newDone, Math.Min(day.New, unseen), questions, unseen);
    }

    /// <summary>The study day on which the learner last answered anything.</summary>
    public Task<DateOnly?> LastDayAsync(NpgsqlConnection connection) =>
        connection.QuerySingleAsync<DateOnly?>("select max(day) from review where learner_id = @Learner", new { Learner });
}
