using StudyQuiz.Domain.Notebooks;

namespace StudyQuiz.App.Features.KeepNotebook;

/// <summary>What a question's row in the notebook says, as it is kept with the card.</summary>
/// <param name="Review">The last wrong answer.</param>
/// <param name="MissedDay">The learner's study day then.</param>
/// <param name="Misses">How often it was answered wrong.</param>
/// <param name="RightDays">On how many days it was answered right since.</param>
/// <param name="Needed">On how many it must be, to leave.</param>
/// <param name="LeftOn">The day on which it left; null while it is in.</param>
public sealed record KeptEntry(
    Guid Review, DateTimeOffset MissedAt, DateOnly MissedDay, int Misses, int RightDays, int Needed, NotebookState State, DateOnly? LeftOn)
{
    /// <summary>How many right days it still takes; 0 for what has been learned.</summary>
    public int Left => Math.Max(0, Needed - RightDays);
}
