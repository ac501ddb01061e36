using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Npgsql;
using StudyQuiz.App.Features.SignIn;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>Who a token acts for.</summary>
/// <param name="Scopes">Null for a browser that is signed in: it may do all that its roles allow.</param>
public sealed record ApiMe(Guid Id, string Name, IReadOnlyList<string> Roles, IReadOnlyList<string>? Scopes);

/// <summary>A name and a password for a token.</summary>
/// <param name="Token">What the token is for, as its owner's list shows it.</param>
/// <param name="Scopes">Null for all of them; an empty list is refused.</param>
/// <param name="Days">How long it is good, 1 to 366.</param>
public sealed record ApiSignIn(string Name, string Password, string Token, IReadOnlyList<string>? Scopes = null, int Days = 30);

/// <summary>A token, shown this once.</summary>
public sealed record ApiNewToken(string Token, ApiListedToken About);

/// <summary>A token as its owner's list shows it.</summary>
/// <param name="LastUsedAt">To the minute.</param>
public sealed record ApiListedToken(Guid Id, string Name, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt);

/// <summary>Signing in with a program, and the tokens that come of it.</summary>
internal static class TokensApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var tokens = api.MapGroup("").WithTags("Tokens");
        tokens.MapPost("/sign-in", SignInAsync).RequireRateLimiting(RateLimits.Passwords).WithName("SignIn").WithSummary("Gives a token for a name and a password. On the account's page a token is made without a password.");
        tokens.MapGet("/me", (HttpContext http) => TypedResults.Ok(Me(http))).Needs(null).WithName("GetMe").WithSummary("Who the token acts for and what it may be used for.");
        tokens.MapGet("/tokens", ListAsync).Needs(null).WithName("ListTokens").WithSummary("Your tokens that are good; a token sees itself alone.");
        tokens.MapDelete("/tokens/{id:guid}", RevokeAsync).Needs(null).WithName("RevokeToken").WithSummary("Revokes a token of yours; a token revokes itself alone.");
    }

    private static async Task<Results<Created<ApiNewToken>, ProblemHttpResult>> SignInAsync(ApiSignIn body, HttpContext http, NpgsqlDataSource db, SignInTries tries, SignInManager<Account> signIn, Clock clock)
    {
        var (account, attempt) = await SignInEndpoints.TryAsync(http, body.Name, body.Password, tries, signIn.UserManager);
        if (account is null)
        {
            if (attempt.LockedFor is { } wait) http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture);
            return ApiResults.Problem(attempt.LockedFor is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status429TooManyRequests, attempt.LockedFor is null ? "wrong" : "locked", "Name or password is wrong, or was tried too often.");
        }

        if (body.Days < ApiToken.Days.Least || body.Days > ApiToken.Days.Most) return ApiResults.Invalid("days", "A token is good for 1 to 366 days.");
        if (body.Scopes?.Except(ApiScopes.All, StringComparer.Ordinal).Any() == true) return ApiResults.Invalid("scopes", "There is a scope among them that is none.", ApiScopes.All);
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return await ApiToken.MakeAsync(connection, account.Id, body.Token, body.Scopes ?? ApiScopes.All, body.Days, clock.Now) is var (token, secret)
            ? TypedResults.Created($"/api/v1/tokens/{token.Id}", new ApiNewToken(secret, Show(token)))
            : ApiResults.Invalid("token", "A token has a name of 1 to 100 characters and known scopes, and there are 50 at most.", ApiScopes.All);
    }

    private static async Task<Ok<ApiPage<ApiListedToken>>> ListAsync(HttpContext http, NpgsqlDataSource db, Clock clock, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return TypedResults.Ok(ApiResults.PageOf([.. (await ApiToken.OfAsync(connection, Viewer.Of(http.User).AccountId!.Value, clock.Now)).Where(token => MayTouch(http, token.Id))], after, limit, token => token.Id.ToString(), Show));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(Guid id, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return MayTouch(http, id) && await ApiToken.RevokeAsync(connection, Viewer.Of(http.User).AccountId!.Value, id, clock.Now) ? TypedResults.NoContent() : ApiResults.NotFound();
    }

    // A token that leaked must not show or end the others
    private static bool MayTouch(HttpContext http, Guid token) => http.User.FindFirst(TokenAuthentication.Token) is not { } own || own.Value == token.ToString();

    private static ApiMe Me(HttpContext http)
    {
        var viewer = Viewer.Of(http.User);
        var isToken = http.User.Identities.Any(identity => identity.AuthenticationType == TokenAuthentication.Scheme);
        return new ApiMe(viewer.AccountId!.Value, viewer.Name!, [.. Roles.All.Where(http.User.IsInRole)], isToken ? [.. http.User.FindAll(ApiScopes.Claim).Select(claim => claim.Value)] : null);
    }

    private static ApiListedToken Show(ApiToken token) => new(
        token.Id, token.Name, token.Scopes, new DateTimeOffset(token.CreatedAt, TimeSpan.Zero), new DateTimeOffset(token.ExpiresAt, TimeSpan.Zero), token.LastUsedAt is { } used ? new DateTimeOffset(used, TimeSpan.Zero) : null);
}
