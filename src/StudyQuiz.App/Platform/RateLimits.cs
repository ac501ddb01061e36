using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace StudyQuiz.App.Platform;

/// <summary>How often one address may do what is costly or worth guessing. A school has one address for all.</summary>
public static class RateLimits
{
    /// <summary>Whatever takes a password: a class or three may sign in within a minute, a guesser gets two tries a second.</summary>
    public const string Passwords = "passwords";

    /// <summary>The HTTP API, for each token: a program may fetch a list at once, and then twenty things a second.</summary>
    public const string Api = "api";

    /// <summary>What reads or makes much at once: files, texts, reports.</summary>
    public const string ApiHeavy = "api-heavy";

    private const int PasswordsAtOnce = 200;
    private const int PasswordsAPeriod = 20;
    private static readonly TimeSpan PasswordsPeriod = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddRateLimits(this IServiceCollection services) => services.AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (rejected, _) =>
        {
            if (rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
            {
                rejected.HttpContext.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }

            return ValueTask.CompletedTask;
        };
        options.AddPolicy(Passwords, http => RateLimitPartition.GetTokenBucketLimiter(Network(http.Connection.RemoteIpAddress), _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = PasswordsAtOnce,
            TokensPerPeriod = PasswordsAPeriod,
            ReplenishmentPeriod = PasswordsPeriod,
        }));
        options.AddPolicy(Api, http => Bucket(http, 600, 20, TimeSpan.FromSeconds(1)));
        options.AddPolicy(ApiHeavy, http => Bucket(http, 60, 1, TimeSpan.FromSeconds(1)));
    });

    // By token where one is sent, else by address: a token that is none costs one look at an index
    private static RateLimitPartition<string> Bucket(HttpContext http, int atOnce, int aPeriod, TimeSpan period) => RateLimitPartition.GetTokenBucketLimiter(
        http.Request.Headers.Authorization.ToString() is { Length: > 0 } token ? Convert.ToHexString(SecretToken.Hash(token)) : Network(http.Connection.RemoteIpAddress),
        _ => new TokenBucketRateLimiterOptions { TokenLimit = atOnce, TokensPerPeriod = aPeriod, ReplenishmentPeriod = period });

    /// <summary>What counts as one address: with IPv6 everyone has a whole /64 to send from.</summary>
    internal static string Network(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => new IPNetwork(new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]), 64).ToString(),
        _ => address.ToString(),
    };
}
