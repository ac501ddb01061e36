using System.Net;

namespace StudyQuiz.App.Platform.Identity;

/// <summary>Another service that people sign in with by OpenID Connect, as the configuration names it.</summary>
/// <param name="Authority">The service's address, as its discovery document gives it.</param>
/// <param name="Label">What the button calls it.</param>
/// <param name="NameClaim">The claim that a new account is named after.</param>
/// <param name="CreateAccounts">Whether whoever comes for the first time gets an account, as a learner; else only who connected one here signs in.</param>
public sealed record OidcSettings(Uri Authority, string ClientId, string? ClientSecret, string Label, string NameClaim, bool CreateAccounts)
{
    public const string Scheme = "oidc";

    /// <summary>Where the service sends people back to; it has to be registered there.</summary>
    public const string CallbackPath = "/sign-in/oidc/callback";

    /// <summary>The settings; null where none are given.</summary>
    /// <exception cref="SettingException">One of them can't be used.</exception>
    public static OidcSettings? Of(IConfiguration configuration)
    {
        var section = configuration.GetSection("Oidc");
        if (section["Authority"] is not { Length: > 0 } typed) return null;
        if (!Uri.TryCreate(typed, UriKind.Absolute, out var authority) || (authority.Scheme != Uri.UriSchemeHttps && !IsLocal(authority)))
            throw new SettingException($"Oidc:Authority has to be an https address, such as https://id.example.org/realms/school, and is {typed}.");
        if (section["ClientId"] is not { Length: > 0 } client) throw new SettingException("Oidc:ClientId is missing: set it to the name under which StudyQuiz is registered there.");
        return new OidcSettings(
            authority, client, section["ClientSecret"] is { Length: > 0 } secret ? secret : null, section["Label"] is { Length: > 0 } label ? label : authority.Host,
            section["NameClaim"] is { Length: > 0 } claim ? claim : "preferred_username", section.GetValue("CreateAccounts", true));
    }

    private static bool IsLocal(Uri address) => address.Scheme == Uri.UriSchemeHttp && (address.Host == "localhost" || (IPAddress.TryParse(address.Host, out var ip) && IPAddress.IsLoopback(ip)));
}
