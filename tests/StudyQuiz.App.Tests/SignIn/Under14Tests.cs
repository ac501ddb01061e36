using System.Net;
using Dapper;

namespace StudyQuiz.App.Tests.SignIn;

public sealed class Under14Tests(TestApp app) : IClassFixture<TestApp>
{
    [Theory]
    [InlineData("pupil@school.example")]
    [InlineData("13800000000")]
    [InlineData("２０２６０２０１")]
    [InlineData("三年2班0211")]
    public async Task Under_14_a_name_by_which_somebody_is_found_is_refused(string name)
    {
        using var browser = app.Browser();
        using var refused = await SignUpAsync(browser, name);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await refused.TextAsync();
        Assert.Contains("未满 14 岁只用昵称", page, StringComparison.Ordinal);
        Assert.Contains("checked", page[page.IndexOf("id=\"under14\"", StringComparison.Ordinal)..][..120], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nickname_is_all_that_is_stored()
    {
        using var browser = app.Browser();
        using var made = await SignUpAsync(browser, "小河2026");
        Assert.Equal(HttpStatusCode.Found, made.StatusCode);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        // The row of somebody older looks the same
        using var older = app.Browser();
        (await older.TrySignUpAsync("老河")).Dispose();
        var rows = await connection.QueryAsync<string>(
            "select (to_jsonb(a) - '{id, user_name, normalized_user_name, password_hash, security_stamp, created_at}'::text[])::text from account a where user_name in ('小河2026', '老河')");
        Assert.Single(rows.Distinct(StringComparer.Ordinal));
    }

    private static Task<HttpResponseMessage> SignUpAsync(TestBrowser browser, string name) =>
        browser.SubmitAsync("/sign-up", "/sign-up", ("name", name), ("password", TestAccounts.Password), ("under14", "true"));
}
