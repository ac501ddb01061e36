namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>Names the resource file of what export and import say.</summary>
public sealed class ExchangeText;
