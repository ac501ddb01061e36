namespace StudyQuiz.App.Components;

/// <summary>Names the resource file of the fields for a new account.</summary>
public sealed class NewAccountText;
