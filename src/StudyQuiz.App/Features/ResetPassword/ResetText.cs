namespace StudyQuiz.App.Features.ResetPassword;

/// <summary>Names the resource file of forgotten passwords.</summary>
public sealed class ResetText;
