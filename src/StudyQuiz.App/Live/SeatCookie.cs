using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Live;

/// <summary>The secret that is a player's claim to a seat, one cookie a game, so that a reload or a new tab finds the seat again.</summary>
public static class SeatCookie
{
    // The result of a game is looked at long after it
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(180);

    public static string? Read(HttpContext http, Guid game) => SafeCookies.Read(http, Name(game));

    public static void Write(HttpContext http, Guid game, string token) => SafeCookies.Write(http, Name(game), token, Lifetime);

    private static string Name(Guid game) => $"sq-seat-{game:N}";
}
