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
}
