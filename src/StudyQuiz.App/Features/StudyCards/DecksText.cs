namespace StudyQuiz.App.Features.StudyCards;

/// <summary>Names the resource file of the pages about decks.</summary>
public sealed class DecksText;
