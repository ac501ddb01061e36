using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Live;

/// <summary>The secret that is a player's claim to a seat, one cookie a game, so that a reload or a new tab finds the seat again.</summary>
public static class SeatCookie
{
    private const string Prefix = "sq-seat-";

    // Browsers send the oldest first; a header of 32 KB holds some 300
    private const int MostSeats = 64;

    // The result of a game is looked at long after it
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    public static string? Read(HttpContext http, Guid game) => SafeCookies.Read(http, Name(game));

    public static void Write(HttpContext http, Guid game, string token) => SafeCookies.Write(http, Name(game), token, Lifetime);

    /// <summary>The secrets of all seats that this browser may have, each with its game: well-formed ones, at most <see cref="MostSeats"/> of the newest.</summary>
    public static IReadOnlyDictionary<Guid, string> All(HttpContext http)
    {
        return http.Request.Cookies
            .Where(cookie => cookie.Key.StartsWith(Prefix, StringComparison.Ordinal) && SecretToken.HasShape(cookie.Value))
            .Select(cookie => (IsGame: Guid.TryParseExact(cookie.Key.AsSpan(Prefix.Length), "N", out var game), Game: game, Token: cookie.Value))
            .Where(seat => seat.IsGame)
            .TakeLast(MostSeats)
            .DistinctBy(seat => seat.Game)
            .ToDictionary(seat => seat.Game, seat => seat.Token);
    }

    private static string Name(Guid game) => $"{Prefix}{game:N}";
}
