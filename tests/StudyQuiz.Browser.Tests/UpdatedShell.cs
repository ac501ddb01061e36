using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.Browser.Tests;

/// <summary>
/// Stands before the app and can pretend that a newer version was installed: the shell, its script and the service worker have changed, and the
/// old script is gone. It can also fail to pass on what was done to cards.
/// </summary>
internal sealed partial class UpdatedShell : IDisposable
{
    private const string NewHash = "ffffffffffff";

    private readonly HttpListener _listener = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private readonly Uri _app;
    private string _oldScript = "";

    public UpdatedShell(Uri app)
    {
        _app = app;
        Address = new Uri($"http://127.0.0.1:{ServedApp.FreePort()}");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = AnswerAsync();
    }

    public Uri Address { get; }

    /// <summary>Whether the newer version is there.</summary>
    public bool IsUpdated { get; set; }

    /// <summary>Whether changes to cards are answered by an error.</summary>
    public bool LosesChanges { get; set; }

    /// <summary>How often they were.</summary>
    public int Lost { get; private set; }

    public void Dispose()
    {
        _listener.Close();
        _client.Dispose();
    }

    private async Task AnswerAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = PassOnAsync(context);
        }
    }

    private async Task PassOnAsync(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        using var response = context.Response;
        if (LosesChanges && path == "/api/cards/changes")
        {
            Lost++;
            response.StatusCode = (int)HttpStatusCode.BadGateway;
            return;
        }

        var isNewScript = IsUpdated && path == Renamed(_oldScript);
        if (IsUpdated && path == _oldScript)
        {
            response.StatusCode = (int)HttpStatusCode.NotFound;
            return;
        }

        using var asked = await AskAsync(context.Request, isNewScript ? _oldScript : context.Request.Url.PathAndQuery);
        var body = await asked.Content.ReadAsByteArrayAsync();
        if (path is "/sw.js" or "/cards/study") body = Encoding.UTF8.GetBytes(Changed(Encoding.UTF8.GetString(body)));
        if (isNewScript) body = [.. "document.documentElement.dataset.shell = 'new';"u8, .. body];
        response.StatusCode = (int)asked.StatusCode;
        foreach (var (name, values) in asked.Headers.Concat(asked.Content.Headers))
        {
            if (name is "Transfer-Encoding" or "Content-Length" or "Date" or "Server" or "Connection" or "ETag" or "Last-Modified") continue;
            foreach (var value in values) response.AppendHeader(name, value);
        }

        response.ContentLength64 = body.Length;
        await response.OutputStream.WriteAsync(body);
    }

    private async Task<HttpResponseMessage> AskAsync(HttpListenerRequest request, string path)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.HttpMethod), new Uri(_app, path));
        if (request.HasEntityBody) message.Content = new StreamContent(request.InputStream);
        foreach (var name in request.Headers.AllKeys)
        {
            if (name is null or "Connection" or "Content-Length" or "Accept-Encoding" or "If-None-Match" or "If-Modified-Since") continue;
            if (!message.Headers.TryAddWithoutValidation(name, request.Headers[name])) message.Content?.Headers.TryAddWithoutValidation(name, request.Headers[name]);
        }

        return await _client.SendAsync(message);
    }

    private string Changed(string text)
    {
        if (_oldScript.Length == 0) _oldScript = Script().Match(text).Value;
        return IsUpdated ? Version().Replace(text.Replace(_oldScript, Renamed(_oldScript), StringComparison.Ordinal), $"version:\"{NewHash}\"") : text;
    }

    private static string Renamed(string script) => Hash().Replace(script, $".{NewHash}.");

    [GeneratedRegex(@"/client/cards\.[0-9a-f]{12}\.js", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Script();

    [GeneratedRegex(@"\.[0-9a-f]{12}\.", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hash();

    [GeneratedRegex("version:\"[0-9a-f]{12}\"", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Version();
}
