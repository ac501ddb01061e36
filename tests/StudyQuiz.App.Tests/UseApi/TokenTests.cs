using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Tests.UseApi;

public sealed class TokenTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_token_is_made_on_the_page_shown_once_used_for_its_scopes_and_revoked()
    {
        using var host = await app.SignedInAsync("token-host", Roles.Host);
        using var none = await host.SubmitAsync("/account/tokens", "/account/tokens", ("name", "没有权限"), ("days", "30"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, none.StatusCode);
        using var made = await host.SubmitAsync("/account/tokens", "/account/tokens", ("name", "报表程序"), ("days", "30"), ("scopes", "groups:read"), ("scopes", "groups:write"));
        var secret = Regex.Match(await made.TextAsync(), "sq_[A-Za-z0-9_-]{43}", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        Assert.DoesNotContain(secret, await host.ReadAsync("/account/tokens"), StringComparison.Ordinal);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await connection.QuerySingleAsync<int>("select count(*)::int from api_token where row_to_json(api_token)::text like '%' || @secret || '%'", new { secret = secret[3..] }));

        using var program = Program(secret);
        using (var me = await program.GetAsync("/api/v1/me")) Assert.Equal("token-host", (await ReadAsync(me)).GetProperty("name").GetString());
        using (var group = await program.PostAsJsonAsync("/api/v1/groups", new { name = "程序建的" }, TestContext.Current.CancellationToken))
        {
            Assert.Equal((HttpStatusCode.Created, "\"1\""), (group.StatusCode, group.Headers.ETag!.Tag));
            var path = group.Headers.Location!.ToString();
            var body = new { name = "改名", parent = (Guid?)null, archived = false };
            foreach (var (tag, wanted) in ((string?, HttpStatusCode)[])[(null, HttpStatusCode.PreconditionRequired), ("\"7\"", HttpStatusCode.PreconditionFailed), ("\"1\"", HttpStatusCode.OK), ("\"1\"", HttpStatusCode.PreconditionFailed)])
            {
                using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
                if (tag is not null) request.Headers.TryAddWithoutValidation("If-Match", tag);
                using var answer = await program.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.Equal(wanted, answer.StatusCode);
                if (!answer.IsSuccessStatusCode) Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            }
        }

        using (var quizzes = await program.GetAsync("/api/v1/quizzes")) Assert.Equal((HttpStatusCode.Forbidden, "application/problem+json"), (quizzes.StatusCode, quizzes.Content.Headers.ContentType?.MediaType));
        using (var nothing = await program.GetAsync("/api/v1/no-such-thing")) Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (nothing.StatusCode, nothing.Content.Headers.ContentType?.MediaType));
        using (var broken = await program.PostAsync("/api/v1/groups", new StringContent("{", System.Text.Encoding.UTF8, "application/json"))) Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (broken.StatusCode, broken.Content.Headers.ContentType?.MediaType));
        // A token is no way into pages, and beside one no cookie counts
        using (var page = await program.GetAsync("/groups")) Assert.Equal("/sign-in", page.Headers.Location?.AbsolutePath);
        using (var strange = Program("sq_" + new string('a', 43), host.Cookies.GetCookieHeader(app.Address)))
        using (var refused = await strange.GetAsync("/api/v1/me")) Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        // With the cookie alone another site's page writes nothing
        using (var forged = Program(null, host.Cookies.GetCookieHeader(app.Address)))
        using (var refused = await forged.PostAsJsonAsync("/api/v1/groups", new { name = "伪造" }, TestContext.Current.CancellationToken)) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        Assert.Contains("上次用", WebUtility.HtmlDecode(await host.ReadAsync("/account/tokens")), StringComparison.Ordinal);
        await connection.ExecuteAsync("delete from account_role where account_id = @id", new { id = await app.AccountIdAsync("token-host") });
        using (var fallen = await program.GetAsync("/api/v1/groups")) Assert.Equal(HttpStatusCode.Forbidden, fallen.StatusCode);
        var revoke = Regex.Match(await host.ReadAsync("/account/tokens"), "/account/tokens/[0-9a-f-]+/revoke", RegexOptions.None, TimeSpan.FromSeconds(1)).Value;
        using (await host.SubmitAsync("/account/tokens", revoke)) { }
        using (var over = await program.GetAsync("/api/v1/me")) Assert.Equal(HttpStatusCode.Unauthorized, over.StatusCode);
        Assert.Equal(["token.made", "token.revoked"], await connection.QueryAsync<string>("select act from audit where act like 'token.%' and actor = @id order by id", new { id = await app.AccountIdAsync("token-host") }));
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_password_gives_a_token_that_ends_pages_go_on_from_a_place_and_too_much_is_too_much()
    {
        using var host = await app.SignedInAsync("paging-host", Roles.Host);
        using var nobody = Program(null);
        using (var wrong = await nobody.PostAsJsonAsync("/api/v1/sign-in", new { name = "paging-host", password = "wrong wrong", token = "x" }, TestContext.Current.CancellationToken)) Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        foreach (var (scopes, days) in ((string[], int)[])[([], 1), (["quizzes:read"], 0), (["all"], 1)])
        {
            using var nothing = await nobody.PostAsJsonAsync("/api/v1/sign-in", new { name = "paging-host", password = TestAccounts.Password, token = "x", days, scopes }, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
        }

        using var signedIn = await nobody.PostAsJsonAsync("/api/v1/sign-in", new { name = "paging-host", password = TestAccounts.Password, token = "脚本", days = 1 }, TestContext.Current.CancellationToken);
        var secret = (await ReadAsync(signedIn)).GetProperty("token").GetString()!;
        using var program = Program(secret);
        await KeepQuizzes.QuizHost.ComeAsync(app, "seeds-a-bank");
        for (var n = 0; n < 5; n++)
        {
            app.Time.Advance(TimeSpan.FromSeconds(1));
            using var made = await program.PostAsJsonAsync("/api/v1/quizzes", new { title = $"第 {n} 份", banks = Array.Empty<string>(), shape = "empty", questions = 0 }, TestContext.Current.CancellationToken);
            Assert.True(made.StatusCode == HttpStatusCode.Created, await made.TextAsync());
        }

        // No bank is not every bank
        using (var unnamed = await program.PostAsJsonAsync("/api/v1/quizzes", new { title = "无题库", banks = Array.Empty<string>(), questions = 5 }, TestContext.Current.CancellationToken)) Assert.Equal((HttpStatusCode.UnprocessableEntity, "bank"), (unnamed.StatusCode, (await ReadAsync(unnamed)).GetProperty("code").GetString()));
        var titles = new List<string>();
        string? after = null;
        do
        {
            using var page = await program.GetAsync($"/api/v1/quizzes?limit=2{(after is null ? "" : "&after=" + Uri.EscapeDataString(after))}");
            var read = await ReadAsync(page);
            titles.AddRange(read.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()!));
            after = read.TryGetProperty("next", out var next) ? next.GetString() : null;
        }
        while (after is not null);
        Assert.Equal(["第 4 份", "第 3 份", "第 2 份", "第 1 份", "第 0 份"], titles);

        var answers = new List<HttpResponseMessage>();
        for (var n = 0; n < 80 && answers.TrueForAll(one => one.StatusCode != HttpStatusCode.TooManyRequests); n++) answers.Add(await program.GetAsync($"/api/v1/games/{Guid.NewGuid()}/report"));
        Assert.Equal((HttpStatusCode.TooManyRequests, true, "application/problem+json"), (answers[^1].StatusCode, answers[^1].Headers.RetryAfter is not null, answers[^1].Content.Headers.ContentType?.MediaType));
        answers.ForEach(one => one.Dispose());
        app.Time.Advance(TimeSpan.FromDays(2));
        using (var over = await program.GetAsync("/api/v1/me")) Assert.Equal(HttpStatusCode.Unauthorized, over.StatusCode);
    }

    [Fact]
    public async Task The_reference_tells_every_operation_of_the_document()
    {
        var document = JsonDocument.Parse(await app.Browser().ReadAsync("/api/v1/openapi.json")).RootElement;
        var page = WebUtility.HtmlDecode(await app.Browser().ReadAsync("/api"));
        var operations = document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value.GetProperty("operationId").GetString()!).ToList();
        Assert.True(operations.Count > 40, $"{operations.Count}");
        Assert.All(operations, id => Assert.Contains($"<details id=\"{id}\">", page, StringComparison.Ordinal));
        // Nothing is left to guess: each parameter and each list says what it is, each body of JSON has an example
        foreach (var operation in document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value))
        {
            var id = operation.GetProperty("operationId").GetString()!;
            if (operation.TryGetProperty("parameters", out var parameters)) Assert.All(parameters.EnumerateArray(), parameter => Assert.True(parameter.TryGetProperty("description", out _), $"{id}: {parameter}"));
            Assert.True(!id.StartsWith("List", StringComparison.Ordinal) || parameters.EnumerateArray().Count(parameter => parameter.GetProperty("name").GetString() is "after" or "limit") == 2, $"{id} has no pages");
            if (operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json)) Assert.True(json.TryGetProperty("example", out _), $"{id} has no example");
        }
    }

    private HttpClient Program(string? secret, string? cookies = null)
    {
        var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = app.Address };
        if (secret is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        if (cookies is not null) http.DefaultRequestHeaders.Add("Cookie", cookies);
        return http;
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer) => (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
}
