namespace StudyQuiz.Domain.Games;

/// <summary>
/// What a host chooses when opening a game. Stored as JSON with the game: a choice that an older game does not name has its default,
/// so every property needs one that keeps such games as they were.
/// </summary>
public sealed record GameOptions
{
    /// <summary>The fewest and the most seats that a host may allow.</summary>
    public static readonly (int Least, int Most) Seats = (1, 5000);

    /// <summary>The most seats the game takes.</summary>
    public int SeatCap { get; init; } = Seats.Most;

    /// <summary>Whether seats are taken after the first round has begun.</summary>
    public bool LateJoin { get; init; } = true;

    /// <summary>What a right answer's points depend on.</summary>
    public ScoringMode Scoring { get; init; } = ScoringMode.Accuracy;

    /// <summary>Whether right answers in a row earn more, see <see cref="GameScoring"/>.</summary>
    public bool StreakBonus { get; init; }

    /// <summary>Whether a wrong answer costs points, see <see cref="GameScoring"/>.</summary>
    public bool Penalty { get; init; }

    /// <summary>Whether 多选 with some right and none wrong earns half.</summary>
    public bool PartialCredit { get; init; } = true;

    /// <summary>Whether reveal, board and slides go on by themselves.</summary>
    public bool AutoAdvance { get; init; }

    /// <summary>Whether the projector is heard.</summary>
    public bool Sound { get; init; }

    /// <summary>How players come to their teams.</summary>
    public TeamMode Teams { get; init; } = TeamMode.None;

    /// <summary>How many teams there are, where the host names none.</summary>
    public int TeamCount { get; init; } = 4;

    /// <summary>Names of the teams, one a line; fewer than two names are none.</summary>
    public string TeamNames { get; init; } = "";

    /// <summary>By what players are known to each other.</summary>
    public PlayerIdentity Identity { get; init; } = PlayerIdentity.Nickname;

    /// <summary>Whether nicknames are only those that the game makes up.</summary>
    public bool GeneratedNames { get; init; }

    /// <summary>Whether a name is shown to others only after the host has agreed to it.</summary>
    public bool ReviewNames { get; init; }
}

/// <summary>What the points of a right answer depend on beside its question.</summary>
public enum ScoringMode
{
    /// <summary>Nothing else; equal points are ordered by time.</summary>
    Accuracy,

    /// <summary>How much of its time was left.</summary>
    Speed,

    /// <summary>How many were right before it.</summary>
    Rank,
}

/// <summary>By what the players of a game are known to each other.</summary>
public enum PlayerIdentity
{
    /// <summary>A nickname, one of its kind in the game.</summary>
    Nickname,

    /// <summary>Their name and unit; equal names are told apart by the unit.</summary>
    NameAndUnit,

    /// <summary>Their entry in a list that the host brought.</summary>
    Roster,

    /// <summary>Their account.</summary>
    SignedIn,
}
