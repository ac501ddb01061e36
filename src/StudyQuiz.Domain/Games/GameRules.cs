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
        GiveExtraTime extra => Extra(state, extra, now),
        Advance advance => Go(state, advance, now),
        Abort => Accept(new GameAborted(now)),
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
        RoundOpened opened => state with
        {
            Phase = GamePhase.Open,
            OpenedAt = opened.At,
            PhaseStarted = opened.At,
            PhaseEnds = opened.At + state.Setup.Round(opened.Round).Open,
        },
        AnswerTaken answer => WithAnswer(state, answer),
        RoundClosed closed => Close(state, closed),
        BoardShown shown => state with { Phase = GamePhase.Board, PhaseStarted = shown.At, PhaseEnds = ByItself(state, shown.At + GameTiming.Board) },
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
        if (Teams.Of(state, join.Team) is not { } team) return Refuse(GameRefusal.TeamMissing);
        return Accept(new SeatTaken(now, new Seat(state.Seats.Count + 1, nickname) { Team = team }));
    }

    private static Decision Answer(GameState state, GiveAnswer given, TimeSpan now)
    {
        if (!state.Seats.ContainsKey(given.Seat)) return Refuse(GameRefusal.UnknownSeat);
        if (given.Round > state.Round || given.Round < 1) return Refuse(GameRefusal.WrongRound);
        if (given.Round < state.Round) return Refuse(GameRefusal.TooLate);
        if (state.Answers.ContainsKey(given.Seat)) return Refuse(GameRefusal.AlreadyAnswered);
        if (state.Phase == GamePhase.Reading) return Refuse(GameRefusal.NotOpenYet);
        var credit = state.CreditFor(given.Seat, given.RoundTrip);
        if (state.Phase != GamePhase.Open || now > state.EndsFor(given.Seat) + GameTiming.Grace + credit) return Refuse(GameRefusal.TooLate);
        if (!state.Current!.Takes(given.Answer)) return Refuse(GameRefusal.UnfitAnswer);
        return Accept(new AnswerTaken(now, given.Round, given.Seat, given.Answer, credit));
    }

    private static Decision Extra(GameState state, GiveExtraTime extra, TimeSpan now)
    {
        if (!state.Seats.ContainsKey(extra.Seat)) return Refuse(GameRefusal.UnknownSeat);
        if (!GameTiming.ExtraPercents.Contains(extra.Percent)) return Refuse(GameRefusal.UnfitExtraTime);
        return state.ExtraOf(extra.Seat) == extra.Percent ? Accept() : Accept(new ExtraTimeGiven(now, extra.Seat, extra.Percent));
    }

    private static Decision Go(GameState state, Advance advance, TimeSpan now)
    {
        if (advance.SeenPhase != state.Phase || advance.SeenRound != state.Round) return Refuse(GameRefusal.WrongPhase);
        return state.Phase switch
        {
            GamePhase.Lobby when state.Seats.IsEmpty => Refuse(GameRefusal.NoSeats),
            GamePhase.Lobby => Accept(new ReadingBegun(now, 1)),
            GamePhase.Podium or GamePhase.Aborted => Refuse(GameRefusal.GameOver),
            _ => Accept(Next(state, now)),
        };
    }

    private static GameEvent[] Due(GameState state, TimeSpan now) => state.Phase != GamePhase.Lobby && now >= state.ClosesAt ? [Next(state, now)] : [];

    // Slides have no answers, and what is not scored changes no board.
    private static GameEvent Next(GameState state, TimeSpan now) => state.Phase switch
    {
        GamePhase.Reading when !state.Current!.IsSlide => new RoundOpened(now, state.Round),
        GamePhase.Open => new RoundClosed(now, state.Round),
        GamePhase.Closed when state.Current!.IsScored => new BoardShown(now, state.Round),
        _ when state.IsLastRound => new GameFinished(now),
        _ => new ReadingBegun(now, state.Round + 1),
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
        WithEnd(state with { Answers = state.Answers.SetItem(answer.Seat, new RoundAnswer(answer.Answer, answer.At, answer.Credit)) });

    // An open round ends with its time, or soon after the last seat has answered.
    private static GameState WithEnd(GameState state)
    {
        if (state.Phase != GamePhase.Open) return state;
        var ends = state.OpenedAt + state.Current!.Open;
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
        return state with
        {
            Phase = GamePhase.Reading,
            Round = begun.Round,
            Answers = ImmutableDictionary<int, RoundAnswer>.Empty,
            Quotas = QuotasAfter(state),
            PhaseStarted = begun.At,
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

    private static GameState Close(GameState state, RoundClosed closed)
    {
        var ended = state with { Phase = GamePhase.Closed, PhaseStarted = closed.At, PhaseEnds = ByItself(state, closed.At + GameTiming.Reveal(state.Current!)) };
        if (!state.Current!.IsScored) return ended;
        var standings = Standing.After(state);
        return ended with
        {
            Standings = standings,
            RightsByRound = state.RightsByRound.SetItem(state.Round, standings.Count(s => s.Outcome == Outcome.Right)),
        };
    }

    private static TimeSpan? ByItself(GameState state, TimeSpan ends) => state.Setup.Options.AutoAdvance ? ends : null;

    private static Decision.Accepted Accept(params GameEvent[] events) => new(events);

    private static Decision.Refused Refuse(GameRefusal why) => new(why);
}
