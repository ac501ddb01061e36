using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using StudyQuiz.App.Features.SignInElsewhere;
using StudyQuiz.App.Features.UsePasskeys;
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
        app.MapPost("/account/sessions/end", EndSessionAsync).RequireAuthorization().AsksAgain("/account");
    }

    private static async Task<RazorComponentResult> Show(HttpContext http, string? changed, string? claimed, string? passkey, string? ended, string? joined, string? elsewhere, NpgsqlDataSource db, Learners learners, UserManager<Account> users, Clock clock) =>
        Pages.Render<AccountPage>(new { View = await AccountView.FindAsync(http, db, learners, users, clock), Ended = ended is not null, Joined = joined is not null, Elsewhere = elsewhere, Label = http.RequestServices.GetService<OidcSettings>()?.Label, Changed = changed is not null, Claimed = claimed is not null, Passkey = passkey });

    // The form names what it showed, so that a device that has begun anew meanwhile loses nothing unseen
    private static async Task<IResult> ClaimAsync(HttpContext http, [FromForm] Guid learner, NpgsqlDataSource db, Learners learners)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var account = Viewer.Of(http.User).AccountId!.Value;
        if (await ClaimDevice.FindAsync(connection, await learners.FindAllAsync(http), account) is { } device && device.Learner == learner)
            await ClaimDevice.MergeAsync(connection, learner, account);
        return TypedResults.LocalRedirect("/account?claimed=1");
    }

    // Another browser's: this one's own is ended by signing out
    private static async Task<IResult> EndSessionAsync(HttpContext http, [FromForm] Guid session, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await AccountSession.EndAsync(connection, session, Viewer.Of(http.User).AccountId!.Value, clock.Now);
        return TypedResults.LocalRedirect("/account?ended=1#sessions");
    }

    private static async Task<IResult> ChangePassword(
        HttpContext http, [FromForm] string? current, [FromForm] string? password, NpgsqlDataSource db, Learners learners, SignInTries tries, SignInManager<Account> signIn, Clock clock)
    {
        var account = (await signIn.UserManager.GetUserAsync(http.User))!;
        var wrong = await PasswordCheck.FailsAsync(http, account, current, tries);
        var refusal = wrong is null ? Accounts.CheckPassword(password, account.UserName) : null;
        if (wrong is not null || refusal is not null || !(await signIn.UserManager.ChangePasswordAsync(account, current ?? "", password!)).Succeeded)
        {
            var view = await AccountView.FindAsync(http, db, learners, signIn.UserManager, clock);
            return Pages.Render<AccountPage>(new { View = view, Try = wrong, Refusal = refusal }, StatusCodes.Status422UnprocessableEntity);
        }

        await signIn.RefreshSignInAsync(account); // this device stays, all others have an old stamp
        SecurityLog.Of(http).PasswordChanged(account.Id);
        return TypedResults.LocalRedirect("/account?changed=1");
    }
}

/// <summary>What an account's own page shows.</summary>
/// <param name="Device">What this device did without an account.</param>
/// <param name="Passkeys">In the order in which they were added.</param>
/// <param name="HasPassword">False where passkeys are the only way in.</param>
/// <param name="Sessions">Where the account is signed in.</param>
/// <param name="Session">This browser's.</param>
/// <param name="Connected">Other services by which they sign in.</param>
public sealed record AccountView(DeviceHistory? Device, IReadOnlyList<PasskeyRow> Passkeys, bool HasPassword, IReadOnlyList<AccountSession> Sessions, Guid? Session, IReadOnlyList<ConnectedSignIn> Connected)
{
    internal static async Task<AccountView> FindAsync(HttpContext http, NpgsqlDataSource db, Learners learners, UserManager<Account> users, Clock clock)
    {
        var account = (await users.GetUserAsync(http.User))!;
        var own = await learners.FindAllAsync(http);
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return new AccountView(
            await ClaimDevice.FindAsync(connection, own, account.Id), await PasskeyRow.OfAsync(connection, account.Id), account.PasswordHash is not null,
            await AccountSession.OfAsync(connection, account.Id, clock.Now), AccountCookie.SessionOf(http.User),
            await ConnectedSignIn.OfAsync(connection, account.Id));
    }
}
