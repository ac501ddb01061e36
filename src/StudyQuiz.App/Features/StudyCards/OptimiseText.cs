namespace StudyQuiz.App.Features.StudyCards;

/// <summary>Names the resources of the page that fits the scheduling to a learner.</summary>
public sealed class OptimiseText;
