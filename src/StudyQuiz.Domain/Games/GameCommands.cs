using System.Text.Json.Serialization;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Games;

/// <summary>What someone, or the clock, asks of a game.</summary>
public abstract record GameCommand;

/// <summary>A player takes a seat under a nickname.</summary>
public sealed record TakeSeat(string Nickname) : GameCommand
{
    /// <summary>The team that they choose, from 1, where players choose.</summary>
    public int? Team { get; init; }
}

/// <summary>A seat answers a round, in the author's positions.</summary>
/// <param name="RoundTrip">How long the way to this player and back took when it was last measured.</param>
public sealed record GiveAnswer(int Seat, int Round, GivenAnswer Answer, TimeSpan RoundTrip = default) : GameCommand;

/// <summary>The host gives a seat more time than others in every round, or takes that back with 0.</summary>
/// <param name="Percent">One of <see cref="GameTiming.ExtraPercents"/>.</param>
public sealed record GiveExtraTime(int Seat, int Percent) : GameCommand;

/// <summary>
/// The host goes on: lobby → reading → open → closed → board → next reading … → podium.
/// It names the phase and round that the host saw, so that a double click or a late tap does nothing twice.
/// </summary>
public sealed record Advance(GamePhase SeenPhase, int SeenRound) : GameCommand;

/// <summary>The host ends the game early.</summary>
public sealed record Abort : GameCommand;

/// <summary>Time has passed: whatever ends by itself, ends.</summary>
public sealed record Tick : GameCommand;

/// <summary>What happened in a game. <c>At</c> is game time.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ReadingBegun), "readingBegun")]
[JsonDerivedType(typeof(RoundOpened), "roundOpened")]
[JsonDerivedType(typeof(RoundClosed), "roundClosed")]
[JsonDerivedType(typeof(BoardShown), "boardShown")]
[JsonDerivedType(typeof(ExtraTimeGiven), "extraTimeGiven")]
[JsonDerivedType(typeof(GameFinished), "gameFinished")]
[JsonDerivedType(typeof(GameAborted), "gameAborted")]
public abstract record GameEvent(TimeSpan At);

public sealed record SeatTaken(TimeSpan At, Seat Seat) : GameEvent(At);

/// <param name="Credit">What its way through the network is reckoned at.</param>
public sealed record AnswerTaken(TimeSpan At, int Round, int Seat, GivenAnswer Answer, TimeSpan Credit = default) : GameEvent(At);

public sealed record ExtraTimeGiven(TimeSpan At, int Seat, int Percent) : GameEvent(At);

public sealed record ReadingBegun(TimeSpan At, int Round) : GameEvent(At);

public sealed record RoundOpened(TimeSpan At, int Round) : GameEvent(At);

public sealed record RoundClosed(TimeSpan At, int Round) : GameEvent(At);

public sealed record BoardShown(TimeSpan At, int Round) : GameEvent(At);

public sealed record GameFinished(TimeSpan At) : GameEvent(At);

public sealed record GameAborted(TimeSpan At) : GameEvent(At);

/// <summary>Why a command was refused. Every name has a message that says what to do.</summary>
public enum GameRefusal
{
    /// <summary>The game is over.</summary>
    GameOver,

    /// <summary>Another screen has already moved the game on.</summary>
    WrongPhase,

    /// <summary>The answer names a round that is not the running one.</summary>
    WrongRound,

    /// <summary>The answers have not opened yet.</summary>
    NotOpenYet,

    /// <summary>The answer came after the close.</summary>
    TooLate,

    /// <summary>This seat has answered this round; the first answer stands.</summary>
    AlreadyAnswered,

    /// <summary>No such seat in this game.</summary>
    UnknownSeat,

    /// <summary>This answer cannot be given to this question.</summary>
    UnfitAnswer,

    /// <summary>The game has begun and takes nobody any more.</summary>
    LateJoinOff,

    /// <summary>This much extra time cannot be given.</summary>
    UnfitExtraTime,

    /// <summary>Players choose a team here, and none was chosen.</summary>
    TeamMissing,

    /// <summary>Every seat is taken.</summary>
    Full,

    /// <summary>Nobody has joined yet.</summary>
    NoSeats,

    /// <summary>The nickname is empty, too long or holds characters that are not shown.</summary>
    NicknameInvalid,

    /// <summary>Someone has this nickname, or one that looks the same.</summary>
    NicknameTaken,
}

/// <summary>What the rules answer to a command: the events to journal and fold, or a named refusal.</summary>
public abstract record Decision
{
    private Decision()
    {
    }

    /// <summary>The command is carried out by folding these events, which may be none.</summary>
    public sealed record Accepted(IReadOnlyList<GameEvent> Events) : Decision;

    /// <summary>Nothing happens.</summary>
    public sealed record Refused(GameRefusal Why) : Decision;
}
