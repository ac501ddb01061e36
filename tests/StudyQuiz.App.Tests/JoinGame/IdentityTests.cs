using System.Net;
using Dapper;
using StudyQuiz.App.Live;
using StudyQuiz.App.Tests.Live;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Tests.JoinGame;

/// <summary>Who one is in a game, as its host wants it; and one seat on several devices.</summary>
public sealed class IdentityTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_taken_name_comes_with_free_ones_to_press()
    {
        var (_, pin) = await OpenAsync(new GameOptions());
        using var first = await TestPlayer.JoinAsync(app, pin, "白露");
        using var second = app.Browser();
        using var refused = await second.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", "白 露"));
        var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
        Assert.Contains("value=\"小白 露\"", page, StringComparison.Ordinal);
        using var pressed = await second.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", "白 露"), ("chosen", "小白 露"));
        Assert.StartsWith("/play/", pressed.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_the_installation_does_not_show_are_refused()
    {
        var (_, pin) = await OpenAsync(new GameOptions());
        using var browser = app.Browser();
        Assert.Contains("不展示的词", await RefusedAsync(browser, pin, ("nickname", "大 混 蛋")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_names_are_made_up_no_other_is_taken()
    {
        var (_, pin) = await OpenAsync(new GameOptions { GeneratedNames = true });
        using var browser = app.Browser();
        var page = await browser.ReadAsync($"/join?pin={pin}&more=7");
        Assert.Equal(3, page.Split("name=\"chosen\"").Length - 1);
        Assert.Contains("只用系统给的名字", await RefusedAsync(browser, pin, ("nickname", "我自己")), StringComparison.Ordinal);
        var offered = FriendlyNames.Suggest(isEnglish: false, _ => true, 7, 1)[0];
        using var seated = await browser.SubmitAsync($"/join?pin={pin}&more=7", "/join", ("chosen", offered));
        Assert.StartsWith("/play/", seated.Headers.Location?.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_names_sit_in_different_units()
    {
        var (game, pin) = await OpenAsync(new GameOptions { Identity = PlayerIdentity.NameAndUnit });
        using var first = app.Browser();
        using var second = app.Browser();
        Assert.Contains("请写上单位", await RefusedAsync(first, pin, ("nickname", "王芳"), ("unit", " ")), StringComparison.Ordinal);
        using var one = await first.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", "王芳"), ("unit", "二班"));
        await using var phone = await TestPlayer.PlayAsync(first, game.Id);
        Assert.Equal("王芳", phone.Latest!.Seat!.Nickname);
        using var other = await second.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", "王芳"), ("unit", "三班"));
        await StudyQuiz.Tests.Shared.Until.TrueAsync(() => Task.FromResult(phone.Latest!.Seat!.Nickname == "王芳（二班）"), "the first phone reads what tells it apart");
        await app.RestartAsync();
        Assert.Equal(["王芳（二班）", "王芳（三班）"], (await game.ViewAsync()).Newest);
    }

    [Fact]
    public async Task A_roster_seats_those_on_it()
    {
        var (game, pin) = await OpenAsync(new GameOptions { Identity = PlayerIdentity.Roster }, "王芳\t203\t二班\n李雷，204，三班");
        using var browser = app.Browser();
        Assert.Contains("名单上没有", await RefusedAsync(browser, pin, ("nickname", "韩梅梅"), ("code", "203")), StringComparison.Ordinal);
        using var seated = await browser.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", "王芳"), ("code", "203"));
        Assert.StartsWith("/play/", seated.Headers.Location?.OriginalString, StringComparison.Ordinal);
        using var twin = app.Browser();
        Assert.Contains("已经入座", await RefusedAsync(twin, pin, ("nickname", "王芳"), ("code", "203")), StringComparison.Ordinal);
        await app.RestartAsync();
        Assert.Equal("王芳", Assert.Single((await game.ViewAsync()).Newest));
    }

    [Fact]
    public async Task Who_must_sign_in_is_asked_to_and_finds_their_seat_on_every_device()
    {
        var (game, pin) = await OpenAsync(new GameOptions { Identity = PlayerIdentity.SignedIn });
        using var stranger = app.Browser();
        using var asked = await stranger.GetAsync($"/join?pin={pin}");
        Assert.StartsWith("/sign-in?returnUrl=", asked.Headers.Location?.OriginalString, StringComparison.Ordinal);

        var name = "learner-" + Guid.NewGuid().ToString("N")[..8];
        using var desk = await app.SignedInAsync(name, "learner");
        using var sofa = app.Browser();
        using var signedIn = await sofa.TrySignInAsync(name);
        foreach (var browser in (TestBrowser[])[desk, sofa])
        {
            using var seated = await browser.SubmitAsync($"/join?pin={pin}", "/join");
            Assert.Equal($"/play/{game.Id}", seated.Headers.Location?.OriginalString);
            await using var player = await TestPlayer.PlayAsync(browser, game.Id);
            Assert.Equal(name, player.Latest!.Seat!.Nickname);
        }

        Assert.Equal(1, (await game.ViewAsync()).Seats);
    }

    [Fact]
    public async Task A_link_takes_the_seat_to_another_device_once_and_the_first_one_is_told()
    {
        var (game, pin) = await OpenAsync(new GameOptions());
        using var phone = await TestPlayer.JoinAsync(app, pin, "白露");
        await using var onPhone = await TestPlayer.PlayAsync(phone, game.Id);
        using var made = await phone.SubmitAsync($"/play/{game.Id}/move", $"/play/{game.Id}/move");
        var link = WebUtility.HtmlDecode(await made.Content.ReadAsStringAsync()).Split("/seat/")[1].Split('"')[0];
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await connection.QuerySingleAsync<int>("select count(*)::int from game_seat_token where encode(token_hash, 'escape') like '%' || @link || '%'", new { link }));

        using var tablet = app.Browser();
        using var opened = await tablet.GetAsync($"/seat/{link}");
        Assert.Equal(("/seat", "no-referrer"), (opened.Headers.Location?.OriginalString, opened.Headers.GetValues("Referrer-Policy").Single()));
        Assert.Contains("白露", WebUtility.HtmlDecode(await tablet.ReadAsync("/seat")), StringComparison.Ordinal);
        Assert.Contains("true", await phone.ReadAsync($"/play/{game.Id}/move/waits"), StringComparison.Ordinal);
        using var taken = await tablet.SubmitAsync("/seat", "/seat");
        Assert.Contains("false", await phone.ReadAsync($"/play/{game.Id}/move/waits"), StringComparison.Ordinal);
        Assert.Equal($"/play/{game.Id}", taken.Headers.Location?.OriginalString);
        await using var onTablet = await TestPlayer.PlayAsync(tablet, game.Id);
        Assert.Equal("白露", onTablet.Latest!.Seat!.Nickname);
        await StudyQuiz.Tests.Shared.Until.TrueAsync(() => Task.FromResult(onPhone.IsEvicted), "the phone is told");

        using var late = app.Browser();
        using var again = await late.GetAsync($"/seat/{link}");
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains(link, StringComparison.Ordinal));

        // The first device's own secret still counts: its player may come back to it.
        Assert.Null(await onPhone.AttachAsync());
        using var unused = await phone.SubmitAsync($"/play/{game.Id}/move", $"/play/{game.Id}/move");
        var second = WebUtility.HtmlDecode(await unused.Content.ReadAsStringAsync()).Split("/seat/")[1].Split('"')[0];
        app.Time.Advance(Seats.LinkLives);
        using var expired = await late.GetAsync($"/seat/{second}");
        Assert.Equal(HttpStatusCode.NotFound, expired.StatusCode);
    }

    [Fact]
    public async Task A_locked_game_looks_like_none_but_to_those_who_sit_there()
    {
        var (game, pin) = await OpenAsync(new GameOptions());
        using var seated = await TestPlayer.JoinAsync(app, pin, "白露");
        Assert.Null((await game.Grain.Lead(game.Host, new LockJoining(true))).Refusal);
        using var stranger = app.Browser();
        var locked = await stranger.ReadAsync($"/join?pin={pin}");
        Assert.Equal(locked.Replace(pin, "PIN", StringComparison.Ordinal), (await stranger.ReadAsync("/join?pin=00000000")).Replace("00000000", "PIN", StringComparison.Ordinal));
        using var back = await seated.GetAsync($"/join?pin={pin}");
        Assert.Equal($"/play/{game.Id}", back.Headers.Location?.OriginalString);
    }

    private async Task<(TestGame Game, string Pin)> OpenAsync(GameOptions options, string? roster = null)
    {
        var game = await TestGame.OpenAsync(app, options: options, roster: roster);
        return (game, (await game.ViewAsync()).Pin);
    }

    private static async Task<string> RefusedAsync(TestBrowser browser, string pin, params (string Name, string Value)[] fields)
    {
        using var refused = await browser.SubmitAsync($"/join?pin={pin}", "/join", fields);
        Assert.Equal(HttpStatusCode.OK, refused.StatusCode);
        return WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync());
    }
}
