namespace StudyQuiz.App.Features.KeepGroups;

/// <summary>Names the resource file of groups and invitations.</summary>
public sealed class GroupText;
