using System.Diagnostics;

namespace StudyQuiz.Load;

/// <summary>Brings players in, many at once, and keeps their sockets alive.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    /// <summary>How many players are on their way in at the same time.</summary>
    private const int AtOnce = 64;

    // A browser pings every 15 s. Spread over it, as it is with browsers that were not opened at the same moment.
    private static readonly TimeSpan _pingEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan _pingStep = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _leaving = new();
    private readonly List<LoadPlayer> _players = [];
    private readonly Lock _gate = new();
    private Task _pinging = Task.CompletedTask;

    /// <summary>Those who are in.</summary>
    public IReadOnlyList<LoadPlayer> Players => _players;

    /// <summary>From the first player's first page to the last player's first view.</summary>
    public TimeSpan Took { get; private set; }

    /// <summary>Players a second, over <see cref="Took"/>.</summary>
    public double Rate => _players.Count / Math.Max(Took.TotalSeconds, 0.001);

    /// <summary>Brings players in. One that fails stays out and is told of in <see cref="LoadPlayer.Troubles"/>.</summary>
    /// <param name="count">How many.</param>
    /// <param name="rate">The most that begin in a second; null for as many as the server takes.</param>
    /// <param name="make">Makes a player of a number from 1 and brings it in.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="LoadFailure">It took too long.</exception>
    public async Task FillAsync(int count, double? rate, Func<int, CancellationToken, Task<LoadPlayer>> make, TimeSpan limit, CancellationToken stop)
    {
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(stop);
        bounded.CancelAfter(limit);
        var began = Stopwatch.GetTimestamp();
        try
        {
            _pinging = PingAsync();
            await Parallel.ForEachAsync(Enumerable.Range(1, count), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = bounded.Token }, async (number, cancellation) =>
            {
                if (rate is { } most && TimeSpan.FromSeconds((number - 1) / most) - Stopwatch.GetElapsedTime(began) is var early && early > TimeSpan.Zero) await Task.Delay(early, cancellation);
                await AddAsync(number, make, cancellation);
            });
        }
        catch (OperationCanceledException) when (bounded.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new LoadFailure($"Only {_players.Count} of {count} players came in within {limit.TotalSeconds:0} s.");
        }
        finally
        {
            Took = Stopwatch.GetElapsedTime(began);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _pinging;
        foreach (var player in _players) await player.DisposeAsync();
        _leaving.Dispose();
    }

    private async Task AddAsync(int number, Func<int, CancellationToken, Task<LoadPlayer>> make, CancellationToken stop)
    {
        try
        {
            var player = await make(number, stop);
            lock (_gate)
            {
                _players.Add(player);
                if (_players.Count % 500 == 0) Progress.Say($"  {_players.Count} players are in");
            }
        }
        catch (Exception trouble) when (trouble is LoadFailure or HttpRequestException or System.Net.WebSockets.WebSocketException)
        {
            LoadPlayer.Troubles.Enqueue($"Player {number} did not come in: {trouble.Message}");
        }
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(_pingStep);
        var steps = (int)(_pingEvery / _pingStep);
        try
        {
            for (var step = 0; await timer.WaitForNextTickAsync(_leaving.Token); step = (step + 1) % steps)
            {
                List<LoadPlayer> turn;
                lock (_gate) turn = [.. _players.Where((_, i) => i % steps == step)];
                foreach (var player in turn) await player.PingAsync(_leaving.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // the crowd is leaving
        }
    }
}
