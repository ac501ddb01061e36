using System.Net;
using Dapper;
using StudyQuiz.App.Tests.MyData;

namespace StudyQuiz.App.Tests.UsePasskeys;

public sealed class PasskeyTests(TestApp app) : IClassFixture<TestApp>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Someone_adds_a_passkey_with_their_password_and_signs_in_with_it_elsewhere()
    {
        using var owner = await app.SignedInAsync("has-a-key");
        using var key = new SoftPasskey(app.Address);
        using var wrong = await owner.PostJsonAsync("/api/passkeys/add", new { password = "not this one" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Contains("还可以试 4 次", System.Text.RegularExpressions.Regex.Unescape(await wrong.Content.ReadAsStringAsync(Cancel)), StringComparison.Ordinal);
        Assert.Equal("added", await AddAsync(owner, key, ("name", " 我的手机 ")));
        var page = WebUtility.HtmlDecode(await owner.ReadAsync("/account"));
        Assert.Contains("<b>我的手机</b>", page, StringComparison.Ordinal);

        using var elsewhere = app.Browser();
        using var signedIn = await SignInAsync(elsewhere, key, page: "/sign-in?returnUrl=%2Faccount");
        Assert.Equal((HttpStatusCode.Found, "/account"), (signedIn.StatusCode, signedIn.Headers.Location?.ToString()));
        Assert.Contains("用过", WebUtility.HtmlDecode(await elsewhere.ReadAsync("/account")), StringComparison.Ordinal);

        // The count goes on; a copy with an older one is not taken
        using var again = await SignInAsync(app.Browser(), key);
        Assert.Equal(HttpStatusCode.Found, again.StatusCode);
        key.Count -= 2;
        await IsRefusedAsync(await SignInAsync(app.Browser(), key));
    }

    [Fact]
    public async Task What_was_sent_once_or_for_another_site_or_without_a_finger_signs_nobody_in()
    {
        using var owner = await app.SignedInAsync("guarded");
        using var key = new SoftPasskey(app.Address);
        await AddAsync(owner, key);

        using var browser = app.Browser();
        var credential = key.Get(await OptionsAsync(browser, "sign-in"));
        using var other = app.Browser();
        await IsRefusedAsync(await SendAsync(other, "/sign-in", ("credential", credential))); // no challenge of its own
        using var taken = await SendAsync(browser, "/sign-in", ("credential", credential));
        Assert.Equal(HttpStatusCode.Found, taken.StatusCode);
        (await browser.SubmitAsync("/account", "/sign-out")).Dispose();
        await IsRefusedAsync(await SendAsync(browser, "/sign-in", ("credential", credential)));

        key.Origin = "https://evil.example";
        await IsRefusedAsync(await SignInAsync(app.Browser(), key));
        (key.Origin, key.Verifies) = (null, false);
        await IsRefusedAsync(await SignInAsync(app.Browser(), key));
        key.Verifies = true;
        using var stranger = new SoftPasskey(app.Address);
        stranger.Create(await OptionsAsync(owner, "add", new { password = TestAccounts.Password })); // never sent
        await IsRefusedAsync(await SignInAsync(app.Browser(), stranger));
        foreach (var nonsense in (string[])["", "{}", "null", "[", "{\"id\":\"%\"}", new string('x', 20_000)]) await IsRefusedAsync(await SendAsync(app.Browser(), "/sign-in", ("credential", nonsense)));
        using var withoutToken = await app.Browser().PostFormAsync("/sign-in/passkey", ("credential", credential));
        Assert.Equal(HttpStatusCode.BadRequest, withoutToken.StatusCode);
        using var foreignPage = await app.Browser().PostJsonAsync("/api/passkeys/sign-in", new { }, origin: "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, foreignPage.StatusCode);
    }

    [Fact]
    public async Task An_account_is_made_with_a_passkey_alone_and_takes_over_what_the_device_did()
    {
        using var person = await Person.WhoStudiedAsync(app);
        using var key = new SoftPasskey(app.Address);
        using var made = await SendAsync(person.Browser, "/sign-up", ("credential", key.Create(await OptionsAsync(person.Browser, "sign-up", new { name = "ＫｅｙＯｎｌｙ", under14 = true }))));
        Assert.Equal((HttpStatusCode.Found, "/"), (made.StatusCode, made.Headers.Location?.ToString()));
        Assert.Contains("作答记录 2 条", await person.Browser.ReadAsync("/my-data"), StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await person.Browser.ReadAsync("/account"));
        Assert.Contains("KeyOnly", page, StringComparison.Ordinal);
        Assert.Contains("这个账号没有密码", page, StringComparison.Ordinal);
        using var noPassword = await app.Browser().TrySignInAsync("KeyOnly", "");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, noPassword.StatusCode);

        // The last way in stays; with a second one the first may go
        using var kept = await RemoveAsync(person.Browser, key);
        Assert.Equal("/account?passkey=kept#passkeys", kept.Headers.Location?.ToString());
        using var second = new SoftPasskey(app.Address);
        Assert.Equal("added", await AddAsync(person.Browser, second));
        using var removed = await RemoveAsync(person.Browser, key);
        Assert.Equal("/account?passkey=removed#passkeys", removed.Headers.Location?.ToString());
        await IsRefusedAsync(await SignInAsync(app.Browser(), key));
        using var signedIn = await SignInAsync(app.Browser(), second);
        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);

        // Deleting asks for a word where there is no password
        using var deleted = await person.Browser.SubmitAsync("/my-data", "/my-data/delete", ("word", "删除"));
        Assert.StartsWith("/my-data/deleted", deleted.Headers.Location?.ToString(), StringComparison.Ordinal);
        await IsRefusedAsync(await SignInAsync(app.Browser(), second));
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        Assert.Equal(0, await connection.QuerySingleAsync<int>("select count(*)::int from account_passkey p join account a on a.id = p.account_id where a.erased_at is not null"));
    }

    [Theory]
    [InlineData("x", false, "用户名要 2 到 64 个字")]
    [InlineData("13800000000", true, "未满 14 岁只用昵称")]
    [InlineData("taken-by-key", false, "这个用户名已有人用")]
    public async Task A_name_that_will_not_do_is_told_before_the_browser_asks(string name, bool under14, string why)
    {
        (await app.Browser().TrySignUpAsync("taken-by-key")).Dispose();
        using var refused = await app.Browser().PostJsonAsync("/api/passkeys/sign-up", new { name, under14 });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(why, System.Text.RegularExpressions.Regex.Unescape(await refused.Content.ReadAsStringAsync(Cancel)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_somebody_took_in_between_makes_no_account()
    {
        using var slow = app.Browser();
        using var key = new SoftPasskey(app.Address);
        var credential = key.Create(await OptionsAsync(slow, "sign-up", new { name = "sought-after" }));
        (await app.Browser().TrySignUpAsync("Sought-After")).Dispose();
        using var refused = await SendAsync(slow, "/sign-up", ("credential", credential));
        Assert.Contains("这个用户名已有人用", await refused.TextAsync(), StringComparison.Ordinal);
        await IsRefusedAsync(await SignInAsync(app.Browser(), key));
    }

    [Fact]
    public async Task Nobody_adds_removes_or_replaces_the_passkeys_of_others()
    {
        using var owner = await app.SignedInAsync("key-owner");
        using var thief = await app.SignedInAsync("key-thief");
        using var key = new SoftPasskey(app.Address);
        using var asked = new SoftPasskey(app.Address);
        await AddAsync(owner, key);

        // A challenge of one account, answered when another is signed in
        var credential = asked.Create(await OptionsAsync(owner, "add", new { password = TestAccounts.Password }));
        (await owner.SubmitAsync("/account", "/sign-out")).Dispose();
        (await owner.TrySignInAsync("key-thief")).Dispose();
        using var mixed = await SendAsync(owner, "/account", ("credential", credential));
        Assert.Equal("/account?passkey=failed#passkeys", mixed.Headers.Location?.ToString());

        // The same credential under another account
        key.Create(await OptionsAsync(thief, "add", new { password = TestAccounts.Password }));
        Assert.Equal("failed", await AddAsync(thief, key));
        var token = (await thief.FillInAsync("/account", "/sign-out")).Single(field => field.Name == "__RequestVerificationToken");
        using var removed = await thief.PostFormAsync("/account/passkeys/remove", token, ("id", key.Id));
        Assert.Equal("/account?passkey=kept#passkeys", removed.Headers.Location?.ToString());
        foreach (var nonsense in (string[])["", "%%%", "AA"]) (await thief.PostFormAsync("/account/passkeys/remove", token, ("id", nonsense))).Dispose();
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        Assert.Equal("key-owner", await connection.QuerySingleAsync<string>("select user_name from account a join account_passkey p on p.account_id = a.id where a.user_name like 'key-%'"));
        using var stranger = await app.Browser().PostJsonAsync("/api/passkeys/add", new { });
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Fact]
    public async Task Pages_say_what_passkeys_need_where_there_is_no_script_or_no_TLS()
    {
        using var owner = await app.SignedInAsync("reads-why");
        foreach (var page in (string[])[await app.Browser().ReadAsync("/sign-in"), await app.Browser().ReadAsync("/sign-up"), await owner.ReadAsync("/account")])
        {
            var text = WebUtility.HtmlDecode(page);
            Assert.Contains("<noscript><p class=\"muted sm\">通行密钥要用脚本", text, StringComparison.Ordinal);
            Assert.Contains("网站换成 https 就能用", text, StringComparison.Ordinal);
        }
    }

    private static async Task<string> OptionsAsync(TestBrowser browser, string what, object? fields = null)
    {
        using var answer = await browser.PostJsonAsync("/api/passkeys/" + what, fields ?? new { });
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(Cancel);
    }

    private static async Task<HttpResponseMessage> SendAsync(TestBrowser browser, string page, params (string, string)[] fields)
    {
        var action = page == "/account" ? "/account/passkeys/add" : page.Split('?')[0] + "/passkey";
        return await browser.SubmitAsync(page, action, fields);
    }

    private static async Task<string> AddAsync(TestBrowser browser, SoftPasskey key, params (string, string)[] fields)
    {
        using var added = await SendAsync(browser, "/account", [("credential", key.Create(await OptionsAsync(browser, "add", new { password = TestAccounts.Password }))), .. fields]);
        return added.Headers.Location!.ToString().Split('=', '#')[1];
    }

    private static async Task<HttpResponseMessage> SignInAsync(TestBrowser browser, SoftPasskey key, string page = "/sign-in") =>
        await SendAsync(browser, page, ("credential", key.Get(await OptionsAsync(browser, "sign-in"))));

    private static async Task<HttpResponseMessage> RemoveAsync(TestBrowser browser, SoftPasskey key)
    {
        var token = (await browser.FillInAsync("/account", "/sign-out")).Single(field => field.Name == "__RequestVerificationToken");
        return await browser.PostFormAsync("/account/passkeys/remove", token, ("id", key.Id));
    }

    private static async Task IsRefusedAsync(HttpResponseMessage answer)
    {
        using (answer)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains("通行密钥没有成功", await answer.TextAsync(), StringComparison.Ordinal);
        }
    }
}
