using Microsoft.AspNetCore.Mvc;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.App.Features.JoinGame;

/// <summary>A player joins: PIN or QR code, then who they are in this game, then a seat whose secret is this browser's cookie.</summary>
public static class JoinGameEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/join", Ask).RequireRateLimiting(RateLimits.Joins);
        app.MapPost("/join", TakeSeat).RequireRateLimiting(RateLimits.Joins);
        app.MapGet("/j/{secret}", Scan).RequireRateLimiting(RateLimits.Joins);
        app.MapGet("/play/{game:guid}", Play);
        ShowGameResult.Map(app);
        SeatLinkEndpoints.Map(app);
    }

    // The secret leaves the address at once: it would be read over a shoulder, or kept in a history that is shared.
    private static async Task<IResult> Scan(string secret, HttpContext http, FindGame find)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (await find.BySecretAsync(secret) is null) return Results.LocalRedirect("/join?gone=true");
        ScannedSecret.Keep(http, secret);
        return Results.LocalRedirect("/join?qr=true");
    }

    private static async Task<IResult> Ask(HttpContext http, FindGame find, Seats seats, IGrainFactory grains, string? pin, bool qr = false, bool gone = false, long more = 0)
    {
        if (gone) return AskPin(pin, "NoSuchGame");
        if (pin is null && !qr) return AskPin(null, null);
        var ticket = new Ticket(pin, qr);
        var found = await find.ByTicketAsync(ticket, http);
        var token = SeatCookie.Read(http, found.Game);
        var claim = await seats.ClaimAsync(found.Game, token);
        if (claim == SeatClaim.Held) return Results.LocalRedirect($"/play/{found.Game}");
        if (claim == SeatClaim.Banned) return AskPin(pin, Refusals.Banned);
        if (found.Invitation is not { } invitation) return AskPin(pin, found.Refusal);
        if (invitation.Identity == PlayerIdentity.SignedIn && !Viewer.Of(http.User).IsSignedIn) return Results.LocalRedirect("/sign-in?returnUrl=" + Uri.EscapeDataString(ticket.Path));

        // The secret exists before the seat does, so that sending the form twice asks for the same seat. One whose seat was taken away is spent.
        if (token is null || claim == SeatClaim.Removed) SeatCookie.Write(http, found.Game, SecretToken.Create());
        return AskName(new JoinForm(ticket, invitation) { Names = await NamesAsync(grains, found.Game, invitation, more), More = more });
    }

    private static async Task<IResult> TakeSeat(
        HttpContext http, FindGame find, IGrainFactory grains, Learners learners, Seats seats,
        [FromForm] string? pin, [FromForm] bool qr, [FromForm] string? nickname, [FromForm] string? chosen, [FromForm] string? unit, [FromForm] string? code, [FromForm] int? team)
    {
        var ticket = new Ticket(pin, qr);
        var found = await find.ByTicketAsync(ticket, http);
        if (found.Invitation is not { } invitation) return AskPin(pin, found.Refusal);
        // A name that is pressed counts more than one that is typed.
        var form = new JoinForm(ticket, invitation) { Nickname = chosen ?? nickname, Unit = unit, Code = code, Team = team };
        if (SeatCookie.Read(http, found.Game) is not { } token) return AskName(form with { Refusal = "NoCookies" });

        // A further device of a seat that was banned
        if (await seats.ClaimAsync(found.Game, token) == SeatClaim.Banned) return AskPin(pin, Refusals.Banned);

        var learner = await learners.FindAsync(http);
        if (invitation.Identity == PlayerIdentity.SignedIn)
        {
            if (Viewer.Of(http.User) is not { IsSignedIn: true, Name: var name }) return Results.LocalRedirect("/sign-in?returnUrl=" + Uri.EscapeDataString(ticket.Path));
            form = form with { Nickname = name };
            learner = await learners.FindOrBeginAsync(http);
            if (await seats.ShareAsync(found.Game, learner.Value, token)) return Results.LocalRedirect($"/play/{found.Game}");
        }

        var seated = await grains.GetGrain<IGameGrain>(found.Game).TakeSeat(new Newcomer(form.Nickname ?? "", SecretToken.Hash(token), learner, unit, code, team));
        if (seated.Refusal is null) return Results.LocalRedirect($"/play/{found.Game}");
        var made = await NamesAsync(grains, found.Game, invitation, Seed());
        return AskName(form with { Refusal = seated.Refusal, Names = invitation.GeneratedNames ? made : [.. seated.Suggestions ?? [], .. made.Take(1)] });
    }

    private static async Task<IResult> Play(Guid game, HttpContext http, Seats seats) =>
        await seats.ClaimAsync(game, SeatCookie.Read(http, game)) != SeatClaim.None
            ? Pages.Render<PlayPage>(new { Game = game })
            : Results.LocalRedirect("/join");

    // Names to press: what else would be free, where nicknames are what one is known by.
    private static async Task<IReadOnlyList<string>> NamesAsync(IGrainFactory grains, Guid game, Invitation invitation, long more) =>
        invitation.Identity != PlayerIdentity.Nickname
            ? []
            : await grains.GetGrain<IGameGrain>(game).SuggestNames(Language.Current == Language.English, more == 0 ? Seed() : more);

    private static long Seed() => BitConverter.ToInt64(System.Security.Cryptography.RandomNumberGenerator.GetBytes(sizeof(long)));

    private static IResult AskPin(string? pin, string? refusal) => Pages.Render<JoinPage>(new { Pin = pin, Refusal = refusal });

    private static IResult AskName(JoinForm form) => Pages.Render<NamePage>(new { Form = form });
}

/// <summary>What the page that asks for a name shows.</summary>
/// <param name="Ticket">By which the player came; sent again with the form.</param>
public sealed record JoinForm(Ticket Ticket, Invitation Invitation)
{
    public string? Nickname { get; init; }
    public string? Unit { get; init; }
    public string? Code { get; init; }
    public int? Team { get; init; }

    /// <summary>The refusal by its name, which is also that of the resource.</summary>
    public string? Refusal { get; init; }

    /// <summary>Names that are free.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Which names were offered; the next number offers others.</summary>
    public long More { get; init; }
}
