using System.Collections.Immutable;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Games;

/// <summary>The state machine of a live game: <see cref="Decide"/> asks, <see cref="Evolve"/> folds, neither touches a clock.</summary>
public static class GameRules
{
    /// <summary>What a command at a game time leads to.</summary>
    /// <param name="now">Game time; never less than that of the last event.</param>
    public static Decision Decide(GameState state, GameCommand command, TimeSpan now) => command switch
    {
        Tick => Accept(Due(state, now)),
        _ when state.IsOver && command is not GiveAnswer => Refuse(GameRefusal.GameOver),
        TakeSeat join => Join(state, join, now),
        GiveAnswer answer => Answer(state, answer, now),
        Advance advance => Go(state, advance, now),
        Abort => Accept(new GameAborted(now)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command of a game."),
    };

    /// <summary>The state after an event.</summary>
    public static GameState Evolve(GameState state, GameEvent happened) => happened switch
    {
        SeatTaken taken => WithSeat(state, taken.Seat),
        ReadingBegun reading => state with
        {
            Phase = GamePhase.Reading,
            Round = reading.Round,
            Answers = ImmutableDictionary<int, RoundAnswer>.Empty,
            PhaseStarted = reading.At,
            PhaseEnds = reading.At + state.Setup.Round(reading.Round).Reading,
        },
        RoundOpened opened => state with
        {
            Phase = GamePhase.Open,
            OpenedAt = opened.At,
            PhaseStarted = opened.At,
            PhaseEnds = opened.At + state.Setup.Round(opened.Round).Open,
        },
        AnswerTaken answer => WithAnswer(state, answer),
        RoundClosed closed => Close(state, closed),
        BoardShown shown => state with { Phase = GamePhase.Board, PhaseStarted = shown.At },
        GameFinished finished => state with { Phase = GamePhase.Podium, PhaseStarted = finished.At, PhaseEnds = null },
        GameAborted aborted => state with { Phase = GamePhase.Aborted, PhaseStarted = aborted.At, PhaseEnds = null },
        _ => throw new ArgumentOutOfRangeException(nameof(happened), happened, "Not an event of a game."),
    };

    /// <summary>Rebuilds a game from what is stored of it: journaled phase events in order, its seats, and each round's answers.</summary>
    /// <remarks>
    /// Answers and seats are stored beside the journal, not in it: within a round the order of answers does not matter, and a seat
    /// is folded in before the first phase event that came after it.
    /// </remarks>
    public static GameState Rebuild(
        GameSetup setup, IEnumerable<GameEvent> journal, IEnumerable<SeatTaken> seats, ILookup<int, AnswerTaken> answersByRound)
    {
        var waiting = new Queue<SeatTaken>(seats.OrderBy(s => s.Seat.Number));
        var state = GameState.Opened(setup);
        foreach (var happened in journal)
        {
            while (waiting.TryPeek(out var next) && next.At <= happened.At) state = Evolve(state, waiting.Dequeue());
            // Whatever ends an open round comes after all of its answers: the owner takes none from then on.
            state = WithAnswersOfOpenRound(state);
            state = Evolve(state, happened);
        }

        return WithAnswersOfOpenRound(waiting.Aggregate(state, Evolve));

        GameState WithAnswersOfOpenRound(GameState running) =>
            running.Phase == GamePhase.Open ? answersByRound[running.Round].Aggregate(running, Evolve) : running;
    }

    private static Decision Join(GameState state, TakeSeat join, TimeSpan now)
    {
        if (!state.Setup.Options.LateJoin && state.Phase != GamePhase.Lobby) return Refuse(GameRefusal.LateJoinOff);
        if (state.Seats.Count >= state.Setup.Options.SeatCap) return Refuse(GameRefusal.Full);
        if (Nickname.Clean(join.Nickname) is not { } nickname) return Refuse(GameRefusal.NicknameInvalid);
        if (state.Skeletons.Contains(Nickname.Skeleton(nickname))) return Refuse(GameRefusal.NicknameTaken);
        return Accept(new SeatTaken(now, new Seat(state.Seats.Count + 1, nickname)));
    }

    private static Decision Answer(GameState state, GiveAnswer given, TimeSpan now)
    {
        if (!state.Seats.ContainsKey(given.Seat)) return Refuse(GameRefusal.UnknownSeat);
        if (given.Round > state.Round || given.Round < 1) return Refuse(GameRefusal.WrongRound);
        if (given.Round < state.Round) return Refuse(GameRefusal.TooLate);
        if (state.Answers.ContainsKey(given.Seat)) return Refuse(GameRefusal.AlreadyAnswered);
        if (state.Phase == GamePhase.Reading) return Refuse(GameRefusal.NotOpenYet);
        if (state.Phase != GamePhase.Open || now > state.PhaseEnds + GameTiming.Grace) return Refuse(GameRefusal.TooLate);
        if (!given.Answer.Fits(state.Current!.Question)) return Refuse(GameRefusal.UnfitAnswer);
        return Accept(new AnswerTaken(now, given.Round, given.Seat, given.Answer));
    }

    private static Decision Go(GameState state, Advance advance, TimeSpan now)
    {
        if (advance.SeenPhase != state.Phase || advance.SeenRound != state.Round) return Refuse(GameRefusal.WrongPhase);
        return state.Phase switch
        {
            GamePhase.Lobby when state.Seats.IsEmpty => Refuse(GameRefusal.NoSeats),
            GamePhase.Lobby => Accept(new ReadingBegun(now, 1)),
            GamePhase.Reading => Accept(new RoundOpened(now, state.Round)),
            GamePhase.Open => Accept(new RoundClosed(now, state.Round)),
            GamePhase.Closed => Accept(new BoardShown(now, state.Round)),
            GamePhase.Board when state.IsLastRound => Accept(new GameFinished(now)),
            GamePhase.Board => Accept(new ReadingBegun(now, state.Round + 1)),
            _ => Refuse(GameRefusal.GameOver),
        };
    }

    private static GameEvent[] Due(GameState state, TimeSpan now) => state.Phase switch
    {
        GamePhase.Reading when now >= state.PhaseEnds => [new RoundOpened(now, state.Round)],
        GamePhase.Open when now >= state.PhaseEnds + GameTiming.Grace => [new RoundClosed(now, state.Round)],
        _ => [],
    };

    /// <summary>The state without an answer that was reserved but could not be stored: its seat may answer again.</summary>
    public static GameState Release(GameState state, AnswerTaken answer) => state.Round == answer.Round && state.Phase == GamePhase.Open
        ? WithEnd(state with { Answers = state.Answers.Remove(answer.Seat) })
        : state;

    // Someone who sits down after all others have answered gets the whole time, too.
    private static GameState WithSeat(GameState state, Seat seat) => WithEnd(state with
    {
        Seats = state.Seats.SetItem(seat.Number, seat),
        Skeletons = state.Skeletons.Add(Nickname.Skeleton(seat.Nickname)),
    });

    private static GameState WithAnswer(GameState state, AnswerTaken answer) =>
        WithEnd(state with { Answers = state.Answers.SetItem(answer.Seat, new RoundAnswer(answer.Answer, answer.At)) });

    // An open round ends with its time, or soon after the last seat has answered.
    private static GameState WithEnd(GameState state)
    {
        if (state.Phase != GamePhase.Open) return state;
        var ends = state.OpenedAt + state.Current!.Open;
        if (state.Answers.Count > 0 && state.Answers.Count == state.Seats.Count)
        {
            var soon = state.Answers.Values.Max(answer => answer.At) + GameTiming.AfterAllAnswered;
            if (soon < ends) ends = soon;
        }

        return state with { PhaseEnds = ends };
    }

    private static GameState Close(GameState state, RoundClosed closed)
    {
        var standings = Standing.After(state);
        return state with
        {
            Phase = GamePhase.Closed,
            PhaseStarted = closed.At,
            PhaseEnds = null,
            Standings = standings,
            RightsByRound = state.RightsByRound.Add(standings.Count(s => s.Outcome == Outcome.Right)),
        };
    }

    private static Decision.Accepted Accept(params GameEvent[] events) => new(events);

    private static Decision.Refused Refuse(GameRefusal why) => new(why);
}
