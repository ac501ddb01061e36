namespace StudyQuiz.Domain.Scheduling;

/// <summary>How well a card was recalled. The numbers are those of the review log and of other programs' exports.</summary>
public enum Rating
{
    /// <summary>Not recalled.</summary>
    Again = 1,
    Hard = 2,
    Good = 3,
    Easy = 4,
}
