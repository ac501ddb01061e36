using System.Collections.Concurrent;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.Load;

/// <summary>
/// SignalR's JSON protocol over a web socket, without negotiation as the browser's client does it, and no more than the driver
/// needs: thousands of the full client's connections would take more of the machine than the server that is measured.
/// </summary>
/// <remarks>Views arrive on any thread, those of one socket one after the other.</remarks>
internal sealed class HubSocket : IAsyncDisposable
{
    private const byte Separator = 0x1E;
    private static readonly byte[] _handshake = [.. """{"protocol":"json","version":1}"""u8, Separator];
    private static readonly byte[] _ping = [.. """{"type":6}"""u8, Separator];

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly Action<ArrivedView> _onView;
    private byte[] _buffer = new byte[4096];
    private int _filled;
    private bool _isShaken;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<HubReply>> _replies = new(StringComparer.Ordinal);
    private int _invocations;
    private Task _receiving = Task.CompletedTask;

    private HubSocket(Action<ArrivedView> onView) => _onView = onView;

    /// <summary>Why the socket is closed; null while it is open.</summary>
    public string? WhyClosed { get; private set; }

    /// <summary>Completes when the socket has closed, for whatever reason.</summary>
    public Task Closed => _receiving;

    /// <param name="web">The server.</param>
    /// <param name="path">The hub's.</param>
    /// <param name="cookies">The Cookie header of the browser that opens the socket.</param>
    /// <param name="onView">Told of every view.</param>
    /// <param name="stop">Gives up connecting.</param>
    public static async Task<HubSocket> ConnectAsync(Web web, string path, string cookies, Action<ArrivedView> onView, CancellationToken stop)
    {
        var hub = new HubSocket(onView);
        hub._socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        hub._socket.Options.SetRequestHeader("Origin", web.Origin);
        if (cookies.Length > 0) hub._socket.Options.SetRequestHeader("Cookie", cookies);
        var address = new UriBuilder(new Uri(web.Address, path)) { Scheme = web.Address.Scheme == Uri.UriSchemeHttps ? "wss" : "ws" };
        await hub._socket.ConnectAsync(address.Uri, web.Http, stop);
        await hub.SendAsync(_handshake, stop);
        hub._receiving = hub.ReceiveAsync();
        return hub;
    }

    /// <exception cref="LoadFailure">The hub reports a fault, or the socket closed.</exception>
    public async Task<HubReply> InvokeAsync(string method, CancellationToken stop, params object[] arguments)
    {
        var reply = new TaskCompletionSource<HubReply>(TaskCreationOptions.RunContinuationsAsynchronously);
        var id = Interlocked.Increment(ref _invocations).ToString(CultureInfo.InvariantCulture);
        _replies[id] = reply;
        if (WhyClosed is { } why) throw new LoadFailure(why);
        // An answer is written as its base type, which names its kind.
        var given = arguments.Select(argument => argument is GivenAnswer answer ? JsonSerializer.SerializeToElement(answer, DomainJson.Options) : argument);
        var message = JsonSerializer.SerializeToUtf8Bytes(new { type = HubFrame.Invocation, invocationId = id, target = method, arguments = given }, DomainJson.Options);
        await SendAsync([.. message, Separator], stop);
        return await reply.Task.WaitAsync(stop);
    }

    /// <summary>Tells the server that this side is there; it drops those that are silent for half a minute.</summary>
    public async Task PingAsync(CancellationToken stop)
    {
        if (WhyClosed is null) await SendAsync(_ping, stop);
    }

    /// <summary>Sends bytes as they are, which no client would.</summary>
    public Task SendRawAsync(byte[] bytes, CancellationToken stop) => SendAsync(bytes, stop);

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _receiving;
        _socket.Dispose();
        _sending.Dispose();
    }

    private async Task SendAsync(byte[] message, CancellationToken stop)
    {
        var isMine = false;
        try
        {
            await _sending.WaitAsync(stop);
            isMine = true;
            await _socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, stop);
        }
        // One that is aborted meanwhile says that it was cancelled, though nobody has given up
        catch (Exception closed) when (closed is WebSocketException or ObjectDisposedException || (closed is OperationCanceledException && !stop.IsCancellationRequested))
        {
            throw new LoadFailure("A player's socket is closed: " + closed.Message);
        }
        finally
        {
            if (isMine) Release();
        }
    }

    // Whoever left the hub while something was on its way has taken the gate along
    private void Release()
    {
        try
        {
            _sending.Release();
        }
        catch (ObjectDisposedException)
        {
            // nobody waits at it any more
        }
    }

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                if (_filled == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);
                var received = await _socket.ReceiveAsync(_buffer.AsMemory(_filled), CancellationToken.None);
                if (received.MessageType == WebSocketMessageType.Close) throw new LoadFailure($"The server closed the socket ({_socket.CloseStatus}).");
                _filled += received.Count;
                TakeFrames(System.Diagnostics.Stopwatch.GetTimestamp());
            }
        }
        catch (Exception closed) when (closed is LoadFailure or WebSocketException or OperationCanceledException or ObjectDisposedException or JsonException)
        {
            WhyClosed = closed.Message;
            foreach (var waiting in _replies.Values) waiting.TrySetException(new LoadFailure(closed.Message));
        }
    }

    private void TakeFrames(long arrived)
    {
        var start = 0;
        while (_buffer.AsSpan(start, _filled - start).IndexOf(Separator) is >= 0 and var length)
        {
            Take(_buffer.AsSpan(start, length), arrived);
            start += length + 1;
        }

        _buffer.AsSpan(start, _filled - start).CopyTo(_buffer);
        _filled -= start;
    }

    private void Take(ReadOnlySpan<byte> message, long arrived)
    {
        if (!_isShaken)
        {
            // The answer to the handshake is {}, or says why there is none.
            _isShaken = message.Length == 2 ? true : throw new LoadFailure("The hub refuses the handshake.");
            return;
        }

        var frame = JsonSerializer.Deserialize<HubFrame>(message, DomainJson.Options)!;
        switch (frame)
        {
            case { Type: HubFrame.Invocation, Target: "View", Arguments: [var view] }:
                _onView(new ArrivedView(view, message.Length, arrived));
                break;
            case { Type: HubFrame.Invocation, Target: "Evicted" }:
                throw new LoadFailure("Another screen has taken the seat.");
            case { Type: HubFrame.Completion, InvocationId: { } id } when _replies.TryRemove(id, out var reply):
                if (frame.Error is { } fault) reply.TrySetException(new LoadFailure($"The hub failed: {fault}"));
                else reply.TrySetResult(frame.Result ?? new HubReply());
                break;
            case { Type: HubFrame.Close }:
                throw new LoadFailure($"The hub closed the connection: {frame.Error ?? "it gave no reason"}.");
        }
    }
}

/// <summary>A view that came to a screen.</summary>
/// <param name="Bytes">Size of its message.</param>
/// <param name="At">When this process had it, as <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> counts.</param>
internal readonly record struct ArrivedView(SeenView View, int Bytes, long At);
