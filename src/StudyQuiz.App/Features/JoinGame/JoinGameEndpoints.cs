using Dapper;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.JoinGame;

/// <summary>A player joins: PIN or QR code, then a nickname, then a seat whose secret is this browser's cookie.</summary>
public static class JoinGameEndpoints
{
    private const string QrCookie = "sq-join";
    private static readonly TimeSpan QrLifetime = TimeSpan.FromHours(4);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/join", Ask);
        app.MapPost("/join", TakeSeat);
        app.MapGet("/j/{secret}", Scan);
        app.MapGet("/play/{game:guid}", Play);
    }

    // The secret leaves the address at once: it would be read over a shoulder, or kept in a history that is shared.
    private static async Task<IResult> Scan(string secret, HttpContext http, FindGame find)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (await find.BySecretAsync(secret) is null) return Results.LocalRedirect("/join?gone=true");
        SafeCookies.Write(http, QrCookie, secret, QrLifetime);
        return Results.LocalRedirect("/join?qr=true");
    }

    private static async Task<IResult> Ask(HttpContext http, FindGame find, PinGuard guard, IGrainFactory grains, string? pin, bool qr = false, bool gone = false)
    {
        if (gone) return AskPin(pin, "NoSuchGame");
        if (pin is null && !qr) return AskPin(null, null);
        if (guard.IsBlocked(http)) return AskPin(pin, "TooManyTries");
        var found = qr ? await find.BySecretAsync(SafeCookies.Read(http, QrCookie)) : await find.ByPinAsync(pin);
        if (found is not { } game || await grains.GetGrain<IGameGrain>(game).Invite() is not { } invitation)
        {
            guard.Failed(http);
            return AskPin(pin, "NoSuchGame");
        }

        if (SeatCookie.Read(http, game) is not { } token)
        {
            // The secret exists before the seat does, so that sending the form twice asks for the same seat.
            SeatCookie.Write(http, game, SecretToken.Create());
        }
        else if (await HasSeatAsync(http, game, token))
        {
            return Results.LocalRedirect($"/play/{game}");
        }

        return AskNickname(new Ticket(pin, qr), invitation, null, null);
    }

    private static async Task<IResult> TakeSeat(
        HttpContext http, FindGame find, PinGuard guard, IGrainFactory grains, Learners learners,
        [FromForm] string? pin, [FromForm] bool qr, [FromForm] string? nickname)
    {
        if (guard.IsBlocked(http)) return AskPin(pin, "TooManyTries");
        var found = qr ? await find.BySecretAsync(SafeCookies.Read(http, QrCookie)) : await find.ByPinAsync(pin);
        if (found is not { } game || await grains.GetGrain<IGameGrain>(game).Invite() is not { } invitation)
        {
            guard.Failed(http);
            return AskPin(pin, "NoSuchGame");
        }

        if (SeatCookie.Read(http, game) is not { } token)
        {
            return AskNickname(new Ticket(pin, qr), invitation, nickname, "NoCookies");
        }

        var seated = await grains.GetGrain<IGameGrain>(game).TakeSeat(nickname ?? "", SecretToken.Hash(token), await learners.FindAsync(http));
        return seated.Refusal is null
            ? Results.LocalRedirect($"/play/{game}")
            : AskNickname(new Ticket(pin, qr), invitation, nickname, seated.Refusal);
    }

    private static async Task<IResult> Play(Guid game, HttpContext http) =>
        SeatCookie.Read(http, game) is { } token && await HasSeatAsync(http, game, token)
            ? Pages.Render<PlayPage>(new { Game = game })
            : Results.LocalRedirect("/join");

    private static async Task<bool> HasSeatAsync(HttpContext http, Guid game, string token)
    {
        var db = http.RequestServices.GetRequiredService<NpgsqlDataSource>();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await connection.QuerySingleAsync<bool>(
            "select exists (select 1 from game_seat where game_id = @game and token_hash = @hash)",
            new { game, hash = SecretToken.Hash(token) });
    }

    private static IResult AskPin(string? pin, string? refusal) => Pages.Render<JoinPage>(new { Pin = pin, Refusal = refusal });

    private static IResult AskNickname(Ticket ticket, Invitation invitation, string? nickname, string? refusal) =>
        Pages.Render<NicknamePage>(new { Ticket = ticket, Invitation = invitation, Nickname = nickname, Refusal = refusal });
}

/// <summary>How a player found the game: by PIN, or by a scanned code whose secret is in a cookie.</summary>
public sealed record Ticket(string? Pin, bool Qr);
