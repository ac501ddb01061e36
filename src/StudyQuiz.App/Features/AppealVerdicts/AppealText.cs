namespace StudyQuiz.App.Features.AppealVerdicts;

/// <summary>Names the resource file of appeals, the learner's side and the editors'.</summary>
public sealed class AppealText;
