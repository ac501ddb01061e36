using System.Net;

namespace StudyQuiz.Load;

/// <summary>What all visitors share: one pool of connections to the server under load.</summary>
/// <remarks>
/// A browser has connections of its own; sharing them for pages saves the driver a few thousand handshakes. Web sockets are
/// one connection a player, as they must be.
/// </remarks>
internal sealed class Web(Uri address) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false });

    public Uri Address => address;

    /// <summary>What a browser says of the page from which a form or a socket comes.</summary>
    public string Origin { get; } = address.GetLeftPart(UriPartial.Authority);

    public HttpMessageInvoker Http => _http;

    public void Dispose() => _http.Dispose();
}

/// <summary>What a page answered.</summary>
internal sealed record Page(HttpStatusCode Status, string? Location, string Html);
