using System.Net;

namespace StudyQuiz.App.Tests.SignIn;

public sealed class PasswordRateTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task An_address_may_send_hundreds_of_passwords_but_not_thousands()
    {
        using var browser = app.Browser();
        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < 190; i++) codes.Add(await SendAsync(browser));
        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, codes);

        while (codes.Count < 1000 && codes[^1] != HttpStatusCode.TooManyRequests) codes.Add(await SendAsync(browser));
        using var refused = await browser.PostFormAsync("/sign-in");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Contains("一下子来得太多", await refused.TextAsync(), StringComparison.Ordinal);
        await browser.ReadAsync("/sign-in"); // looking is free
    }

    private static async Task<HttpStatusCode> SendAsync(TestBrowser browser)
    {
        using var answer = await browser.PostFormAsync("/sign-in");
        return answer.StatusCode;
    }
}
