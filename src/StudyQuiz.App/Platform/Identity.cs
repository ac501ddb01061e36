using Microsoft.AspNetCore.Authentication.Cookies;

namespace StudyQuiz.App.Platform;

/// <summary>Who may do what.</summary>
public static class Identity
{
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.HostGames, policy => policy.RequireRole(Roles.Host, Roles.Editor, Roles.Admin))
            .AddPolicy(Policies.ManagePeople, policy => policy.RequireRole(Roles.Admin));
        return services;
    }
}
