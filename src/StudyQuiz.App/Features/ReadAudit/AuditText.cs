namespace StudyQuiz.App.Features.ReadAudit;

/// <summary>Names the resource file of the record.</summary>
public sealed class AuditText;
