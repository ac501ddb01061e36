using System.Net;
using System.Text.RegularExpressions;
using Dapper;

namespace StudyQuiz.App.Tests.Platform;

/// <summary>What browsers are told beside every answer, behind TLS and on the plain http of a LAN.</summary>
public sealed partial class SecurityHeadersTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string[] _everywhere = ["x-content-type-options: nosniff", "referrer-policy: same-origin", "cross-origin-opener-policy: same-origin", "cross-origin-resource-policy: same-origin"];

    [Fact]
    public async Task Behind_TLS_pages_keep_to_themselves_cookies_are_bound_to_the_host_and_a_fault_tells_nothing()
    {
        app.Arguments = ["--TrustedProxies=127.0.0.1"];
        await app.RestartAsync();
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = app.Address };
        var nonces = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, status) in new[]
        {
            ("/", 200), ("/sign-in", 200), ("/join", 200), ("/nothing-here", 404), ("/people", 302), ("/privacy", 200), ("/api/v1/openapi.json", 200), ("/api/v1/me", 401), ("/ready", 200), ("/live", 200), ("/api", 200),
            ("/cards/study", 200), ("/sw.js", 200), ("/client/site.js", 200), ("/client/site.css", 200), ("/favicon.svg", 200),
            // Nothing is listed, and nothing lies beside that is not meant to be fetched
            ("/client/", 404), ("/.git/config", 404), ("/appsettings.json", 404), ("/questions/yangtze-delta-symposium-2020.yaml", 404), ("/metrics", 404), ("/client/..%2f..%2fstudyquiz.dll", 404),
        })
        {
            using var answer = await SendAsync(http, HttpMethod.Get, path);
            Assert.Equal((path, status), (path, (int)answer.StatusCode));
            AssertKept(path, answer);
            Assert.Equal((path, "max-age=63072000; includeSubDomains"), (path, Header(answer, "Strict-Transport-Security")));
            var policy = Header(answer, "Content-Security-Policy");
            var type = answer.Content.Headers.ContentType;
            var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            // Text says in what letters it is written; what is kept by nobody's order is said to be kept by nobody
            if (type?.MediaType is { } media && (media.StartsWith("text/", StringComparison.Ordinal) && media is not "text/css" and not "text/javascript")) Assert.Equal((path, "utf-8"), (path, type.CharSet?.ToLowerInvariant()));
            if (status != 302 && !path.StartsWith("/c", StringComparison.Ordinal) && path is not ("/sw.js" or "/favicon.svg")) Assert.True(answer.Headers.CacheControl is { NoStore: true }, $"{path} may be kept");
            if (type?.MediaType != "text/html" || path == "/cards/study") continue;
            var nonce = Nonce().Match(policy).Groups["nonce"].Value;
            Assert.True(nonces.Add(nonce), $"{path} has the nonce of another page");
            Assert.Contains("script-src 'nonce-", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.NotEmpty(Script().Matches(body));
            Assert.All(Script().Matches(body), script => Assert.True(script.Value.Contains($"nonce=\"{nonce}\"", StringComparison.Ordinal) && script.Value.Contains("src=\"/client/", StringComparison.Ordinal), script.Value));
            Assert.DoesNotMatch(Inline(), body);
        }

        // Methods that nobody needs, and a page of another site that asks whether it may
        using (var traced = await SendAsync(http, HttpMethod.Trace, "/")) Assert.Equal(HttpStatusCode.MethodNotAllowed, traced.StatusCode);
        using (var asked = await SendAsync(http, HttpMethod.Options, "/api/v1/me", ("Origin", "https://elsewhere.example"), ("Access-Control-Request-Method", "GET")))
            Assert.DoesNotContain(asked.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));

        var jar = await SignUpAsync(http);
        using (var known = await SendAsync(http, HttpMethod.Get, "/account", ("Cookie", jar))) Assert.Equal(HttpStatusCode.OK, known.StatusCode);
        // The same cookies without the prefix are what a neighbour in the domain could have planted
        using (var planted = await SendAsync(http, HttpMethod.Get, "/account", ("Cookie", jar.Replace("__Host-", "", StringComparison.Ordinal)))) Assert.Equal(HttpStatusCode.Found, planted.StatusCode);

        await FaultAsync(http, jar);
        await OnPlainHttpAsync(http);
    }

    // A class on a LAN has no TLS: browsers would drop what is bound to it
    private static async Task OnPlainHttpAsync(HttpClient http)
    {
        using var plain = await http.GetAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        AssertKept("/sign-in", plain);
        Assert.False(plain.Headers.Contains("Strict-Transport-Security"));
        Assert.All(plain.Headers.GetValues("Set-Cookie"), cookie => Assert.True(cookie.StartsWith("sq-", StringComparison.Ordinal) && !cookie.Contains("secure", StringComparison.OrdinalIgnoreCase), cookie));
    }

    private async Task FaultAsync(HttpClient http, string jar)
    {
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("alter table learner rename to learner_elsewhere");
        foreach (var (path, accept, type) in new[] { ("/progress", "text/html", "text/html"), ("/api/v1/attempts", "application/json", "application/problem+json") })
        {
            using var fault = await SendAsync(http, HttpMethod.Get, path, ("Cookie", jar), ("Accept", accept));
            var told = await fault.TextAsync();
            Assert.Equal((path, 500, type), (path, (int)fault.StatusCode, fault.Content.Headers.ContentType?.MediaType));
            AssertKept(path, fault);
            foreach (var inside in new[] { "learner", "select", "Npgsql", "Exception", "42P01", ".cs" }) Assert.DoesNotContain(inside, told.Split("<body")[^1], StringComparison.Ordinal);
        }

        // Whoever runs it is told, and it goes on
        Assert.Contains(app.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) && line.Contains("42P01", StringComparison.Ordinal));
        await connection.ExecuteAsync("alter table learner_elsewhere rename to learner");
        using var again = await SendAsync(http, HttpMethod.Get, "/progress", ("Cookie", jar));
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
    }

    // What signing up sets, as a browser would send it back
    private static async Task<string> SignUpAsync(HttpClient http)
    {
        using var page = await SendAsync(http, HttpMethod.Get, "/sign-up");
        var jar = page.Headers.GetValues("Set-Cookie").ToList();
        var token = Regex.Match(await page.TextAsync(), "name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]+)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["token"].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("name", "behind-tls"), new("password", TestAccounts.Password)]);
        using var made = await SendAsync(http, HttpMethod.Post, "/sign-up", form, ("Cookie", Sent(jar)));
        Assert.Equal(HttpStatusCode.Found, made.StatusCode);
        jar.AddRange(made.Headers.GetValues("Set-Cookie"));
        using var chosen = await SendAsync(http, HttpMethod.Post, "/preferences", new FormUrlEncodedContent([new("theme", "dark")]));
        var preference = Assert.Single(chosen.Headers.GetValues("Set-Cookie"));
        Assert.Contains(jar, cookie => cookie.StartsWith("__Host-sq-account=", StringComparison.Ordinal));
        Assert.Contains(jar, cookie => cookie.StartsWith("__Host-sq-antiforgery=", StringComparison.Ordinal));
        Assert.All([.. jar, preference], cookie =>
        {
            Assert.Matches("^__Host-[a-z-]+=.*; path=/", cookie);
            Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Matches("(?i); samesite=(lax|strict)", cookie);
            Assert.DoesNotContain("; domain", cookie, StringComparison.OrdinalIgnoreCase);
        });
        Assert.All(jar, cookie => Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase));
        return Sent(jar);
    }

    private static string Sent(IEnumerable<string> jar) => string.Join("; ", jar.Select(cookie => cookie.Split(';')[0]));

    private static void AssertKept(string path, HttpResponseMessage answer)
    {
        foreach (var header in _everywhere) Assert.Equal((path, header), (path, $"{header.Split(':')[0]}: {Header(answer, header.Split(':')[0])}"));
        var policy = Header(answer, "Content-Security-Policy");
        foreach (var part in new[] { "default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'" }) Assert.Contains(part, policy, StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Server") || answer.Headers.Contains("X-Powered-By"));
    }

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));

    private static Task<HttpResponseMessage> SendAsync(HttpClient http, HttpMethod method, string path, params (string Name, string Value)[] headers) => SendAsync(http, method, path, null, headers);

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, HttpMethod method, string path, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("X-Forwarded-Proto", "https");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        if (headers.All(header => header.Name != "Accept")) request.Headers.Accept.ParseAdd("text/html");
        return await http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("'nonce-(?<nonce>[^']+)'", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Nonce();

    [GeneratedRegex("<script[^>]*>", RegexOptions.None, 1000)]
    private static partial Regex Script();

    [GeneratedRegex("<style|\\sstyle=\"|\\son[a-z]+=\"|javascript:|<script[^>]*>[^<]", RegexOptions.None, 1000)]
    private static partial Regex Inline();
}
