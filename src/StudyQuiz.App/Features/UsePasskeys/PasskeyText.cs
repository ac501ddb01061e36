namespace StudyQuiz.App.Features.UsePasskeys;

/// <summary>Names the resource file of passkeys.</summary>
public sealed class PasskeyText;
