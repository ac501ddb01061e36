using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using StudyQuiz.App.Features.UseApi;

namespace StudyQuiz.App.Tests.Access;

/// <summary>
/// Hostile texts in every field of every form that a host, an editor and admin and a learner come to, and in every body of the HTTP API: refused or stored, never a
/// fault, and never part of a page's source.
/// </summary>
public sealed partial class HostileTextTests(TestApp app) : IClassFixture<TestApp>
{
    private const int TriesAForm = 8;
    private const int MostPages = 120;

    // What would end the walk, or whom it is walked by
    private static readonly string[] _left = ["sign-out", "/roles", "/switch", "/my-data/delete", "/sessions/end", "/preferences", "/password", "reset-link"];

    [Fact]
    public async Task Forms_and_the_api_refuse_or_store_them_and_no_page_runs_them()
    {
        var random = new Random(20261201);
        var things = await Things.MakeAsync(app);
        using var admin = await Visitor.ComeAsync(app, "admin");
        var wrong = new List<string>();
        var (tried, typed) = (0, 0);
        foreach (var visitor in new[] { things.Owner("game"), things.Owner("attempt"), admin })
        {
            foreach (var form in (await WalkAsync(visitor, wrong)).DistinctBy(form => (ShapeOf(form.Action), string.Join(' ', form.Fields.Select(field => field.Name).Distinct()))))
            {
                if (_left.Any(left => form.Action.Contains(left, StringComparison.Ordinal))) continue;
                typed += form.Texts.Count;
                for (var i = 0; i < TriesAForm; i++)
                {
                    // The last tries change what nobody types into, too: hidden fields, numbers, choices
                    var all = i >= TriesAForm - 2;
                    var status = await SendAsync(visitor, form, [.. form.Fields.Select(field => form.Texts.Contains(field.Name) || (all && field.Name[0] != '_' && random.Next(2) == 0) ? (field.Name, HostileTexts.Of(random)) : field)]);
                    if (status is 401 or >= 500) wrong.Add($"{(form.IsPost ? "POST" : "GET")} {form.Action} as {visitor.Role}: {status}");
                    tried++;
                }
            }
        }

        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var tokens = new Dictionary<Visitor, string>();
        foreach (var visitor in new[] { things.Owner("game"), things.Owner("attempt"), admin }) tokens[visitor] = (await ApiToken.MakeAsync(connection, visitor.Account, "all", ApiScopes.All, 1, app.Time.GetUtcNow()))!.Value.Secret;
        // A program is told what its body lacks, without the name of any type of ours
        using var program = new HttpClient { BaseAddress = app.Address };
        program.DefaultRequestHeaders.Authorization = new("Bearer", tokens[things.Owner("game")]);
        using (var lacking = await program.PostAsync(new Uri("/api/v1/quizzes", UriKind.Relative), new StringContent("{}", Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.BadRequest, lacking.StatusCode);
            var told = (string?)JsonNode.Parse(await lacking.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["detail"];
            Assert.Contains("title", told, StringComparison.Ordinal);
            Assert.DoesNotContain("StudyQuiz", told, StringComparison.Ordinal);
        }

        var document = JsonNode.Parse(await admin.Browser.ReadAsync("/api/v1/openapi.json"))!;
        foreach (var (name, line) in AccessLine.All().Where(line => line.Key.Contains(" /api/", StringComparison.Ordinal) && !line.Key.StartsWith("GET", StringComparison.Ordinal)))
        {
            foreach (var text in new[] { "\"a\\u0000b\"", "\"\\ud800\"", "\"\\u202e<script>\\u0301\"", "\"'; drop table question; --\"", $"\"{new string('长', 3000)}\"", "null", "[]", "7" })
            {
                var visitor = line.Thing is null ? admin : things.Owner(line.Thing);
                var status = await visitor.AskAsync(name, things, document, name.Contains(" /api/v1/", StringComparison.Ordinal) ? tokens[visitor] : null, text);
                if (status >= 500 || (status == 401 && name != "POST /api/v1/sign-in")) wrong.Add($"{name} with {text[..Math.Min(text.Length, 40)]}: {status}");
                tried++;
            }
        }

        foreach (var visitor in new[] { things.Owner("game"), things.Owner("attempt"), admin }) await WalkAsync(visitor, wrong);
        wrong.AddRange(app.Log.Lines.Where(line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal)).Select(line => line[..Math.Min(line.Length, 600)]).Distinct().Take(20));
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong.Distinct()));
        Assert.True(typed > 60 && tried > 600, $"Only {typed} fields were typed into, in {tried} tries");
    }

    // All pages that links lead to, one of each kind, and their forms
    private static async Task<IReadOnlyList<PageForm>> WalkAsync(Visitor visitor, List<string> wrong)
    {
        var (seen, ahead, forms) = (new HashSet<string>(StringComparer.Ordinal), new Queue<string>(["/", "/self-test", "/quizzes", "/host", "/groups", "/account", "/webhooks", "/account/tokens", "/join"]), new List<PageForm>());
        while (ahead.TryDequeue(out var path) && seen.Count < MostPages)
        {
            if (_left.Any(left => path.Contains(left, StringComparison.Ordinal)) || path.StartsWith("/api", StringComparison.Ordinal) || !seen.Add(ShapeOf(path))) continue;
            using var answer = await visitor.Browser.GetAsync(path);
            if ((int)answer.StatusCode >= 500) wrong.Add($"GET {path} as {visitor.Role}: {(int)answer.StatusCode}");
            if (answer.Headers.Location?.OriginalString is { } away && away.StartsWith('/')) ahead.Enqueue(away);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            var html = await answer.Content.ReadAsStringAsync();
            // The page on which cards are studied is the same for everyone and kept by browsers
            if (!path.StartsWith("/cards/study", StringComparison.Ordinal) && answer.Headers.CacheControl is not { NoStore: true }) wrong.Add($"GET {path} as {visitor.Role} may be kept in a cache");
            if (!path.StartsWith("/cards/study", StringComparison.Ordinal) && !answer.Headers.GetValues("Content-Security-Policy").Single().Contains("script-src 'nonce-", StringComparison.Ordinal)) wrong.Add($"GET {path} as {visitor.Role} would run any script of this site");
            if (Running().IsMatch(html)) wrong.Add($"GET {path} as {visitor.Role} holds what would run: {Running().Match(html).Value}");
            forms.AddRange(PageForm.Of(path, html));
            foreach (var link in PageForm.LinksOf(html)) ahead.Enqueue(link);
        }

        return forms;
    }

    private static async Task<int> SendAsync(Visitor visitor, PageForm form, (string Name, string Value)[] fields)
    {
        if (!form.IsPost)
        {
            var asked = string.Join('&', fields.Select(field => $"{WebUtility.UrlEncode(field.Name)}={WebUtility.UrlEncode(field.Value.Length > 300 ? field.Value[..300] : field.Value)}"));
            using var found = await visitor.Browser.GetAsync($"{form.Action.Split('?')[0]}?{asked}");
            return (int)found.StatusCode;
        }

        using var answer = form.HasFile ? await visitor.Browser.PostPartsAsync(form.Action, fields) : await visitor.Browser.PostFormAsync(form.Action, fields);
        // Who is sent away has tried nothing
        return answer.Headers.Location?.OriginalString.Contains("/sign-in", StringComparison.Ordinal) == true ? 401 : (int)answer.StatusCode;
    }

    // Identities are left out, and what is searched for: one page of each kind
    private static string ShapeOf(string path) => Identity().Replace(path.Split('?')[0], "{}");

    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+(?=/|$)", RegexOptions.None, 1000)]
    private static partial Regex Identity();

    [GeneratedRegex($"""<(script|svg|img)[^>]*{HostileTexts.Mark}|<script>alert|(src|href)="javascript:|<!--{HostileTexts.Mark}""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Running();
}
