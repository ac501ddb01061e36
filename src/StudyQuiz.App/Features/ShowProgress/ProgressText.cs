namespace StudyQuiz.App.Features.ShowProgress;

/// <summary>Names the resource file of the page about a learner's progress.</summary>
public sealed class ProgressText;
