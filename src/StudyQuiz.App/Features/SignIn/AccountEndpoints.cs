using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
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
    }

    private static RazorComponentResult Show(string? changed) => Pages.Render<AccountPage>(new { Changed = changed is not null });

    private static async Task<IResult> ChangePassword(
        HttpContext http, [FromForm] string? current, [FromForm] string? password, SignInTries tries, SignInManager<Account> signIn)
    {
        // Someone at a screen that was left open guesses no faster than at the door.
        var account = (await signIn.UserManager.GetUserAsync(http.User))!;
        var network = RateLimits.Network(http.Connection.RemoteIpAddress);
        var attempt = await tries.TakeAsync(account.UserName, network, http.RequestAborted);
        if (attempt.LockedFor is not null || !await signIn.UserManager.CheckPasswordAsync(account, current ?? "")) return Refused(new { Try = attempt });

        await tries.ForgetAsync(account.UserName, network, http.RequestAborted);
        var changed = await signIn.UserManager.ChangePasswordAsync(account, current ?? "", password ?? "");
        if (!changed.Succeeded) return Refused(new { TooShort = true });

        await signIn.RefreshSignInAsync(account); // this device stays, all others have an old stamp
        return TypedResults.LocalRedirect("/account?changed=1");
    }

    private static RazorComponentResult Refused(object why) => Pages.Render<AccountPage>(why, StatusCodes.Status422UnprocessableEntity);
}
