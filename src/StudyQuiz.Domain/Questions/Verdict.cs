namespace StudyQuiz.Domain.Questions;

/// <summary>What an answer is worth and how that came.</summary>
/// <param name="Credit">0 to 1, the share of the question's points.</param>
/// <param name="Outcome">The verdict in a word.</param>
public sealed record Verdict(decimal Credit, Outcome Outcome)
{
    /// <summary>As it counts where part of an answer may earn nothing.</summary>
    /// <param name="partialCredit">Whether it earns half.</param>
    public Verdict Counted(bool partialCredit) => Outcome == Outcome.Partial && !partialCredit ? this with { Credit = 0 } : this;

    public static Verdict Right { get; } = new(1m, Outcome.Right);
    public static Verdict Partial { get; } = new(0.5m, Outcome.Partial);
    public static Verdict Wrong { get; } = new(0m, Outcome.Wrong);
    public static Verdict Unanswered { get; } = new(0m, Outcome.Unanswered);
}

/// <summary>A verdict in a word. The numbers are stored: never renumber.</summary>
public enum Outcome
{
    Unanswered = 0,
    Wrong = 1,
    Partial = 2,
    Right = 3,
}
