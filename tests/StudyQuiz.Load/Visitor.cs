using System.Net;
using System.Text.RegularExpressions;

namespace StudyQuiz.Load;

/// <summary>A browser as far as pages go: keeps its cookies and sends forms with the hidden fields that they came with.</summary>
internal sealed partial class Visitor(Web web)
{
    private readonly Dictionary<string, string> _cookies = new(StringComparer.Ordinal);

    /// <summary>The value of the Cookie header.</summary>
    public string Cookies => string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));

    /// <summary>A page that is there.</summary>
    /// <exception cref="LoadFailure">It answered with another status than 200.</exception>
    public async Task<string> ReadAsync(string path, CancellationToken stop)
    {
        var page = await GetAsync(path, stop);
        return page.Status == HttpStatusCode.OK ? page.Html : throw new LoadFailure($"GET {path} answered {(int)page.Status}.");
    }

    public Task<Page> GetAsync(string path, CancellationToken stop) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(web.Address, path)), stop);

    /// <summary>Sends the page's form with this action. Fields that are given take the place of hidden ones of the same name.</summary>
    /// <returns>Where the answer redirects to.</returns>
    /// <exception cref="LoadFailure">There is no such form, or the server did not redirect.</exception>
    public async Task<string> SubmitAsync(string html, string action, CancellationToken stop, params (string Name, string Value)[] fields)
    {
        var answer = await PostAsync(html, action, stop, fields);
        return answer.Location ?? throw new LoadFailure($"POST {action} answered {(int)answer.Status}{Said(answer.Html)}.");
    }

    /// <summary>Sends the page's form with this action, whatever comes of it.</summary>
    /// <exception cref="LoadFailure">There is no such form.</exception>
    public async Task<Page> PostAsync(string html, string action, CancellationToken stop, params (string Name, string Value)[] fields)
    {
        var form = Forms().Matches(html).FirstOrDefault(found => found.Value.Contains($"action=\"{action}\"", StringComparison.Ordinal))?.Value
            ?? throw new LoadFailure($"There is no form for {action}.");
        var hidden = Hidden().Matches(form).Select(input => (Name: Attribute(input.Value, "name"), Value: Attribute(input.Value, "value")));
        var sent = hidden.Where(input => fields.All(field => field.Name != input.Name)).Concat(fields);
        using var content = new FormUrlEncodedContent(sent.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(web.Address, action)) { Content = content };
        request.Headers.Add("Origin", web.Origin);
        return await SendAsync(request, stop);
    }

    /// <summary>Sends the page's form with this action and a file in it.</summary>
    public async Task<Page> UploadAsync(string html, string action, string field, string name, byte[] bytes, CancellationToken stop)
    {
        var form = Forms().Matches(html).FirstOrDefault(found => found.Value.Contains($"action=\"{action}\"", StringComparison.Ordinal))?.Value ?? throw new LoadFailure($"There is no form for {action}.");
        using var content = new MultipartFormDataContent();
        foreach (var input in Hidden().Matches(form).Select(input => input.Value)) content.Add(new StringContent(Attribute(input, "value")), Attribute(input, "name"));
        content.Add(new ByteArrayContent(bytes), field, name);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(web.Address, action)) { Content = content };
        request.Headers.Add("Origin", web.Origin);
        return await SendAsync(request, stop);
    }

    /// <summary>An attribute of a tag, with characters in place of their references; empty where it is absent.</summary>
    public static string Attribute(string tag, string name)
    {
        var start = tag.IndexOf($" {name}=\"", StringComparison.Ordinal);
        if (start < 0) return "";
        start += name.Length + 3;
        return WebUtility.HtmlDecode(tag[start..tag.IndexOf('"', start)]);
    }

    private static string Said(string html) => Alert().Match(html) is { Success: true } alert ? ": " + alert.Groups["said"].Value : "";

    private async Task<Page> SendAsync(HttpRequestMessage request, CancellationToken stop)
    {
        using (request)
        {
            request.Headers.Add("Accept", "text/html");
            request.Headers.Add("Accept-Language", "zh-CN");
            if (_cookies.Count > 0) request.Headers.Add("Cookie", Cookies);
            using var response = await web.Http.SendAsync(request, stop);
            if (response.Headers.TryGetValues("Set-Cookie", out var set)) Keep(set);
            return new Page(response.StatusCode, response.Headers.Location?.OriginalString, await response.Content.ReadAsStringAsync(stop));
        }
    }

    private void Keep(IEnumerable<string> set)
    {
        foreach (var cookie in set.Select(header => header.Split(';')[0].Split('=', 2)))
        {
            if (cookie[1].Length > 0) _cookies[cookie[0]] = cookie[1];
            else _cookies.Remove(cookie[0]);
        }
    }

    [GeneratedRegex("<form[^>]*>.*?</form>", RegexOptions.Singleline, 1000)]
    private static partial Regex Forms();

    [GeneratedRegex("""<input[^>]*type="hidden"[^>]*>""", RegexOptions.None, 1000)]
    private static partial Regex Hidden();

    // What the page says went wrong, for the message.
    [GeneratedRegex("""role="alert">(<svg.*?</svg>)?(?<said>.*?)</""", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Alert();
}
