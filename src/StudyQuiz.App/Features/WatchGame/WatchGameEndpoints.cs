using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.WatchGame;

/// <summary>Anyone with a game's link watches it, like the room that looks at the projector.</summary>
public static class WatchGameEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/w/{secret}", Come);
        app.MapGet("/watch/{game:guid}", Watch);
    }

    // The secret leaves the address at once: a page that is shared or photographed gives nothing away.
    private static async Task<IResult> Come(string secret, HttpContext http, Watchers watchers)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (await watchers.FindAsync(secret) is not { } game) return Pages.NotFound();
        Watchers.Keep(http, game, secret);
        return Results.LocalRedirect($"/watch/{game}");
    }

    private static async Task<IResult> Watch(Guid game, HttpContext http, Watchers watchers) =>
        await watchers.MayAsync(http, game) ? Pages.Render<WatchPage>(new { Game = game }) : Pages.NotFound();
}
