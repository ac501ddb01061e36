namespace StudyQuiz.App.Features.KeepQuizzes;

/// <summary>Names the resource file of quizzes and papers.</summary>
public sealed class QuizText;
