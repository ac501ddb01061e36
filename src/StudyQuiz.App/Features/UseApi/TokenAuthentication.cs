using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>Knows the owner of a token that a request carries: <c>Authorization: Bearer sq_…</c>. Roles are read for each request, as for cookies.</summary>
internal sealed class TokenAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, NpgsqlDataSource db, Clock clock, SignInManager<Account> signIn, IOptions<IdentityOptions> identity)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "token";

    /// <summary>The claim that names the token itself.</summary>
    public const string Token = "token";

    private const string Bearer = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
        await using var connection = await db.OpenConnectionAsync(Context.RequestAborted);
        if (await ApiToken.UseAsync(connection, header[Bearer.Length..].Trim(), clock.Now) is not var (id, owner, scopes))
        {
            SecurityLog.Of(Context).Failed(SignInWays.Token, null, Context.TraceIdentifier, locked: false);
            return AuthenticateResult.Fail("There is no such token.");
        }

        if (await signIn.UserManager.FindByIdAsync(owner.ToString()) is not { } account) return AuthenticateResult.Fail("There is no such account.");
        var claims = (await signIn.CreateUserPrincipalAsync(account)).Claims.Concat(scopes.Split(' ').Select(scope => new Claim(ApiScopes.Claim, scope))).Append(new Claim(Token, id.ToString()));
        var names = identity.Value.ClaimsIdentity;
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity(claims, Scheme, names.UserNameClaimType, names.RoleClaimType)), Scheme));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status401Unauthorized;
        Response.Headers.WWWAuthenticate = "Bearer";
        return Task.CompletedTask;
    }
}

/// <summary>Requests of programs: what carries a token is nobody's browser, so its cookies are not looked at.</summary>
internal static class TokenRequests
{
    public static bool IsApi(HttpRequest request) => request.Path.StartsWithSegments("/api/v1", StringComparison.Ordinal);

    public static IApplicationBuilder UseTokenRequests(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (IsApi(http.Request) && http.Request.Headers.Authorization.Count > 0) http.Request.Headers.Remove("Cookie");
        return next(http);
    });
}
