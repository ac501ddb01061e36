using System.Net;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Tests.Live;

/// <summary>What a pupil with a bot may do: each limit refuses by its name, and leaves all others alone.</summary>
public sealed class AbuseTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string _madeUp = new('x', 43);

    [Fact]
    public async Task A_socket_is_opened_for_a_seat_and_closed_for_what_it_sends()
    {
        var most = app.Services.GetRequiredService<Limits>().MessagesAtOnce;
        var game = await TestGame.OpenAsync(app);
        var pin = (await game.ViewAsync()).Pin;
        using var phone = await TestPlayer.JoinAsync(app, pin, "白露");
        using var other = await TestPlayer.JoinAsync(app, pin, "霜降");

        // Nobody's, and somebody's who made a cookie up
        using var stranger = app.Browser();
        await RefusedAsync(stranger, "player");
        await RefusedAsync(stranger, "watch");
        stranger.Cookies.Add(app.Address, new Cookie($"sq-seat-{game.Id:N}", _madeUp));
        stranger.Cookies.Add(app.Address, new Cookie($"sq-watch-{game.Id:N}", _madeUp));
        await RefusedAsync(stranger, "player");
        await RefusedAsync(stranger, "watch");
        // A seat in another game than the cookie's name says
        stranger.Cookies.Add(app.Address, new Cookie($"sq-seat-{Guid.NewGuid():N}", phone.Cookies.GetCookies(app.Address).Single(cookie => cookie.Name == $"sq-seat-{game.Id:N}").Value));
        await RefusedAsync(stranger, "player");
        Assert.Equal(5, Refused(RefusedCounts.Seatless));

        await using var playing = await TestPlayer.PlayAsync(other, game.Id);
        await using (var flood = await RawHub.ConnectAsync(phone, "player"))
        {
            for (var i = 0; i < most; i++) await flood.SendAsync("""{"type":6}""");
            await flood.SendAsync("""{"type":6}""");
            await flood.ClosedAsync();
        }

        // Time gives messages back
        await using (var slow = await RawHub.ConnectAsync(phone, "player"))
        {
            for (var i = 0; i < most - 11; i++) await slow.SendAsync("""{"type":6}""");
            await slow.CallAsync("Ping", "0"); // all are read before time goes on
            app.Time.Advance(TimeSpan.FromSeconds(5));
            for (var i = 0; i < 50; i++) await slow.CallAsync("Ping", "0");
        }

        string[] unreadable = ["{", "[]", "null", """{"type":"one"}""", """{"type":1,"target":7}""", "\u0000"];
        foreach (var frame in unreadable)
        {
            await using var broken = await RawHub.ConnectAsync(phone, "player");
            await broken.SendAsync(frame);
            await broken.ClosedAsync();
        }

        await using (var large = await RawHub.ConnectAsync(phone, "player"))
        {
            await large.SendAsync(new string(' ', 5000));
            await large.ClosedAsync();
        }

        // One that names no game, and one whose seat is taken by another screen
        await using (var idle = await RawHub.ConnectAsync(phone, "player"))
        await using (var older = await RawHub.ConnectAsync(phone, "player"))
        await using (var newer = await RawHub.ConnectAsync(phone, "player"))
        {
            Assert.Contains("\"view\"", await older.CallAsync("Attach", $"\"{game.Id}\""), StringComparison.Ordinal);
            Assert.Contains("\"view\"", await newer.CallAsync("Attach", $"\"{game.Id}\""), StringComparison.Ordinal);
            await older.SeesAsync("Evicted");
            app.Time.Advance(Limits.AttachWithin);
            await idle.ClosedAsync();
            await older.ClosedAsync();
            Assert.Contains("\"type\":3", await newer.CallAsync("Ping", "0"), StringComparison.Ordinal);
        }

        Assert.Equal((1, unreadable.Length, 1, 1), (Refused(RefusedCounts.Messages), Refused(RefusedCounts.Malformed), Refused(RefusedCounts.Oversize), Refused(RefusedCounts.Unattached)));
        // Whoever played went on, and nothing of it is a fault
        await game.UntilAsync(GamePhase.Open);
        await playing.SeesAsync(GamePhase.Open);
        Assert.True((await playing.AnswerAsync(1, await game.KeyAsync())).Received);
        var faults = app.Log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal)).ToList();
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    private int Refused(string limit) => (int)app.Services.GetRequiredService<RefusedCounts>().All.GetValueOrDefault(limit);

    private static async Task RefusedAsync(TestBrowser browser, string hub)
    {
        var refusal = await Assert.ThrowsAsync<WebSocketException>(() => RawHub.ConnectAsync(browser, hub));
        Assert.Contains("403", refusal.Message, StringComparison.Ordinal);
    }
}
