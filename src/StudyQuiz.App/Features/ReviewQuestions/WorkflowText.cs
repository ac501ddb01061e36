namespace StudyQuiz.App.Features.ReviewQuestions;

/// <summary>Names the resource file of the way from draft to published, and back.</summary>
public sealed class WorkflowText;
