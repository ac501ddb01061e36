namespace StudyQuiz.App.Features.KeepNotebook;

/// <summary>Names the resource file of the notebook of wrong answers.</summary>
public sealed class NotebookText;
