using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Live;

/// <summary>What the server calls on a host's screen.</summary>
public interface IHostScreen
{
    Task View(HostView view);
}

/// <summary>A host's way into their own games: the remote commands and shows the key, the projector shows what the room may see.</summary>
[Authorize(Policies.HostGames)]
public sealed class HostHub(IGrainFactory grains, GameRelay relay, JoinAddress joinAddress) : Hub<IHostScreen>
{
    private static readonly object Key = new();

    public async Task<HostAttached> Attach(Guid gameId, HostScreen screen)
    {
        var address = new Uri(joinAddress.Root(Context.GetHttpContext()!.Request)).GetComponents(UriComponents.HostAndPort, UriFormat.Unescaped) + "/join";
        var attached = await relay.AttachHostAsync(gameId, Account, screen, Context.ConnectionId, address);
        if (Context.Items[Key] is Guid before && before != gameId) relay.Detach(before, Context.ConnectionId);
        if (attached.View is not null) Context.Items[Key] = gameId;
        return attached;
    }

    public Task<Done> Advance(GamePhase seenPhase, int seenRound) => InGame(game => game.Advance(Account, seenPhase, seenRound));

    public Task<Done> Abort() => InGame(game => game.Abort(Account));

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items[Key] is Guid game) relay.Detach(game, Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }

    private Guid Account => Viewer.Of(Context.User!).AccountId!.Value;

    private async Task<Done> InGame(Func<IGameGrain, Task<Done>> command) =>
        Context.Items[Key] is Guid game ? await Failover.InsistAsync(() => command(grains.GetGrain<IGameGrain>(game))) : new Done(Refusals.UnknownGame);
}
