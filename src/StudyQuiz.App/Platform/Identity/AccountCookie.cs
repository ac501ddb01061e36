using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;
using Npgsql;

namespace StudyQuiz.App.Platform.Identity;

/// <summary>The cookie that keeps someone signed in, and what happens to those who are not.</summary>
internal sealed class AccountCookie(SignInManager<Account> signIn, IOptions<IdentityOptions> identity, NpgsqlDataSource db, Clock clock, SecurityLog log) : CookieAuthenticationEvents
{
    public const string Name = "sq-account";

    /// <summary>How long somebody may take to look for a finger, a phone or a key.</summary>
    public static readonly TimeSpan PasskeyPatience = TimeSpan.FromMinutes(10);

    /// <summary>How long a cookie holds from its last use on.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    public static void Configure(CookieAuthenticationOptions options)
    {
        options.EventsType = typeof(AccountCookie);
        options.Cookie.Name = Name;
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = Lifetime;
        options.SlidingExpiration = true;
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "returnUrl";
    }

    /// <summary>The cookie in which a passkey's challenge waits for its answer: Identity keeps it where it keeps sign-ins that are half done.</summary>
    public static void ConfigurePasskeyState(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "sq-passkey";
        options.Cookie.Path = "/";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Strict;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.ExpireTimeSpan = PasskeyPatience;
        options.SlidingExpiration = false;
    }

    /// <summary>
    /// Reads the account again for each request, by its key: a role that is given or taken, a changed password and a deleted
    /// account count at once and on every host, and nobody has to sign in again because a role changed.
    /// </summary>
    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.HttpContext.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null) return;

        var account = await signIn.UserManager.GetUserAsync(context.Principal!);
        var stamp = context.Principal!.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType);
        if (account is not null && string.Equals(account.SecurityStamp, stamp, StringComparison.Ordinal) && await SessionAsync(context, account) is { } session)
        {
            context.ReplacePrincipal(WithSession(await signIn.CreateUserPrincipalAsync(account), session));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(context.Scheme.Name);
    }

    /// <summary>
    /// Whoever signs in begins a session, which their account's page lists, and ends the one that this browser had: a copy of its cookie is nobody's
    /// then. A new password, by which nobody signs in, keeps the one of the browser that it is changed in.
    /// </summary>
    public override async Task SigningIn(CookieSigningInContext context)
    {
        if (await signIn.UserManager.GetUserAsync(context.Principal!) is not { } account) return;
        var way = context.Principal!.FindFirstValue(ClaimTypes.AuthenticationMethod);
        // Asked for by its scheme: who comes back from another service is nobody yet
        var here = (await context.HttpContext.AuthenticateAsync(context.Scheme.Name)).Principal ?? new ClaimsPrincipal();
        var (before, owner) = (SessionOf(here), Viewer.Of(here).AccountId);
        var session = way is null && owner == account.Id && before is { } same ? same : Guid.CreateVersion7();
        if (before is { } old && old != session)
        {
            await using var connection = await db.OpenConnectionAsync(context.HttpContext.RequestAborted);
            await AccountSession.EndAsync(connection, old, owner!.Value, clock.Now);
        }

        if (await BeginAsync(context.HttpContext, session, account)) WithSession(context.Principal!, session);
        if (way is not null) log.SignedIn(account.Id, way, context.HttpContext.TraceIdentifier);
    }

    /// <summary>A browser that signs out is listed no more.</summary>
    public override async Task SigningOut(CookieSigningOutContext context)
    {
        if (SessionOf(context.HttpContext.User) is not { } session || Viewer.Of(context.HttpContext.User).AccountId is not { } account) return;
        await using var connection = await db.OpenConnectionAsync(context.HttpContext.RequestAborted);
        await AccountSession.EndAsync(connection, session, account, clock.Now);
        log.SignedOut(account);
    }

    /// <summary>The session that a browser's cookie names.</summary>
    public static Guid? SessionOf(ClaimsPrincipal user) => Guid.TryParse(user.FindFirstValue(AccountSession.Claim), out var session) ? session : null;

    // A cookie from before sessions had names gets one, the same for all requests that carry it at once
    private async Task<Guid?> SessionAsync(CookieValidatePrincipalContext context, Account account)
    {
        if (SessionOf(context.Principal!) is { } named)
        {
            await using var connection = await db.OpenConnectionAsync(context.HttpContext.RequestAborted);
            return await AccountSession.IsOpenAsync(connection, named, account.Id, clock.Now, context.HttpContext.RequestAborted) ? named : null;
        }

        var issued = context.Properties.IssuedUtc?.ToString("O", CultureInfo.InvariantCulture);
        var session = new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{account.Id}/{account.SecurityStamp}/{issued}")).AsSpan(0, 16));
        context.ShouldRenew = true;
        return await BeginAsync(context.HttpContext, session, account) ? session : null;
    }

    private async Task<bool> BeginAsync(HttpContext http, Guid session, Account account)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await AccountSession.BeginAsync(connection, session, account, http.Request.Headers.UserAgent, clock.Now, http.RequestAborted);
    }

    private static ClaimsPrincipal WithSession(ClaimsPrincipal principal, Guid session)
    {
        ((ClaimsIdentity)principal.Identity!).AddClaim(new Claim(AccountSession.Claim, session.ToString()));
        return principal;
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context) =>
        IsForPrograms(context.Request) ? Answer(context, StatusCodes.Status401Unauthorized) : base.RedirectToLogin(context);

    // Pages, too: the message page says what to do, at the address that was asked for.
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context) =>
        Answer(context, StatusCodes.Status403Forbidden);

    private static bool IsForPrograms(HttpRequest request) =>
        request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal);

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
