using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions.Formats;

internal static class BankLanguage
{
    /// <summary>Whether files that hold a bank say in Chinese what they say in words.</summary>
    public static bool IsChinese(this BankFile bank) => bank.Source.Language.StartsWith("zh", StringComparison.OrdinalIgnoreCase);
}
