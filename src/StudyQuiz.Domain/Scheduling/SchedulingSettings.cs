using System.Globalization;

namespace StudyQuiz.Domain.Scheduling;

/// <summary>How a learner wants a deck scheduled.</summary>
public sealed record SchedulingSettings
{
    /// <summary>The least retention that a learner can ask for.</summary>
    public const double LeastRetention = 0.70;

    /// <summary>The greatest: beyond it the daily load grows faster than what is remembered.</summary>
    public const double GreatestRetention = 0.97;

    /// <summary>The longest interval that can be set, in days: a hundred years.</summary>
    public const int LongestInterval = 36_500;

    public static SchedulingSettings Default { get; } = new();

    public FsrsWeights Weights { get; init; } = FsrsWeights.Default;

    /// <summary>The probability of recall at which a card comes back, above 0, below 1; learners choose from 0.70 to 0.97.</summary>
    public double DesiredRetention { get; init; } = 0.90;

    /// <summary>Whether there are steps within a day. Without them every answer schedules whole days.</summary>
    public bool ShortTerm { get; init; } = true;

    /// <summary>The waits of a new card, each a minute or more.</summary>
    public IReadOnlyList<TimeSpan> LearningSteps { get; init; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)];

    /// <summary>The waits of a forgotten card, each a minute or more.</summary>
    public IReadOnlyList<TimeSpan> RelearningSteps { get; init; } = [TimeSpan.FromMinutes(10)];

    /// <summary>No interval passes it; days, 1 to <see cref="LongestInterval"/>.</summary>
    public int MaximumInterval { get; init; } = LongestInterval;

    /// <summary>The day of an exam: until then no interval passes it, so that everything comes back once more. Without meaning from that day on.</summary>
    public DateOnly? ExamDay { get; init; }

    /// <summary>The memory model that these settings make.</summary>
    public Fsrs Model() => new(Weights, ShortTerm, RelearningSteps.Count);

    /// <summary>The longest interval from a day on.</summary>
    internal int LongestFrom(DateOnly day) =>
        ExamDay is { } exam && exam > day ? Math.Min(MaximumInterval, exam.DayNumber - day.DayNumber) : MaximumInterval;

    /// <summary>A step as people write it: "10m", "1h", "1d".</summary>
    /// <returns>1 minute to 365 days; null for anything else.</returns>
    public static TimeSpan? Step(string text)
    {
        var minutes = text is [.., var unit] && int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number * (long)(unit switch { 'm' => 1, 'h' => 60, 'd' => 1440, _ => 0 })
            : 0;
        return minutes is >= 1 and <= 365 * 1440 ? TimeSpan.FromMinutes(minutes) : null;
    }
}
