using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.SignIn;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Tests.SignIn;

public sealed partial class SignInTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Someone_signs_up_out_and_in_again()
    {
        using var browser = app.Browser();
        using var made = await browser.TrySignUpAsync("Lin.Zhixia");
        Assert.Equal((HttpStatusCode.Found, "/"), (made.StatusCode, made.Headers.Location?.ToString()));
        Assert.Contains("Lin.Zhixia", await browser.ReadAsync("/account"), StringComparison.Ordinal);

        using var left = await browser.SubmitAsync("/account", "/sign-out");
        Assert.Equal((HttpStatusCode.Found, "/"), (left.StatusCode, left.Headers.Location?.ToString()));
        using var asked = await browser.GetAsync("/account");
        Assert.Equal("/sign-in?returnUrl=%2Faccount", asked.Headers.Location?.PathAndQuery);

        using var back = await browser.TrySignInAsync("Lin.Zhixia", page: "/sign-in?returnUrl=%2Faccount");
        Assert.Equal((HttpStatusCode.Found, "/account"), (back.StatusCode, back.Headers.Location?.ToString()));
        Assert.Contains("Lin.Zhixia", await browser.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_is_signed_in_is_sent_on_from_the_forms()
    {
        using var browser = await app.SignedInAsync("sent-on");
        using var signIn = await browser.GetAsync("/sign-in?returnUrl=%2Faccount");
        using var signUp = await browser.GetAsync("/sign-up");
        Assert.Equal(("/account", "/"), (signIn.Headers.Location?.ToString(), signUp.Headers.Location?.ToString()));
    }

    [Theory]
    [InlineData("https://elsewhere.example/")]
    [InlineData("//elsewhere.example/")]
    [InlineData("/\\elsewhere.example/")]
    public async Task Signing_in_never_leads_to_another_site(string returnUrl)
    {
        using var browser = app.Browser();
        using var signedUp = await browser.TrySignUpAsync($"away{Guid.NewGuid():N}"[..20], page: $"/sign-up?returnUrl={Uri.EscapeDataString(returnUrl)}");
        Assert.Equal("/", signedUp.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Wrong_passwords_count_down_and_lock_for_a_quarter_of_an_hour()
    {
        using var owner = await app.SignedInAsync("counted");
        using var browser = app.Browser();
        for (var left = 4; left >= 1; left--)
        {
            Assert.Contains($"还可以试 {left} 次", await WrongAsync(browser, "counted"), StringComparison.Ordinal);
        }

        Assert.Contains("请等 15 分钟再试", await WrongAsync(browser, "COUNTED"), StringComparison.Ordinal);
        app.Time.Advance(TimeSpan.FromMinutes(5));
        using var locked = await browser.TrySignInAsync("counted");
        Assert.Contains("还要等 10 分钟", await TextAsync(locked), StringComparison.Ordinal);

        app.Time.Advance(TimeSpan.FromMinutes(10));
        using var free = await browser.TrySignInAsync("counted");
        Assert.Equal(HttpStatusCode.Found, free.StatusCode);
        Assert.Contains("counted", await owner.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_right_password_starts_the_count_anew()
    {
        using var owner = await app.SignedInAsync("anew");
        using var browser = app.Browser();
        await WrongAsync(browser, "anew");
        using var right = await app.Browser().TrySignInAsync("anew");
        Assert.Contains("还可以试 4 次", await WrongAsync(browser, "anew"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_nobody_has_gets_the_same_answers()
    {
        using var owner = await app.SignedInAsync("somebody");
        using var browser = app.Browser();
        for (var i = 0; i < 6; i++)
        {
            var known = await WrongAsync(browser, "somebody");
            var unknown = await WrongAsync(browser, "nobody-has-this");
            Assert.Equal(known.Replace("somebody", "?", StringComparison.Ordinal), unknown.Replace("nobody-has-this", "?", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Tries_sent_at_once_are_counted_one_by_one()
    {
        var tries = app.Services.GetRequiredService<SignInTries>();
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => tries.TakeAsync("at once", "192.0.2.1", TestContext.Current.CancellationToken)));
        Assert.Equal([4, 3, 2, 1, 0], taken.Where(t => t.LockedFor is null).Select(t => t.Left).OrderDescending());
    }

    [Fact]
    public async Task Whoever_guesses_elsewhere_does_not_keep_the_owner_out()
    {
        using var owner = await app.SignedInAsync("teacher");
        await GuessAsync("teacher", "192.0.2.1", SignInTries.Most);
        Assert.NotNull((await TakeAsync("teacher", "192.0.2.1")).LockedFor);
        using var back = await app.Browser().TrySignInAsync("teacher");
        Assert.Equal(HttpStatusCode.Found, back.StatusCode);
        Assert.NotNull((await TakeAsync("teacher", "192.0.2.1")).LockedFor);
    }

    [Fact]
    public async Task Many_networks_together_are_locked_too()
    {
        using var owner = await app.SignedInAsync("sought");
        for (var network = 1; network <= SignInTries.MostAnywhere / SignInTries.Most; network++) await GuessAsync("sought", $"192.0.2.{network}", SignInTries.Most);
        Assert.Equal(SignInTries.Lock, (await TakeAsync("sought", "192.0.2.200")).LockedFor);
        using var locked = await app.Browser().TrySignInAsync("sought");
        Assert.Contains("还要等 15 分钟", await TextAsync(locked), StringComparison.Ordinal);
        app.Time.Advance(SignInTries.Lock);
        using var free = await app.Browser().TrySignInAsync("sought");
        Assert.Equal(HttpStatusCode.Found, free.StatusCode);
    }

    [Theory]
    [InlineData("\uD800")]
    [InlineData("")]
    public async Task A_name_that_cannot_be_stored_is_simply_wrong(string name)
    {
        using var tried = await app.Browser().TrySignInAsync(name, "whatever it is");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tried.StatusCode);
    }

    [Fact]
    public async Task A_form_without_the_token_of_this_browser_is_refused()
    {
        using var browser = app.Browser();
        using var without = await browser.PostFormAsync("/sign-in", ("name", "anyone"), ("password", TestAccounts.Password));
        Assert.Equal(HttpStatusCode.BadRequest, without.StatusCode);
        Assert.Contains("这一页放得太久了", await TextAsync(without), StringComparison.Ordinal);

        var foreign = Token().Match(await app.Browser().ReadAsync("/sign-up")).Groups["token"].Value;
        await browser.ReadAsync("/sign-up");
        using var stolen = await browser.PostFormAsync("/sign-up", ("name", "stolen"), ("password", TestAccounts.Password), ("__RequestVerificationToken", foreign));
        Assert.Equal(HttpStatusCode.BadRequest, stolen.StatusCode);
    }

    [Fact]
    public async Task Signing_out_takes_a_token_too()
    {
        using var browser = await app.SignedInAsync("stays");
        using var refused = await browser.PostFormAsync("/sign-out");
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("stays", await browser.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_password_ends_the_sessions_of_other_devices()
    {
        using var here = await app.SignedInAsync("two-devices");
        using var there = app.Browser();
        using var signedIn = await there.TrySignInAsync("two-devices");

        using var wrong = await here.SubmitAsync("/account", "/account/password", ("current", "not this one"), ("password", "the next password"));
        Assert.Contains("还可以试 4 次", await TextAsync(wrong), StringComparison.Ordinal);
        using var tooShort = await here.SubmitAsync("/account", "/account/password", ("current", TestAccounts.Password), ("password", "short"));
        Assert.Contains("至少要 8 个字符", await TextAsync(tooShort), StringComparison.Ordinal);
        using var changed = await here.SubmitAsync("/account", "/account/password", ("current", TestAccounts.Password), ("password", "the next password"));
        Assert.Equal("/account?changed=1", changed.Headers.Location?.ToString());

        using var shown = await here.GetAsync("/account?changed=1");
        Assert.Contains("密码已改", await shown.TextAsync(), StringComparison.Ordinal);
        using var ended = await there.GetAsync("/account");
        Assert.Equal(HttpStatusCode.Found, ended.StatusCode);
        using var old = await there.TrySignInAsync("two-devices");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, old.StatusCode);
        using var next = await there.TrySignInAsync("two-devices", "the next password");
        Assert.Equal(HttpStatusCode.Found, next.StatusCode);
    }

    [Fact]
    public async Task Signing_out_of_all_devices_ends_every_session_and_copied_cookie()
    {
        using var here = await app.SignedInAsync("lost-phone");
        using var phone = app.Browser();
        using var signedIn = await phone.TrySignInAsync("lost-phone");
        using var copied = app.Browser();
        copied.Cookies.Add(here.Cookies.GetAllCookies());

        using var withoutToken = await phone.PostFormAsync("/sign-out/everywhere");
        Assert.Equal(HttpStatusCode.BadRequest, withoutToken.StatusCode);
        using var ended = await here.SubmitAsync("/account", "/sign-out/everywhere");
        Assert.Equal("/", ended.Headers.Location?.ToString());
        foreach (var device in (TestBrowser[])[here, phone, copied])
        {
            using var asked = await device.GetAsync("/account");
            Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
        }

        using var back = await here.TrySignInAsync("lost-phone");
        Assert.Equal(HttpStatusCode.Found, back.StatusCode);
    }

    [Fact]
    public async Task Programs_are_told_401_and_403_and_sent_nowhere()
    {
        using var stranger = app.Browser();
        using var unknown = await stranger.PostJsonAsync("/hubs/host/negotiate?negotiateVersion=1", new { });
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);

        using var learner = await app.SignedInAsync("only-learns", Roles.Learner);
        using var known = await learner.PostJsonAsync("/hubs/host/negotiate?negotiateVersion=1", new { });
        Assert.Equal(HttpStatusCode.Forbidden, known.StatusCode);
    }

    private Task<SignInTry> TakeAsync(string name, string network) =>
        app.Services.GetRequiredService<SignInTries>().TakeAsync(name, network, TestContext.Current.CancellationToken);

    private async Task GuessAsync(string name, string network, int times)
    {
        for (var i = 0; i < times; i++) Assert.Null((await TakeAsync(name, network)).LockedFor);
    }

    private static async Task<string> WrongAsync(TestBrowser browser, string name)
    {
        using var tried = await browser.TrySignInAsync(name, "a wrong password");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tried.StatusCode);
        return await TextAsync(tried);
    }

    /// <summary>The page without what differs from one answer to the next anyway.</summary>
    private static async Task<string> TextAsync(HttpResponseMessage response) => Token().Replace(await response.TextAsync(), "");

    [GeneratedRegex("""__RequestVerificationToken" value="(?<token>[^"]+)"\s?""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
