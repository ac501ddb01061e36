namespace StudyQuiz.Domain.Scheduling;

/// <summary>Why a day takes no new cards.</summary>
public enum PauseReason
{
    None,

    /// <summary>A plan to catch up runs.</summary>
    CatchUp,

    /// <summary>The exam is so near that a card met now would hardly come back before it.</summary>
    Exam,
}

/// <summary>When new cards wait, so that what was begun is not lost over them.</summary>
/// <param name="PlannedUntil">The last day of a plan to catch up; null where none runs.</param>
/// <param name="LiftedUntil">Until when the learner wants new cards all the same.</param>
public sealed record NewCardPause(DateOnly? PlannedUntil, DateOnly? ExamDay, DateOnly? LiftedUntil = null)
{
    /// <summary>
    /// So many days before an exam, and on its day, nothing new is begun: a card met then comes back once before the exam, after two days,
    /// and takes time that what is half known needs.
    /// </summary>
    public const int DaysBeforeExam = 6;

    public static NewCardPause None { get; } = new(null, null);

    /// <summary>Why a day takes no new cards, unless the learner lifted that.</summary>
    public PauseReason On(DateOnly day) => day <= LiftedUntil ? PauseReason.None : CalledOn(day);

    /// <summary>The same, whatever the learner lifted.</summary>
    public PauseReason CalledOn(DateOnly day) =>
        day <= PlannedUntil ? PauseReason.CatchUp
        : ExamDay is { } exam && day <= exam && exam.DayNumber - day.DayNumber <= DaysBeforeExam ? PauseReason.Exam
        : PauseReason.None;

    /// <summary>The last day of the pause that a day lies in; the day before it where it lies in none.</summary>
    public DateOnly LastDay(DateOnly day)
    {
        while (CalledOn(day) != PauseReason.None) day = day.AddDays(1);
        return day.AddDays(-1);
    }
}
