using Microsoft.AspNetCore.Http;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Tests.Platform;

public sealed class SafeCookiesTests
{
    [Theory]
    [InlineData("http", "sq-test=secret; max-age=60; path=/; samesite=lax; httponly")]
    [InlineData("https", "__Host-sq-test=secret; max-age=60; path=/; secure; samesite=lax; httponly")]
    public void A_secret_is_for_this_host_and_for_http_only(string scheme, string cookie)
    {
        var http = new DefaultHttpContext { Request = { Scheme = scheme } };
        SafeCookies.Write(http, "sq-test", "secret", TimeSpan.FromMinutes(1));
        Assert.Equal(cookie, Assert.Single(http.Response.Headers.SetCookie));
    }

    [Fact]
    public void With_TLS_a_cookie_of_plain_http_is_not_read()
    {
        var http = new DefaultHttpContext { Request = { Scheme = "https", Headers = { Cookie = "sq-test=planted" } } };
        Assert.Null(SafeCookies.Read(http, "sq-test"));
    }
}
