using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Live;

/// <summary>What the server calls on a host's screen.</summary>
public interface IHostScreen
{
    Task View(HostView view);
}

/// <summary>A host's way into their own games: the remote commands and shows the key, the projector shows what the room may see.</summary>
[Authorize(Policies.HostGames)]
public sealed class HostHub(IGrainFactory grains, GameRelay relay, JoinAddress joinAddress, HostConnections connections) : Hub<IHostScreen>
{
    public async Task<HostAttached> Attach(Guid gameId, HostScreen screen)
    {
        var address = new Uri(joinAddress.Root(Context.GetHttpContext()!.Request)).GetComponents(UriComponents.HostAndPort, UriFormat.Unescaped) + "/join";
        var attached = await relay.AttachHostAsync(gameId, Account, screen, Context.ConnectionId, address);
        if (HubAttachment.Of<Guid?>(Context) is { } before && before != gameId) relay.Detach(before, Context.ConnectionId);
        if (attached.View is not null) HubAttachment.Set(Context, gameId);
        return attached;
    }

    public Task<Done> Advance(GamePhase seenPhase, int seenRound) => Lead(new Advance(seenPhase, seenRound));

    public Task<Done> Abort(GamePhase seenPhase, int seenRound) => Lead(new Abort(seenPhase, seenRound));

    public Task<Done> Pause(GamePhase seenPhase, int seenRound) => Lead(new Pause(seenPhase, seenRound));

    public Task<Done> Resume(GamePhase seenPhase, int seenRound) => Lead(new Resume(seenPhase, seenRound));

    public Task<Done> Skip(GamePhase seenPhase, int seenRound) => Lead(new Skip(seenPhase, seenRound));

    public Task<Done> Extend(GamePhase seenPhase, int seenRound, int seconds) => Lead(new Extend(seenPhase, seenRound, TimeSpan.FromSeconds(seconds)));

    public Task<Done> Reopen(GamePhase seenPhase, int seenRound, int seconds) => Lead(new Reopen(seenPhase, seenRound, TimeSpan.FromSeconds(seconds)));

    public Task<Done> VoidRound(GamePhase seenPhase, int seenRound) => Lead(new VoidRound(seenPhase, seenRound));

    public Task<Done> CorrectKey(GamePhase seenPhase, int seenRound, GivenAnswer? key) =>
        key is null ? Task.FromResult(new Done(Refusals.Name(GameRefusal.UnfitAnswer))) : Lead(new CorrectKey(seenPhase, seenRound, key));

    /// <summary>What correcting the key to this would change; null where that is not possible.</summary>
    public async Task<ImpactView?> PreviewKey(GivenAnswer? key) =>
        key is not null && HubAttachment.Of<Guid?>(Context) is { } game ? await grains.GetGrain<IGameGrain>(game).Preview(Account, key) : null;

    public Task<Done> RemoveSeat(int seat, bool ban) => Lead(new RemoveSeat(seat, ban));

    public Task<Done> RenameSeat(int seat, string? name) => Lead(new RenameSeat(seat, name ?? ""));

    public Task<Done> ApproveSeat(int seat) => Lead(new ApproveSeat(seat));

    public Task<Done> GiveExtraTime(int seat, int percent) => Lead(new GiveExtraTime(seat, percent));

    public Task<Done> MoveSeat(int seat, int team) => Lead(new MoveSeat(seat, team));

    public Task<Done> BalanceTeams() => Lead(new BalanceTeams());

    public Task<Done> LockJoining(bool locked) => Lead(new LockJoining(locked));

    public Task<Done> ClearLobby(GamePhase seenPhase, int seenRound) => Lead(new ClearLobby(seenPhase, seenRound));

    public async Task<IReadOnlyList<SeatRow>> FindSeats(string? text) =>
        HubAttachment.Of<Guid?>(Context) is { } game ? await grains.GetGrain<IGameGrain>(game).FindSeats(Account, text ?? "") : [];

    public override Task OnConnectedAsync()
    {
        connections.Opened(Context);
        return base.OnConnectedAsync();
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        connections.Closed(Context);
        if (HubAttachment.Of<Guid?>(Context) is { } game) relay.Detach(game, Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }

    private Guid Account => Viewer.Of(Context.User!).AccountId!.Value;

    private async Task<Done> Lead(HostCommand command)
    {
        if (HubAttachment.Of<Guid?>(Context) is not { } game) return new Done(Refusals.UnknownGame);
        // More time given twice is twice the time; whatever else is asked twice is refused or changes nothing.
        return command is Extend ? await CallAsync() : await Failover.InsistAsync(CallAsync);

        Task<Done> CallAsync() => grains.GetGrain<IGameGrain>(game).Lead(Account, command);
    }
}
