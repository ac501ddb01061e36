namespace StudyQuiz.App.Features.PrintPaper;

/// <summary>Names the resource file of printed papers.</summary>
public sealed class PaperText;
