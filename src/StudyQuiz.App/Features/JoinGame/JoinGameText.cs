namespace StudyQuiz.App.Features.JoinGame;

/// <summary>Names the resource file of the pages by which players join.</summary>
public sealed class JoinGameText;
