using System.Text.Json.Serialization;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Live;

// What the live screens are sent. A view is whole: the newest one is all that a screen needs, whenever it comes back.
// The client's copy of these shapes is StudyQuiz.Client/src/live/contract.ts. Positions are as shown.

/// <summary>Time of the running phase, in milliseconds, at the moment the view was made. Below 0 where only seats with extra time are still answering.</summary>
public sealed record ClockView(int RemainingMs, int TotalMs, bool Paused = false);

/// <summary>How points are earned, see <see cref="GameScoring"/>.</summary>
/// <param name="Points">What a right answer is worth; null where questions differ.</param>
/// <param name="Sound">Whether the projector is heard.</param>
public sealed record RulesView(ScoringMode Scoring, int? Points, bool Streak, bool Penalty, bool Partial, bool Auto, bool Sound);

/// <summary>The question, poll or slide as everyone may see it before the close.</summary>
/// <param name="Type">One of <see cref="QuestionTypes"/>, <c>poll</c> or <c>slide</c>.</param>
/// <param name="Options">Options, or the items of 排序; absent while reading, and where there is nothing to choose from.</param>
/// <param name="Points">What it is worth; null where nothing can be earned.</param>
/// <param name="Text">Of a slide.</param>
public sealed record QuestionView(string Type, string Stem, IReadOnlyList<string>? Options, int? Points = null, string? Text = null, Domain.Questions.Picture? Picture = null);

/// <summary>A quote with the rest of its sentences around it.</summary>
public sealed record EvidenceView(string Paragraph, string Before, string Quote, string After);

/// <summary>What the close reveals to everyone.</summary>
/// <param name="Key">Null for a poll.</param>
/// <param name="Counts">How a poll came out, by option; null for a question.</param>
public sealed record RevealView(GivenAnswer? Key, string Explanation, IReadOnlyList<EvidenceView> Evidence, IReadOnlyList<int>? Counts = null);

/// <summary>The reveal on the host's screens: with the distribution.</summary>
/// <param name="Counts">By shown option; 判断: true, then false; 排序: by place of the key, how many had it right; empty for 填空.</param>
/// <param name="Typed">Of 填空: the key first, then the most frequent others.</param>
/// <param name="Whys">Reasons by shown option.</param>
/// <param name="Answered">How many answered.</param>
public sealed record DistributionView(
    GivenAnswer? Key, string Explanation, IReadOnlyList<EvidenceView> Evidence,
    IReadOnlyList<int> Counts, IReadOnlyList<string?> Whys, int Right, int Answered, IReadOnlyList<TypedCount>? Typed = null);

/// <param name="Nickname">As the room reads it; the player's own where it waits for the host.</param>
/// <param name="Extra">Extra time in percent.</param>
/// <param name="IsHidden">Whether others see only the number until the host agrees to the name.</param>
public sealed record SeatView(int Number, string Nickname, int Points, int Extra = 0, bool IsHidden = false)
{
    /// <summary>The name of its team; null where everybody plays alone.</summary>
    public string? Team { get; init; }
}

/// <summary>The answer that the server holds for this seat and round, and how long it took.</summary>
public sealed record MineView(GivenAnswer Answer, int TookMs);

/// <summary>What the last closed round brought this seat.</summary>
public sealed record ResultView(Outcome Outcome, int Gain, int Rank, int? RankBefore, int Streak, int Rights);

/// <summary>The part of a player's view that only this player sees.</summary>
public sealed record PersonalView(SeatView Seat, MineView? Mine, ResultView? Result)
{
    /// <summary>What is left of it when a phase begins: a new round forgets the last one's answer and result.</summary>
    public PersonalView In(GamePhase phase) => phase == GamePhase.Reading && (Mine is not null || Result is not null) ? this with { Mine = null, Result = null } : this;
}

/// <summary>A team after the last scored round: means of its members.</summary>
public sealed record TeamRow(int Rank, int? RankBefore, string Name, int Size, decimal Points, decimal Gain);

