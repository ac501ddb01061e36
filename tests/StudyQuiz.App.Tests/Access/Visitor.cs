using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Tests.Access;

/// <summary>Somebody with one role, or without an account, who tries an address.</summary>
internal sealed class Visitor : IDisposable
{
    private readonly HttpClient _http;
    private (string Name, string Value) _token;

    private Visitor(string role, TestBrowser browser, Guid account)
    {
        (Role, Browser, Account) = (role, browser, account);
        _http = new HttpClient(new SocketsHttpHandler { CookieContainer = browser.Cookies, AllowAutoRedirect = false }) { BaseAddress = browser.Address };
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        _http.DefaultRequestHeaders.Add("Origin", browser.Address.GetLeftPart(UriPartial.Authority));
    }

    public string Role { get; }

    public TestBrowser Browser { get; }

    public Guid Account { get; }

    public static async Task<Visitor> ComeAsync(TestApp app, string role)
    {
        var name = $"{role}-{Guid.NewGuid():N}"[..20];
        var browser = role == "nobody" ? app.Browser() : await app.SignedInAsync(name, role);
        var visitor = new Visitor(role, browser, role == "nobody" ? Guid.Empty : await app.AccountIdAsync(name));
        visitor._token = (await browser.FillInAsync(role == "nobody" ? "/sign-in" : "/account", role == "nobody" ? "/sign-in" : "/sign-out"))[0];
        return visitor;
    }

    /// <summary>Sends what would do something if it were let in: a form with its token, or a body that the document says is whole.</summary>
    /// <param name="token">In place of a cookie.</param>
    /// <param name="text">JSON in the place of every text of a body.</param>
    /// <returns>The status; 401 where they are sent to sign in.</returns>
    public async Task<int> AskAsync(string name, Things things, JsonNode document, string? token = null, string? text = null)
    {
        var (method, route) = (name.Split(' ')[0], name.Split(' ')[1]);
        var line = AccessLine.All()[name];
        using var request = new HttpRequestMessage(new HttpMethod(method), things.Fill(route, line.Thing));
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        if (method is "POST" or "PUT" or "DELETE")
        {
            request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
            request.Content = route.StartsWith("/api/", StringComparison.Ordinal)
                ? new StringContent(Body(document, route, method).Replace("\"x\"", text ?? "\"x\"", StringComparison.Ordinal), Encoding.UTF8, route.EndsWith("/import", StringComparison.Ordinal) || route.EndsWith("/pictures/", StringComparison.Ordinal) ? "application/octet-stream" : "application/json")
                : Form(things);
        }

        using var answer = await _http.SendAsync(request);
        return answer.Headers.Location?.ToString() is { } away && away.Contains("/sign-in", StringComparison.Ordinal) ? 401 : (int)answer.StatusCode;
    }

    public HubConnection Connect(string hub) => new HubConnectionBuilder()
        .WithUrl(new Uri(Browser.Address, $"/hubs/{hub}"), options =>
        {
            options.Cookies = Browser.Cookies;
            options.Headers.Add("Origin", Browser.Address.GetLeftPart(UriPartial.Authority));
        })
        .AddJsonProtocol(json => DomainJson.Configure(json.PayloadSerializerOptions))
        .Build();

    public void Dispose()
    {
        _http.Dispose();
        Browser.Dispose();
    }

    private FormUrlEncodedContent Form(Things things) => new(new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [_token.Name] = _token.Value,
        ["id"] = Guid.NewGuid().ToString(),
        ["copy"] = Guid.NewGuid().ToString(),
        ["version"] = "1",
        ["revision"] = "1",
        ["name"] = "x",
        ["title"] = "x",
        ["text"] = "x 1",
        ["do"] = "archive",
        ["uses"] = "1",
        ["days"] = "1",
        ["invitation"] = Guid.NewGuid().ToString(),
        ["group"] = things["group"],
        ["type"] = "single_choice",
        ["back"] = "/",
        ["off"] = "true",
        ["extra"] = "1",
        ["take"] = "all",
        ["learner"] = Guid.NewGuid().ToString(),
    });

    // What the document says of the body, with something in each place
    private static string Body(JsonNode document, string route, string method)
    {
        var operation = document["paths"]?.AsObject().FirstOrDefault(path => Shape(path.Key) == Shape(route)).Value?[method.ToLowerInvariant()];
        var schema = operation?["requestBody"]?["content"]?["application/json"]?["schema"];
        if (route.StartsWith("/api/attempts/", StringComparison.Ordinal)) return $$"""{"clientId":"{{Guid.NewGuid()}}","sequence":1,"answer":null}""";
        return schema is null ? "{}" : Sample(document, schema, 0)?.ToJsonString() ?? "{}";
    }

    private static string Shape(string route) => System.Text.RegularExpressions.Regex.Replace(route, @"\{[^}]*\}", "{}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));

    private static JsonNode? Sample(JsonNode document, JsonNode schema, int depth)
    {
        if (schema["$ref"]?.GetValue<string>() is { } name) schema = document["components"]!["schemas"]![name.Split('/')[^1]]!;
        if (schema["oneOf"]?[0] is { } first) return Sample(document, first, depth);
        if (schema["properties"] is JsonObject properties && depth < 5) return new JsonObject(properties.Select(property => KeyValuePair.Create(property.Key, Sample(document, property.Value!, depth + 1))));
        return (schema["type"]?.ToString(), schema["format"]?.ToString()) switch
        {
            ("array", _) => new JsonArray(),
            ("integer" or "number", _) => 1,
            ("boolean", _) => false,
            (_, "uuid") => Guid.NewGuid().ToString(),
            (_, "date-time") => "2026-11-24T08:00:00Z",
            (_, "date") => "2026-11-24",
            ("string", _) => "x",
            _ => null,
        };
    }
}
