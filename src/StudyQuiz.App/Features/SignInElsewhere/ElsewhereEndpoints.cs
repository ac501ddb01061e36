using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.SignInElsewhere;

/// <summary>The way to another service that signs people in, and what an account is connected with.</summary>
public static class ElsewhereEndpoints
{
    private static readonly TimeSpan LinkLives = TimeSpan.FromHours(1);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in/oidc", BeginAsync).RequireRateLimiting(RateLimits.Passwords);
        app.MapPost("/account/sign-ins/remove", RemoveAsync).RequireAuthorization().AsksAgain("/account");
    }

    /// <summary>What the account's page gives along, so that no other site's link connects an account with a stranger's.</summary>
    internal static string LinkOf(IDataProtectionProvider protection, Guid account) => Protector(protection).Protect(account.ToString(), LinkLives);

    private static async Task<IResult> BeginAsync(HttpContext http, string? returnUrl, string? link, bool? again, IDataProtectionProvider protection)
    {
        if (http.RequestServices.GetService<OidcSettings>() is null) return Pages.NotFound();
        // Another site's page signs nobody in: somebody presses the button here
        if (http.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site") return TypedResults.LocalRedirect($"/sign-in?returnUrl={Uri.EscapeDataString(LocalPath.Of(returnUrl))}");
        var properties = new OpenIdConnectChallengeProperties { RedirectUri = LocalPath.Of(returnUrl) };
        if (again == true) properties.Prompt = OpenIdConnectPrompt.Login; // whoever is asked again is asked there, too
        if (link is not null)
        {
            if (Account(protection, link) is not { } account || account != Viewer.Of(http.User).AccountId) return TypedResults.LocalRedirect("/account");
            if (!await RecentSignIn.IsAsync(http)) return TypedResults.LocalRedirect(RecentSignIn.PathTo("/account"));
            properties.Items[OidcSetup.LinkItem] = account.ToString();
        }

        return TypedResults.Challenge(properties, [OidcSettings.Scheme]);
    }

    private static Guid? Account(IDataProtectionProvider protection, string link)
    {
        try
        {
            return Guid.TryParse(Protector(protection).Unprotect(link), out var account) ? account : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static ITimeLimitedDataProtector Protector(IDataProtectionProvider protection) => protection.CreateProtector("studyquiz.connect").ToTimeLimitedDataProtector();

    private static async Task<IResult> RemoveAsync(HttpContext http, [FromForm] string? issuer, [FromForm] string? subject, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var account = Viewer.Of(http.User).AccountId!.Value;
        var removed = await ConnectedSignIn.RemoveAsync(connection, account, issuer ?? "", subject ?? "");
        if (removed) SecurityLog.Of(http).WaysChanged(account, "another service disconnected");
        return TypedResults.LocalRedirect(removed ? "/account?elsewhere=removed#elsewhere" : "/account?elsewhere=last#elsewhere");
    }
}
