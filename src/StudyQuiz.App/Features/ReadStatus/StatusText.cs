namespace StudyQuiz.App.Features.ReadStatus;

/// <summary>Names the resource file of the state of the service.</summary>
public sealed class StatusText;
