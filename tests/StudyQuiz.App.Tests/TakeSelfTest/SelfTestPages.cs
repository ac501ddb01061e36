using System.Net;
using System.Text.RegularExpressions;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>Classes whose tests go one after the other with one app.</summary>
[CollectionDefinition]
public sealed class OneAppForSelfTests : ICollectionFixture<TestApp>;

/// <summary>Parts of the pages of a self-test.</summary>
internal static class SelfTestPages
{
    public static string Section(string page, int position)
    {
        var start = page.IndexOf($"id=\"q{position}\"", StringComparison.Ordinal);
        return page[start..page.IndexOf("</section>", start, StringComparison.Ordinal)];
    }

    public static string Token(string page) =>
        WebUtility.HtmlDecode(Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["token"].Value);
}
