using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.JoinGame;

/// <summary>Keeps a scanned code's secret for as long as a game's PIN lives.</summary>
public static class ScannedSecret
{
    public const string Cookie = "sq-join";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(4);

    public static void Keep(HttpContext http, string secret) => SafeCookies.Write(http, Cookie, secret, Lifetime);
}
