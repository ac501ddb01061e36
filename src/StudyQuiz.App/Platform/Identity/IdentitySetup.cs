using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace StudyQuiz.App.Platform.Identity;

/// <summary>Who someone is and what they may do.</summary>
public static class IdentitySetup
{
    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddIdentityCore<Account>(options =>
            {
                options.User.AllowedUserNameCharacters = ""; // UserName.Clean has the rule
                options.Password = new PasswordOptions
                {
                    RequiredLength = Accounts.ShortestPassword,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                };
            })
            .AddUserStore<AccountStore>()
            .AddClaimsPrincipalFactory<AccountPrincipals>()
            .AddSignInManager();
        services.AddSingleton(Accounts.Hasher);
        services.AddSingleton<SecurityLog>().AddSingleton<AccountStore>().AddScoped<AccountCookie>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddCookie(IdentityConstants.ApplicationScheme, AccountCookie.Configure)
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, AccountCookie.ConfigurePasskeyState);
        services.AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<AppHostOptions>((options, host) =>
        {
            // Behind a proxy the name that people use may not be the one that requests carry
            options.ServerDomain = host.PublicUrl?.Host;
            options.AuthenticatorTimeout = AccountCookie.PasskeyPatience;
            // It stands in for name and password both
            options.ResidentKeyRequirement = "required";
            options.UserVerificationRequirement = "required";
        });
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.HostGames, policy => policy.RequireRole(Roles.Host, Roles.Editor, Roles.Admin))
            .AddPolicy(Policies.EditBanks, policy => policy.RequireRole(Roles.Editor, Roles.Admin))
            .AddPolicy(Policies.ManagePeople, policy => policy.RequireRole(Roles.Admin));

        services.AddDataProtection().SetApplicationName("studyquiz");
        services.AddOptions<KeyManagementOptions>().Configure<NpgsqlDataSource>((options, db) => options.XmlRepository = new KeyRing(db));
        // It warns that the key ring is not encrypted, which is meant: see KeyRing.
        services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error));
        return services;
    }
}
