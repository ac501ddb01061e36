namespace StudyQuiz.App.Components;

/// <summary>Names the resource file of certificates.</summary>
public sealed class CertificateText;
