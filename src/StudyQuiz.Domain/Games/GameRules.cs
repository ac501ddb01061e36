using System.Collections.Immutable;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Games;

/// <summary>The state machine of a live game: <see cref="Decide"/> asks, <see cref="Evolve"/> folds, neither touches a clock.</summary>
public static partial class GameRules
{
    /// <summary>What a command at a game time leads to.</summary>
    /// <param name="now">Game time; never less than that of the last event.</param>
    public static Decision Decide(GameState state, GameCommand command, TimeSpan now) => command switch
    {
        Tick => Accept(Due(state, now)),
        _ when state.IsOver && command is not GiveAnswer => Refuse(GameRefusal.GameOver),
        TakeSeat join => Join(state, join, now),
        GiveAnswer answer => Answer(state, answer, now),
        HostCommand led => Lead(state, led, now),
        WithdrawRounds gone => Withdraw(state, gone.Rounds, now),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command of a game."),
    };

    /// <summary>The state after an event.</summary>
    public static GameState Evolve(GameState state, GameEvent happened) => happened switch
    {
        SeatTaken taken => WithSeat(state, taken.Seat),
        ReadingBegun reading => Read(state, reading),
        ExtraTimeGiven given => state with
        {
            ExtraTime = given.Percent == 0 ? state.ExtraTime.Remove(given.Seat) : state.ExtraTime.SetItem(given.Seat, given.Percent),
        },
        RoundOpened opened => Begin(state, GamePhase.Open, opened) with
        {
            OpenedAt = opened.At,
            OpenUntil = opened.At + state.Setup.Round(opened.Round).Open,
            PhaseEnds = opened.At + state.Setup.Round(opened.Round).Open,
        },
        AnswerTaken answer => WithAnswer(state, answer),
        RoundClosed => Close(state, happened),
        BoardShown => Begin(state, GamePhase.Board, happened) with { PhaseEnds = ByItself(state, happened.At + GameTiming.Board) },
        GameFinished => Begin(state, GamePhase.Podium, happened),
        GameAborted => Begin(state, GamePhase.Aborted, happened),
        GamePaused => state with { IsPaused = true },
        GameResumed => state with { IsPaused = false },
        TimeExtended extended => Extended(state, extended.By),
        RoundSkipped => Score(With(Begin(state, GamePhase.Closed, happened), RoundFix.Skipped)),
        RoundReopened reopened => Reopened(state, reopened),
        RoundVoided => Score(With(state, RoundFix.Voided)),
        RoundWithdrawn withdrawn => state with { Fixes = state.Fixes.SetItem(withdrawn.Round, state.Fixes.GetValueOrDefault(withdrawn.Round) | RoundFix.Withdrawn) },
        KeyCorrected corrected => Score(With(state, RoundFix.Corrected) with { Setup = state.Setup.With(corrected.Round, corrected.Question) }),
        SeatRemoved removed => WithoutSeat(state, removed),
        SeatRenamed renamed => Reseated(state, state.Seats[renamed.Seat] with { Nickname = renamed.Nickname, IsHidden = false }),
        SeatApproved approved => Reseated(state, state.Seats[approved.Seat] with { IsHidden = false }),
        SeatMoved moved when state.Seats.TryGetValue(moved.Seat, out var seat) => state with { Seats = state.Seats.SetItem(moved.Seat, seat with { Team = moved.Team }) },
        SeatMoved => state,
        JoiningLocked locked => state with { IsLocked = locked.Locked },
        UnknownHappened => state,
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a game."),
    };

    /// <summary>Rebuilds a game from what is stored of it: journaled events in order, its seats, and each round's answers.</summary>
    /// <remarks>
    /// Answers and seats are stored beside the journal, not in it: within a round the order of answers does not matter, and a seat
    /// is folded in after as many events as it came after; one that was stored before that was counted, by its time.
    /// </remarks>
    public static GameState Rebuild(
        GameSetup setup, IReadOnlyList<GameEvent> journal, IEnumerable<(SeatTaken Taken, int? After)> seats, ILookup<int, AnswerTaken> answersByRound)
    {
        var waiting = new Queue<(SeatTaken Taken, int? After)>(seats.OrderBy(s => s.Taken.Seat.Number));
        var state = GameState.Opened(setup);
        for (var i = 0; i < journal.Count; i++)
        {
            var happened = journal[i];
            while (waiting.TryPeek(out var next) && (next.After is { } after ? after <= i : next.Taken.At <= happened.At)) state = Evolve(state, waiting.Dequeue().Taken);
            // Whatever ends an open round comes after all of its answers: the owner takes none from then on.
            state = WithAnswersOfOpenRound(state);
            state = Evolve(state, happened);
        }

        return WithAnswersOfOpenRound(waiting.Aggregate(state, (running, next) => Evolve(running, next.Taken)));

        GameState WithAnswersOfOpenRound(GameState running) =>
            running.Phase == GamePhase.Open ? answersByRound[running.Round].Aggregate(running, Evolve) : running;
    }