/// <summary>A player's screen.</summary>
/// <param name="Asked">Questions for points that have closed.</param>
public sealed record PlayerView(
    long Version, string Title, GamePhase Phase, int Round, int Rounds, int Asked, int Seats, RulesView Rules,
    ClockView? Clock = null,
    QuestionView? Question = null, RevealView? Reveal = null,
    SeatView? Seat = null, MineView? Mine = null, ResultView? Result = null, RoundFix Fix = RoundFix.None)
{
    public PlayerView With(PersonalView personal) => For(personal.Seat.Extra) with { Seat = personal.Seat, Mine = personal.Mine, Result = personal.Result };

    /// <summary>With the clock of a seat that has extra time, in percent.</summary>
    public PlayerView For(int extra) => this with { Clock = ClockOf(extra) };

    /// <summary>With the board and at the end, where there are teams.</summary>
    public IReadOnlyList<TeamRow>? Teams { get; init; }

    [JsonIgnore]
    public PersonalView Personal => new(Seat!, Mine, Result);

    private ClockView? ClockOf(int extra) => Phase == GamePhase.Open && Clock is { TotalMs: var total, RemainingMs: var remaining }
        ? Clock with { RemainingMs = remaining + (total * extra / 100), TotalMs = total + (total * extra / 100) }
        : Clock;
}

public sealed record BoardRow(int Rank, int? RankBefore, string Nickname, int Gain, int Points, int Streak, int Rights);

/// <summary>Who rose the most places in the last round.</summary>
public sealed record ClimberView(string Nickname, int Places);

public sealed record HardestView(int Round, int Right);

/// <summary>The end of a game.</summary>
/// <param name="Top">The best; three for the projector, up to a hundred for the host alone.</param>
/// <param name="CorrectShare">Share of fully right answers among all that seats could have given, 0 to 1.</param>
public sealed record PodiumView(IReadOnlyList<BoardRow> Top, double CorrectShare, HardestView? Hardest);

/// <summary>A seat as the host alone sees it.</summary>
/// <param name="Waits">Whether its name waits for consent.</param>
/// <param name="Outcome">After the close.</param>
/// <param name="Team">From 1; 0 where everybody plays alone.</param>
public sealed record SeatRow(int Number, string Name, bool Waits, bool Online, bool Answered, Outcome? Outcome, int? TookMs, int Extra, int Team);

/// <summary>A round in the host's list.</summary>
/// <param name="Share">Of fully right answers, 0 to 1; null before its close and where it counts for nobody.</param>
public sealed record RoundRow(string Title, double? Share, RoundFix Fix);

/// <summary>How many seats would gain points by another key, and lose some.</summary>
public sealed record ImpactView(int Up, int Down);

/// <summary>What the host alone needs to lead.</summary>
/// <param name="Online">Seats with a screen that is connected.</param>
/// <param name="Waiting">Seats whose name waits for consent.</param>
/// <param name="Seats">Those that need a look first, then the newest.</param>
/// <param name="CanCorrect">Whether the closed round may be reopened, voided or corrected now.</param>
/// <param name="Silent">Seats without an answer in this round.</param>
/// <param name="Projectors">Projector pages that are connected.</param>
/// <param name="Teams">Names of the teams that a seat can be in; empty where everybody plays alone.</param>
public sealed record ConsoleView(
    int Online, int Waiting, bool Locked, bool ReviewsNames, IReadOnlyList<RoundRow> Rounds, IReadOnlyList<SeatRow> Seats, bool CanCorrect, int Silent,
    int Projectors, IReadOnlyList<string> Teams);

/// <summary>A screen of the host. Only the remote gets <see cref="Key"/> before the close.</summary>
/// <param name="Newest">The nicknames, oldest first; empty where there are too many to show them all.</param>
/// <param name="Console">On the remote only.</param>
public sealed record HostView(
    long Version, string Title, string Pin, string JoinAddress, GamePhase Phase, int Round, int Rounds,
    int Seats, IReadOnlyList<string> Newest, int Answered, RulesView Rules,
    ClockView? Clock = null, QuestionView? Question = null, GivenAnswer? Key = null, DistributionView? Reveal = null,
    IReadOnlyList<BoardRow>? Board = null, ClimberView? Climber = null, PodiumView? Podium = null,
    RoundFix Fix = RoundFix.None, ConsoleView? Console = null, bool IsFull = false)
{
    /// <summary>Where there are teams: always on the remote, elsewhere with the board and at the end.</summary>
    public IReadOnlyList<TeamRow>? Teams { get; init; }

    /// <summary>For spectators: a link that goes round is no way to join.</summary>
    public HostView ForWatchers() => this with { Pin = "", JoinAddress = "" };
}

/// <summary>The answer to a player's screen that attaches.</summary>
public sealed record PlayerAttached(PlayerView? View = null, string? Refusal = null);

/// <summary>The answer to a host's screen that attaches.</summary>
public sealed record HostAttached(HostView? View = null, string? Refusal = null);

/// <summary>The answer to an answer: received means committed.</summary>
public sealed record Receipt(bool Received, string? Refusal = null, MineView? Mine = null);

/// <summary>The answer to a host's command.</summary>
public sealed record Done(string? Refusal = null);
