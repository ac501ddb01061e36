using System.Runtime.InteropServices;

namespace StudyQuiz.Domain.Scheduling;

/// <summary>Where a card is on its way into long-term memory.</summary>
public enum CardPhase
{
    /// <summary>Never answered.</summary>
    New,

    /// <summary>On the learning steps, minutes apart.</summary>
    Learning,

    /// <summary>Comes back after days.</summary>
    Review,

    /// <summary>Forgotten in <see cref="Review"/>, and on the relearning steps.</summary>
    Relearning,
}

/// <summary>What FSRS knows of one memory.</summary>
/// <param name="Stability">Days after which recall has fallen to 90%, 0.001 to 36,500.</param>
/// <param name="Difficulty">1, easy, to 10.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Memory(double Stability, double Difficulty);

/// <summary>An answer to a card.</summary>
/// <param name="At">When it was given.</param>
/// <param name="Day">The learner's study day then. It is stored with the answer, so that a changed time zone alters nothing of the past.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Review(DateTimeOffset At, DateOnly Day, Rating Rating);

/// <summary>A card after its reviews so far: a fold of the review log, which can be made again from it.</summary>
public sealed record Card
{
    public static Card New { get; } = new();

    public CardPhase Phase { get; init; }

    /// <summary>Zero in both parts while the card is <see cref="CardPhase.New"/>.</summary>
    public Memory Memory { get; init; }

    /// <summary>Which learning or relearning step comes next, from 0.</summary>
    public int Step { get; init; }

    /// <summary>Days until <see cref="DueDay"/>; 0 on a step of minutes.</summary>
    public int ScheduledDays { get; init; }

    /// <summary>On a step: when the card is to be shown again. Otherwise the last answer's time of day on the due day; <see cref="DueDay"/> decides then.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>The study day from whose beginning the card is due; for a step, the day of the answer.</summary>
    public DateOnly? DueDay { get; init; }

    public DateTimeOffset? LastReviewAt { get; init; }

    public DateOnly? LastDay { get; init; }

    /// <summary>The study day on which it was met.</summary>
    public DateOnly? FirstDay { get; init; }

    public int Reviews { get; init; }

    /// <summary>How often it was forgotten in <see cref="CardPhase.Review"/>.</summary>
    public int Lapses { get; init; }
}
