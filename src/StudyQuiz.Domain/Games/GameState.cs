using System.Collections.Immutable;

namespace StudyQuiz.Domain.Games;

/// <summary>Where a game stands. <c>Reading</c> to <c>Board</c> repeat for every round.</summary>
public enum GamePhase
{
    /// <summary>Seats are taken; nothing has been asked.</summary>
    Lobby,

    /// <summary>The stem is shown, answers are not taken yet.</summary>
    Reading,

    /// <summary>Answers are taken.</summary>
    Open,

    /// <summary>Answers are no longer taken; key, distribution and evidence are shown.</summary>
    Closed,

    /// <summary>The leaderboard is shown.</summary>
    Board,

    /// <summary>The game is over and its winners are shown.</summary>
    Podium,

    /// <summary>The host ended the game early; the standing so far is final.</summary>
    Aborted,
}

/// <summary>Everything the rules need to know of one game: a fold of its events.</summary>
public sealed record GameState
{
    public required GameSetup Setup { get; init; }
    public GamePhase Phase { get; init; } = GamePhase.Lobby;

    /// <summary>The running or last round; 0 in the lobby.</summary>
    public int Round { get; init; }

    /// <summary>Game time at which the phase began.</summary>
    public TimeSpan PhaseStarted { get; init; }

    /// <summary>Game time at which the phase ends by itself; null where only the host ends it.</summary>
    public TimeSpan? PhaseEnds { get; init; }

    /// <summary>Game time at which the running round's answers opened.</summary>
    public TimeSpan OpenedAt { get; init; }

    public ImmutableDictionary<int, Seat> Seats { get; init; } = ImmutableDictionary<int, Seat>.Empty;

    /// <summary>Folded nicknames that are taken, see <see cref="Nickname.Skeleton"/>.</summary>
    public ImmutableHashSet<string> Skeletons { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The running round's answers by seat.</summary>
    public ImmutableDictionary<int, RoundAnswer> Answers { get; init; } = ImmutableDictionary<int, RoundAnswer>.Empty;

    /// <summary>The standing after the last closed round, best first; empty before the first.</summary>
    public ImmutableArray<Standing> Standings { get; init; } = [];

    /// <summary>How many seats answered fully right, for each closed round that is scored.</summary>
    public ImmutableSortedDictionary<int, int> RightsByRound { get; init; } = ImmutableSortedDictionary<int, int>.Empty;

    /// <summary>Extra time in percent, for the seats that have some.</summary>
    public ImmutableDictionary<int, int> ExtraTime { get; init; } = ImmutableDictionary<int, int>.Empty;

    /// <summary>What is left to spend on credits for the way through the network, for the seats that have spent some; see <see cref="GameTiming.CreditQuota"/>.</summary>
    public ImmutableDictionary<int, TimeSpan> Quotas { get; init; } = ImmutableDictionary<int, TimeSpan>.Empty;

    public GameRound? Current => Round == 0 ? null : Setup.Round(Round);

    public bool IsOver => Phase is GamePhase.Podium or GamePhase.Aborted;

    public bool IsLastRound => Round == Setup.Rounds.Count;

    /// <summary>Whether every seat has answered the running round.</summary>
    public bool AllAnswered => Answers.Count > 0 && Answers.Count >= Seats.Count;

    /// <summary>The extra time of a seat in percent.</summary>
    public int ExtraOf(int seat) => ExtraTime.GetValueOrDefault(seat);

    /// <summary>When the running round ends for a seat, by its own clock; null where no time runs.</summary>
    public TimeSpan? EndsFor(int seat) => PhaseEnds + (Phase == GamePhase.Open ? Current!.Open * (ExtraOf(seat) / 100.0) : TimeSpan.Zero);

    /// <summary>When the phase ends by itself: an open round after the last seat's own end and whatever may still be on its way.</summary>
    public TimeSpan? ClosesAt
    {
        get
        {
            if (Phase != GamePhase.Open || PhaseEnds is not { } ends || AllAnswered) return PhaseEnds;
            var last = ExtraTime.Keys.Where(seat => !Answers.ContainsKey(seat)).Select(seat => EndsFor(seat)!.Value).Append(ends).Max();
            return last + GameTiming.Grace + GameTiming.MostCredit;
        }
    }

    /// <summary>What a seat's way through the network counts for in the running round.</summary>
    public TimeSpan CreditFor(int seat, TimeSpan roundTrip) => GameTiming.Credit(roundTrip, Quotas.GetValueOrDefault(seat, GameTiming.CreditQuota.Most));

    /// <summary>A game nobody has joined and nothing has happened in.</summary>
    public static GameState Opened(GameSetup setup) => new() { Setup = setup };
}
