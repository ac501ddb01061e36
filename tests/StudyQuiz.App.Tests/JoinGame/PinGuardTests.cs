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
    [Fact]
    public async Task Only_the_network_that_failed_is_blocked_on_any_host_and_only_for_a_while()
    {
        var time = new FakeTimeProvider(app.Time.GetUtcNow());
        var (guard, ofAnotherHost) = (new PinGuard(app.Database, new Clock(time)), new PinGuard(app.Database, new Clock(time)));
        await FailAsync(guard, "2001:db8::1", PinGuard.Tries - 1);
        Assert.False(await guard.IsBlockedAsync(From("2001:db8::1")));
        await FailAsync(ofAnotherHost, "2001:db8::2", 1);
        Assert.True(await guard.IsBlockedAsync(From("2001:db8::3")));
        Assert.False(await guard.IsBlockedAsync(From("2001:db8:0:1::1")));
        // However long it went on, a second without a failure is enough, and the next one closes it again
        await FailAsync(guard, "2001:db8::1", 50);
        time.Advance(PinGuard.Regain);
        Assert.False(await guard.IsBlockedAsync(From("2001:db8::1")));
        await FailAsync(guard, "2001:db8::1", 1);
        Assert.True(await guard.IsBlockedAsync(From("2001:db8::1")));
        time.Advance(PinGuard.Tries * PinGuard.Regain);
        await FailAsync(guard, "2001:db8::1", PinGuard.Tries - 1);
        Assert.False(await guard.IsBlockedAsync(From("2001:db8::1")));
    }

    [Fact]
    public async Task What_is_over_is_forgotten()
    {
        var time = new FakeTimeProvider(app.Time.GetUtcNow().AddDays(1));
        var guard = new PinGuard(app.Database, new Clock(time));
        for (var i = 0; i < 30; i++) await FailAsync(guard, $"198.51.100.{i}", 1);
        time.Advance(PinGuard.Regain);
        for (var i = 0; i < 6; i++) await FailAsync(guard, "203.0.113.1", 1);

        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await connection.QuerySingleAsync<int>("select count(*) from pin_failure where network like '198.51.100.%'"));
    }

    [Fact]
    public async Task A_blocked_network_still_joins_by_the_code_and_by_PIN_when_the_failures_stop()
    {
        var game = await TestGame.OpenAsync(app);
        var pin = (await game.ViewAsync()).Pin;
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var secret = await connection.QuerySingleAsync<string>("select join_secret from game where id = @Id", new { game.Id });
        await FailAsync(app.Services.GetRequiredService<PinGuard>(), "127.0.0.1", PinGuard.Tries);

        using var browser = app.Browser();
        Assert.Contains("试错的 PIN 太多", WebUtility.HtmlDecode(await browser.ReadAsync($"/join?pin={pin}")), StringComparison.Ordinal);
        using var scanned = await browser.GetAsync($"/j/{secret}");
        using var seated = await browser.SubmitAsync("/join?qr=true", "/join", ("nickname", "扫码的人"));
        Assert.Equal($"/play/{game.Id}", seated.Headers.Location?.OriginalString);

        app.Time.Advance(PinGuard.Regain);
        using var typed = await TestPlayer.JoinAsync(app, pin, "输码的人");
    }

    private static async Task FailAsync(PinGuard guard, string address, int times)
    {
        for (var i = 0; i < times; i++) await guard.FailedAsync(From(address));
    }

    private static DefaultHttpContext From(string address) => new() { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
}
