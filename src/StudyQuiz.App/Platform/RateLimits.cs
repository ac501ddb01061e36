using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace StudyQuiz.App.Platform;

/// <summary>How often one address may do what is costly or worth guessing; the figures are <see cref="Limits"/>. A school has one address for all.</summary>
public static class RateLimits
{
    /// <summary>Whatever takes a password: a class or three may sign in within a minute, a guesser gets two tries a second.</summary>
    public const string Passwords = "passwords";

    /// <summary>Looking for a game and taking a seat in it.</summary>
    public const string Joins = "joins";

    /// <summary>Opening a live game's socket, and having it open.</summary>
    public const string Sockets = "sockets";

    /// <summary>The HTTP API, for each token: a program may fetch a list at once, and then twenty things a second.</summary>
    public const string Api = "api";

    /// <summary>What reads or makes much at once: files, texts, reports.</summary>
    public const string ApiHeavy = "api-heavy";

    private const int WaitingPasswords = 400;
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static IServiceCollection AddRateLimits(this IServiceCollection services, Limits limits) => services.AddSingleton(limits).AddSingleton<RefusedCounts>().AddRateLimiter(options =>
    {
        options.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        options.OnRejected = (rejected, _) =>
        {
            var http = rejected.HttpContext;
            http.RequestServices.GetRequiredService<RefusedCounts>().Add(PolicyOf(http)!);
            // What waits for others to end can't say for how long
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var known) ? known : Second;
            http.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return ValueTask.CompletedTask;
        };
        // Places come before tokens: what waits for a place has paid for none yet
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, (string?, string)>(http => PolicyOf(http) switch
            {
                Passwords => Places(Passwords, http, limits.PasswordsBeside, limits.PasswordsWaiting),
                Joins => Places(Joins, http, limits.JoinsBeside, limits.JoinsWaiting),
                Sockets => Places(Sockets, http, limits.SocketsOpen, 0),
                _ => RateLimitPartition.GetNoLimiter<(string?, string)>(default),
            }),
            PartitionedRateLimiter.Create<HttpContext, string>(http => PolicyOf(http) switch
            {
                Passwords => RateLimitPartition.GetConcurrencyLimiter(Passwords, _ => Beside(Environment.ProcessorCount, WaitingPasswords)),
                Sockets => RateLimitPartition.GetConcurrencyLimiter(Sockets, _ => Beside(limits.SocketsOfHost, 0)),
                _ => RateLimitPartition.GetNoLimiter(""),
            }),
            PartitionedRateLimiter.Create<HttpContext, (string?, string)>(http => PolicyOf(http) switch
            {
                Passwords => Tokens(Passwords, http, limits.PasswordsAtOnce, limits.PasswordsIn10Seconds, TimeSpan.FromSeconds(10)),
                Joins => Tokens(Joins, http, limits.JoinsAtOnce, limits.JoinsASecond, Second),
                // What goes on by a negotiated connection's id opens none
                Sockets when !http.Request.Query.ContainsKey("id") => Tokens(Sockets, http, limits.SocketsAtOnce, limits.SocketsASecond, Second),
                _ => RateLimitPartition.GetNoLimiter<(string?, string)>(default),
            }));
        // Names for endpoints; what they stand for is above
        foreach (var name in (string[])[Passwords, Joins, Sockets]) options.AddPolicy(name, _ => RateLimitPartition.GetNoLimiter(""));
        options.AddPolicy(Api, http => ByToken(http, 600, 20));
        options.AddPolicy(ApiHeavy, http => ByToken(http, 60, 1));
    });

    private static string? PolicyOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName;

    private static RateLimitPartition<(string?, string)> Places(string limit, HttpContext http, int most, int waiting) =>
        RateLimitPartition.GetConcurrencyLimiter<(string?, string)>((limit, Network(http.Connection.RemoteIpAddress)), _ => Beside(most, waiting));

    private static RateLimitPartition<(string?, string)> Tokens(string limit, HttpContext http, int atOnce, int aPeriod, TimeSpan period) =>
        RateLimitPartition.GetTokenBucketLimiter<(string?, string)>((limit, Network(http.Connection.RemoteIpAddress)), _ => Bucket(atOnce, aPeriod, period));

    private static TokenBucketRateLimiterOptions Bucket(int atOnce, int aPeriod, TimeSpan period) => new() { TokenLimit = atOnce, TokensPerPeriod = aPeriod, ReplenishmentPeriod = period };

    private static ConcurrencyLimiterOptions Beside(int most, int waiting) => new() { PermitLimit = most, QueueLimit = waiting };

    // By token where one is sent, else by address: a token that is none costs one look at an index
    private static RateLimitPartition<string> ByToken(HttpContext http, int atOnce, int aSecond) => RateLimitPartition.GetTokenBucketLimiter(
        http.Request.Headers.Authorization.ToString() is { Length: > 0 } token ? Convert.ToHexString(SecretToken.Hash(token)) : Network(http.Connection.RemoteIpAddress),
        _ => Bucket(atOnce, aSecond, Second));

    /// <summary>What counts as one address: with IPv6 everyone has a whole /64 to send from.</summary>
    internal static string Network(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => new IPNetwork(new IPAddress([.. address.GetAddressBytes()[..8], .. new byte[8]]), 64).ToString(),
        _ => address.ToString(),
    };
}
