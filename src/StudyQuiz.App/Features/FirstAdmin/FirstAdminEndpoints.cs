using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.FirstAdmin;

/// <summary>Making the first admin with the link that the server printed.</summary>
public static class FirstAdminEndpoints
{
    private const string Cookie = "sq-first-admin";
    private static readonly TimeSpan TimeToFillIn = TimeSpan.FromMinutes(15);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/first-admin/{secret}", Open);
        app.MapGet("/first-admin", Show);
        app.MapPost("/first-admin", Create).RequireRateLimiting(RateLimits.Passwords);
    }

    /// <summary>Moves the secret from the address, which histories and screens keep, into a cookie.</summary>
    private static async Task<IResult> Open(HttpContext http, string secret, FirstAdminLink link)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "no-store";
        if (!await link.IsGoodAsync(secret, http.RequestAborted)) return Dead();
        SafeCookies.Write(http, Cookie, secret, TimeToFillIn);
        return TypedResults.LocalRedirect("/first-admin");
    }

    private static async Task<RazorComponentResult> Show(HttpContext http, FirstAdminLink link) =>
        await link.IsGoodAsync(SafeCookies.Read(http, Cookie), http.RequestAborted) ? Pages.Render<FirstAdminPage>() : Dead();

    private static async Task<IResult> Create(
        HttpContext http, [FromForm] string? name, [FromForm] string? password, NpgsqlDataSource db, SignInManager<Account> signIn)
    {
        if (SafeCookies.Read(http, Cookie) is not { } secret) return Dead();
        if (Accounts.Check(name, password) is { } refusal) return Refused(name, refusal);

        var account = Accounts.PrepareAdmin(name!, password!);
        await using (var connection = await db.OpenConnectionAsync(http.RequestAborted))
        await using (var transaction = await connection.BeginTransactionAsync(http.RequestAborted))
        {
            if (!await FirstAdminLink.UseAsync(connection, secret, http.RequestAborted)) return Dead();
            if (!await AccountStore.InsertAsync(connection, account, http.RequestAborted)) return Refused(name, AccountRefusal.NameTaken);
            await Learners.ClaimDeviceAsync(http, connection, account.Id);
            await transaction.CommitAsync(http.RequestAborted);
        }

        SafeCookies.Delete(http, Cookie);
        await signIn.SignInAsync(account, isPersistent: true, SignInWays.FirstAdmin);
        return TypedResults.LocalRedirect("/host");
    }

    private static RazorComponentResult Dead() => Pages.Render<DeadLinkPage>(status: StatusCodes.Status404NotFound);

    private static RazorComponentResult Refused(string? name, AccountRefusal refusal) =>
        Pages.Render<FirstAdminPage>(new { TypedName = name, Refusal = refusal }, StatusCodes.Status422UnprocessableEntity);
}
