using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Domain.Games;

/// <summary>What a game plays and by which rules; fixed when the host opens it.</summary>
/// <param name="Rounds">At least one; their numbers count from 1.</param>
public sealed record GameSetup(IReadOnlyList<GameRound> Rounds, GameOptions Options)
{
    public GameRound Round(int number) => Rounds[number - 1];
}

/// <summary>One question of a game with the order in which every screen shows it and its times.</summary>
/// <param name="Number">Counts from 1.</param>
/// <param name="Reading">How long the stem stands alone before the answers open.</param>
/// <param name="Open">How long answers are taken.</param>
public sealed record GameRound(int Number, Question Question, Presentation Presentation, TimeSpan Reading, TimeSpan Open);

/// <summary>A player's place in a game. It outlives connections, devices and servers.</summary>
/// <param name="Number">Counts from 1 in the order of joining.</param>
public sealed record Seat(int Number, string Nickname);

/// <summary>An answer taken in the running round.</summary>
/// <param name="Answer">In the author's positions.</param>
/// <param name="At">Game time at which the server took it.</param>
public sealed record RoundAnswer(GivenAnswer Answer, TimeSpan At);
