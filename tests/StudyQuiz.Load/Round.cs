using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Load;

/// <summary>One question as all players lived through it. Players are told apart by their index.</summary>
internal sealed class Round(int number, int players)
{
    private readonly Dictionary<GamePhase, Arrivals> _seen = new()
    {
        [GamePhase.Reading] = new(players),
        [GamePhase.Open] = new(players),
        [GamePhase.Closed] = new(players),
        [GamePhase.Board] = new(players),
    };

    public int Number => number;

    /// <summary>When answers were sent for the first time.</summary>
    public Arrivals Sent { get; } = new(players);

    public Arrivals Receipts { get; } = new(players);

    /// <summary>By player, the answer that the server said it had received, in shown positions.</summary>
    public GivenAnswer?[] Received { get; } = new GivenAnswer?[players];

    /// <summary>When the host sent the command that reveals; 0 where the round ended by itself.</summary>
    public long RevealCommanded { get; set; }

    /// <summary>How many answers the server told the host at the close.</summary>
    public int Counted { get; set; }

    /// <summary>When a phase's view reached each player.</summary>
    public Arrivals Seen(GamePhase phase) => _seen[phase];

    public bool Tracks(GamePhase phase) => _seen.ContainsKey(phase);
}
