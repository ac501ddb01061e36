namespace StudyQuiz.App.Features.GenerateBank;

/// <summary>Names the resource file of making a bank from a text and reviewing it.</summary>
public sealed class GenerateBankText;
