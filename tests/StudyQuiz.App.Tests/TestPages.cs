using System.Net;

namespace StudyQuiz.App.Tests;

/// <summary>Reads pages that answered with any status.</summary>
public static class TestPages
{
    /// <summary>The page as its source has it, with characters in place of their references.</summary>
    public static async Task<string> TextAsync(this HttpResponseMessage response) =>
        WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
