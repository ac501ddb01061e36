using System.Net;
using Dapper;
using StudyQuiz.App.Features.SignIn;

namespace StudyQuiz.App.Tests.SignIn;

/// <summary>Where an account is signed in, and signing out of one place from another.</summary>
public sealed class SessionTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_browser_that_was_left_behind_is_signed_out_from_another_and_nobody_ends_anothers()
    {
        using var here = await app.SignedInAsync("two-places");
        using var there = app.Browser();
        using (await there.TrySignInAsync("two-places")) { }
        using var foreign = await app.SignedInAsync("somebody-else");
        var page = WebUtility.HtmlDecode(await here.ReadAsync("/account"));
        Assert.Contains("就是这个浏览器", page, StringComparison.Ordinal);
        Assert.Contains("最近来过：11月24日", page, StringComparison.Ordinal);

        var form = (await here.FillInAsync("/account", "/account/sessions/end")).Where(field => field.Name != "session").ToList();
        var own = await SessionsAsync("two-places");
        Assert.Equal(2, own.Count);
        var other = Assert.Single(own, session => IsOffered(page, session));
        using (await foreign.PostFormAsync("/account/sessions/end", [.. (await foreign.FillInAsync("/account", "/account/sessions/end")).Where(field => field.Name != "session"), ("session", $"{other}")])) Assert.Equal(HttpStatusCode.OK, await StatusAsync(there));

        using (var ended = await here.PostFormAsync("/account/sessions/end", [.. form, ("session", $"{other}")])) Assert.Equal("/account?ended=1#sessions", ended.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(there));
        page = WebUtility.HtmlDecode(await here.ReadAsync("/account?ended=1"));
        Assert.Contains("那个浏览器已退出登录", page, StringComparison.Ordinal);
        Assert.DoesNotContain($"{other}", page, StringComparison.Ordinal);
        using (await here.PostFormAsync("/account/sessions/end", [.. form, ("session", "x")])) Assert.Equal(HttpStatusCode.OK, await StatusAsync(here));
    }

    [Fact]
    public async Task A_new_password_keeps_this_browser_and_signing_out_leaves_none()
    {
        using var here = await app.SignedInAsync("new-password");
        using var there = app.Browser();
        using (await there.TrySignInAsync("new-password")) { }
        using (await here.SubmitAsync("/account", "/account/password", ("current", TestAccounts.Password), ("password", "another long password"))) Assert.Equal(HttpStatusCode.OK, await StatusAsync(here));
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(there));
        var page = WebUtility.HtmlDecode(await here.ReadAsync("/account"));
        Assert.Equal(1, page.Split("action=\"/account/sessions/end\"").Length - 1);
        using (await here.SubmitAsync("/account", "/sign-out")) { }
        Assert.Equal(2, await CountAsync("select count(*)::int from account_session s join account a on a.id = s.account_id where a.user_name = 'new-password'"));
        Assert.Equal(1, await CountAsync("select count(*)::int from account_session s join account a on a.id = s.account_id where a.user_name = 'new-password' and s.ended_at is not null"));
    }

    [Fact]
    public async Task A_cookie_whose_session_is_gone_is_nobodys()
    {
        using var here = await app.SignedInAsync("lost-session");
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("delete from account_session s using account a where a.id = s.account_id and a.user_name = 'lost-session'");
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(here));
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", "Chrome", "Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge", "Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari", "iPhone")]
    [InlineData("Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/126.0 Mobile Safari/537.36 MicroMessenger/8.0.50", BrowserName.WeChat, "Android")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox", "macOS")]
    [InlineData("curl/8.1", null, null)]
    [InlineData("", null, null)]
    public void A_browser_is_told_by_what_it_says_of_itself(string userAgent, string? browser, string? system) =>
        Assert.Equal(new BrowserName(browser, system), BrowserName.Of(userAgent));

    // The row of this browser has no button
    private static bool IsOffered(string page, Guid session)
    {
        var row = page[page.IndexOf($"value=\"{session}\"", StringComparison.Ordinal)..];
        return row[..row.IndexOf("</form>", StringComparison.Ordinal)].Contains("<button", StringComparison.Ordinal);
    }

    private async Task<IReadOnlyList<Guid>> SessionsAsync(string name)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<Guid>("select s.id from account_session s join account a on a.id = s.account_id where a.user_name = @name", new { name })).AsList();
    }

    private async Task<int> CountAsync(string sql)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<int>(sql);
    }

    private static async Task<HttpStatusCode> StatusAsync(TestBrowser browser)
    {
        using var response = await browser.GetAsync("/account");
        return response.StatusCode;
    }
}
