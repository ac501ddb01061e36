using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using Microsoft.Extensions.Configuration;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Tests.SignInElsewhere;

public sealed class OidcTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Whoever_is_known_elsewhere_signs_in_gets_an_account_or_connects_theirs()
    {
        await using var elsewhere = await IdentityServer.StartAsync();
        using (var none = await app.Browser().GetAsync("/sign-in/oidc")) Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        app.Arguments = [$"--Oidc:Authority={elsewhere.Address}", $"--Oidc:ClientId={IdentityServer.ClientId}", $"--Oidc:ClientSecret={IdentityServer.ClientSecret}", "--Oidc:Label=学校账号"];
        await app.RestartAsync();

        // A name that is taken here is nobody's proof: the newcomer gets an account of their own
        using var maya = await app.SignedInAsync("maya", Roles.Admin);
        (elsewhere.Subject, elsewhere.Name) = ("u-17", "maya");
        using var browser = app.Browser();
        Assert.Contains("用 学校账号 登录", WebUtility.HtmlDecode(await browser.ReadAsync("/sign-in")), StringComparison.Ordinal);
        Assert.Equal("/progress", await GoAsync(browser, "/sign-in/oidc?returnUrl=%2Fprogress"));
        Assert.Contains("<h1>maya2</h1>", await browser.ReadAsync("/account"), StringComparison.Ordinal);
        using (var forbidden = await browser.GetAsync("/people")) Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        using var again = app.Browser();
        Assert.Equal("/", await GoAsync(again, "/sign-in/oidc?returnUrl=https%3A%2F%2Felsewhere.example"));
        Assert.Contains("<h1>maya2</h1>", await again.ReadAsync("/account"), StringComparison.Ordinal);
        using (var last = await again.SubmitAsync("/account", "/account/sign-ins/remove")) Assert.Equal("/account?elsewhere=last#elsewhere", last.Headers.Location?.ToString());

        // An account here is connected from its own page only, and somebody's there is one account's here
        var connect = WebUtility.HtmlDecode(Regex.Match(await maya.ReadAsync("/account"), "/sign-in/oidc\\?link=[^\"]+", RegexOptions.None, TimeSpan.FromSeconds(1)).Value);
        Assert.Equal("/account?elsewhere=taken#elsewhere", await GoAsync(maya, connect));
        elsewhere.Subject = "u-1";
        using (var foreign = await again.GetAsync(connect)) Assert.Equal("/account", foreign.Headers.Location?.ToString());
        Assert.Equal("/account?elsewhere=added#elsewhere", await GoAsync(maya, connect));
        using var asMaya = app.Browser();
        await GoAsync(asMaya, "/sign-in/oidc");
        Assert.Contains("<h1>maya</h1>", await asMaya.ReadAsync("/account"), StringComparison.Ordinal);
        Assert.Contains("u-1", WebUtility.HtmlDecode(await asMaya.ReadAsync("/my-data/export?format=json")), StringComparison.Ordinal);
        using (var removed = await maya.SubmitAsync("/account", "/account/sign-ins/remove")) Assert.Equal("/account?elsewhere=removed#elsewhere", removed.Headers.Location?.ToString());

        // Who is switched off, or turned away, or forges the way back, is not signed in
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("update account set disabled_at = now() where user_name = 'maya2'");
        elsewhere.Subject = "u-17";
        Assert.Equal("/sign-in?elsewhere=off", await GoAsync(app.Browser(), "/sign-in/oidc"));
        elsewhere.Subject = null;
        Assert.Equal("/sign-in?elsewhere=failed", await GoAsync(app.Browser(), "/sign-in/oidc"));
        elsewhere.Subject = "u-1";
        foreach (var forgery in IdentityServer.Forgeries)
        {
            elsewhere.Forgery = forgery;
            Assert.Equal((forgery, "/sign-in?elsewhere=failed"), (forgery, await GoAsync(app.Browser(), "/sign-in/oidc")));
        }

        elsewhere.Forgery = null;
        using (var forged = await app.Browser().GetAsync("/sign-in/oidc/callback?code=x&state=y")) Assert.Equal("/sign-in?elsewhere=failed", forged.Headers.Location?.ToString());
        // A way back that was begun in one browser signs nobody in in another, and no other site's page begins one
        using (var begun = await app.Browser().GetAsync("/sign-in/oidc"))
        using (var away = await new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }).GetAsync(begun.Headers.Location, TestContext.Current.CancellationToken))
        using (var stolen = await app.Browser().GetAsync(away.Headers.Location!.PathAndQuery)) Assert.Equal("/sign-in?elsewhere=failed", stolen.Headers.Location?.ToString());
        using (var foreign = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = app.Address, DefaultRequestHeaders = { { "Sec-Fetch-Site", "cross-site" } } })
        using (var led = await foreign.GetAsync(new Uri("/sign-in/oidc", UriKind.Relative), TestContext.Current.CancellationToken)) Assert.Equal("/sign-in?returnUrl=%2F", led.Headers.Location?.ToString());
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains(IdentityServer.ClientSecret, StringComparison.Ordinal));

        // Where accounts are not made by coming
        app.Arguments = [.. app.Arguments, "--Oidc:CreateAccounts=false"];
        await app.RestartAsync();
        elsewhere.Subject = "u-99";
        Assert.Equal("/sign-in?elsewhere=unknown", await GoAsync(app.Browser(), "/sign-in/oidc"));
    }

    [Theory]
    [InlineData("http://id.example.org", "x", "https")]
    [InlineData("nonsense", "x", "https")]
    [InlineData("https://id.example.org", "", "Oidc:ClientId")]
    public void Settings_that_cannot_be_used_say_what_to_set(string authority, string client, string told)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Oidc:Authority"] = authority, ["Oidc:ClientId"] = client }).Build();
        Assert.Contains(told, Assert.Throws<SettingException>(() => OidcSettings.Of(settings)).Message, StringComparison.Ordinal);
    }

    /// <summary>Follows redirects to the other service and back.</summary>
    /// <returns>Where the browser is sent at last.</returns>
    private static async Task<string?> GoAsync(TestBrowser browser, string path)
    {
        using var sent = await browser.GetAsync(path);
        var away = sent.Headers.Location!.ToString();
        using var elsewhere = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var back = await elsewhere.GetAsync(away, TestContext.Current.CancellationToken);
        using var done = await browser.GetAsync(new Uri(back.Headers.Location!.ToString()).PathAndQuery);
        return done.Headers.Location?.ToString();
    }
}
