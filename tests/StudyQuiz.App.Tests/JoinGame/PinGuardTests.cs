using System.Net;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using StudyQuiz.App.Features.JoinGame;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.Live;

namespace StudyQuiz.App.Tests.JoinGame;

public sealed class PinGuardTests(TestApp app) : IClassFixture<TestApp>
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Only_the_network_that_failed_is_blocked_and_only_for_a_while()
    {
        var guard = new PinGuard(new Clock(_time));
        Fail(guard, "2001:db8::1", PinGuard.Tries - 1);
        Assert.False(guard.IsBlocked(From("2001:db8::1")));
        Fail(guard, "2001:db8::2", 1);
        Assert.True(guard.IsBlocked(From("2001:db8::3")));
        Assert.False(guard.IsBlocked(From("2001:db8:0:1::1")));
        _time.Advance(PinGuard.Window);
        Assert.False(guard.IsBlocked(From("2001:db8::1")));
        Fail(guard, "2001:db8::1", 1);
        Assert.False(guard.IsBlocked(From("2001:db8::1")));
    }

    [Fact]
    public void A_flood_of_networks_takes_no_more_room_and_frees_nobody()
    {
        var guard = new PinGuard(new Clock(_time));
        Fail(guard, "192.0.2.1", PinGuard.Tries);
        for (var i = 0; i < PinGuard.NetworksKept + 500; i++) Fail(guard, $"10.{i >> 16}.{(i >> 8) & 255}.{i & 255}", 1);
        Assert.InRange(guard.Count, 1, PinGuard.NetworksKept);
        Assert.True(guard.IsBlocked(From("192.0.2.1")));
    }

    [Fact]
    public async Task A_blocked_network_still_joins_by_the_code_and_by_PIN_after_the_window()
    {
        var game = await TestGame.OpenAsync(app);
        var pin = (await game.ViewAsync()).Pin;
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var secret = await connection.QuerySingleAsync<string>("select join_secret from game where id = @Id", new { game.Id });
        Fail(app.Services.GetRequiredService<PinGuard>(), "127.0.0.1", PinGuard.Tries);

        using var browser = app.Browser();
        Assert.Contains("试错的 PIN 太多", WebUtility.HtmlDecode(await browser.ReadAsync($"/join?pin={pin}")), StringComparison.Ordinal);
        using var scanned = await browser.GetAsync($"/j/{secret}");
        using var seated = await browser.SubmitAsync("/join?qr=true", "/join", ("nickname", "扫码的人"));
        Assert.Equal($"/play/{game.Id}", seated.Headers.Location?.OriginalString);

        app.Time.Advance(PinGuard.Window);
        using var typed = await TestPlayer.JoinAsync(app, pin, "输码的人");
    }

    private static void Fail(PinGuard guard, string address, int times)
    {
        for (var i = 0; i < times; i++) guard.Failed(From(address));
    }

    private static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
}
