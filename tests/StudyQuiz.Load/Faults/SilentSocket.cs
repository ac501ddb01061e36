using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace StudyQuiz.Load.Faults;

/// <summary>A player who attaches, never answers and, by choice, reads nothing from then on, through buffers as small as the system allows.</summary>
internal sealed class SilentSocket : IDisposable
{
    private const int SmallestBuffer = 1024;
    private const char Separator = '\u001e';

    private readonly SocketsHttpHandler _handler = new()
    {
        UseCookies = false,
        UseProxy = false,
        ConnectCallback = async (context, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = SmallestBuffer };
            try
            {
                await socket.ConnectAsync(context.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    private readonly ClientWebSocket _socket = new();
    private readonly HttpMessageInvoker _http;

    private SilentSocket() => _http = new HttpMessageInvoker(_handler);

    /// <summary>Takes a seat and attaches.</summary>
    /// <param name="reads">Whether it reads what it is sent, as a comparison with those that don't.</param>
    public static async Task<SilentSocket> OpenAsync(Web web, Guid game, string pin, int number, bool reads, CancellationToken stop)
    {
        var browser = await new LoadPlayer(new Answering(TimeSpan.Zero, number), number).TakeSeatAsync(web, pin, stop);
        var silent = new SilentSocket();
        silent._socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        silent._socket.Options.SetRequestHeader("Origin", web.Origin);
        silent._socket.Options.SetRequestHeader("Cookie", browser.Cookies);
        await silent._socket.ConnectAsync(new UriBuilder(new Uri(web.Address, "/hubs/player")) { Scheme = "ws" }.Uri, silent._http, stop);
        await silent.SendAsync("""{"protocol":"json","version":1}""", stop);
        await silent.SendAsync($$"""{"type":1,"invocationId":"1","target":"Attach","arguments":["{{game}}"]}""", stop);
        if (reads) _ = silent.ReadAsync();
        return silent;
    }

    public void Dispose()
    {
        _socket.Abort();
        _socket.Dispose();
        _http.Dispose();
    }

    private async Task ReadAsync()
    {
        var buffer = new byte[8192];
        try
        {
            while ((await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).MessageType != WebSocketMessageType.Close) { }
        }
        catch (Exception ended) when (ended is WebSocketException or OperationCanceledException or ObjectDisposedException or IOException)
        {
            // the game is over
        }
    }

    private ValueTask SendAsync(string message, CancellationToken stop) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(message + Separator), WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, stop);
}
