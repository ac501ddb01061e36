using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace StudyQuiz.App.Live;

/// <summary>
/// This app host's link between games and screens. It keeps one subscription for each game that has a screen here and renews
/// it every second, because a game that moved to another server starts without listeners.
/// </summary>
public sealed class GameRelay(
    IGrainFactory grains,
    IHubContext<PlayerHub, IPlayerScreen> players,
    IHubContext<HostHub, IHostScreen> hosts,
    ILogger<GameRelay> log) : BackgroundService
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1);
    private const int TriesToCatchUp = 5;

    private readonly ConcurrentDictionary<Guid, RelayedGame> _games = new();

    /// <summary>Attaches a player's connection to the seat of its token and returns what to show.</summary>
    public async Task<PlayerAttached> AttachPlayerAsync(Guid gameId, byte[] tokenHash, string connection)
    {
        var game = await ListenAsync(gameId);
        var screen = Guid.NewGuid();
        game.Expect(connection, screen);
        PlayerAttached attached;
        var tries = 0;
        do
        {
            attached = await grains.GetGrain<IGameGrain>(gameId).AttachPlayer(tokenHash, screen);
        }
        while (attached.View is { } view && !game.Seat(connection, view) && ++tries < TriesToCatchUp);

        if (attached.View is null) Detach(gameId, connection);
        return attached;
    }

    /// <summary>Attaches a host's connection and returns what to show.</summary>
    public async Task<HostAttached> AttachHostAsync(Guid gameId, Guid account, HostScreen screen, string connection, string joinAddress)
    {
        var attached = await grains.GetGrain<IGameGrain>(gameId).AttachHost(account, screen);
        if (attached.View is null) return attached;
        var game = await ListenAsync(gameId);
        game.Host(connection, screen, joinAddress);
        // Asked again after listening began, so that nothing falls between.
        attached = await grains.GetGrain<IGameGrain>(gameId).AttachHost(account, screen);
        return attached with { View = attached.View! with { JoinAddress = joinAddress } };
    }

    /// <summary>Remembers a received answer, so that the next view to this screen still shows it.</summary>
    internal void Answered(Guid gameId, string connection, MineView mine)
    {
        if (_games.TryGetValue(gameId, out var game)) game.Answered(connection, mine);
    }

    public void Detach(Guid gameId, string connection)
    {
        if (_games.TryGetValue(gameId, out var game)) game.Remove(connection);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
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

    private async Task<RelayedGame> ListenAsync(Guid gameId)
    {
        var game = _games.GetOrAdd(gameId, _ =>
        {
            var made = new RelayedGame(players, hosts);
            made.Reference = grains.CreateObjectReference<IGameObserver>(made);
            return made;
        });
        await grains.GetGrain<IGameGrain>(gameId).Subscribe(game.Reference!);
        return game;
    }

    private async Task RenewAsync(Guid gameId)
    {
        if (!_games.TryGetValue(gameId, out var game)) return;
        if (game.IsEmpty)
        {
            if (_games.TryRemove(gameId, out _)) grains.DeleteObjectReference<IGameObserver>(game.Reference!);
            return;
        }

        try
        {
            await grains.GetGrain<IGameGrain>(gameId).Subscribe(game.Reference!);
        }
        catch (Exception trouble) when (trouble is OrleansException or TimeoutException)
        {
            log.LogWarning("Game {Game} does not answer this app host; trying again ({Trouble})", gameId, trouble.Message);
        }
    }
}
