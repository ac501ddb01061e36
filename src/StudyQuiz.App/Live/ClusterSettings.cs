using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Live;

/// <summary>How this app host plays together with others on the same database; without it, it plays alone.</summary>
/// <param name="Name">The cluster's: all hosts that name it become one. Different names on one database would fight over its games.</param>
/// <param name="Address">Where the other hosts reach this one. What they tell each other is neither encrypted nor signed: a private network.</param>
/// <param name="Port">
/// The same; null for any that is free. A host that comes back on its old address and port takes the place of the dead one at once; on
/// another port it waits until the others, or time, have declared that one dead.
/// </param>
public sealed record ClusterSettings(string Name, IPAddress Address, int? Port)
{
    /// <returns>The settings, null where no cluster is named.</returns>
    /// <exception cref="SettingException">They can't be used; the message says what to set.</exception>
    public static ClusterSettings? Of(IConfiguration configuration)
    {
        if (Value(configuration, "Name") is not { } name) return null;
        return new ClusterSettings(name, Value(configuration, "Address") is { } address ? ReadAddress(address) : OwnAddress(), Value(configuration, "Port") is { } port ? ReadPort(port) : null);
    }

    private static IPAddress ReadAddress(string text) =>
        IPAddress.TryParse(text, out var address) && !IPAddress.Any.Equals(address) && !IPAddress.IPv6Any.Equals(address)
            ? address
            : throw new SettingException($"Cluster__Address is '{text}': name the one IP address at which the other app hosts reach this one, such as 10.0.0.7.");

    private static int ReadPort(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is >= 1 and <= 65535
        ? port
        : throw new SettingException($"Cluster__Port is '{text}', no port from 1 to 65535.");

    // A container or a server has one; where there are more, the first that leads anywhere.
    private static IPAddress OwnAddress() => NetworkInterface.GetAllNetworkInterfaces()
        .Where(one => one.OperationalStatus == OperationalStatus.Up && one.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(one => one.GetIPProperties().UnicastAddresses)
        .Select(unicast => unicast.Address)
        .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork) ?? IPAddress.Loopback;

    private static string? Value(IConfiguration configuration, string name) => configuration["Cluster:" + name]?.Trim() is { Length: > 0 } value ? value : null;
}
