namespace StudyQuiz.App.Platform;

/// <summary>The address that a room is told to open: PublicUrl, else this machine's address on the network, never localhost where another is known.</summary>
public sealed class JoinAddress(AppHostOptions options)
{
    /// <summary>Scheme, host and port without a final slash.</summary>
    public string Root(HttpRequest request)
    {
        if (options.PublicUrl is { } known) return known.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var host = options.LanAddress is { } lan
            ? new HostString(lan, request.Host.Port ?? (request.IsHttps ? 443 : 80))
            : request.Host;
        return $"{request.Scheme}://{host.ToUriComponent()}";
    }
}
