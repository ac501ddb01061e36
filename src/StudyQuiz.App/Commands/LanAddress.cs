using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace StudyQuiz.App.Commands;

/// <summary>Finds the address at which people on the same network reach this machine.</summary>
internal static class LanAddress
{
    // made by container engines and virtual machines: nobody in the room is behind them
    private static readonly string[] _virtual = ["docker", "veth", "br-", "virbr", "cni", "flannel", "vmnet", "vboxnet", "vEthernet"];

    /// <summary>One network interface, as far as this matters.</summary>
    public sealed record Candidate(string Name, bool IsUp, bool IsLoopback, bool HasGateway, IReadOnlyList<IPAddress> Addresses);

    /// <summary>All that qualify, the likeliest first. Empty on a machine without a network.</summary>
    public static IReadOnlyList<string> All() => Choose(NetworkInterface.GetAllNetworkInterfaces().Select(Read));

    /// <summary>IPv4 addresses of interfaces that are up, not loopback, not virtual, and have a gateway.</summary>
    public static IReadOnlyList<string> Choose(IEnumerable<Candidate> interfaces) =>
    [
        .. interfaces
            .Where(one => one is { IsUp: true, IsLoopback: false, HasGateway: true } && !_virtual.Any(name => one.Name.StartsWith(name, StringComparison.OrdinalIgnoreCase)))
            .SelectMany(one => one.Addresses)
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address))
            .Select(address => address.ToString()),
    ];

    private static Candidate Read(NetworkInterface one)
    {
        var properties = one.GetIPProperties();
        return new Candidate(
            one.Name, one.OperationalStatus == OperationalStatus.Up, one.NetworkInterfaceType == NetworkInterfaceType.Loopback,
            properties.GatewayAddresses.Any(gateway => !gateway.Address.Equals(IPAddress.Any)),
            [.. properties.UnicastAddresses.Select(unicast => unicast.Address)]);
    }
}
