using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace StudyQuiz.App.Platform.Identity;

/// <summary>What becomes of somebody who was signed in elsewhere.</summary>
public interface ISignInElsewhere
{
    /// <summary>Answers the request that brought them back.</summary>
    Task FinishAsync(HttpContext http, System.Security.Claims.ClaimsPrincipal principal, string? linkTo, string? returnUrl);
}

/// <summary>Signing in with another service: the code flow with PKCE. Nothing of its tokens is kept.</summary>
public static class OidcSetup
{
    /// <summary>In the state that travels with the browser: the account that the other one is to be connected with.</summary>
    public const string LinkItem = "link";

    /// <typeparam name="TFinish">Answers whoever comes back.</typeparam>
    public static IServiceCollection AddOidc<TFinish>(this IServiceCollection services, OidcSettings? settings)
        where TFinish : class, ISignInElsewhere
    {
        if (settings is null) return services;
        services.AddSingleton(settings).AddScoped<ISignInElsewhere, TFinish>();
        services.AddAuthentication().AddOpenIdConnect(OidcSettings.Scheme, options =>
        {
            options.Authority = settings.Authority.ToString();
            options.RequireHttpsMetadata = settings.Authority.Scheme == Uri.UriSchemeHttps;
            options.ClientId = settings.ClientId;
            options.ClientSecret = settings.ClientSecret;
            options.CallbackPath = OidcSettings.CallbackPath;
            options.ResponseType = OpenIdConnectResponseType.Code;
            // Not a posted form: a cookie that comes along with another site's POST needs TLS
            options.ResponseMode = OpenIdConnectResponseMode.Query;
            options.UsePkce = true;
            options.MapInboundClaims = false;
            options.GetClaimsFromUserInfoEndpoint = false;
            options.SaveTokens = false;
            options.DisableTelemetry = true;
            options.Scope.Clear();
            options.Scope.Add("openid");
            options.Scope.Add("profile");
            options.CorrelationCookie.Path = options.NonceCookie.Path = "/"; // that of the callback would keep them from being bound to the host
            options.CorrelationCookie.SameSite = options.NonceCookie.SameSite = SameSiteMode.Lax;
            options.CorrelationCookie.SecurePolicy = options.NonceCookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            options.Events = new OpenIdConnectEvents
            {
                // What comes from the token endpoint the handler takes without a signature, too, as the specification allows: TLS stands for it there
                OnTokenValidated = context =>
                {
                    if (context.SecurityToken.RawSignature is not { Length: > 0 }) context.Fail("The token is not signed.");
                    return Task.CompletedTask;
                },
                OnTicketReceived = async context =>
                {
                    string? link = null;
                    context.Properties?.Items.TryGetValue(LinkItem, out link);
                    await context.HttpContext.RequestServices.GetRequiredService<ISignInElsewhere>().FinishAsync(context.HttpContext, context.Principal!, link, context.ReturnUri);
                    context.HandleResponse();
                },
                OnRemoteFailure = context =>
                {
                    context.HttpContext.RequestServices.GetRequiredService<ILogger<OidcSettings>>().LogWarning("Somebody could not be signed in by {Label}: {Why}", settings.Label, context.Failure?.GetType().Name);
                    context.Response.Redirect("/sign-in?elsewhere=failed");
                    context.HandleResponse();
                    return Task.CompletedTask;
                },
            };
        });
        return services;
    }
}
