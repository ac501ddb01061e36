namespace StudyQuiz.App.Features.FirstAdmin;

/// <summary>Names the resource file of the first admin.</summary>
public sealed class FirstAdminText;
