using Microsoft.AspNetCore.SignalR;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Telemetry;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Live;

/// <summary>What the server calls on a player's screen.</summary>
public interface IPlayerScreen
{
    /// <summary>Sent by <see cref="ViewFrames"/>, which writes such calls itself.</summary>
    Task View(PlayerView view);

    /// <summary>Another screen holds the seat now; this one is told nothing more.</summary>
    Task Evicted();

    /// <summary>The host took the seat away; the refusal says whether for good. This screen is told nothing more.</summary>
    Task Removed(string refusal);
}

/// <summary>A player's way into a game. Who is asking is told by the seat's cookie, never by an argument.</summary>
public sealed class PlayerHub(IGrainFactory grains, GameRelay relay, Seats seats, Clock clock, LiveMetrics metrics) : Hub<IPlayerScreen>
{
    private static readonly object PingKey = new();

    public async Task<PlayerAttached> Attach(Guid gameId)
    {
        using var doing = Traces.Begin("PlayerHub.Attach");
        // Looked up before the game is woken: made-up ids and cookies cost one look at an index.
        if (Context.GetHttpContext() is not { } http || SeatCookie.Read(http, gameId) is not { } token || !(SeatGate.HasSeat(http, gameId) || await seats.ClaimAsync(gameId, token) != SeatClaim.None))
        {
            return new PlayerAttached(Refusal: Refusals.NoSeat);
        }

        if (HubAttachment.Of<Place>(Context) is { } before && before.Game != gameId) relay.Detach(before.Game, Context.ConnectionId);

        var attached = await relay.AttachPlayerAsync(gameId, SecretToken.Hash(token), Context.ConnectionId);
        if (attached.View?.Seat is { } seat) HubAttachment.Set(Context, new Place(gameId, seat.Number));
        return attached;
    }

    /// <summary>
    /// Measures the way to this player and back: the time between a number that only the server knows and its return. The least of several
    /// counts; the caller's clock takes no part.
    /// </summary>
    /// <param name="echo">The number of the call before; 0 at first.</param>
    /// <returns>The number to be echoed at once.</returns>
    public int Ping(int echo)
    {
        if (Context.Items[PingKey] is not RoundTrips trips) Context.Items[PingKey] = trips = new RoundTrips(clock);
        return trips.Next(echo);
    }

    public async Task<Receipt> Answer(int round, GivenAnswer? answer)
    {
        if (HubAttachment.Of<Place>(Context) is not { } place) return new Receipt(false, Refusals.NoSeat);
        if (answer is null) return new Receipt(false, Refusals.Name(GameRefusal.UnfitAnswer));
        var began = clock.Timestamp;
        var way = (Context.Items[PingKey] as RoundTrips)?.Least ?? TimeSpan.Zero;
        var receipt = await Failover.InsistAsync(() => grains.GetGrain<IGameGrain>(place.Game).Answer(place.Seat, round, answer, way));
        metrics.Answered(receipt, clock.Since(began));
        if (receipt is { Received: true, Mine: { } mine }) relay.Answered(place.Game, Context.ConnectionId, round, mine);
        return receipt;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (HubAttachment.Of<Place>(Context) is { } place) relay.Detach(place.Game, Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }

    private sealed record Place(Guid Game, int Seat);
}
