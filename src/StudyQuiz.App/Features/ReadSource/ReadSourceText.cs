namespace StudyQuiz.App.Features.ReadSource;

/// <summary>Names the resource file of the source's pages.</summary>
public sealed class ReadSourceText;
