using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.FirstAdmin;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Tests.FirstAdmin;

public sealed class FirstAdminTests(TestApp app) : IClassFixture<TestApp>, IAsyncLifetime
{
    private FirstAdminLink Links => app.Services.GetRequiredService<FirstAdminLink>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_link_makes_one_admin_and_is_dead_then()
    {
        var link = (await Links.CreateAsync(Cancel))!;
        using var browser = app.Browser();
        using var opened = await browser.GetAsync(link);
        Assert.Equal("/first-admin", opened.Headers.Location?.ToString());
        Assert.Equal("no-referrer", Assert.Single(opened.Headers.GetValues("Referrer-Policy")));

        using var made = await CreateAsync(browser, "first");
        Assert.Equal((HttpStatusCode.Found, "/host"), (made.StatusCode, made.Headers.Location?.ToString()));
        Assert.Contains("first", await browser.ReadAsync("/people"), StringComparison.Ordinal);
        await browser.ReadAsync("/host");
        Assert.Equal(["first"], await AdminsAsync());

        await AssertDeadAsync(browser, link);
        await AssertDeadAsync(app.Browser(), link);
        await AssertDeadAsync(browser, "/first-admin");
        Assert.Null(await Links.CreateAsync(Cancel));
    }

    [Fact]
    public async Task Of_two_who_use_it_at_once_one_becomes_admin()
    {
        for (var round = 0; round < 5; round++)
        {
            await InitializeAsync();
            var link = (await Links.CreateAsync(Cancel))!;
            TestBrowser[] browsers = [app.Browser(), app.Browser(), app.Browser()];
            foreach (var browser in browsers) (await browser.GetAsync(link)).Dispose();
            var forms = await Task.WhenAll(browsers.Select((browser, i) => browser.FillInAsync("/first-admin", "/first-admin", ("name", $"racer{i}"), ("password", TestAccounts.Password))));
            var answers = await Task.WhenAll(browsers.Select((browser, i) => browser.PostFormAsync("/first-admin", [.. forms[i]])));
            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Found);
            Assert.Single(await AdminsAsync());
        }
    }

    [Fact]
    public async Task A_later_link_takes_the_place_of_an_earlier_one_and_an_admin_from_elsewhere_ends_both()
    {
        var early = (await Links.CreateAsync(Cancel))!;
        var late = (await Links.CreateAsync(Cancel))!;
        await AssertDeadAsync(app.Browser(), early);

        using var browser = app.Browser();
        (await browser.GetAsync(late)).Dispose();
        await browser.ReadAsync("/first-admin");
        Assert.Null(await Accounts.CreateAdminAsync(app.Database, "elsewhere", TestAccounts.Password, Cancel));
        await AssertDeadAsync(browser, late);
        await AssertDeadAsync(browser, "/first-admin");
    }

    [Fact]
    public async Task A_name_or_password_that_will_not_do_leaves_the_link_good()
    {
        using var learner = app.Browser();
        (await learner.TrySignUpAsync("here first")).Dispose(); // refused: a space
        (await learner.TrySignUpAsync("here-first")).Dispose();
        using var browser = app.Browser();
        (await browser.GetAsync((await Links.CreateAsync(Cancel))!)).Dispose();
        foreach (var (name, password) in new[] { ("x", TestAccounts.Password), ("good", "short"), ("here-first", TestAccounts.Password) })
        {
            using var refused = await browser.SubmitAsync("/first-admin", "/first-admin", ("name", name), ("password", password));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        }

        using var made = await CreateAsync(browser, "good");
        Assert.Equal(HttpStatusCode.Found, made.StatusCode);
    }

    [Fact]
    public async Task The_log_shows_that_the_link_was_opened_but_not_its_secret()
    {
        var link = (await Links.CreateAsync(Cancel))!;
        var secret = link.Split('/')[^1];
        Assert.True(secret.Length * 6 >= 128, "base64url holds 6 bits a letter");
        (await app.Browser().GetAsync(link)).Dispose();
        (await app.Browser().GetAsync(link + "/beyond?and=" + secret)).Dispose();

        Assert.Contains(app.Log.Lines, line => line.Contains("GET /first-admin/… 302", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        Assert.Equal(SecretToken.Hash(secret), await connection.QuerySingleAsync<byte[]>("select secret_hash from capability_link"));
    }

    [Fact]
    public async Task From_the_command_line_an_admin_is_made_under_the_same_rules()
    {
        Assert.Equal(AccountRefusal.BadName, await Accounts.CreateAdminAsync(app.Database, "a b", TestAccounts.Password, Cancel));
        Assert.Equal(AccountRefusal.ShortPassword, await Accounts.CreateAdminAsync(app.Database, "typed", "1234567", Cancel));
        Assert.Null(await Accounts.CreateAdminAsync(app.Database, "typed", TestAccounts.Password, Cancel));
        Assert.Equal(AccountRefusal.NameTaken, await Accounts.CreateAdminAsync(app.Database, "Typed", TestAccounts.Password, Cancel));
        using var browser = app.Browser();
        (await browser.TrySignInAsync("typed")).Dispose();
        await browser.ReadAsync("/people");
    }

    /// <summary>As if the server had never been used.</summary>
    public async ValueTask InitializeAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync("delete from account; delete from capability_link");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static Task<HttpResponseMessage> CreateAsync(TestBrowser browser, string name) =>
        browser.SubmitAsync("/first-admin", "/first-admin", ("name", name), ("password", TestAccounts.Password));

    private async Task<IEnumerable<string>> AdminsAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        return await connection.QueryAsync<string>("select user_name from account join account_role on account_id = id where role = 'admin'");
    }

    private static async Task AssertDeadAsync(TestBrowser browser, string path)
    {
        using var answer = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("studyquiz admin create NAME", await answer.TextAsync(), StringComparison.Ordinal);
    }
}
