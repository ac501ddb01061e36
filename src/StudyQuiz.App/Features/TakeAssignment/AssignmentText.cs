namespace StudyQuiz.App.Features.TakeAssignment;

/// <summary>Names the resource file of assignments.</summary>
public sealed class AssignmentText;
