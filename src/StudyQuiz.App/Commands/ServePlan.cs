namespace StudyQuiz.App.Commands;

/// <summary>Where 'serve' listens, and how people are told to reach it.</summary>
/// <param name="Urls">Addresses to listen on, separated by ';'.</param>
/// <param name="LanAddress">This machine's address on the network; null where it isn't meant to be reached from there or has none.</param>
/// <param name="Questions">Folder of the bank files.</param>
internal sealed record ServePlan(string Urls, bool IsLan, string? LanAddress, Uri? PublicUrl, string Questions)
{
    public const int DefaultPort = 5080;

    /// <summary>The command line's word first, then the configuration's.</summary>
    /// <exception cref="CommandFailure">An address is malformed.</exception>
    public static ServePlan Of(IConfiguration configuration, bool lan, string? urls, string? publicUrl, string? questions)
    {
        urls ??= Settings.NotEmpty(configuration["urls"]) ?? Settings.NotEmpty(configuration["ASPNETCORE_URLS"]);
        urls ??= lan ? $"http://0.0.0.0:{DefaultPort}" : $"http://localhost:{DefaultPort}";
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries))
            if (!IsAddress(url.Trim())) throw new CommandFailure($"'{url.Trim()}' is no address to listen on: write it as http://localhost:{DefaultPort}.");

        publicUrl ??= Settings.NotEmpty(configuration["PublicUrl"]);
        var known = Uri.TryCreate(publicUrl, UriKind.Absolute, out var parsed) && parsed is { Scheme: "http" or "https" } ? parsed : null;
        if (publicUrl is not null && known is null) throw new CommandFailure($"The public address '{publicUrl}' is none: write it as https://quiz.example.org.");

        var folder = questions ?? Settings.NotEmpty(configuration["Questions"]) ?? Path.Combine(AppContext.BaseDirectory, "questions");
        return new ServePlan(urls, lan, lan && Commands.LanAddress.All() is [var first, ..] ? first : null, known, Path.GetFullPath(folder));
    }

    /// <summary>The addresses to print: a wildcard becomes this machine's own names.</summary>
    public static IEnumerable<string> Shown(IEnumerable<string> listening, ServePlan plan)
    {
        if (plan.PublicUrl is { } known) yield return known.ToString().TrimEnd('/');
        foreach (var address in listening.Select(BindingAddress.Parse).Where(address => plan.PublicUrl is null))
        {
            var isWildcard = address.Host is "0.0.0.0" or "[::]" or "*" or "+";
            yield return $"{address.Scheme}://{(isWildcard ? "localhost" : address.Host)}:{address.Port}";
            if (isWildcard && plan.LanAddress is { } lan) yield return $"{address.Scheme}://{lan}:{address.Port}";
        }
    }

    private static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http" or "https", Host.Length: > 0 };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
