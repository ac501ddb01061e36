using Microsoft.AspNetCore.Mvc;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.JoinGame;

/// <summary>A player joins: PIN or QR code, then a nickname, then a seat whose secret is this browser's cookie.</summary>
public static class JoinGameEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/join", Ask);
        app.MapPost("/join", TakeSeat);
        app.MapGet("/j/{secret}", Scan);
        app.MapGet("/play/{game:guid}", Play);
        ShowGameResult.Map(app);
    }

    // The secret leaves the address at once: it would be read over a shoulder, or kept in a history that is shared.
    private static async Task<IResult> Scan(string secret, HttpContext http, FindGame find)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (await find.BySecretAsync(secret) is null) return Results.LocalRedirect("/join?gone=true");
        ScannedSecret.Keep(http, secret);
        return Results.LocalRedirect("/join?qr=true");
    }

    private static async Task<IResult> Ask(HttpContext http, FindGame find, Seats seats, string? pin, bool qr = false, bool gone = false)
    {
        if (gone) return AskPin(pin, "NoSuchGame");
        if (pin is null && !qr) return AskPin(null, null);
        var ticket = new Ticket(pin, qr);
        var found = await find.ByTicketAsync(ticket, http);
        if (found.Invitation is not { } invitation) return AskPin(pin, found.Refusal);

        if (SeatCookie.Read(http, found.Game) is not { } token)
        {
            // The secret exists before the seat does, so that sending the form twice asks for the same seat.
            SeatCookie.Write(http, found.Game, SecretToken.Create());
        }
        else if (await seats.HasAsync(found.Game, token))
        {
            return Results.LocalRedirect($"/play/{found.Game}");
        }

        return AskNickname(ticket, invitation, null, null);
    }

    private static async Task<IResult> TakeSeat(
        HttpContext http, FindGame find, IGrainFactory grains, Learners learners,
        [FromForm] string? pin, [FromForm] bool qr, [FromForm] string? nickname)
    {
        var ticket = new Ticket(pin, qr);
        var found = await find.ByTicketAsync(ticket, http);
        if (found.Invitation is not { } invitation) return AskPin(pin, found.Refusal);
        if (SeatCookie.Read(http, found.Game) is not { } token) return AskNickname(ticket, invitation, nickname, "NoCookies");

        var seated = await grains.GetGrain<IGameGrain>(found.Game).TakeSeat(new Newcomer(nickname ?? "", SecretToken.Hash(token), await learners.FindAsync(http)));
        return seated.Refusal is null
            ? Results.LocalRedirect($"/play/{found.Game}")
            : AskNickname(ticket, invitation, nickname, seated.Refusal);
    }

    private static async Task<IResult> Play(Guid game, HttpContext http, Seats seats) =>
        SeatCookie.Read(http, game) is { } token && await seats.HasAsync(game, token)
            ? Pages.Render<PlayPage>(new { Game = game })
            : Results.LocalRedirect("/join");

    private static IResult AskPin(string? pin, string? refusal) => Pages.Render<JoinPage>(new { Pin = pin, Refusal = refusal });

    private static IResult AskNickname(Ticket ticket, Invitation invitation, string? nickname, string? refusal) =>
        Pages.Render<NicknamePage>(new { Ticket = ticket, Invitation = invitation, Nickname = nickname, Refusal = refusal });
}
