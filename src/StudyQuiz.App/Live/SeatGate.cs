using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Live;

/// <summary>Refuses sockets to browsers that have nothing to show for a game, before they are opened: what a bot makes up costs one look at an index.</summary>
public static class SeatGate
{
    public const string Player = "/hubs/player";
    public const string Watch = "/hubs/watch";

    private static readonly object Key = new();

    public static IApplicationBuilder UseSeatGate(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        // What has an id goes on by a connection that was negotiated here; ids are secrets, and an unknown one is refused by SignalR
        if (!http.Request.Query.ContainsKey("id") && await IsSeatlessAsync(http))
        {
            http.RequestServices.GetRequiredService<RefusedCounts>().Add(RefusedCounts.Seatless);
            await Results.Problem(
                title: "This browser has no seat in a game.", detail: "Join with the game's PIN or QR code first.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(http);
            return;
        }

        await next();
    });

    /// <summary>Whether the browser of this socket has, or had, a seat in a game, as far as it was looked up when the socket was opened.</summary>
    internal static bool HasSeat(HttpContext http, Guid game) => http.Items[Key] is IReadOnlyDictionary<Guid, SeatClaim> claims && claims.ContainsKey(game);

    private static async Task<bool> IsSeatlessAsync(HttpContext http)
    {
        if (http.Request.Path.StartsWithSegments(Watch, StringComparison.Ordinal)) return !await http.RequestServices.GetRequiredService<Watchers>().MayAnyAsync(http);
        if (!http.Request.Path.StartsWithSegments(Player, StringComparison.Ordinal)) return false;
        if (SeatCookie.All(http) is not { Count: > 0 } tokens) return true;
        var claims = await http.RequestServices.GetRequiredService<Seats>().ClaimsAsync(tokens);
        http.Items[Key] = claims;
        return claims.Count == 0;
    }
}
