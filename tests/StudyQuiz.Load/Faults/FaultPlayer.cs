using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Load.Faults;

/// <summary>
/// A phone that does not give up: it comes back after whatever happened, attaches again, and repeats an answer until it has a receipt
/// or sees that the question is over.
/// </summary>
internal sealed class FaultPlayer(Guid game, int number, Answering answering) : IAsyncDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan _pingEvery = TimeSpan.FromSeconds(10);

    private readonly Random _random = new(HashCode.Combine(answering.Seed, number));
    private readonly CancellationTokenSource _leaving = new();
    private Visitor _browser = null!;
    private HubSocket? _hub;
    private Task _living = Task.CompletedTask;
    private TaskCompletionSource _back = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile SeenView? _view;
    private int _answered;
    private volatile bool _isAway;

    public int Number => number;

    /// <summary>The place in the game, from 1: the one it got first.</summary>
    public int Seat { get; private set; }

    /// <summary>Seats that it found itself on after having had another; a healthy server leaves this empty.</summary>
    public ConcurrentQueue<int> OtherSeats { get; } = [];

    /// <summary>By round, what it was told was received, in shown positions.</summary>
    public ConcurrentDictionary<int, GivenAnswer> Receipts { get; } = [];

    /// <summary>How long each receipt took.</summary>
    public ConcurrentQueue<TimeSpan> ReceiptTimes { get; } = [];

    /// <summary>When each round's key reached it.</summary>
    public ConcurrentDictionary<int, long> Reveals { get; } = [];

    /// <summary>Rounds that it could not answer in time.</summary>
    public ConcurrentQueue<int> Missed { get; } = [];

    public SeenView? View => _view;

    /// <summary>The socket that it has, for scenarios that misuse it.</summary>
    public HubSocket Socket => Volatile.Read(ref _hub) ?? throw new LoadFailure($"Player {number} has no socket.");

    /// <summary>Completes when it is attached (again).</summary>
    public Task Back => Volatile.Read(ref _back).Task;

    /// <summary>The server that it goes to; another one when a load balancer would send it there.</summary>
    public Web Web { get; set; } = null!;

    /// <summary>Whether it answers when a question opens.</summary>
    public bool Answers { get; set; } = true;

    /// <summary>Takes a seat and stays until disposed.</summary>
    public async Task ComeAsync(Web web, string pin, CancellationToken stop)
    {
        Web = web;
        _browser = await new LoadPlayer(answering, number).TakeSeatAsync(web, pin, stop);
        _living = LiveAsync();
        await Back.WaitAsync(stop);
    }

    /// <summary>Cuts the network: the socket breaks without a word, and no new one comes up before <see cref="Return"/>.</summary>
    public async Task CutAsync()
    {
        _isAway = true;
        Forget();
        if (_hub is { } hub) await hub.DisposeAsync();
    }

    /// <summary>The network is there again.</summary>
    public void Return() => _isAway = false;

    /// <summary>Leaves the socket as it is and goes to another server with a new one.</summary>
    /// <returns>The socket left behind, still open.</returns>
    public HubSocket MoveTo(Web other)
    {
        var left = Socket;
        Forget();
        Web = other;
        Volatile.Write(ref _hub, null);
        _moved.TrySetResult();
        return left;
    }

    /// <summary>From now on <see cref="Back"/> waits for the next time that it attaches.</summary>
    public void Forget()
    {
        if (Back.IsCompleted) Volatile.Write(ref _back, new(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        if (_hub is { } hub) await hub.DisposeAsync();
        await _living;
        _leaving.Dispose();
    }

    private async Task LiveAsync()
    {
        while (!_leaving.IsCancellationRequested)
        {
            try
            {
                if (!_isAway) await StayAsync();
                await Task.Delay(_pause * (0.7 + 0.6 * _random.NextDouble()), _leaving.Token);
            }
            catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
            {
                return;
            }
            catch (Exception gone) when (gone is LoadFailure or WebSocketException or HttpRequestException or OperationCanceledException)
            {
                // It tries again, as a browser does: a crowd that never pauses would take a core from the server that it waits for
                await Task.Delay(_pause * (0.7 + 0.6 * _random.NextDouble()), _leaving.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Connects, attaches, and stays for as long as the socket does.
    private async Task StayAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_leaving.Token);
        limit.CancelAfter(_patience);
        _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
        var hub = await HubSocket.ConnectAsync(Web, "/hubs/player", _browser.Cookies, See, limit.Token);
        var isMine = true;
        try
        {
            var attached = await hub.InvokeAsync("Attach", limit.Token, game);
            if (attached.View is not { Seat: { } seat } view) throw new LoadFailure($"The player hub refuses to attach: {attached.Refusal}.");
            if (Seat == 0) Seat = seat.Number;
            else if (Seat != seat.Number) OtherSeats.Enqueue(seat.Number);
            Volatile.Write(ref _hub, hub);
            See(new ArrivedView(view, 0, Stopwatch.GetTimestamp()));
            Volatile.Read(ref _back).TrySetResult();
            using var ping = new PeriodicTimer(_pingEvery);
            while (!hub.Closed.IsCompleted)
            {
                await Task.WhenAny(hub.Closed, _moved.Task, ping.WaitForNextTickAsync(_leaving.Token).AsTask());
                if (_moved.Task.IsCompleted)
                {
                    // whoever moved it owns the old socket now
                    isMine = false;
                    return;
                }

                if (_leaving.IsCancellationRequested) return;
                await hub.PingAsync(_leaving.Token);
            }
        }
        finally
        {
            Forget();
            if (isMine) await hub.DisposeAsync();
        }
    }

    private void See(ArrivedView arrived)
    {
        var view = arrived.View;
        if (_view is { } seen && view.Version < seen.Version) return;
        _view = view;
        // After a reload the screen shows what the server has of this player: that is a receipt, too.
        if (view.Mine is { } mine) Receipts.TryAdd(view.Round, mine.Answer);
        if (view.Phase == GamePhase.Closed) Reveals.TryAdd(view.Round, arrived.At);
        if (!Answers || view.Phase != GamePhase.Open || view.Question is null) return;
        var before = Volatile.Read(ref _answered);
        if (before >= view.Round || Interlocked.CompareExchange(ref _answered, view.Round, before) != before) return;
        _ = Task.Run(() => AnswerAsync(view.Round, LoadPlayer.Guess(view.Question, _random)));
    }

    private async Task AnswerAsync(int round, GivenAnswer answer)
    {
        await Task.Delay(answering.Within * _random.NextDouble());
        var sent = Stopwatch.GetTimestamp();
        while (!_leaving.IsCancellationRequested && !Receipts.ContainsKey(round))
        {
            if (_view is { } view && (view.Round > round || view.Phase is not GamePhase.Open and not GamePhase.Reading)) break;
            try
            {
                if (_hub is { WhyClosed: null } hub)
                {
                    var reply = await hub.InvokeAsync("Answer", _leaving.Token, round, answer).WaitAsync(_patience, _leaving.Token);
                    if (reply.Received)
                    {
                        if (Receipts.TryAdd(round, reply.Mine?.Answer ?? answer)) ReceiptTimes.Enqueue(Stopwatch.GetElapsedTime(sent));
                        return;
                    }

                    if (reply.Refusal is not "tryAgain") break;
                }

                await Task.Delay(_pause, _leaving.Token);
            }
            catch (Exception trouble) when (trouble is LoadFailure or TimeoutException or WebSocketException)
            {
                // no receipt: it asks again as long as the question is open
            }
            catch (OperationCanceledException) when (_leaving.IsCancellationRequested)
            {
                return;
            }
        }

        if (!Receipts.ContainsKey(round)) Missed.Enqueue(round);
    }
}
