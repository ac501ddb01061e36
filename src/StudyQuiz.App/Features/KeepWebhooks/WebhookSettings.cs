using System.Net;
using System.Net.Sockets;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.KeepWebhooks;

/// <summary>Where webhooks may lead. By itself only to public addresses, over https.</summary>
/// <param name="AllowPrivate">Whether addresses of this machine and its networks may be called, and plain http.</param>
/// <param name="Hosts">The only hosts that may be called; a name that begins with a dot stands for all below it. Empty for any.</param>
internal sealed record WebhookSettings(bool AllowPrivate, IReadOnlyList<string> Hosts)
{
    public const int LongestUrl = 2_000;

    public static WebhookSettings Of(IConfiguration configuration)
    {
        var section = configuration.GetSection("Webhooks");
        if (section["AllowPrivate"] is { Length: > 0 } typed && !bool.TryParse(typed, out _)) throw new SettingException($"Webhooks:AllowPrivate has to be true or false, and is {typed}.");
        return new WebhookSettings(section.GetValue("AllowPrivate", false), section["Hosts"]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []);
    }

    /// <summary>An address that may be called as far as its text tells; null where it may not.</summary>
    public Uri? Read(string? typed)
    {
        if (typed is null || typed.Length > LongestUrl || !Domain.StorableText.Is(typed) || !Uri.TryCreate(typed.Trim(), UriKind.Absolute, out var url) || url.UserInfo.Length > 0 || url.Fragment.Length > 0) return null;
        if (url.Scheme != Uri.UriSchemeHttps && !(AllowPrivate && url.Scheme == Uri.UriSchemeHttp)) return null;
        if (Hosts.Count > 0 && !Hosts.Any(host => host.StartsWith('.') ? url.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase) : url.Host.Equals(host, StringComparison.OrdinalIgnoreCase))) return null;
        return !AllowPrivate && IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) && !IsPublic(address) ? null : url;
    }

    /// <summary>Whether an address that a name stands for may be called.</summary>
    public bool Allows(IPAddress address) => AllowPrivate || IsPublic(address);

    private static readonly IPNetwork[] _notPublic =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4", "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    internal static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily is AddressFamily.InterNetwork or AddressFamily.InterNetworkV6 && !_notPublic.Any(network => network.BaseAddress.AddressFamily == address.AddressFamily && network.Contains(address));
    }
}
