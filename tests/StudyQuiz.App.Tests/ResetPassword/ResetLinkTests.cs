using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using StudyQuiz.App.Features.ResetPassword;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Tests.ResetPassword;

public sealed partial class ResetLinkTests(TestApp app) : IClassFixture<TestApp>
{
    private const string NextPassword = "the next password";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_admins_link_sets_a_password_once_and_ends_every_session()
    {
        using var admin = await app.SignedInAsync("helps", Roles.Admin);
        using var owner = await app.SignedInAsync("forgot");
        using var locked = app.Browser();
        for (var i = 0; i < 6; i++) (await locked.TrySignInAsync("forgot", "a wrong password")).Dispose();
        var link = await LinkAsync(admin, "forgot");

        using var browser = app.Browser();
        using var opened = await browser.GetAsync(link);
        Assert.Equal((HttpStatusCode.Found, ResetLink.Path), (opened.StatusCode, opened.Headers.Location?.ToString()));
        Assert.Equal("no-referrer", Assert.Single(opened.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("no-store", opened.Headers.CacheControl?.ToString());
        Assert.Contains("账号：forgot", await browser.ReadAsync(ResetLink.Path), StringComparison.Ordinal);

        using var tooShort = await ChooseAsync(browser, "short");
        Assert.Contains("密码至少要 8 个字符", await tooShort.TextAsync(), StringComparison.Ordinal);
        using var chosen = await ChooseAsync(browser);
        Assert.Equal("/account?changed=1", chosen.Headers.Location?.ToString());
        Assert.Contains("forgot", await browser.ReadAsync("/account"), StringComparison.Ordinal);

        using var ended = await owner.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Found, ended.StatusCode);
        using var old = await owner.TrySignInAsync("forgot");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, old.StatusCode);
        using var next = await owner.TrySignInAsync("forgot", NextPassword);
        Assert.Equal(HttpStatusCode.Found, next.StatusCode);
        await IsDeadAsync(link);
        await IsDeadAsync(ResetLink.Path);
    }

    [Fact]
    public async Task A_link_ends_after_a_day_and_when_a_later_one_is_made()
    {
        using var admin = await app.SignedInAsync("makes-links", Roles.Admin);
        using var owner = await app.SignedInAsync("late");
        var first = await LinkAsync(admin, "late");
        var second = await LinkAsync(admin, "late");
        await IsDeadAsync(first);

        using var browser = app.Browser();
        (await browser.GetAsync(second)).Dispose();
        await browser.ReadAsync(ResetLink.Path);
        app.Time.Advance(ResetLink.AdminsLifetime);
        await IsDeadAsync(second);
        using var tooLate = await browser.GetAsync(ResetLink.Path);
        Assert.Equal(HttpStatusCode.NotFound, tooLate.StatusCode);
        Assert.Contains("late", await owner.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_who_use_it_at_once_one_chooses()
    {
        using var admin = await app.SignedInAsync("race-admin", Roles.Admin);
        using var owner = await app.SignedInAsync("raced");
        var link = await LinkAsync(admin, "raced");
        TestBrowser[] browsers = [app.Browser(), app.Browser(), app.Browser()];
        foreach (var browser in browsers) (await browser.GetAsync(link)).Dispose();
        var forms = await Task.WhenAll(browsers.Select((browser, i) => browser.FillInAsync(ResetLink.Path, ResetLink.Path, ("password", $"password of {i}"))));
        var answers = await Task.WhenAll(browsers.Zip(forms).Select(pair => pair.First.PostFormAsync(ResetLink.Path, [.. pair.Second])));
        Assert.Equal([HttpStatusCode.Found, HttpStatusCode.NotFound, HttpStatusCode.NotFound], answers.Select(answer => answer.StatusCode).Order());
    }

    [Fact]
    public async Task Only_admins_make_links_and_only_for_accounts_that_are_there()
    {
        using var admin = await app.SignedInAsync("only-admin", Roles.Admin);
        using var editor = await app.SignedInAsync("only-editor", Roles.Editor);
        var token = (await editor.FillInAsync("/account", "/sign-out")).Single(field => field.Name == "__RequestVerificationToken");
        using var refused = await editor.PostFormAsync($"/people/{await app.AccountIdAsync("only-admin")}/reset-link", token);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        var form = await admin.FillInAsync("/people", $"/people/{await app.AccountIdAsync("only-editor")}/reset-link");
        using var unknown = await admin.PostFormAsync($"/people/{Guid.NewGuid()}/reset-link", [.. form]);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        using var withoutToken = await admin.PostFormAsync($"/people/{await app.AccountIdAsync("only-editor")}/reset-link");
        Assert.Equal(HttpStatusCode.BadRequest, withoutToken.StatusCode);

        // What somebody makes up, and a link of another kind
        await IsDeadAsync($"{ResetLink.Path}/{SecretToken.Create()}");
        var secret = SecretToken.Create();
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        await connection.ExecuteAsync("insert into capability_link (secret_hash, purpose) values (@hash, 'first_admin')", new { hash = SecretToken.Hash(secret) });
        await IsDeadAsync($"{ResetLink.Path}/{secret}");
    }

    [Fact]
    public async Task The_secret_is_in_no_log_and_not_in_the_database()
    {
        using var admin = await app.SignedInAsync("log-admin", Roles.Admin);
        using var owner = await app.SignedInAsync("logged");
        var secret = (await LinkAsync(admin, "logged")).Split('/')[^1];
        using var browser = app.Browser();
        (await browser.GetAsync($"{ResetLink.Path}/{secret}")).Dispose();
        (await ChooseAsync(browser)).Dispose();
        Assert.Contains(app.Log.Lines, line => line.Contains("GET /reset-password/… 302", StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal) || line.Contains(NextPassword, StringComparison.Ordinal));
        // Who made a link for whom is on record
        var (made, of) = (await app.AccountIdAsync("log-admin"), await app.AccountIdAsync("logged"));
        Assert.Contains(app.Log.Lines, line => line.Contains($"Admin {made} made a link for a new password of account {of}", StringComparison.Ordinal));
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        Assert.Equal(1, await connection.QuerySingleAsync<int>("select count(*)::int from capability_link where secret_hash = @hash and used_at is not null", new { hash = SecretToken.Hash(secret) }));
    }

    [Fact]
    public async Task Without_a_mail_server_the_page_sends_to_an_admin()
    {
        using var browser = app.Browser();
        var page = WebUtility.HtmlDecode(await browser.ReadAsync("/forgot-password"));
        Assert.Contains("找管理员重设", page, StringComparison.Ordinal);
        Assert.DoesNotContain("action=\"/forgot-password\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/forgot-password\"", await browser.ReadAsync("/sign-in"), StringComparison.Ordinal);
    }

    private async Task<string> LinkAsync(TestBrowser admin, string name)
    {
        using var made = await admin.SubmitAsync("/people", $"/people/{await app.AccountIdAsync(name)}/reset-link");
        Assert.Equal((HttpStatusCode.OK, true), (made.StatusCode, made.Headers.CacheControl?.NoStore));
        return new Uri(Link().Match(await made.TextAsync()).Groups["link"].Value).AbsolutePath;
    }

    private async Task IsDeadAsync(string path)
    {
        using var stranger = app.Browser();
        using var answer = await stranger.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("密码没有变", await answer.TextAsync(), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> ChooseAsync(TestBrowser browser, string password = NextPassword) => browser.SubmitAsync(ResetLink.Path, ResetLink.Path, ("password", password));

    [GeneratedRegex("id=\"link\"[^>]*value=\"(?<link>http[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();
}
