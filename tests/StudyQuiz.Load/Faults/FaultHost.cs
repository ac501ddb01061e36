using System.Net.WebSockets;
using StudyQuiz.Domain.Games;

namespace StudyQuiz.Load.Faults;

/// <summary>The host's remote, which comes back after whatever happened and repeats a command until the game has gone on.</summary>
internal sealed class FaultHost(Web web, string cookies, Guid game) : IAsyncDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(12);

    private LoadHost? _host;

    /// <summary>The server that it goes to.</summary>
    public Web Web { get; private set; } = web;

    /// <summary>What the remote shows, asked for anew where the connection was lost.</summary>
    public async Task<SeenView> ViewAsync(CancellationToken stop) => await InsistAsync(host => Task.FromResult(host.View), stop);

    /// <summary>Goes to another server.</summary>
    public async Task MoveToAsync(Web other)
    {
        await LetGoAsync();
        Web = other;
    }

    /// <summary>Brings the game to a phase of a round, by commands and by waiting.</summary>
    /// <exception cref="LoadFailure">It did not get there in time.</exception>
    public async Task<SeenView> BringToAsync(GamePhase phase, int round, TimeSpan within, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(within);
        try
        {
            while (true)
            {
                var view = await ViewAsync(limit.Token);
                if (IsThere(view, phase, round)) return view;
                await InsistAsync(host => host.AdvanceAsync(view.Phase, view.Round, limit.Token), limit.Token);
                if ((await ViewAsync(limit.Token)).Version == view.Version) await Task.Delay(_pause, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw new LoadFailure($"The game did not come to {phase} of question {round} within {within.TotalSeconds:0} s.");
        }
    }

    public async ValueTask DisposeAsync() => await LetGoAsync();

    private static bool IsThere(SeenView view, GamePhase phase, int round) =>
        view.Round > round || (view.Round == round && view.Phase >= phase) || view.Phase is GamePhase.Podium or GamePhase.Aborted;

    private async Task<T> InsistAsync<T>(Func<LoadHost, Task<T>> what, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                if (_host is { IsOpen: false }) await LetGoAsync();
                _host ??= await LoadHost.AttachAsync(Web, cookies, game, stop).WaitAsync(_patience, stop);
                return await what(_host).WaitAsync(_patience, stop);
            }
            catch (Exception trouble) when (trouble is LoadFailure or WebSocketException or HttpRequestException or TimeoutException)
            {
                await LetGoAsync();
                await Task.Delay(_pause, stop);
            }
        }
    }

    private async Task LetGoAsync()
    {
        if (Interlocked.Exchange(ref _host, null) is { } host) await host.DisposeAsync();
    }
}
