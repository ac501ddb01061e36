namespace StudyQuiz.App.Features.Home;

/// <summary>Names the resource file of the first page.</summary>
public sealed class HomeText;
