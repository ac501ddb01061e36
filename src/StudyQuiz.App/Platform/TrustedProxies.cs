using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace StudyQuiz.App.Platform;

/// <summary>
/// Whose word is taken for a caller's address and for https: reverse proxies and load balancers before this host, by <c>TrustedProxies</c>. Without
/// it everybody behind one shares its address, and with it the limits of an address; trusting anyone would let everybody name an address of their own.
/// </summary>
public static class TrustedProxies
{
    private const string Setting = "TrustedProxies";

    /// <exception cref="SettingException">The setting can't be used.</exception>
    public static void UseTrustedProxies(this WebApplication app, Uri? publicUrl)
    {
        if (Of(app.Configuration[Setting]) is not { Count: > 0 } networks)
        {
            if (publicUrl?.Scheme == Uri.UriSchemeHttps)
                app.Logger.LogWarning("PublicUrl is https, but {Setting} names nobody whose word for it is taken: if a proxy ends TLS, cookies are sent as on plain http, HSTS is left out and all callers share the proxy's address. Name it in {Setting}.", Setting, Setting);
            return;
        }

        // What stands before the last proxy's word is read as long as those who said it are trusted
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks) options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
    }

    /// <summary>Addresses and networks, apart by commas or blanks: <c>10.0.0.7, 172.28.0.0/24</c>.</summary>
    internal static IReadOnlyList<IPNetwork> Of(string? setting) =>
        [.. (setting ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Read)];

    private static IPNetwork Read(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : throw new SettingException($"{Setting} names '{text}', which is no address or network such as 10.0.0.7 or 172.28.0.0/24. Name the proxies before this host, or leave it out.");
}
