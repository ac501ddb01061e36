using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.SignIn;

/// <summary>Signing in with a name and a password, and out.</summary>
public static class SignInEndpoints
{
    private static readonly Account Nobody = Accounts.Prepare("nobody", "a password that no one has");

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", Show);
        app.MapPost("/sign-in", SignIn).RequireRateLimiting(RateLimits.Passwords);
        app.MapPost("/sign-out", SignOut);
        app.MapPost("/sign-out/everywhere", SignOutEverywhere).RequireAuthorization().AsksAgain("/account");
    }

    private static IResult Show(HttpContext http, string? returnUrl, string? elsewhere, bool? again)
    {
        var viewer = Viewer.Of(http.User);
        return viewer.IsSignedIn && again != true
            ? TypedResults.LocalRedirect(LocalPath.Of(returnUrl))
            : Pages.Render<SignInPage>(new { ReturnUrl = LocalPath.Of(returnUrl), Elsewhere = elsewhere, Again = viewer.IsSignedIn, TypedName = viewer.Name });
    }

    private static async Task<IResult> SignIn(
        HttpContext http,
        [FromForm] string? name,
        [FromForm] string? password,
        [FromForm] string? returnUrl,
        SignInTries tries,
        Learners learners,
        SignInManager<Account> signIn)
    {
        var back = LocalPath.Of(returnUrl);
        var (account, attempt) = await TryAsync(http, name, password, tries, signIn.UserManager);
        if (account is not null)
        {
            await learners.ClaimDeviceAsync(http, account.Id);
            await signIn.SignInAsync(account, isPersistent: true, SignInWays.Password);
            return TypedResults.LocalRedirect(back);
        }

        return Pages.Render<SignInPage>(new { ReturnUrl = back, TypedName = name, Try = attempt }, StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The account of that name and password, as far as this network may still try.</summary>
    internal static async Task<(Account? Account, SignInTry Try)> TryAsync(HttpContext http, string? name, string? password, SignInTries tries, UserManager<Account> users)
    {
        var network = RateLimits.Network(http.Connection.RemoteIpAddress);
        var attempt = await tries.TakeAsync(name ?? "", network, http.RequestAborted);
        var account = UserName.Clean(name) is { } clean ? await users.FindByNameAsync(clean) : null;
        // Finding out that a name does not exist takes as long as that a password is wrong
        if (attempt.LockedFor is not null || !await Accounts.IsRightAsync(http.RequestServices.GetRequiredService<NpgsqlDataSource>(), account ?? Nobody, password ?? "", http.RequestAborted) || account is null)
        {
            SecurityLog.Of(http).Failed(SignInWays.Password, account?.Id, http.TraceIdentifier, attempt.LockedFor is not null);
            return (null, attempt);
        }

        await tries.ForgetAsync(account.UserName, network, http.RequestAborted);
        return (account, attempt);
    }

    // A form is asked for, though nothing of it is needed: it is what makes the antiforgery token be checked.
    private static async Task<IResult> SignOut(IFormCollection form, SignInManager<Account> signIn)
    {
        _ = form;
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect("/");
    }

    private static async Task<IResult> SignOutEverywhere(HttpContext http, IFormCollection form, NpgsqlDataSource db, SignInManager<Account> signIn)
    {
        _ = form;
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await AccountStore.EndSessionsAsync(connection, Viewer.Of(http.User).AccountId!.Value, http.RequestAborted);
        await signIn.SignOutAsync();
        return TypedResults.LocalRedirect("/");
    }
}
