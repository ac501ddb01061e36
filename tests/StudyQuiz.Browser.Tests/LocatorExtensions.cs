using Microsoft.Playwright;

namespace StudyQuiz.Browser.Tests;

internal static class LocatorExtensions
{
    /// <summary>Clears a checkbox that hides behind its label; the bank may lack a type, and then there is none.</summary>
    public static async Task UncheckIfThereAsync(this ILocator box)
    {
        if (await box.CountAsync() > 0) await box.UncheckAsync(new() { Force = true });
    }
}
