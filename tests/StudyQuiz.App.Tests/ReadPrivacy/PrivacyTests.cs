using System.Net;

namespace StudyQuiz.App.Tests.ReadPrivacy;

public sealed class PrivacyTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task The_notice_says_what_how_long_and_what_one_can_do_and_makes_no_cookie_that_tells_who_reads()
    {
        using var browser = app.Browser();
        var page = WebUtility.HtmlDecode(await browser.ReadAsync("/privacy"));
        Assert.All((string[])["180 天没来", "不要手机号", "未满 14 岁", "href=\"/my-data\""], part => Assert.Contains(part, page, StringComparison.Ordinal));
        Assert.DoesNotContain("往这个邮箱发一个链接", page, StringComparison.Ordinal); // no mail server here
        Assert.Null(browser.Cookies.GetAllCookies()["sq-device"]);
    }

    [Theory]
    [InlineData("/self-test", "<form class")]
    [InlineData("/sign-up", "id=\"name\"")]
    [InlineData("/cards", "</main>")]
    public async Task A_line_leads_to_it_before_the_first_field(string path, string field)
    {
        await TakeSelfTest.SelfTestBank.SeedAsync(app.Database);
        var page = await app.Browser().ReadAsync(path);
        page = page[page.IndexOf("<main", StringComparison.Ordinal)..];
        Assert.InRange(page.IndexOf("href=\"/privacy\"", StringComparison.Ordinal), 0, page.IndexOf(field, StringComparison.Ordinal));
    }
}
