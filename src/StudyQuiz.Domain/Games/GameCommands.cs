using System.Text.Json.Serialization;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Games;

/// <summary>What someone, or the clock, asks of a game.</summary>
public abstract record GameCommand;

/// <summary>A player takes a seat under a name.</summary>
/// <param name="Unit">班级, 部门 or 单位, where the game asks for it.</param>
/// <param name="Code">The number by which a roster knows the player, where the game has one.</param>
public sealed record TakeSeat(string Nickname, string? Unit = null, string? Code = null) : GameCommand
{
    /// <summary>The team that they choose, from 1, where players choose.</summary>
    public int? Team { get; init; }
}

/// <summary>A seat answers a round, in the author's positions.</summary>
/// <param name="RoundTrip">How long the way to this player and back took when it was last measured.</param>
public sealed record GiveAnswer(int Seat, int Round, GivenAnswer Answer, TimeSpan RoundTrip = default) : GameCommand;

/// <summary>The host gives a seat more time than others in every round, or takes that back with 0.</summary>
/// <param name="Percent">One of <see cref="GameTiming.ExtraPercents"/>.</param>
public sealed record GiveExtraTime(int Seat, int Percent) : HostCommand;

/// <summary>What only the host asks.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Advance), "advance")]
[JsonDerivedType(typeof(Abort), "abort")]
[JsonDerivedType(typeof(Pause), "pause")]
[JsonDerivedType(typeof(Resume), "resume")]
[JsonDerivedType(typeof(Skip), "skip")]
[JsonDerivedType(typeof(Extend), "extend")]
[JsonDerivedType(typeof(Reopen), "reopen")]
[JsonDerivedType(typeof(VoidRound), "void")]
[JsonDerivedType(typeof(CorrectKey), "correctKey")]
[JsonDerivedType(typeof(ClearLobby), "clearLobby")]
[JsonDerivedType(typeof(RemoveSeat), "removeSeat")]
[JsonDerivedType(typeof(RenameSeat), "renameSeat")]
[JsonDerivedType(typeof(ApproveSeat), "approveSeat")]
[JsonDerivedType(typeof(MoveSeat), "moveSeat")]
[JsonDerivedType(typeof(BalanceTeams), "balanceTeams")]
[JsonDerivedType(typeof(LockJoining), "lockJoining")]
[JsonDerivedType(typeof(GiveExtraTime), "giveExtraTime")]
public abstract record HostCommand : GameCommand;

/// <summary>
/// A command that moves the game. It names the phase and round that the host saw, so that a double click or a late tap does
/// nothing twice.
/// </summary>
public abstract record PhaseCommand(GamePhase SeenPhase, int SeenRound) : HostCommand;

/// <summary>The host goes on: lobby → reading → open → closed → board → next reading … → podium.</summary>
public sealed record Advance(GamePhase SeenPhase, int SeenRound) : PhaseCommand(SeenPhase, SeenRound);

/// <summary>The host ends the game early.</summary>
public sealed record Abort(GamePhase SeenPhase, int SeenRound) : PhaseCommand(SeenPhase, SeenRound);

/// <summary>Game time stands still until <see cref="Resume"/> or until the host goes on.</summary>
public sealed record Pause(GamePhase SeenPhase, int SeenRound) : PhaseCommand(SeenPhase, SeenRound);

/// <summary>Game time goes on.</summary>
public sealed record Resume(GamePhase SeenPhase, int SeenRound) : PhaseCommand(SeenPhase, SeenRound);

/// <summary>The running round is left, scores nobody, and the next one begins.</summary>
public sealed record Skip(GamePhase SeenPhase, int SeenRound) : PhaseCommand(SeenPhase, SeenRound);

/// <summary>The running phase gets more time.</summary>
public sealed record Extend(GamePhase SeenPhase, int SeenRound, TimeSpan By) : PhaseCommand(SeenPhase, SeenRound);

/// <summary>Answers are taken once more from those who gave none; the others' stand.</summary>
public sealed record Reopen(GamePhase SeenPhase, int SeenRound, TimeSpan For) : PhaseCommand(SeenPhase, SeenRound);

/// <summary>The closed round scores nobody.</summary>
public sealed record VoidRound(GamePhase SeenPhase, int SeenRound) : PhaseCommand(SeenPhase, SeenRound);

/// <summary>The closed round is graded anew by another key.</summary>
/// <param name="Key">In the author's positions.</param>
public sealed record CorrectKey(GamePhase SeenPhase, int SeenRound, GivenAnswer Key) : PhaseCommand(SeenPhase, SeenRound);

/// <summary>Everybody leaves the lobby, and may come back.</summary>
public sealed record ClearLobby(GamePhase SeenPhase, int SeenRound) : PhaseCommand(SeenPhase, SeenRound);

/// <summary>A seat is taken away with its points.</summary>
/// <param name="Ban">Whether its player may not come back to this game.</param>
public sealed record RemoveSeat(int Seat, bool Ban) : HostCommand;

/// <summary>A seat gets the name that the host chooses; it is shown from then on.</summary>
public sealed record RenameSeat(int Seat, string Name) : HostCommand;

