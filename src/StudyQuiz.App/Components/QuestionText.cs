namespace StudyQuiz.App.Components;

/// <summary>Names the resource file of what every screen says about questions, sources and evidence.</summary>
public sealed class QuestionText;
