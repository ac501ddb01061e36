using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Games;

// What the host may do, and when.
public static partial class GameRules
{
    /// <summary>The least and the most time that can be given at once.</summary>
    public static readonly (TimeSpan Least, TimeSpan Most) MoreTime = (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    /// <summary>How many seats a corrected key would give points to, and take points from.</summary>
    /// <param name="key">In the author's positions.</param>
    public static (int Up, int Down)? Impact(GameState state, GivenAnswer key)
    {
        if (Corrected(state, key) is not { } question) return null;
        var now = state.Standings.ToDictionary(s => s.Seat, s => s.Points);
        var then = Standing.After(state with { Setup = state.Setup.With(state.Round, question) });
        return (then.Count(s => s.Points > now.GetValueOrDefault(s.Seat)), then.Count(s => s.Points < now.GetValueOrDefault(s.Seat)));
    }

    private static Decision Lead(GameState state, HostCommand command, TimeSpan now) => command switch
    {
        PhaseCommand seen when seen.SeenPhase != state.Phase || seen.SeenRound != state.Round => Refuse(GameRefusal.WrongPhase),
        Advance => Go(state, now),
        Abort => Accept(new GameAborted(now)),
        Pause when state.IsPaused => Refuse(GameRefusal.Paused),
        Pause when state.PhaseEnds is null => Refuse(GameRefusal.NoTimeRuns),
        Pause => Accept(new GamePaused(now)),
        Resume when !state.IsPaused => Refuse(GameRefusal.NotPaused),
        Resume => Accept(new GameResumed(now)),
        Skip => SkipRound(state, now),
        Extend extend => GiveTime(state, extend, now),
        Reopen or VoidRound or CorrectKey => Fix(state, command, now),
        ClearLobby when state.Phase != GamePhase.Lobby => Refuse(GameRefusal.NotInLobby),
        ClearLobby => Accept([.. state.Seats.Keys.Order().Select(seat => new SeatRemoved(now, seat, Banned: false))]),
        RemoveSeat remove => OfSeat(state, remove.Seat, new SeatRemoved(now, remove.Seat, remove.Ban)),
        RenameSeat rename => Rename(state, rename, now),
        ApproveSeat approve when state.Seats.TryGetValue(approve.Seat, out var seat) && !seat.IsHidden => Accept(),
        ApproveSeat approve => OfSeat(state, approve.Seat, new SeatApproved(now, approve.Seat)),
        MoveSeat move => Move(state, move, now),
        BalanceTeams when state.Setup.Options.Teams == TeamMode.None => Refuse(GameRefusal.NoSuchTeam),
        BalanceTeams => Accept([.. Teams.Balance(state).Select(move => new SeatMoved(now, move.Seat, move.Team))]),
        GiveExtraTime extra => Extra(state, extra, now),
        LockJoining to when to.Locked == state.IsLocked => Accept(),
        LockJoining to => Accept(new JoiningLocked(now, to.Locked)),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Not a command of a host."),
    };

    private static Decision Go(GameState state, TimeSpan now) => state.Phase switch
    {
        GamePhase.Lobby when state.Seats.IsEmpty => Refuse(GameRefusal.NoSeats),
        GamePhase.Lobby => Accept(Leave(state, now)),
        _ => Accept(Next(state, now)),
    };

    private static Decision SkipRound(GameState state, TimeSpan now) => state.Phase is GamePhase.Reading or GamePhase.Open
        ? Accept(new RoundSkipped(now, state.Round), Leave(state, now))
        : Refuse(GameRefusal.NothingToSkip);

    private static GameEvent Leave(GameState state, TimeSpan now) =>
        state.NextRound is { } next ? new ReadingBegun(now, next) : new GameFinished(now);

    // What has reached the board stands: others have built on it since.
    private static Decision Withdraw(GameState state, IReadOnlyList<int> rounds, TimeSpan now)
    {
        List<GameEvent> events = [.. rounds.Where(round => round >= state.Round && !state.IsVoid(round)).Select(round => new RoundWithdrawn(now, round))];
        if (state.Round > 0 && rounds.Contains(state.Round) && !state.IsVoid(state.Round))
        {
            // What comes next is looked for among what is left
            events.AddRange(state.Phase is GamePhase.Reading or GamePhase.Open
                ? [new RoundSkipped(now, state.Round), Leave(events.Aggregate(state, Evolve), now)]
                : [new RoundVoided(now, state.Round)]);
        }

        return Accept([.. events]);
    }

    private static Decision Extra(GameState state, GiveExtraTime extra, TimeSpan now)
    {
        if (!state.Seats.ContainsKey(extra.Seat)) return Refuse(GameRefusal.UnknownSeat);
        if (!GameTiming.ExtraPercents.Contains(extra.Percent)) return Refuse(GameRefusal.UnfitExtraTime);
        return state.ExtraOf(extra.Seat) == extra.Percent ? Accept() : Accept(new ExtraTimeGiven(now, extra.Seat, extra.Percent));
    }

    private static Decision GiveTime(GameState state, Extend extend, TimeSpan now)
    {
        if (state.Phase is not (GamePhase.Reading or GamePhase.Open) || state.PhaseEnds is null) return Refuse(GameRefusal.NoTimeRuns);
        if (!IsGivable(extend.By)) return Refuse(GameRefusal.UnfitTime);
        return state.Phase == GamePhase.Open && HaveAllAnswered(state) ? Refuse(GameRefusal.EverybodyAnswered) : Accept(new TimeExtended(now, extend.By));
    }

    private static Decision Fix(GameState state, HostCommand command, TimeSpan now)
    {
        if (state.Phase != GamePhase.Closed) return Refuse(GameRefusal.OnlyBeforeBoard);
        if (state.IsVoid(state.Round)) return Refuse(GameRefusal.RoundIsVoid);
        return command switch
        {
            Reopen reopen when !IsGivable(reopen.For) => Refuse(GameRefusal.UnfitTime),
            Reopen when HaveAllAnswered(state) => Refuse(GameRefusal.EverybodyAnswered),
            Reopen reopen => Accept(new RoundReopened(now, state.Round, reopen.For)),
            VoidRound => Accept(new RoundVoided(now, state.Round)),
            CorrectKey correct when Corrected(state, correct.Key) is { } question => IsSameKey(state.Current!.Question!, question)
                ? Accept()
                : Accept(new KeyCorrected(now, state.Round, question)),
            _ => Refuse(GameRefusal.UnfitAnswer),
        };
    }

    // What is chosen or judged is the key; what is typed or put in order counts beside it.
    private static Question? Corrected(GameState state, GivenAnswer key) => state.Current?.Question is { } asked && key.Fits(asked)
        ? KeyAmendment.Rekey(asked, key) ?? (asked is SingleChoice or MultipleChoice or TrueFalse ? null : KeyAmendment.Admit(asked, key))
        : null;

    private static bool IsSameKey(Question asked, Question corrected) => ReferenceEquals(asked, corrected)
        || (asked.AlsoCounts is null && corrected.AlsoCounts is null && asked is not Cloze && Grading.Key(asked)!.Form == Grading.Key(corrected)!.Form);

    private static bool HaveAllAnswered(GameState state) => state.Answers.Count == state.Seats.Count;

    private static bool IsGivable(TimeSpan time) => time >= MoreTime.Least && time <= MoreTime.Most;

    private static GameState With(GameState state, RoundFix fix) =>
        state with { Fixes = state.Fixes.SetItem(state.Round, state.Fixes.GetValueOrDefault(state.Round) | fix) };

    private static GameState Extended(GameState state, TimeSpan by) => state.Phase == GamePhase.Open
        ? WithEnd(state with { OpenUntil = state.OpenUntil + by })
        : state with { PhaseEnds = state.PhaseEnds + by };

    // Its answers opened when they did: who answers now has taken all the time there was.
    private static GameState Reopened(GameState state, RoundReopened reopened) => WithEnd(With(state, RoundFix.Reopened) with
    {
        Phase = GamePhase.Open,
        PhaseStarted = reopened.At,
        OpenUntil = reopened.At + reopened.For,
        Standings = state.Before,
        Tallies = state.Tallies.Remove(state.Round),
    });
}
