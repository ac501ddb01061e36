using Microsoft.AspNetCore.Identity;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>What a token may be used for. It never gives more than its owner's roles do.</summary>
internal static class ApiScopes
{
    public const string BanksRead = "banks:read";
    public const string BanksWrite = "banks:write";
    public const string QuizzesRead = "quizzes:read";
    public const string QuizzesWrite = "quizzes:write";
    public const string AttemptsRead = "attempts:read";
    public const string AttemptsWrite = "attempts:write";
    public const string CardsRead = "cards:read";
    public const string CardsWrite = "cards:write";
    public const string GamesRead = "games:read";
    public const string GamesWrite = "games:write";
    public const string GroupsRead = "groups:read";
    public const string GroupsWrite = "groups:write";
    public const string PeopleRead = "people:read";
    public const string PeopleWrite = "people:write";
    public const string Webhooks = "webhooks";

    /// <summary>The claim of a token's owner for each of its scopes.</summary>
    public const string Claim = "scope";

    public static IReadOnlyList<string> All { get; } = [BanksRead, BanksWrite, QuizzesRead, QuizzesWrite, AttemptsRead, AttemptsWrite, CardsRead, CardsWrite, GamesRead, GamesWrite, GroupsRead, GroupsWrite, PeopleRead, PeopleWrite, Webhooks];

    /// <summary>Lets in whoever has a token with a scope, or is signed in here, as far as their roles go.</summary>
    /// <param name="scope">Null where any token will do.</param>
    /// <param name="roles">One of these; none of them for everybody with an account.</param>
    public static TBuilder Needs<TBuilder>(this TBuilder endpoint, string? scope, params string[] roles)
        where TBuilder : IEndpointConventionBuilder => endpoint
        .RequireAuthorization(policy =>
        {
            policy.AddAuthenticationSchemes(TokenAuthentication.Scheme, IdentityConstants.ApplicationScheme).RequireAuthenticatedUser();
            if (roles.Length > 0) policy.RequireRole(roles);
            if (scope is not null) policy.RequireAssertion(context => context.User.Identities.All(identity => identity.AuthenticationType != TokenAuthentication.Scheme) || context.User.HasClaim(Claim, scope));
        })
        .WithMetadata(new NeededScope(scope, roles));

    /// <summary>Whoever opens games and keeps quizzes and groups.</summary>
    public static string[] Hosts { get; } = [Roles.Host, Roles.Editor, Roles.Admin];

    /// <summary>Whoever decides who may do what.</summary>
    public static string[] Admins { get; } = [Roles.Admin];

    /// <summary>Whoever keeps banks.</summary>
    public static string[] Editors { get; } = [Roles.Editor, Roles.Admin];
}

/// <summary>What an endpoint asks for, as the document tells it.</summary>
internal sealed record NeededScope(string? Scope, IReadOnlyList<string> Roles);
