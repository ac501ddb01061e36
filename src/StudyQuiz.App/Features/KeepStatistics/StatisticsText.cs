namespace StudyQuiz.App.Features.KeepStatistics;

/// <summary>Names the resource file of questions' statistics.</summary>
public sealed class StatisticsText;
