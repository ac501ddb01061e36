using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.SignIn;

/// <summary>One's own account: who one is here, and a new password.</summary>
public static class AccountEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/account", Show).RequireAuthorization();
        app.MapGet("/account/password", () => TypedResults.LocalRedirect("/account")); // a refusal stands at this address
        app.MapPost("/account/password", ChangePassword).RequireAuthorization().RequireRateLimiting(RateLimits.Passwords);
        app.MapPost("/account/claim", ClaimAsync).RequireAuthorization();
    }

    private static async Task<RazorComponentResult> Show(string? changed, string? claimed, HttpContext http, NpgsqlDataSource db, Learners learners)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return Pages.Render<AccountPage>(new
        {
            Changed = changed is not null,
            Claimed = claimed is not null,
            Device = await ClaimDevice.FindAsync(connection, await learners.FindAllAsync(http), Viewer.Of(http.User).AccountId!.Value),
        });
    }

    // The form names what it showed, so that a device that has begun anew meanwhile loses nothing unseen
    private static async Task<IResult> ClaimAsync(HttpContext http, [FromForm] Guid learner, NpgsqlDataSource db, Learners learners)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var account = Viewer.Of(http.User).AccountId!.Value;
        if (await ClaimDevice.FindAsync(connection, await learners.FindAllAsync(http), account) is { } device && device.Learner == learner)
            await ClaimDevice.MergeAsync(connection, learner, account);
        return TypedResults.LocalRedirect("/account?claimed=1");
    }

    private static async Task<IResult> ChangePassword(
        HttpContext http, [FromForm] string? current, [FromForm] string? password, SignInTries tries, SignInManager<Account> signIn)
    {
        var account = (await signIn.UserManager.GetUserAsync(http.User))!;
        if (await PasswordCheck.FailsAsync(http, account, current, tries, signIn.UserManager) is { } attempt) return Refused(new { Try = attempt });

        var changed = await signIn.UserManager.ChangePasswordAsync(account, current ?? "", password ?? "");
        if (!changed.Succeeded) return Refused(new { TooShort = true });

        await signIn.RefreshSignInAsync(account); // this device stays, all others have an old stamp
        return TypedResults.LocalRedirect("/account?changed=1");
    }

    private static RazorComponentResult Refused(object why) => Pages.Render<AccountPage>(why, StatusCodes.Status422UnprocessableEntity);
}
