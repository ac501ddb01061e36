using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using StudyQuiz.App.Features.SignIn;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.ResetPassword;

/// <summary>Asking for a new password, and choosing it with a link from an admin or a mail.</summary>
public static class ResetPasswordEndpoints
{
    private const string Cookie = "sq-reset";
    private static readonly TimeSpan TimeToFillIn = TimeSpan.FromMinutes(15);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/forgot-password", (ResetMails mails) => Pages.Render<ForgotPage>(new { SendsMail = mails.AreSent }));
        app.MapPost("/forgot-password", Ask).RequireRateLimiting(RateLimits.Passwords);
        app.MapGet(ResetLink.Path + "/{secret}", OpenAsync);
        app.MapGet(ResetLink.Path, ShowAsync);
        app.MapPost(ResetLink.Path, ChooseAsync).RequireRateLimiting(RateLimits.Passwords);
    }

    // Nothing is looked up here, so that neither the answer nor the time that it takes tells which names exist.
    private static IResult Ask(HttpContext http, [FromForm] string? name, ResetMails mails)
    {
        if (!mails.AreSent) return TypedResults.LocalRedirect("/forgot-password");
        return mails.Ask(name ?? "", RateLimits.Network(http.Connection.RemoteIpAddress))
            ? Pages.Render<ForgotPage>(new { SendsMail = true, Asked = true })
            : TypedResults.StatusCode(StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Moves the secret from the address, which histories and screens keep, into a cookie.</summary>
    private static async Task<IResult> OpenAsync(HttpContext http, string secret, NpgsqlDataSource db, Clock clock)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "no-store";
        if (await FindNameAsync(http, secret, db, clock) is null) return Dead();
        SafeCookies.Write(http, Cookie, secret, TimeToFillIn);
        return TypedResults.LocalRedirect(ResetLink.Path);
    }

    private static async Task<RazorComponentResult> ShowAsync(HttpContext http, NpgsqlDataSource db, Clock clock) =>
        await FindNameAsync(http, SafeCookies.Read(http, Cookie), db, clock) is { } name ? Pages.Render<ResetPage>(new { Name = name }) : Dead();

    private static async Task<IResult> ChooseAsync(
        HttpContext http, [FromForm] string? password, NpgsqlDataSource db, Clock clock, SignInTries tries, SignInManager<Account> signIn)
    {
        if (SafeCookies.Read(http, Cookie) is not { } secret || await FindNameAsync(http, secret, db, clock) is not { } name) return Dead();
        if (Accounts.CheckPassword(password, name) is { } refusal) return Pages.Render<ResetPage>(new { Name = name, Refusal = (AccountRefusal?)refusal }, StatusCodes.Status422UnprocessableEntity);

        Guid? id;
        await using (var connection = await db.OpenConnectionAsync(http.RequestAborted))
            id = await ResetLink.UseAsync(connection, secret, Accounts.Hash(password!), clock.Now, http.RequestAborted);
        SafeCookies.Delete(http, Cookie);
        if (id is null || await signIn.UserManager.FindByIdAsync(id.Value.ToString()) is not { } account) return Dead();

        // Whoever forgot it may have used up their tries
        await tries.ForgetAsync(account.UserName, RateLimits.Network(http.Connection.RemoteIpAddress), http.RequestAborted);
        SecurityLog.Of(http).PasswordChanged(account.Id);
        await signIn.SignInAsync(account, isPersistent: true, SignInWays.ResetLink);
        return TypedResults.LocalRedirect("/account?changed=1");
    }

    private static async Task<string?> FindNameAsync(HttpContext http, string? secret, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await ResetLink.FindNameAsync(connection, secret, clock.Now, http.RequestAborted);
    }

    private static RazorComponentResult Dead() => Pages.Render<ResetDeadPage>(status: StatusCodes.Status404NotFound);
}
