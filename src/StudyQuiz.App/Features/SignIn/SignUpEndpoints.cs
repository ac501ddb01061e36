using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.SignIn;

/// <summary>Making an account, which takes over what this device has done.</summary>
public static class SignUpEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-up", Show);
        app.MapPost("/sign-up", SignUp).RequireRateLimiting(RateLimits.Passwords);
    }

    private static IResult Show(HttpContext http, string? returnUrl) =>
        Viewer.Of(http.User).IsSignedIn
            ? TypedResults.LocalRedirect(LocalPath.Of(returnUrl))
            : Pages.Render<SignUpPage>(new { ReturnUrl = LocalPath.Of(returnUrl) });

    private static async Task<IResult> SignUp(
        HttpContext http,
        [FromForm] string? name,
        [FromForm] string? password,
        [FromForm] bool? under14,
        [FromForm] string? returnUrl,
        NpgsqlDataSource db,
        SignInManager<Account> signIn)
    {
        var back = LocalPath.Of(returnUrl);
        var refusal = Accounts.Check(name, password, under14 == true);
        if (refusal is null)
        {
            var account = Accounts.Prepare(name!, password!, Roles.Learner);
            if (await InsertAsync(http, db, account))
            {
                await signIn.SignInAsync(account, isPersistent: true, SignInWays.NewAccount);
                return TypedResults.LocalRedirect(back);
            }

            refusal = AccountRefusal.NameTaken;
        }

        return Pages.Render<SignUpPage>(new { ReturnUrl = back, TypedName = name, Under14 = under14 == true, Refusal = refusal }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<bool> InsertAsync(HttpContext http, NpgsqlDataSource db, Account account)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        if (!await AccountStore.InsertAsync(connection, account, http.RequestAborted)) return false;
        await Learners.ClaimDeviceAsync(http, connection, account.Id);
        await transaction.CommitAsync(http.RequestAborted);
        return true;
    }
}
