using QRCoder;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.JoinGame;

/// <summary>A player takes their seat along to another device: a link, or its picture, that works once.</summary>
public static class SeatLinkEndpoints
{
    private const string Cookie = "sq-seat-link";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/play/{game:guid}/move", ShowAsync);
        app.MapPost("/play/{game:guid}/move", MakeAsync);
        app.MapGet("/play/{game:guid}/move/waits", WaitsAsync);
        app.MapGet("/seat/{link}", OpenAsync);
        app.MapGet("/seat", AskAsync);
        app.MapPost("/seat", TakeAsync);
    }

    private static async Task<IResult> ShowAsync(Guid game, HttpContext http, Seats seats) =>
        await seats.ClaimAsync(game, SeatCookie.Read(http, game)) == SeatClaim.Held
            ? Pages.Render<MoveSeatPage>(new { Game = game })
            : Results.LocalRedirect("/join");

    private static async Task<IResult> MakeAsync(Guid game, HttpContext http, IFormCollection form, Seats seats, JoinAddress address)
    {
        _ = form; // asked for, so that the antiforgery token is checked
        if (SeatCookie.Read(http, game) is not { } token || await seats.LinkAsync(game, token) is not { } link) return Results.LocalRedirect("/join");
        http.Response.Headers.CacheControl = "no-store";
        var whole = $"{address.Root(http.Request)}/seat/{link}";
        return Pages.Render<MoveSeatPage>(new { Game = game, Link = whole, Picture = Picture(whole) });
    }

    // Asked every few seconds by the page that shows the code: it must not show one that is used up
    private static async Task<IResult> WaitsAsync(Guid game, HttpContext http, Seats seats)
    {
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(new { waits = SeatCookie.Read(http, game) is { } token && await seats.HasLinkAsync(game, token) });
    }

    // The secret leaves the address at once. Nothing is taken yet: chats open links by themselves.
    private static async Task<IResult> OpenAsync(string link, HttpContext http, Seats seats)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "no-store";
        if (await seats.OfLinkAsync(link) is null) return Dead();
        SafeCookies.Write(http, Cookie, link, Seats.LinkLives);
        return Results.LocalRedirect("/seat");
    }

    private static async Task<IResult> AskAsync(HttpContext http, Seats seats) =>
        await seats.OfLinkAsync(SafeCookies.Read(http, Cookie)) is { } seat ? Pages.Render<TakeSeatAlongPage>(new { seat.Nickname }) : Dead();

    private static async Task<IResult> TakeAsync(HttpContext http, IFormCollection form, Seats seats)
    {
        _ = form;
        var token = SecretToken.Create();
        if (SafeCookies.Read(http, Cookie) is not { } link || await seats.UseLinkAsync(link, token) is not { } game) return Dead();
        SafeCookies.Delete(http, Cookie);
        SeatCookie.Write(http, game, token);
        return Results.LocalRedirect($"/play/{game}");
    }

    private static string Picture(string link)
    {
        using var data = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return "data:image/png;base64," + Convert.ToBase64String(code.GetGraphic(6));
    }

    private static IResult Dead() => Pages.Render<TakeSeatAlongPage>(status: StatusCodes.Status404NotFound);
}
