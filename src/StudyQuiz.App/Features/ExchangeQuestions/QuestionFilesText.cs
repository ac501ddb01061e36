namespace StudyQuiz.App.Features.ExchangeQuestions;

/// <summary>Names the resource file of questions that come in and go out as files.</summary>
public sealed class QuestionFilesText;
