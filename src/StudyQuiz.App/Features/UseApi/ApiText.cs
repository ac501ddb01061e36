namespace StudyQuiz.App.Features.UseApi;

/// <summary>Names the resource file of tokens and of the API's reference.</summary>
public sealed class ApiText;
