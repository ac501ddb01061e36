using System.Globalization;
using System.Net.WebSockets;
using System.Text;

namespace StudyQuiz.App.Tests.Live;

/// <summary>SignalR's JSON protocol over a web socket, frame by frame.</summary>
internal sealed class RawHub(ClientWebSocket socket) : IAsyncDisposable
{
    private const char End = '\u001e';
    private readonly StringBuilder _read = new();
    private int _calls;

    public static async Task<RawHub> ConnectAsync(TestBrowser browser, string hub)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = browser.Cookies;
        socket.Options.SetRequestHeader("Origin", browser.Address.GetLeftPart(UriPartial.Authority));
        await socket.ConnectAsync(new Uri($"ws://{browser.Address.Authority}/hubs/{hub}"), TestContext.Current.CancellationToken);
        var raw = new RawHub(socket);
        await raw.SendAsync("""{"protocol":"json","version":1}""");
        await raw.FrameAsync(frame => frame == "{}");
        return raw;
    }

    /// <param name="arguments">JSON, apart by commas.</param>
    public async Task<string> CallAsync(string method, string arguments)
    {
        var id = (++_calls).ToString(CultureInfo.InvariantCulture);
        await SendAsync($$"""{"type":1,"invocationId":"{{id}}","target":"{{method}}","arguments":[{{arguments}}]}""");
        return await FrameAsync(frame => frame.Contains("\"type\":3", StringComparison.Ordinal) && frame.Contains($"\"invocationId\":\"{id}\"", StringComparison.Ordinal));
    }

    /// <summary>Waits until the server calls this on the screen.</summary>
    public Task SeesAsync(string target) => FrameAsync(frame => frame.Contains($"\"target\":\"{target}\"", StringComparison.Ordinal));

    /// <summary>Waits until the server closes the socket.</summary>
    public async Task ClosedAsync()
    {
        var buffer = new byte[4096];
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(20));
        try
        {
            while ((await socket.ReceiveAsync(buffer, limit.Token)).MessageType != WebSocketMessageType.Close)
            {
                // what came before the end
            }
        }
        catch (WebSocketException)
        {
            // closed without a word
        }
    }

    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return ValueTask.CompletedTask;
    }

    public Task SendAsync(string frame) => socket.SendAsync(Encoding.UTF8.GetBytes(frame + End), WebSocketMessageType.Text, endOfMessage: true, TestContext.Current.CancellationToken);

    private async Task<string> FrameAsync(Func<string, bool> isMeant)
    {
        var buffer = new byte[32 * 1024];
        while (true)
        {
            for (int end; (end = _read.ToString().IndexOf(End, StringComparison.Ordinal)) >= 0;)
            {
                var frame = _read.ToString(0, end);
                _read.Remove(0, end + 1);
                if (isMeant(frame)) return frame;
            }

            var got = await socket.ReceiveAsync(buffer, TestContext.Current.CancellationToken);
            Assert.NotEqual(WebSocketMessageType.Close, got.MessageType);
            _read.Append(Encoding.UTF8.GetString(buffer, 0, got.Count));
        }
    }
}
