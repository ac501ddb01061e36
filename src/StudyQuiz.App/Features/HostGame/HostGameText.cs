namespace StudyQuiz.App.Features.HostGame;

/// <summary>Names the resource file of the host's pages.</summary>
public sealed class HostGameText;
