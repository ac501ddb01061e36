using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Live;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.Live;

/// <summary>A player's phone: joins through the pages, then speaks to the hub as the browser does and keeps every frame.</summary>
internal sealed class TestPlayer : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private readonly ConcurrentQueue<string> _frames = new();
    private PlayerView? _latest;

    private TestPlayer(TestBrowser browser, Guid game)
    {
        Game = game;
        _connection = new HubConnectionBuilder()
            .WithUrl(new Uri(browser.Address, "/hubs/player"), options =>
            {
                options.Cookies = browser.Cookies;
                options.Headers.Add("Origin", browser.Address.GetLeftPart(UriPartial.Authority));
            })
            .AddJsonProtocol(json => DomainJson.Configure(json.PayloadSerializerOptions))
            .Build();
        _connection.On<JsonElement>("View", frame => Keep(frame));
        _connection.On("Evicted", () => IsEvicted = true);
        _connection.On<string>("Removed", refusal => WhyRemoved = refusal);
    }

    public Guid Game { get; }

    public bool IsEvicted { get; private set; }

    public string? WhyRemoved { get; private set; }

    public PlayerView? Latest => Volatile.Read(ref _latest);

    /// <summary>Everything that the server has sent, as text.</summary>
    public IReadOnlyCollection<string> Frames => _frames;

    /// <summary>Joins by PIN and nickname through the join pages.</summary>
    public static async Task<TestBrowser> JoinAsync(TestApp app, string pin, string nickname)
    {
        var browser = app.Browser();
        using var seated = await browser.SubmitAsync($"/join?pin={pin}", "/join", ("nickname", nickname));
        Assert.StartsWith("/play/", seated.Headers.Location?.OriginalString, StringComparison.Ordinal);
        return browser;
    }

    /// <summary>Opens the play page's connection.</summary>
    public static async Task<TestPlayer> PlayAsync(TestBrowser browser, Guid game)
    {
        var player = new TestPlayer(browser, game);
        await player._connection.StartAsync();
        await player.AttachAsync();
        return player;
    }

    public async Task<string?> AttachAsync()
    {
        var attached = await _connection.InvokeAsync<JsonElement>("Attach", Game);
        if (attached.TryGetProperty("view", out var view)) Keep(view);
        return attached.TryGetProperty("refusal", out var refusal) ? refusal.GetString() : null;
    }

    public Task<Receipt> AnswerAsync(int round, GivenAnswer answer) => _connection.InvokeAsync<Receipt>("Answer", round, answer);

    public Task<int> PingAsync(int echo) => _connection.InvokeAsync<int>("Ping", echo);

    public async Task<PlayerView> SeesAsync(GamePhase phase)
    {
        await Until.TrueAsync(() => Task.FromResult(Latest?.Phase == phase), $"the player sees {phase}");
        return Latest!;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private void Keep(JsonElement frame)
    {
        _frames.Enqueue(frame.GetRawText());
        var view = frame.Deserialize<PlayerView>(DomainJson.Options)!;
        if (view.Version >= (Latest?.Version ?? 0)) Volatile.Write(ref _latest, view);
    }
}
