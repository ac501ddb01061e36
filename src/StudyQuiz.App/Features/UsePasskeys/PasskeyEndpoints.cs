using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Components;
using StudyQuiz.App.Features.SignIn;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.UsePasskeys;

/// <summary>What a form knows before the browser is asked for a passkey.</summary>
internal sealed record PasskeyQuestion
{
    public string? Name { get; init; }
    public string? Password { get; init; }
    public bool Under14 { get; init; }

    public static async Task<PasskeyQuestion> ReadAsync(HttpContext http) => await BoundedJson.ReadAsync<PasskeyQuestion>(http, largest: 4096) ?? new();
}

/// <summary>A passkey that was just made, for whom the challenge named.</summary>
internal sealed record NewPasskey(PasskeyUserEntity Owner, UserPasskeyInfo Passkey);

/// <summary>
/// Signing in and up with a passkey, adding and removing one. A script asks for options, lets the browser ask its person, and sends a form with
/// what came of it. The challenge waits in a cookie, once and for minutes.
/// </summary>
public static class PasskeyEndpoints
{
    private const int LongestName = 40;
    private const int LongestCredential = 16 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        var options = app.MapGroup("/api/passkeys").RequireRateLimiting(RateLimits.Passwords);
        options.MapPost("/sign-in", AskToSignInAsync);
        options.MapPost("/sign-up", AskToSignUpAsync);
        options.MapPost("/add", AskToAddAsync).RequireAuthorization();
        app.MapPost("/sign-in/passkey", SignInAsync).RequireRateLimiting(RateLimits.Passwords);
        app.MapGet("/sign-in/passkey", () => TypedResults.LocalRedirect("/sign-in")); // a refusal stands at this address
        app.MapPost("/sign-up/passkey", SignUpAsync).RequireRateLimiting(RateLimits.Passwords);
        app.MapGet("/sign-up/passkey", () => TypedResults.LocalRedirect("/sign-up"));
        app.MapPost("/account/passkeys/add", AddAsync).RequireAuthorization();
        app.MapPost("/account/passkeys/remove", RemoveAsync).RequireAuthorization().AsksAgain("/account");
    }

    private static async Task<IResult> AskToSignInAsync(SignInManager<Account> signIn) => Json(await signIn.MakePasskeyRequestOptionsAsync(null));

    private static async Task<IResult> AskToSignUpAsync(HttpContext http, SignInManager<Account> signIn, IStringLocalizer<NewAccountText> text)
    {
        var asked = await PasskeyQuestion.ReadAsync(http);
        var refusal = Accounts.CheckName(asked.Name, asked.Under14);
        if (refusal is null && await signIn.UserManager.FindByNameAsync(UserName.Clean(asked.Name)!) is not null) refusal = AccountRefusal.NameTaken;
        if (refusal is { } why) return Refused(NewAccountFields.Trouble(why, text));
        return Json(await signIn.MakePasskeyCreationOptionsAsync(EntityOf(Guid.CreateVersion7(), UserName.Clean(asked.Name)!)));
    }

    private static async Task<IResult> AskToAddAsync(HttpContext http, SignInTries tries, SignInManager<Account> signIn, IStringLocalizer<SignInText> text)
    {
        var account = (await signIn.UserManager.GetUserAsync(http.User))!;
        // At a screen that was left open nobody puts in a key of their own
        if (account.PasswordHash is not null && await PasswordCheck.FailsAsync(http, account, (await PasskeyQuestion.ReadAsync(http)).Password, tries) is { } wrong)
            return Refused(wrong.Trouble(text, "WrongPassword"));
        if (account.PasswordHash is null && !await RecentSignIn.IsAsync(http)) return Refused(text["Again"]);
        return Json(await signIn.MakePasskeyCreationOptionsAsync(EntityOf(account.Id, account.UserName)));
    }

    private static async Task<IResult> SignInAsync(
        HttpContext http, [FromForm] string? credential, [FromForm] string? returnUrl, NpgsqlDataSource db, Clock clock, Learners learners, SignInManager<Account> signIn)
    {
        var back = LocalPath.Of(returnUrl);
        if (await AnswerAsync(credential, signIn.PerformPasskeyAssertionAsync) is { Succeeded: true, User: { } account, Passkey: { } passkey })
        {
            await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
            if (await AccountStore.UsePasskeyAsync(connection, account.Id, passkey, clock.Now, http.RequestAborted))
            {
                await learners.ClaimDeviceAsync(http, account.Id);
                await signIn.SignInAsync(account, isPersistent: true, SignInWays.Passkey);
                return TypedResults.LocalRedirect(back);
            }
        }

        SecurityLog.Of(http).Failed(SignInWays.Passkey, null, http.TraceIdentifier, locked: false);
        return Pages.Render<SignInPage>(new { ReturnUrl = back, PasskeyFailed = true }, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> SignUpAsync(HttpContext http, [FromForm] string? credential, [FromForm] string? returnUrl, NpgsqlDataSource db, SignInManager<Account> signIn)
    {
        var back = LocalPath.Of(returnUrl);
        if (await AttestAsync(signIn, credential) is not { } made || !Guid.TryParse(made.Owner.Id, out var id))
            return Pages.Render<SignUpPage>(new { ReturnUrl = back, PasskeyFailed = true }, StatusCodes.Status422UnprocessableEntity);

        var account = Accounts.Prepare(made.Owner.Name, id);
        await using (var connection = await db.OpenConnectionAsync(http.RequestAborted))
        await using (var transaction = await connection.BeginTransactionAsync(http.RequestAborted))
        {
            if (!await AccountStore.InsertAsync(connection, account, http.RequestAborted))
                return Pages.Render<SignUpPage>(new { ReturnUrl = back, TypedName = account.UserName, Refusal = (AccountRefusal?)AccountRefusal.NameTaken }, StatusCodes.Status422UnprocessableEntity);
            await AccountStore.AddPasskeyAsync(connection, id, made.Passkey, http.RequestAborted);
            await Learners.ClaimDeviceAsync(http, connection, id);
            await transaction.CommitAsync(http.RequestAborted);
        }

        await signIn.SignInAsync(account, isPersistent: true, SignInWays.NewAccount);
        return TypedResults.LocalRedirect(back);
    }

    private static async Task<IResult> AddAsync(HttpContext http, [FromForm] string? credential, [FromForm] string? name, NpgsqlDataSource db, SignInManager<Account> signIn)
    {
        var account = Viewer.Of(http.User).AccountId!.Value;
        // The challenge names whom it was made for: somebody who signed in here since gets no other's key
        if (await AttestAsync(signIn, credential) is not { } made || made.Owner.Id != account.ToString()) return TypedResults.LocalRedirect("/account?passkey=failed#passkeys");
        made.Passkey.Name = name?.Trim() is { Length: > 0 and <= LongestName } given ? given : null;
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var added = await AccountStore.AddPasskeyAsync(connection, account, made.Passkey, http.RequestAborted);
        if (added) SecurityLog.Of(http).WaysChanged(account, "passkey added");
        return TypedResults.LocalRedirect($"/account?passkey={(added ? "added" : "failed")}#passkeys");
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, [FromForm] string? id, NpgsqlDataSource db)
    {
        if (id is null || !Base64Url.IsValid(id)) return Pages.NotFound();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var account = Viewer.Of(http.User).AccountId!.Value;
        var removed = await AccountStore.RemovePasskeyAsync(connection, account, Base64Url.DecodeFromChars(id), http.RequestAborted);
        if (removed) SecurityLog.Of(http).WaysChanged(account, "passkey removed");
        return TypedResults.LocalRedirect($"/account?passkey={(removed ? "removed" : "kept")}#passkeys");
    }

    private static async Task<NewPasskey?> AttestAsync(SignInManager<Account> signIn, string? credential) =>
        await AnswerAsync(credential, signIn.PerformPasskeyAttestationAsync) is { Succeeded: true, UserEntity: { } owner, Passkey: { } passkey } ? new NewPasskey(owner, passkey) : null;

    private static async Task<TResult?> AnswerAsync<TResult>(string? credential, Func<string, Task<TResult>> check)
        where TResult : class
    {
        if (credential is not { Length: > 0 and <= LongestCredential }) return null;
        try
        {
            return await check(credential);
        }
        catch (InvalidOperationException)
        {
            return null; // No challenge of this kind waits: it was answered before, or is over
        }
    }

    private static PasskeyUserEntity EntityOf(Guid id, string name) => new() { Id = id.ToString(), Name = name, DisplayName = name };

    private static IResult Json(string options) => Results.Text(options, "application/json");

    private static IResult Refused(string message) => Results.Json(new { message }, statusCode: StatusCodes.Status422UnprocessableEntity);
}
