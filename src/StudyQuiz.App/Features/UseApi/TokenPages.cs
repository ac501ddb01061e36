using Microsoft.AspNetCore.Mvc;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>One's own tokens: made, shown once, listed with their last use, revoked.</summary>
internal static class TokenPages
{
    public const string Path = "/account/tokens";

    public static void Map(IEndpointRouteBuilder app)
    {
        var tokens = app.MapGroup(Path).RequireAuthorization();
        tokens.MapGet("", (HttpContext http, NpgsqlDataSource db, Clock clock, string? done) => PageAsync(http, db, clock, null, null, done));
        tokens.MapPost("", async (HttpContext http, [FromForm] string? name, [FromForm] string[]? scopes, [FromForm] int days, NpgsqlDataSource db, Clock clock) =>
        {
            await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
            var made = await ApiToken.MakeAsync(connection, Viewer.Of(http.User).AccountId!.Value, name, scopes ?? [], days, clock.Now);
            if (made is { } token) SecurityLog.Of(http).WaysChanged(Viewer.Of(http.User).AccountId!.Value, $"token {token.Token.Id} made");
            return await PageAsync(http, db, clock, made?.Secret, made is null ? name ?? "" : null, null);
        }).AsksAgain(Path);
        tokens.MapPost("/{id:guid}/revoke", async (Guid id, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock) =>
        {
            _ = form; // its token is checked
            await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
            return await ApiToken.RevokeAsync(connection, Viewer.Of(http.User).AccountId!.Value, id, clock.Now) ? Results.LocalRedirect(Path + "?done=revoked") : Pages.NotFound();
        });
    }

    /// <param name="secret">Of a token that was just made.</param>
    /// <param name="refused">The name of one that was not.</param>
    private static async Task<IResult> PageAsync(HttpContext http, NpgsqlDataSource db, Clock clock, string? secret, string? refused, string? done)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "private, no-store";
        return Pages.Render<TokensPage>(
            new { Tokens = await ApiToken.OfAsync(connection, Viewer.Of(http.User).AccountId!.Value, clock.Now), Secret = secret, Refused = refused, Done = done },
            refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
