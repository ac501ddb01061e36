using Npgsql;

namespace StudyQuiz.App.Platform.Identity;

/// <summary>
/// Asks whoever signed in a while ago to do so again before the ways into their account change: at a screen that was left open nobody makes a way in
/// for later, takes one away or throws the owner's other browsers out. Signing in again begins a new session, which is recent.
/// </summary>
internal static class RecentSignIn
{
    /// <summary>How long a sign-in is recent.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <param name="endpoint">It needs an account, so that there is a session.</param>
    /// <param name="page">Where the button is that was pressed; it is pressed again then.</param>
    public static RouteHandlerBuilder AsksAgain(this RouteHandlerBuilder endpoint, string page) => endpoint.AddEndpointFilter(async (context, next) =>
        await IsAsync(context.HttpContext) ? await next(context) : TypedResults.LocalRedirect(PathTo(page)));

    public static string PathTo(string page) => $"/sign-in?again=true&returnUrl={Uri.EscapeDataString(page)}";

    public static async Task<bool> IsAsync(HttpContext http)
    {
        if (AccountCookie.SessionOf(http.User) is not { } session) return false;
        await using var connection = await http.RequestServices.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(http.RequestAborted);
        return await AccountSession.BeganSinceAsync(connection, session, http.RequestServices.GetRequiredService<Clock>().Now - Window, http.RequestAborted);
    }
}