    private static Decision Answer(GameState state, GiveAnswer given, TimeSpan now)
    {
        if (!state.Seats.ContainsKey(given.Seat)) return Refuse(GameRefusal.UnknownSeat);
        if (given.Round > state.Round || given.Round < 1) return Refuse(GameRefusal.WrongRound);
        if (given.Round < state.Round) return Refuse(GameRefusal.TooLate);
        if (state.Answers.ContainsKey(given.Seat)) return Refuse(GameRefusal.AlreadyAnswered);
        if (state.Phase == GamePhase.Reading) return Refuse(GameRefusal.NotOpenYet);
        if (state.IsPaused) return Refuse(GameRefusal.Paused);
        var credit = state.CreditFor(given.Seat, given.RoundTrip);
        if (state.Phase != GamePhase.Open || now > state.EndsFor(given.Seat) + GameTiming.Grace + credit) return Refuse(GameRefusal.TooLate);
        if (!state.Current!.Takes(given.Answer)) return Refuse(GameRefusal.UnfitAnswer);
        return Accept(new AnswerTaken(now, given.Round, given.Seat, given.Answer, credit));
    }

    private static GameEvent[] Due(GameState state, TimeSpan now) => state is { IsPaused: false } and not { Phase: GamePhase.Lobby } && now >= state.ClosesAt ? [Next(state, now)] : [];

    // Slides have no answers, and what is not scored changes no board.
    private static GameEvent Next(GameState state, TimeSpan now) => state.Phase switch
    {
        GamePhase.Reading when !state.Current!.IsSlide => new RoundOpened(now, state.Round),
        GamePhase.Open => new RoundClosed(now, state.Round),
        GamePhase.Closed when state.Current!.IsScored => new BoardShown(now, state.Round),
        _ => Leave(state, now),
    };

    /// <summary>The state without an answer that was reserved but could not be stored: its seat may answer again.</summary>
    public static GameState Release(GameState state, AnswerTaken answer) => state.Round == answer.Round && state.Phase == GamePhase.Open
        ? WithEnd(state with { Answers = state.Answers.Remove(answer.Seat) })
        : state;

    // A seat that was taken away has no answers any more, whatever is stored of it.
    private static GameState WithAnswer(GameState state, AnswerTaken answer) => !state.Seats.ContainsKey(answer.Seat)
        ? state
        : WithEnd(state with { Answers = state.Answers.SetItem(answer.Seat, new RoundAnswer(answer.Answer, answer.At, answer.Credit)) });

    // An open round ends with its time, or soon after the last seat has answered.
    private static GameState WithEnd(GameState state)
    {
        if (state.Phase != GamePhase.Open) return state;
        var ends = state.OpenUntil;
        if (state.AllAnswered)
        {
            var soon = state.Answers.Values.Max(answer => answer.At) + GameTiming.AfterAllAnswered;
            if (soon < ends) ends = soon;
        }

        return state with { PhaseEnds = ends };
    }

    private static GameState Read(GameState state, ReadingBegun begun)
    {
        var round = state.Setup.Round(begun.Round);
        var ends = begun.At + round.Reading;
        return Begin(state, GamePhase.Reading, begun) with
        {
            Round = begun.Round,
            Answers = ImmutableDictionary<int, RoundAnswer>.Empty,
            Before = state.Standings,
            Quotas = QuotasAfter(state),
            PhaseEnds = round.IsSlide ? ByItself(state, ends) : ends,
        };
    }

    private static ImmutableDictionary<int, TimeSpan> QuotasAfter(GameState state)
    {
        var (most, regained) = GameTiming.CreditQuota;
        var left = ImmutableDictionary.CreateBuilder<int, TimeSpan>();
        foreach (var seat in state.Quotas.Keys.Union(state.Answers.Where(a => a.Value.Credit > TimeSpan.Zero).Select(a => a.Key)))
        {
            var quota = state.Quotas.GetValueOrDefault(seat, most) - (state.Answers.GetValueOrDefault(seat)?.Credit ?? TimeSpan.Zero) + regained;
            if (quota < most) left[seat] = quota;
        }

        return left.ToImmutable();
    }

    // Whatever begins ends a pause.
    private static GameState Begin(GameState state, GamePhase phase, GameEvent happened) =>
        state with { Phase = phase, PhaseStarted = happened.At, PhaseEnds = null, IsPaused = false };

    private static GameState Close(GameState state, GameEvent closed) =>
        Score(Begin(state, GamePhase.Closed, closed) with { PhaseEnds = ByItself(state, closed.At + GameTiming.Reveal(state.Current!)) });

    // Grades the running round by what is known now; may be done again when more is.
    private static GameState Score(GameState state)
    {
        if (!state.Current!.IsScored) return state;
        var standings = Standing.After(state);
        return state with
        {
            Standings = standings,
            Tallies = state.IsVoid(state.Round)
                ? state.Tallies.Remove(state.Round)
                : state.Tallies.SetItem(state.Round, new RoundTally(standings.Count(s => s.Outcome == Outcome.Right), standings.Length)),
        };
    }

    private static TimeSpan? ByItself(GameState state, TimeSpan ends) => state.Setup.Options.AutoAdvance ? ends : null;

    private static Decision.Accepted Accept(params GameEvent[] events) => new(events);

    private static Decision.Refused Refuse(GameRefusal why) => new(why);
}
