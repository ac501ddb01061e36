namespace StudyQuiz.App.Features.MyData;

/// <summary>Names the resource file of one's own data.</summary>
public sealed class MyDataText;
