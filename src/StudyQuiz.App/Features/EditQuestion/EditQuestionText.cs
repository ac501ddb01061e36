namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>Names the resource file of changing a question.</summary>
public sealed class EditQuestionText;
