namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>Names the resource file of the self-test.</summary>
public sealed class SelfTestText;
