namespace StudyQuiz.App.Components;

/// <summary>Names the resource file of the header, the navigation and the error pages.</summary>
public sealed class ShellText;
