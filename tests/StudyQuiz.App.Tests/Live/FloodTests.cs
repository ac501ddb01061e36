using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Tests.Live;

/// <summary>More than an address may send, at limits that a test reaches.</summary>
public sealed class FloodTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_flood_from_one_address_is_refused_and_others_join()
    {
        app.Arguments = ["--Limits:JoinsAtOnce=40", "--Limits:JoinsASecond=1", "--Limits:SocketsAtOnce=20", "--Limits:SocketsASecond=1", "--Limits:PasswordsAtOnce=10", "--Limits:PasswordsIn10Seconds=1"];
        await app.RestartAsync();
        var game = await TestGame.OpenAsync(app);
        var pin = (await game.ViewAsync()).Pin;
        using var bot = From("127.0.0.2");

        var joins = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => StatusAsync(bot, HttpMethod.Get, i % 2 == 0 ? $"/join?pin={i:00000000}" : "/j/nothing")));
        Assert.InRange(joins.Count(status => status == HttpStatusCode.TooManyRequests), 50, 60);
        var sockets = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => StatusAsync(bot, HttpMethod.Post, "/hubs/player/negotiate?negotiateVersion=1")));
        Assert.All(sockets, status => Assert.True(status is HttpStatusCode.Forbidden or HttpStatusCode.TooManyRequests));
        Assert.InRange(sockets.Count(status => status == HttpStatusCode.TooManyRequests), 25, 30);
        // Stuffing credentials: another name each time
        var passwords = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => StatusAsync(bot, HttpMethod.Post, "/sign-in", ("name", $"pupil{i}"), ("password", "password1"))));
        Assert.InRange(passwords.Count(status => status == HttpStatusCode.TooManyRequests), 15, 20);

        // On a slow machine some tokens have come back meanwhile
        HttpResponseMessage refused;
        for (var again = 0; (refused = await bot.GetAsync(new Uri(app.Address, "/join?pin=12345678"), TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.OK && again < 40; again++) refused.Dispose();
        using var _ = refused;
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Contains("一下子来得太多", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        Assert.Equal((joins.Count(status => status == HttpStatusCode.TooManyRequests) + 1, 30 - passwords.Count(status => status != HttpStatusCode.TooManyRequests)), (Refused(RateLimits.Joins), Refused(RateLimits.Passwords)));

        using var honest = await TestPlayer.JoinAsync(app, pin, "白露");
        await using var playing = await TestPlayer.PlayAsync(honest, game.Id);
        Assert.Equal(GamePhase.Lobby, playing.Latest?.Phase);

        using var admin = await app.SignedInAsync("abuse-admin", Roles.Admin);
        Assert.Matches($"同一地址加入比赛过多</td><td>{Refused(RateLimits.Joins)}<", WebUtility.HtmlDecode(await admin.ReadAsync("/status")));
    }

    private int Refused(string limit) => (int)app.Services.GetRequiredService<RefusedCounts>().All.GetValueOrDefault(limit);

    private async Task<HttpStatusCode> StatusAsync(HttpClient http, HttpMethod method, string path, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(method, new Uri(app.Address, path));
        if (method == HttpMethod.Post) request.Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        request.Headers.Add("Origin", app.Address.GetLeftPart(UriPartial.Authority));
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private static HttpClient From(string address)
    {
        var http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectCallback = async (context, stop) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
        });
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
        return http;
    }
}
