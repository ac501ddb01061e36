namespace StudyQuiz.App.Features.StudyCards;

/// <summary>Names the resources of the flashcard pages.</summary>
public sealed class CardsText;
