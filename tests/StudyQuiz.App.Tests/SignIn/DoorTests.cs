using System.Net;
using Dapper;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Tests.SignIn;

/// <summary>What a password may be, how long a session lasts, when somebody is asked again, and what the log tells of all that.</summary>
public sealed class DoorTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Next = "正确的马 battery ✓";

    [Fact]
    public void Passwords_that_are_guessed_first_are_refused_and_any_other_will_do()
    {
        string[] guessed =
        [
            "password", "PassWord1", "12345678", "qwertyuiop", "1qaz2wsx", "iloveyou", "a123456789", // leaked most often, however they are written
            "88888888", "abcabcab", "87654321", "34567890", "ａｂｃｄｅｆｇｈ", // repeated, counted, full width
            "StudyQuiz2026", "teacher123", "admin@quiz!", "woaini1314", "老师老师学校123", "lin.zhixia88", // this place, and one's own name
        ];
        Assert.All(guessed, password => Assert.Equal((password, AccountRefusal.GuessedPassword), (password, Accounts.CheckPassword(password, "Lin.Zhixia"))));
        string[] good = ["a long enough password", "chalk-and-talk", "aaaaaaa1x?", "ψψψψψψψa", "长长长长长长长江", "        k", new string('k', 63) + "长", string.Concat(Enumerable.Repeat("0123456789", 20)) + "!"];
        Assert.All(good, password => Assert.Null(Accounts.CheckPassword(password, "Lin.Zhixia")));
        Assert.Equal(AccountRefusal.ShortPassword, Accounts.CheckPassword("k3$zQ!x", null));
    }

    [Fact]
    public async Task Where_a_password_is_chosen_it_is_looked_at_and_it_is_kept_as_it_was_typed()
    {
        using var browser = app.Browser();
        var page = await browser.ReadAsync("/sign-up");
        Assert.Matches("id=\"password\" name=\"password\" type=\"password\" autocomplete=\"new-password\" required minlength=\"8\" maxlength=\"200\"", page);
        Assert.DoesNotContain("onpaste", page, StringComparison.Ordinal);
        foreach (var (password, told) in new[] { ("1234567", "密码至少要 8 个字符"), ("studyquiz1", "这个密码别人一猜就中") })
        {
            using var refused = await browser.TrySignUpAsync("door", password);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains(told, await refused.TextAsync(), StringComparison.Ordinal);
        }

        using (await browser.TrySignUpAsync("door")) Assert.Equal(HttpStatusCode.UnprocessableEntity, await ChangeAsync(browser, "not the current one", Next, "密码不对"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ChangeAsync(browser, TestAccounts.Password, "door2026", "这个密码别人一猜就中"));
        Assert.Equal(HttpStatusCode.Found, await ChangeAsync(browser, TestAccounts.Password, Next));
        foreach (var other in new[] { Next.ToUpperInvariant(), Next + " ", Next[..8] })
        {
            using var tried = await app.Browser().TrySignInAsync("door", other);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, tried.StatusCode);
        }

        // What belongs into the form is not read from the address
        using var stranger = app.Browser();
        var token = (await stranger.FillInAsync("/sign-in", "/sign-in")).Single(field => field.Name.StartsWith("__", StringComparison.Ordinal));
        using (var misplaced = await stranger.PostFormAsync($"/sign-in?name=door&password={Uri.EscapeDataString(Next)}", token)) Assert.Equal(HttpStatusCode.UnprocessableEntity, misplaced.StatusCode);
        using var signedIn = await app.Browser().TrySignInAsync("door", Next);
        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
    }

    [Fact]
    public async Task A_hash_of_fewer_turns_is_made_anew_and_whoever_typed_it_goes_on()
    {
        using var browser = await app.SignedInAsync("weak-hash");
        var weak = new Microsoft.AspNetCore.Identity.PasswordHasher<Account>(Microsoft.Extensions.Options.Options.Create(new Microsoft.AspNetCore.Identity.PasswordHasherOptions { IterationCount = 500 })).HashPassword(null!, TestAccounts.Password);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("update account set password_hash = @weak where user_name = 'weak-hash'", new { weak });
        var stamp = await connection.QuerySingleAsync<string>("select security_stamp from account where user_name = 'weak-hash'");
        using (var asked = await browser.PostJsonAsync("/api/passkeys/add", new { password = TestAccounts.Password })) Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.NotEqual(weak, await connection.QuerySingleAsync<string>("select password_hash from account where user_name = 'weak-hash'"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser));
        Assert.Equal(stamp, await connection.QuerySingleAsync<string>("select security_stamp from account where user_name = 'weak-hash'")); // tokens go by it, too
    }

    [Fact]
    public async Task A_session_ends_when_it_is_not_used_when_it_is_old_and_when_somebody_signs_in_again()
    {
        using var browser = await app.SignedInAsync("keeps-coming");
        var copied = Copy(browser);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(copied));
        using (var form = await browser.ReadAsync("/sign-in?again=true") is { } page && page.Contains("再登录一次", StringComparison.Ordinal) ? await browser.TrySignInAsync("keeps-coming", page: "/sign-in?again=true") : null) Assert.Equal(HttpStatusCode.Found, form?.StatusCode);
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(copied));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser));

        // A cookie is one whole: of a changed letter nothing is left
        using var forger = app.Browser();
        var cookie = browser.Cookies.GetCookies(app.Address)["sq-account"]!.Value;
        forger.Cookies.Add(app.Address, new Cookie("sq-account", cookie[..40] + (cookie[40] == 'A' ? 'B' : 'A') + cookie[41..]));
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(forger));
        await using (var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
            Assert.All(await connection.QueryAsync<string>("select xml from data_protection_key"), key => Assert.True(key.Contains("AES_256_CBC", StringComparison.Ordinal) && key.Contains("HMACSHA256", StringComparison.Ordinal), key));

        // Sixteen minutes later what changes the ways into the account asks for them again
        app.Time.Advance(TimeSpan.FromMinutes(16));
        foreach (var action in new[] { "/account/passkeys/remove", "/account/sign-ins/remove", "/account/sessions/end", "/sign-out/everywhere", "/account/tokens" })
        {
            var token = (await browser.FillInAsync("/account", "/sign-out"))[0];
            using var asked = await browser.PostFormAsync(action, token, ("id", "YQ"), ("session", $"{Guid.Empty}"), ("days", "1"), ("name", "x"), ("scopes", "banks:read"));
            Assert.Equal((action, true), (action, asked.Headers.Location?.ToString().StartsWith("/sign-in?again=true&returnUrl=%2Faccount", StringComparison.Ordinal) == true));
        }

        // It goes on while it is used, for 90 days; unused it ends after 30
        var days = 0;
        while (days < 200 && await StatusAsync(browser) == HttpStatusCode.OK)
        {
            app.Time.Advance(TimeSpan.FromDays(10));
            days += 10;
        }

        Assert.Equal(90, days);
        using (await browser.TrySignInAsync("keeps-coming")) Assert.Equal(HttpStatusCode.OK, await StatusAsync(browser));
        app.Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(HttpStatusCode.Found, await StatusAsync(browser));
    }

    [Fact]
    public async Task The_log_tells_who_came_in_who_did_not_and_what_changed_and_nothing_that_was_typed()
    {
        using var browser = await app.SignedInAsync("on-record");
        var account = await app.AccountIdAsync("on-record");
        using (await app.Browser().TrySignInAsync("on-record", "my secret mistake")) { }
        using (await app.Browser().TrySignInAsync("nobody-of-that-name", "my secret mistake")) { }
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await ChangeAsync(browser, "my secret mistake", Next));
        Assert.Equal(HttpStatusCode.Found, await ChangeAsync(browser, TestAccounts.Password, Next));
        using (var forbidden = await browser.GetAsync("/people")) Assert.Equal(HttpStatusCode.Forbidden, forbidden.StatusCode);
        using (var forged = await browser.PostFormAsync("/account/password", ("current", "x"))) Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        using (var made = await browser.SubmitAsync("/account/tokens", "/account/tokens", ("name", "script"), ("scopes", "banks:read"), ("days", "1"))) Assert.Equal(HttpStatusCode.OK, made.StatusCode);
        using (var program = new HttpClient { BaseAddress = app.Address, DefaultRequestHeaders = { Authorization = new("Bearer", "sq_" + new string('x', 43)) } })
        using (await program.GetAsync(new Uri("/api/v1/me", UriKind.Relative), TestContext.Current.CancellationToken)) { }
        using (await browser.SubmitAsync("/account", "/sign-out")) { }

        var lines = app.Log.Lines.Where(line => line.Contains("StudyQuiz.Security", StringComparison.Ordinal) || line.Contains("refused to account", StringComparison.Ordinal)).ToList();
        foreach (var told in new[]
        {
            $"Information StudyQuiz.Security: Account {account} signed in by password", $"Warning StudyQuiz.Security: A sign-in by password to account {account} failed", "Warning StudyQuiz.Security: A sign-in by password to account (null) failed",
            $"Warning StudyQuiz.Security: Account {account} is signed in, but its password was wrong", $"Account {account} has a new password", $"Ways into account {account} changed: token ", "A sign-in by token to account (null) failed", $"Account {account} signed out",
            $"GET /people 403 in", $"POST /account/password 400 in",
        }) Assert.Contains(lines, line => line.Contains(told, StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("403", StringComparison.Ordinal) && line.Contains($"refused to account {account}", StringComparison.Ordinal));
        foreach (var typed in new[] { "my secret mistake", "nobody-of-that-name", Next, TestAccounts.Password, "127.0.0.1" }) Assert.DoesNotContain(app.Log.Lines, line => line.Contains(typed, StringComparison.Ordinal));
    }

    // A browser with the cookies of another
    private TestBrowser Copy(TestBrowser browser)
    {
        var copy = app.Browser();
        copy.Cookies.Add(browser.Cookies.GetCookies(app.Address));
        return copy;
    }

    private static async Task<HttpStatusCode> ChangeAsync(TestBrowser browser, string current, string next, string told = "")
    {
        using var changed = await browser.SubmitAsync("/account", "/account/password", ("current", current), ("password", next));
        Assert.Contains(told, await changed.TextAsync(), StringComparison.Ordinal);
        return changed.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(TestBrowser browser)
    {
        using var response = await browser.GetAsync("/account");
        return response.StatusCode;
    }
}
