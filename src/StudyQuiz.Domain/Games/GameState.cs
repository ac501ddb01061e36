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

    /// <summary>Whether game time stands still. The shell's clock does: nothing here is computed from pauses.</summary>
    public bool IsPaused { get; init; }

    /// <summary>Game time at which the running round's answers opened.</summary>
    public TimeSpan OpenedAt { get; init; }

    /// <summary>Game time until which answers are taken where somebody is silent.</summary>
    public TimeSpan OpenUntil { get; init; }

    /// <summary>Whether nobody can join.</summary>
    public bool IsLocked { get; init; }

    /// <summary>The highest number that a seat ever had.</summary>
    public int LastSeat { get; init; }

    public ImmutableDictionary<int, Seat> Seats { get; init; } = ImmutableDictionary<int, Seat>.Empty;

    /// <summary>How many seats have a name that looks like this, see <see cref="Nickname.Skeleton"/>; and a name with a unit, see <see cref="SeatNames"/>.</summary>
    public ImmutableDictionary<string, int> Skeletons { get; init; } = ImmutableDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>Who may not come back, see <see cref="SeatNames.Identity"/>.</summary>
    public ImmutableHashSet<string> Banned { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The running round's answers by seat.</summary>
    public ImmutableDictionary<int, RoundAnswer> Answers { get; init; } = ImmutableDictionary<int, RoundAnswer>.Empty;

    /// <summary>The standing after the last closed round, best first; empty before the first.</summary>
    public ImmutableArray<Standing> Standings { get; init; } = [];

    /// <summary>The standing when the running round began: what its answers are added to, each time that they are graded.</summary>
    public ImmutableArray<Standing> Before { get; init; } = [];

    /// <summary>How each closed round went that is scored and counts.</summary>
    public ImmutableSortedDictionary<int, RoundTally> Tallies { get; init; } = ImmutableSortedDictionary<int, RoundTally>.Empty;

    /// <summary>What the host did to rounds afterwards; a round that is not here was played as usual.</summary>
    public ImmutableDictionary<int, RoundFix> Fixes { get; init; } = ImmutableDictionary<int, RoundFix>.Empty;

    /// <summary>Extra time in percent, for the seats that have some.</summary>
    public ImmutableDictionary<int, int> ExtraTime { get; init; } = ImmutableDictionary<int, int>.Empty;

    /// <summary>What is left to spend on credits for the way through the network, for the seats that have spent some; see <see cref="GameTiming.CreditQuota"/>.</summary>
    public ImmutableDictionary<int, TimeSpan> Quotas { get; init; } = ImmutableDictionary<int, TimeSpan>.Empty;

    public GameRound? Current => Round == 0 ? null : Setup.Round(Round);

    public bool IsOver => Phase is GamePhase.Podium or GamePhase.Aborted;

    /// <summary>Whether a round counts for nobody.</summary>
    public bool IsVoid(int round) => (Fixes.GetValueOrDefault(round) & (RoundFix.Voided | RoundFix.Skipped | RoundFix.Withdrawn)) != RoundFix.None;

    /// <summary>The round after this one that is not left out; null where none is.</summary>
    public int? NextRound => Setup.Rounds.Select(round => (int?)round.Number).FirstOrDefault(number => number > Round && !IsVoid(number!.Value));

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

/// <summary>How a closed round went.</summary>
/// <param name="Rights">Seats that answered fully right.</param>
/// <param name="Seats">Seats that could have.</param>
public sealed record RoundTally(int Rights, int Seats);

/// <summary>What the host did to a round beside playing it.</summary>
[Flags]
public enum RoundFix
{
    None = 0,

    /// <summary>Answers were taken a second time.</summary>
    Reopened = 1,

    /// <summary>It counts for nobody, decided after its close.</summary>
    Voided = 2,

    /// <summary>It was graded by another key.</summary>
    Corrected = 4,

    /// <summary>It was left before its close and counts for nobody.</summary>
    Skipped = 8,

    /// <summary>Editors withdrew what it asks: it counts for nobody.</summary>
    Withdrawn = 16,
}
