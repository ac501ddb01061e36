using Microsoft.AspNetCore.SignalR;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Live;

/// <summary>What the server calls on a player's screen.</summary>
public interface IPlayerScreen
{
    Task View(PlayerView view);

    /// <summary>Another screen holds the seat now; this one is told nothing more.</summary>
    Task Evicted();
}

/// <summary>A player's way into a game. Who is asking is told by the seat's cookie, never by an argument.</summary>
public sealed class PlayerHub(IGrainFactory grains, GameRelay relay) : Hub<IPlayerScreen>
{
    private static readonly object Key = new();

    public async Task<PlayerAttached> Attach(Guid gameId)
    {
        if (Context.GetHttpContext() is not { } http || SeatCookie.Read(http, gameId) is not { } token)
        {
            return new PlayerAttached(Refusal: Refusals.NoSeat);
        }

        var attached = await relay.AttachPlayerAsync(gameId, SecretToken.Hash(token), Context.ConnectionId);
        if (attached.View?.Seat is { } seat) Context.Items[Key] = new Place(gameId, seat.Number);
        return attached;
    }

    public async Task<Receipt> Answer(int round, GivenAnswer answer)
    {
        if (Context.Items[Key] is not Place place) return new Receipt(false, Refusals.NoSeat);
        var receipt = await grains.GetGrain<IGameGrain>(place.Game).Answer(place.Seat, round, answer);
        if (receipt is { Received: true, Mine: { } mine }) relay.Answered(place.Game, Context.ConnectionId, mine);
        return receipt;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (Context.Items[Key] is Place place) relay.Detach(place.Game, Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }

    private sealed record Place(Guid Game, int Seat);
}
