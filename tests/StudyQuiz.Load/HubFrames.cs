using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Load;

// The parts of the hubs' messages that the driver looks at; whatever else they hold is skipped. Players and hosts share them.

/// <summary>A question as a screen shows it.</summary>
internal sealed record SeenQuestion(string Type, IReadOnlyList<string>? Options);

internal sealed record SeenSeat(int Number, int Points = 0);

internal sealed record SeenClock(int RemainingMs);

internal sealed record SeenAnswer(GivenAnswer Answer);

/// <summary>A view of a player or of a host.</summary>
/// <param name="Answered">Hosts only: how many answers of the round the server counts.</param>
internal sealed record SeenView(long Version, GamePhase Phase, int Round, SeenQuestion? Question = null, SeenSeat? Seat = null, string? Pin = null, int Answered = 0, SeenClock? Clock = null, SeenAnswer? Mine = null);

/// <summary>What Attach, Answer and Advance return, in one.</summary>
internal sealed record HubReply(SeenView? View = null, bool Received = false, SeenAnswer? Mine = null, string? Refusal = null);

/// <summary>A message of SignalR's JSON protocol.</summary>
internal sealed record HubFrame(int Type, string? Target, IReadOnlyList<SeenView>? Arguments, HubReply? Result, string? Error, string? InvocationId = null)
{
    public const int Invocation = 1;
    public const int Completion = 3;
    public const int Close = 7;
}
