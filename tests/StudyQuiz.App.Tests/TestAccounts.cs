using System.Net;
using Dapper;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Tests;

/// <summary>People with accounts, who came in through the forms.</summary>
public static class TestAccounts
{
    public const string Password = "a long enough password";

    public static Task<HttpResponseMessage> TrySignUpAsync(this TestBrowser browser, string name, string password = Password, string page = "/sign-up") =>
        browser.SubmitAsync(page, "/sign-up", ("name", name), ("password", password));

    public static Task<HttpResponseMessage> TrySignInAsync(this TestBrowser browser, string name, string password = Password, string page = "/sign-in") =>
        browser.SubmitAsync(page, "/sign-in", ("name", name), ("password", password));

    /// <summary>A browser in which a new account with these roles is signed in.</summary>
    public static async Task<TestBrowser> SignedInAsync(this TestApp app, string name, params string[] roles)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        Assert.True(await AccountStore.InsertAsync(connection, Accounts.Prepare(name, Password, roles), TestContext.Current.CancellationToken));
        var browser = app.Browser();
        using var signedIn = await browser.TrySignInAsync(name);
        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
        return browser;
    }

    public static async Task<Guid> AccountIdAsync(this TestApp app, string name)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<Guid>("select id from account where user_name = @name", new { name });
    }
}
