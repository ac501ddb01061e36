using System.Net;
using System.Text.RegularExpressions;

namespace StudyQuiz.App.Tests;

/// <summary>Reads pages that answered with any status.</summary>
public static partial class TestPages
{
    /// <summary>The page as its source has it, with characters in place of their references.</summary>
    public static async Task<string> TextAsync(this HttpResponseMessage response) =>
        WebUtility.HtmlDecode(await response.SourceAsync());

    /// <summary>Its source without what is random in every page, so that pages can be compared.</summary>
    public static async Task<string> SourceAsync(this HttpResponseMessage response) =>
        Nonce().Replace(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), "");

    [GeneratedRegex(" nonce=\"[A-Za-z0-9_-]{22}\"", RegexOptions.None, 1000)]
    private static partial Regex Nonce();
}
