using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Live;

/// <summary>
/// This app host's link between games and screens. It keeps one subscription for each game that has a screen here and renews
/// it every second, because a game that moved to another server starts without listeners.
/// </summary>
public sealed class GameRelay(
    IGrainFactory grains,
    IHubContext<PlayerHub, IPlayerScreen> players,
    PlayerConnections connections,
    IOptions<JsonHubProtocolOptions> protocol,
    IHubContext<HostHub, IHostScreen> hosts,
    IHubContext<WatchHub, IHostScreen> watchers,
    QuietCollector collector,
    LiveMetrics metrics,
    Clock clock,
    ILogger<GameRelay> log) : BackgroundService
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1);
    private const int TriesToCatchUp = 5;

    private readonly ConcurrentDictionary<Guid, RelayedGame> _games = new();
    private readonly ConcurrentDictionary<Guid, bool> _silent = new();

    /// <summary>Attaches a player's connection to the seat of its token and returns what to show.</summary>
    public async Task<PlayerAttached> AttachPlayerAsync(Guid gameId, byte[] tokenHash, string connection)
    {
        var screen = Guid.NewGuid();
        var game = Enter(gameId, relayed => relayed.Expect(connection, screen, connections.Find(connection)));
        var grain = grains.GetGrain<IGameGrain>(gameId);
        try
        {
            await ListenAsync(grain, game);
            var attached = await grain.AttachPlayer(tokenHash, screen);
            // A view that was overtaken on its way is asked for again; the next one that is sent would be right in any case.
            for (var tries = 1; attached.View is { } view && !game.Seat(connection, view) && tries < TriesToCatchUp; tries++)
            {
                attached = await grain.AttachPlayer(tokenHash, screen);
            }

            if (attached.View is null) game.Remove(connection);
            return attached;
        }
        catch
        {
            game.Remove(connection);
            throw;
        }
    }

    /// <summary>Attaches a host's connection and returns what to show.</summary>
    public async Task<HostAttached> AttachHostAsync(Guid gameId, Guid account, HostScreen screen, string connection, string joinAddress)
    {
        var grain = grains.GetGrain<IGameGrain>(gameId);
        var attached = await grain.AttachHost(account, screen);
        if (attached.View is null) return attached;
        var game = Enter(gameId, relayed => relayed.Host(connection, screen, joinAddress));
        await ListenAsync(grain, game);
        // Asked again after listening began, so that nothing falls between.
        attached = await grain.AttachHost(account, screen);
        return attached with { View = attached.View! with { JoinAddress = joinAddress } };
    }

    /// <summary>Attaches a spectator's connection and returns what to show.</summary>
    public async Task<HostAttached> AttachWatcherAsync(Guid gameId, string connection)
    {
        var game = Enter(gameId, relayed => relayed.Watch(connection));
        var grain = grains.GetGrain<IGameGrain>(gameId);
        await ListenAsync(grain, game);
        var attached = await grain.Watch();
        if (attached.View is null) game.Remove(connection);
        return attached with { View = attached.View?.ForWatchers() };
    }

    /// <summary>Remembers a received answer, so that the next view to this screen still shows it.</summary>
    internal void Answered(Guid gameId, string connection, int round, MineView mine)
    {
        if (_games.TryGetValue(gameId, out var game)) game.Answered(connection, round, mine);
    }

    public void Detach(Guid gameId, string connection)
    {
        if (_games.TryGetValue(gameId, out var game)) game.Remove(connection);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        metrics.Observe(() => _games.Count, CountScreens);
        using var timer = new PeriodicTimer(RenewEvery);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) await Task.WhenAll(_games.Keys.Select(RenewAsync));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host is stopping
        }
    }

    /// <summary>Players' screens of a game that are connected to this app host.</summary>
    internal int ScreensOf(Guid gameId) => _games.TryGetValue(gameId, out var game) ? game.Screens.Players : 0;

    private IEnumerable<(string Kind, int Count)> CountScreens()
    {
        var screens = _games.Values.Select(game => game.Screens).ToList();
        return [("player", screens.Sum(count => count.Players)), ("host", screens.Sum(count => count.Hosts)), ("watcher", screens.Sum(count => count.Watchers))];
    }

    // The game's object here, with the screen in it. One that ended between being found and being entered is replaced.
    private RelayedGame Enter(Guid gameId, Func<RelayedGame, bool> enter)
    {
        while (true)
        {
            var game = _games.GetOrAdd(gameId, _ =>
            {
                var made = new RelayedGame(players, hosts, watchers, protocol.Value.PayloadSerializerOptions, collector, metrics, clock);
                made.Reference = grains.CreateObjectReference<IGameObserver>(made);
                return made;
            });
            if (enter(game)) return game;
            _games.TryRemove(KeyValuePair.Create(gameId, game));
        }
    }

    // Once, since it is renewed every second: with 5,000 screens on their way in, telling each time who is here costs more than all else
    private static async Task ListenAsync(IGameGrain grain, RelayedGame game)
    {
        if (game.IsHeard) return;
        await grain.Subscribe(game.Reference!, game.Present, game.Projectors);
        game.IsHeard = true;
    }

    private async Task RenewAsync(Guid gameId)
    {
        if (!_games.TryGetValue(gameId, out var game)) return;
        if (game.TryRetire())
        {
            _games.TryRemove(KeyValuePair.Create(gameId, game));
            await TellAsync(gameId, grain => grain.Unsubscribe(game.Reference!));
            grains.DeleteObjectReference<IGameObserver>(game.Reference!);
            return;
        }

        await TellAsync(gameId, grain => grain.Subscribe(game.Reference!, game.Present, game.Projectors));
    }

    private async Task TellAsync(Guid gameId, Func<IGameGrain, Task> tell)
    {
        try
        {
            await tell(grains.GetGrain<IGameGrain>(gameId));
            if (_silent.TryRemove(gameId, out _)) log.LogInformation("Game {Game} answers again", gameId);
        }
#pragma warning disable CA1031 // A game that can't be loaded just now must not end the renewal of all the others.
        catch (Exception trouble)
#pragma warning restore CA1031
        {
            if (_silent.TryAdd(gameId, true)) log.LogWarning(trouble, "Game {Game} does not answer; it is asked every second", gameId);
        }
    }
}
