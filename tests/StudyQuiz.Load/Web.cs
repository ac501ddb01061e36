using System.Net;
using System.Net.Sockets;

namespace StudyQuiz.Load;

/// <summary>What all visitors share: one pool of connections to the server under load.</summary>
/// <remarks>
/// A browser has connections of its own; sharing them for pages saves the driver a few thousand handshakes. Web sockets are
/// one connection a player, as they must be.
/// </remarks>
/// <param name="address">The server's.</param>
/// <param name="from">The address of this machine that its connections come from; null leaves it to the system.</param>
internal sealed class Web(Uri address, IPAddress? from = null) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(Handler(from));

    public Uri Address => address;

    /// <summary>What a browser says of the page from which a form or a socket comes.</summary>
    public string Origin { get; } = address.GetLeftPart(UriPartial.Authority);

    public HttpMessageInvoker Http => _http;

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler Handler(IPAddress? from)
    {
        var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false };
        if (from is null) return handler;
        handler.ConnectCallback = async (context, stop) =>
        {
            var socket = new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(context.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        };
        return handler;
    }
}

/// <summary>What a page answered.</summary>
internal sealed record Page(HttpStatusCode Status, string? Location, string Html);
