using System.Net.NetworkInformation;

namespace StudyQuiz.App.Commands;

/// <summary>The TCP ports that a list of addresses asks for.</summary>
internal static class Ports
{
    /// <summary>One line for the first port that another program listens on; null when all are free.</summary>
    public static string? WhyNotFree(string urls)
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        foreach (var port in Of(urls))
            if (taken.Contains(port)) return Taken(port);
        return null;
    }

    public static string Taken(int port) =>
        $"Port {port} is used by another program, perhaps another StudyQuiz: stop that one, or choose another port with --urls http://localhost:{port + 1}.";

    /// <summary>The ports, 0 (any free one) left out.</summary>
    public static IReadOnlyList<int> Of(string urls) =>
        [.. urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(url => BindingAddress.Parse(url).Port).Where(port => port > 0)];
}
