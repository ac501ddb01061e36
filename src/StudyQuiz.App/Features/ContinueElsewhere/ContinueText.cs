namespace StudyQuiz.App.Features.ContinueElsewhere;

/// <summary>Names the resource file of going on in another browser.</summary>
public sealed class ContinueText;
