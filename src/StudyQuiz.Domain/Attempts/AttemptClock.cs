namespace StudyQuiz.Domain.Attempts;

/// <summary>
/// Whose time it is: an attempt's clock knows when it was started and when an answer arrived, both by the server, and nothing that a
/// client says about time.
/// </summary>
public static class AttemptClock
{
    /// <summary>The network's share of the last answers' way: what arrives this long after the deadline counts.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>For each question of a challenge, before a learner's extra time.</summary>
    public static readonly TimeSpan ChallengeQuestion = TimeSpan.FromSeconds(20);

    /// <summary>What learners may have of the time that others have.</summary>
    public static IReadOnlyList<decimal> Extras { get; } = [1m, 1.25m, 1.5m, 2m];

    /// <summary>A time that everyone has, as long as one learner has it.</summary>
    /// <param name="extra">One of <see cref="Extras"/>.</param>
    public static TimeSpan With(decimal extra, TimeSpan time) => TimeSpan.FromTicks((long)(time.Ticks * extra));

    /// <summary>Whether an answer that arrived at an instant counts.</summary>
    /// <param name="deadline">Null where no clock runs.</param>
    public static bool Takes(DateTimeOffset? deadline, DateTimeOffset arrived) => deadline is not { } end || arrived <= end + Grace;

    /// <summary>What is left at an instant; nothing where no clock runs.</summary>
    public static TimeSpan Left(DateTimeOffset? deadline, DateTimeOffset now) => deadline is { } end && end > now ? end - now : TimeSpan.Zero;
}
