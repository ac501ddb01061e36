namespace StudyQuiz.App.Features.ReadPrivacy;

/// <summary>Names the resource file of the privacy notice.</summary>
public sealed class PrivacyText;
