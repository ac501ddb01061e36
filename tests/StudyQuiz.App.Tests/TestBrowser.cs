using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Tests;

/// <summary>Pages, forms, cookies and JSON as a browser sends them, without following redirects.</summary>
public sealed partial class TestBrowser : IDisposable
{
    private readonly HttpClient _http;

    public TestBrowser(Uri address)
    {
        Address = address;
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false }) { BaseAddress = address };
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
    }

    public Uri Address { get; }

    public CookieContainer Cookies { get; } = new();

    public Task<HttpResponseMessage> GetAsync(string path) => _http.GetAsync(path);

    /// <summary>The text of a page that is there.</summary>
    public async Task<string> ReadAsync(string path)
    {
        using var response = await GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.SourceAsync();
    }

    /// <summary>Fills in and sends a form of a page: hidden fields, the antiforgery token among them, are taken from the page's first form with that action.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string action, params (string Name, string Value)[] fields) =>
        await PostFormAsync(action, [.. await FillInAsync(page, action, fields)]);

    /// <summary>Sends a form with a file as browsers do.</summary>
    public async Task<HttpResponseMessage> UploadAsync(string page, string action, (string FileName, byte[] Bytes)? file, params (string Name, string Value)[] fields) =>
        await UploadAsync(page, action, "file", file, fields);

    /// <param name="field">The name of the file's field.</param>
    public async Task<HttpResponseMessage> UploadAsync(string page, string action, string field, (string FileName, byte[] Bytes)? file, params (string Name, string Value)[] fields)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in await FillInAsync(page, action, fields)) content.Add(new StringContent(value), name);
        if (file is { } chosen) content.Add(new ByteArrayContent(chosen.Bytes), field, chosen.FileName);
        return await _http.PostAsync(action, content);
    }

    /// <summary>What a page's form sends: its hidden fields and those that were filled in.</summary>
    public async Task<IReadOnlyList<(string Name, string Value)>> FillInAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        var html = await ReadAsync(page);
        var form = Form().Matches(html).First(m => m.Groups["tag"].Value.Contains($"action=\"{action}\"", StringComparison.Ordinal)).Value;
        return
        [
            .. Hidden().Matches(form)
                .Select(m => (Name: Attribute(m.Value, "name"), Value: WebUtility.HtmlDecode(Attribute(m.Value, "value"))))
                .Where(hidden => fields.All(f => f.Name != hidden.Name)),
            .. fields,
        ];
    }

    public async Task<HttpResponseMessage> PostFormAsync(string action, params (string Name, string Value)[] fields)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
        request.Headers.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
        return await _http.SendAsync(request);
    }

    /// <summary>Sends a form with parts, without a file.</summary>
    public async Task<HttpResponseMessage> PostPartsAsync(string action, params (string Name, string Value)[] fields)
    {
        using var content = new MultipartFormDataContent();
        foreach (var (name, value) in fields) content.Add(new StringContent(value), name);
        using var request = new HttpRequestMessage(HttpMethod.Post, action) { Content = content };
        request.Headers.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
        return await _http.SendAsync(request);
    }

    /// <summary>Posts JSON as a page of this site does.</summary>
    /// <param name="origin">The Origin header; empty sends none.</param>
    public async Task<HttpResponseMessage> PostJsonAsync(string path, object body, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body, options: DomainJson.Options) };
        if (origin != "") request.Headers.Add("Origin", origin ?? Address.GetLeftPart(UriPartial.Authority));
        return await _http.SendAsync(request);
    }

    /// <summary>Posts bytes that claim to be JSON.</summary>
    public async Task<HttpResponseMessage> PostBytesAsync(string path, byte[] body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        request.Headers.Add("Origin", Address.GetLeftPart(UriPartial.Authority));
        return await _http.SendAsync(request);
    }

    public void Dispose() => _http.Dispose();

    private static string Attribute(string tag, string name) =>
        Regex.Match(tag, $"""\b{name}="([^"]*)" """.Trim(), RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value;

    [GeneratedRegex("""(?<tag><form[^>]*>).*?</form>""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();

    [GeneratedRegex("""<input[^>]*type="hidden"[^>]*>""", RegexOptions.None, 1000)]
    private static partial Regex Hidden();
}
