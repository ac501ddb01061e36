using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using QRCoder;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ContinueElsewhere;

/// <summary>Goes on in another browser with what one did without an account, as from WeChat's own browser to the phone's.</summary>
public static class ContinueEndpoints
{
    private const string Cookie = "sq-handover";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Handover.Path, ShowAsync);
        app.MapPost(Handover.Path + "/new", MakeAsync);
        app.MapPost(Handover.Path + "/code", TakeCodeAsync).RequireRateLimiting(RateLimits.Passwords);
        app.MapGet(Handover.Path + "/{secret}", OpenAsync);
        app.MapGet(Handover.Path + "/join", ShowJoinAsync);
        app.MapPost(Handover.Path + "/join", JoinAsync);
        // What was shown once, or refused, stands at these
        foreach (var path in (string[])["/new", "/code"]) app.MapGet(Handover.Path + path, () => TypedResults.LocalRedirect(Handover.Path));
    }

    private static async Task<RazorComponentResult> ShowAsync(HttpContext http, bool? joined, Learners learners, JoinAddress address) =>
        await RenderAsync(http, learners, address, joined: joined == true);

    private static async Task<IResult> MakeAsync(HttpContext http, IFormCollection form, NpgsqlDataSource db, Learners learners, Clock clock, JoinAddress address)
    {
        _ = form; // asked for, so that the antiforgery token is checked
        if (Viewer.Of(http.User).IsSignedIn || await learners.FindAsync(http) is not { } learner) return TypedResults.LocalRedirect(Handover.Path);
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var made = await Handover.CreateAsync(connection, learner, clock.Now, http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return await RenderAsync(http, learners, address, made);
    }

    private static async Task<RazorComponentResult> RenderAsync(HttpContext http, Learners learners, JoinAddress address, NewHandover? made = null, bool joined = false)
    {
        var root = address.Root(http.Request);
        var isSignedIn = Viewer.Of(http.User).IsSignedIn;
        return Pages.Render<ContinuePage>(new
        {
            HasHistory = isSignedIn || await learners.FindAsync(http) is not null,
            Address = root.Split("://")[1] + Handover.Path,
            Code = made?.Code,
            Link = made is null ? null : root + made.Path,
            Picture = made is not null ? Picture(root + made.Path) : isSignedIn ? Picture(root + "/sign-in") : null,
            Joined = joined,
        });
    }

    /// <summary>A typed code becomes a link of this browser's, as if it had been scanned.</summary>
    private static async Task<IResult> TakeCodeAsync(HttpContext http, [FromForm] string? code, NpgsqlDataSource db, Learners learners, Clock clock, JoinAddress address)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var network = RateLimits.Network(http.Connection.RemoteIpAddress);
        var locked = await IsLockedAsync(connection, "code\0" + network, Handover.MostTries, clock.Now, http.RequestAborted)
            || await IsLockedAsync(connection, "code", Handover.MostTriesAnywhere, clock.Now, http.RequestAborted);
        if (!locked && Handover.Clean(code) is { } clean && await Handover.ExchangeAsync(connection, clean, clock.Now, http.RequestAborted) is { } secret)
        {
            SafeCookies.Write(http, Cookie, secret, Handover.Lifetime);
            return TypedResults.LocalRedirect(Handover.Path + "/join");
        }

        return Pages.Render<ContinuePage>(
            new
            {
                HasHistory = await learners.FindAsync(http) is not null,
                Address = address.Root(http.Request).Split("://")[1] + Handover.Path,
                TypedCode = code,
                Trouble = locked ? "CodeLocked" : "CodeWrong",
            },
            StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<bool> IsLockedAsync(NpgsqlConnection connection, string what, int most, DateTimeOffset now, CancellationToken stop) =>
        (await Tries.TakeAsync(connection, SecretToken.Hash("handover\0" + what), most, Handover.Lifetime, now, stop)).LockedFor is not null;

    /// <summary>Moves the secret from the address, which histories and screens keep, into a cookie. Nothing is joined yet: chats open links by themselves.</summary>
    private static async Task<IResult> OpenAsync(HttpContext http, string secret, NpgsqlDataSource db, Clock clock)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "no-store";
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Handover.FindAsync(connection, secret, clock.Now, http.RequestAborted) is null) return Dead();
        SafeCookies.Write(http, Cookie, secret, Handover.Lifetime);
        return TypedResults.LocalRedirect(Handover.Path + "/join");
    }

    private static async Task<RazorComponentResult> ShowJoinAsync(HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Handover.FindAsync(connection, SafeCookies.Read(http, Cookie), clock.Now, http.RequestAborted) is not { } theirs) return Dead();
        var own = await learners.FindAsync(http);
        return Pages.Render<JoinHistoryPage>(new
        {
            Theirs = await AmountAsync(connection, theirs),
            Own = own is { } here && here != theirs ? await AmountAsync(connection, here) : null,
            IsSame = own == theirs,
        });
    }

    private static async Task<IResult> JoinAsync(HttpContext http, IFormCollection form, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        _ = form;
        if (SafeCookies.Read(http, Cookie) is not { } secret) return Dead();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Handover.FindAsync(connection, secret, clock.Now, http.RequestAborted) is not { } theirs) return Dead();
        var own = await learners.FindAsync(http);
        await using (var transaction = await connection.BeginTransactionAsync(http.RequestAborted))
        {
            if (!await Handover.UseAsync(connection, secret, clock.Now, http.RequestAborted)) return Dead();
            // Something moved in between: the page is shown again as it is now, and the link is not used
            if (!await JoinHistory.RunAsync(http, connection, learners, own, theirs)) return TypedResults.LocalRedirect(Handover.Path + "/join");
            await transaction.CommitAsync(http.RequestAborted);
        }

        SafeCookies.Delete(http, Cookie);
        return TypedResults.LocalRedirect(Handover.Path + "?joined=true");
    }

    private static Task<HistoryAmount> AmountAsync(NpgsqlConnection connection, Guid learner) => connection.QuerySingleAsync<HistoryAmount>(
        "select (select count(*) from attempt where learner_id = @learner) as Attempts, (select count(*) from review where learner_id = @learner) as Reviews", new { learner });

    private static string Picture(string link)
    {
        using var data = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        using var code = new PngByteQRCode(data);
        return "data:image/png;base64," + Convert.ToBase64String(code.GetGraphic(6));
    }

    private static RazorComponentResult Dead() => Pages.Render<HandoverDeadPage>(status: StatusCodes.Status404NotFound);
}

/// <summary>How much somebody did.</summary>
public sealed record HistoryAmount(long Attempts, long Reviews);
