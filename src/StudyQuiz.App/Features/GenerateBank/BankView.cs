namespace StudyQuiz.App.Features.GenerateBank;

/// <summary>The pages of a bank that its head leads to.</summary>
public enum BankView
{
    Review,
    Report,

    /// <summary>Questions in and out as files.</summary>
    Exchange,
}
