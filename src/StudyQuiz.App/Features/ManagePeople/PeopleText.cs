namespace StudyQuiz.App.Features.ManagePeople;

/// <summary>Names the resource file of the list of people.</summary>
public sealed class PeopleText;
