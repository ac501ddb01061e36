namespace StudyQuiz.App.Features.ReadReports;

/// <summary>Names the resource file of reports.</summary>
public sealed class ReportText;
