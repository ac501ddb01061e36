using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace StudyQuiz.App.Platform;

/// <summary>Asks this host for its own front page once, so that the first person doesn't wait for what only the first request needs.</summary>
public sealed class Warmup(IServer server, IHostApplicationLifetime lifetime, ILogger<Warmup> logger) : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private volatile bool _isDone;

    /// <summary>Whether <c>/ready</c> may say so. A page that fails is a fault of its own and doesn't keep the others from being served.</summary>
    public bool IsDone => _isDone;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var onStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);

        var addresses = server.Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        // plain http first: a certificate is made for another name than the loopback's
        if (addresses.Select(Local).OrderByDescending(address => address.Scheme == Uri.UriSchemeHttp).FirstOrDefault() is { } address) await AskAsync(address, stoppingToken);
        _isDone = true;
    }

    /// <summary>An address on which this host reaches itself: a wildcard is one to listen on only.</summary>
    public static Uri Local(string address)
    {
        var known = new UriBuilder(address.Replace("//*", "//localhost", StringComparison.Ordinal).Replace("//+", "//localhost", StringComparison.Ordinal));
        if (known.Host is "0.0.0.0") known.Host = "127.0.0.1";
        if (known.Host is "[::]") known.Host = "[::1]";
        return known.Uri;
    }

    private async Task AskAsync(Uri address, CancellationToken stop)
    {
        using var handler = new HttpClientHandler { UseProxy = false };
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var answer = await client.GetAsync(address, stop);
        }
        catch (Exception failed) when (failed is HttpRequestException || (failed is TaskCanceledException && !stop.IsCancellationRequested))
        {
            logger.LogWarning("Warming up: {Address} does not answer ({Reason})", address, failed.Message);
        }
    }
}
