namespace StudyQuiz.App.Features.KeepBank;

/// <summary>Names the resource file of banks.</summary>
public sealed class BankText;