/// <summary>A seat goes over to another team, with its points.</summary>
/// <param name="Team">Counts from 1.</param>
public sealed record MoveSeat(int Seat, int Team) : HostCommand;

/// <summary>The newest of the largest teams go over to the smallest until no team has two more than another.</summary>
public sealed record BalanceTeams : HostCommand;

/// <summary>A name that waited for the host is shown.</summary>
public sealed record ApproveSeat(int Seat) : HostCommand;

/// <summary>Whether nobody can join any more. Who has a seat keeps it.</summary>
public sealed record LockJoining(bool Locked) : HostCommand;

/// <summary>Editors withdrew what these rounds ask: those to come are left out, and the running one counts for nobody.</summary>
public sealed record WithdrawRounds(IReadOnlyList<int> Rounds) : GameCommand;

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
[JsonDerivedType(typeof(GamePaused), "gamePaused")]
[JsonDerivedType(typeof(GameResumed), "gameResumed")]
[JsonDerivedType(typeof(RoundSkipped), "roundSkipped")]
[JsonDerivedType(typeof(TimeExtended), "timeExtended")]
[JsonDerivedType(typeof(RoundReopened), "roundReopened")]
[JsonDerivedType(typeof(RoundVoided), "roundVoided")]
[JsonDerivedType(typeof(RoundWithdrawn), "roundWithdrawn")]
[JsonDerivedType(typeof(KeyCorrected), "keyCorrected")]
[JsonDerivedType(typeof(SeatRemoved), "seatRemoved")]
[JsonDerivedType(typeof(SeatMoved), "seatMoved")]
[JsonDerivedType(typeof(JoiningLocked), "joiningLocked")]
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

public sealed record GamePaused(TimeSpan At) : GameEvent(At);

public sealed record GameResumed(TimeSpan At) : GameEvent(At);

public sealed record RoundSkipped(TimeSpan At, int Round) : GameEvent(At);

public sealed record TimeExtended(TimeSpan At, TimeSpan By) : GameEvent(At);

public sealed record RoundReopened(TimeSpan At, int Round, TimeSpan For) : GameEvent(At);

public sealed record RoundVoided(TimeSpan At, int Round) : GameEvent(At);

/// <summary>What a round asks was withdrawn: it counts for nobody, and is left out where it had not begun.</summary>
public sealed record RoundWithdrawn(TimeSpan At, int Round) : GameEvent(At);

/// <param name="Question">The question with the key that counts in this game.</param>
public sealed record KeyCorrected(TimeSpan At, int Round, Question Question) : GameEvent(At);

public sealed record SeatRemoved(TimeSpan At, int Seat, bool Banned) : GameEvent(At);

public sealed record SeatMoved(TimeSpan At, int Seat, int Team) : GameEvent(At);

/// <summary>Stored with the seat, not in the journal: names are erased one day, journals are not.</summary>
public sealed record SeatRenamed(TimeSpan At, int Seat, string Nickname) : GameEvent(At);

/// <summary>Stored with the seat, like its name.</summary>
public sealed record SeatApproved(TimeSpan At, int Seat) : GameEvent(At);

public sealed record JoiningLocked(TimeSpan At, bool Locked) : GameEvent(At);

/// <summary>What another version of this program journaled and this one does not know: it changes nothing but the time.</summary>
public sealed record UnknownHappened(TimeSpan At) : GameEvent(At);

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

    /// <summary>The game has no such team, or none at all.</summary>
    NoSuchTeam,

    /// <summary>Every seat is taken.</summary>
    Full,

    /// <summary>Nobody has joined yet.</summary>
    NoSeats,

    /// <summary>The nickname is empty, too long or holds characters that are not shown.</summary>
    NicknameInvalid,

    /// <summary>Someone has this nickname, or one that looks the same.</summary>
    NicknameTaken,

    /// <summary>The name is not one of those that the game gives out.</summary>
    NicknameNotOffered,

    /// <summary>The game asks for a unit, and none was given that can be shown.</summary>
    UnitInvalid,

    /// <summary>The host's list has nobody of this name and number.</summary>
    NotOnRoster,

    /// <summary>This person of the host's list sits already.</summary>
    RosterSeatTaken,

    /// <summary>The host lets nobody who is known like this back into the game.</summary>
    NameBanned,

    /// <summary>The host lets nobody in at the moment.</summary>
    JoiningLocked,

    /// <summary>Game time stands still.</summary>
    Paused,

    /// <summary>Game time does not stand still.</summary>
    NotPaused,

    /// <summary>No time runs that could be paused or extended.</summary>
    NoTimeRuns,

    /// <summary>Only a round that is read or answered can be skipped.</summary>
    NothingToSkip,

    /// <summary>A round is reopened, voided or corrected between its close and the board.</summary>
    OnlyBeforeBoard,

    /// <summary>The round counts for nobody any more.</summary>
    RoundIsVoid,

    /// <summary>There is nobody whose answer is missing.</summary>
    EverybodyAnswered,

    /// <summary>More or less time than can be given at once.</summary>
    UnfitTime,

    /// <summary>The lobby can be cleared only before the first round.</summary>
    NotInLobby,
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
