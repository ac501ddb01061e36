using System.Net;
using Dapper;
using StudyQuiz.App.Tests.Live;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Tests.JoinGame;

public sealed class JoinGameTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Unknown_and_ended_pins_get_the_same_page()
    {
        var game = await TestGame.OpenAsync(app);
        var pin = (await game.ViewAsync()).Pin;
        await game.Grain.Lead(game.Host, new Abort(GamePhase.Lobby, 0));
        using var browser = app.Browser();
        var ended = await browser.ReadAsync($"/join?pin={pin}");
        var unknown = await browser.ReadAsync("/join?pin=00000000");
        Assert.Equal(ended.Replace(pin, "PIN", StringComparison.Ordinal), unknown.Replace("00000000", "PIN", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_nickname_that_looks_taken_is_refused_in_place_and_keeps_what_was_typed()
    {
        var game = await TestGame.OpenAsync(app);
        var pin = (await game.ViewAsync()).Pin;
        using var first = await TestPlayer.JoinAsync(app, pin, "白露");
        using var second = app.Browser();
        using var refused = await second.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", "白 露"));
        var page = await refused.Content.ReadAsStringAsync();
        Assert.Contains("已有人用这个昵称", page, StringComparison.Ordinal);
        Assert.Contains("value=\"白 露\"", WebUtility.HtmlDecode(page), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_chooses_a_team_sits_in_it_and_a_refused_name_keeps_the_choice()
    {
        var game = await TestGame.OpenAsync(app, options: new GameOptions { Teams = TeamMode.Chosen, TeamNames = "远山、潮汐" });
        var pin = (await game.ViewAsync()).Pin;
        using var browser = app.Browser();
        using var missing = await browser.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", "白露"));
        Assert.Contains("先选一个队", await missing.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var refused = await browser.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", ""), ("team", "2"));
        Assert.Contains("value=\"2\" checked", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var seated = await browser.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", "白露"), ("team", "2"));
        Assert.Equal($"/play/{game.Id}", seated.Headers.Location?.OriginalString);

        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(2, await connection.QuerySingleAsync<int>("select team from game_seat where game_id = @Id", new { game.Id }));
    }

    [Fact]
    public async Task The_codes_secret_leaves_the_address_at_once()
    {
        var game = await TestGame.OpenAsync(app);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var secret = await connection.QuerySingleAsync<string>("select join_secret from game where id = @Id", new { game.Id });
        using var browser = app.Browser();
        using var scanned = await browser.GetAsync($"/j/{secret}");
        Assert.Equal("/join?qr=true", scanned.Headers.Location?.OriginalString);
        Assert.Equal("no-referrer", scanned.Headers.GetValues("Referrer-Policy").Single());
        using var seated = await browser.SubmitAsync("/join?qr=true", "/join", ("nickname", "扫码的人"));
        Assert.Equal($"/play/{game.Id}", seated.Headers.Location?.OriginalString);
    }
}
