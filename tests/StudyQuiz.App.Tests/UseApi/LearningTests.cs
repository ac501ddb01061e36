using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Dapper;
using StudyQuiz.App.Tests.TakeSelfTest;

namespace StudyQuiz.App.Tests.UseApi;

/// <summary>A program of a learner's learns for them as the pages do.</summary>
public sealed class LearningTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_program_reviews_the_cards_of_the_day_once_and_reads_what_was_missed_and_learned()
    {
        await SelfTestBank.SeedAsync(app.Database);
        await using var connection = await app.Database.OpenConnectionAsync(Cancel);
        var all = await connection.QuerySingleAsync<int>("select count(*)::int from question q join source s on s.id = q.source_id where s.slug = @Slug and q.status = 'published'", new { SelfTestBank.Slug });
        using var learner = await app.SignedInAsync("learns-by-program");
        using var program = await ProgramAsync(learner, "cards:read", "cards:write", "attempts:write", "attempts:read");
        var deck = (await ItemsAsync(program, "/api/v1/decks")).Single(one => one.GetProperty("bank").GetString() == SelfTestBank.Slug);
        Assert.Equal((false, all, all), (deck.GetProperty("begun").GetBoolean(), deck.GetProperty("questions").GetInt32(), deck.GetProperty("unseen").GetInt32()));
        Assert.Empty(await ItemsAsync(program, "/api/v1/notebook"));

        var cards = await ItemsAsync(program, $"/api/v1/decks/{SelfTestBank.Slug}/cards?limit=2");
        Assert.Equal(deck.GetProperty("newToday").GetInt32(), cards.Count);
        Assert.All(cards, card => Assert.True(card.GetProperty("back") is var back && (Said(back, "judgement") || Said(back, "right") || Said(back, "lines")), card.ToString()));
        using (var unknown = await program.GetAsync("/api/v1/decks/no-such-bank/cards", Cancel)) Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);

        var (known, forgotten, nonsense, strange) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        object Review(Guid id, long version, int rating) => new { id, version, at = app.Time.GetUtcNow(), rating, tookMs = 3000 };
        var first = cards[0].GetProperty("version").GetInt64();
        object reviews = new { reviews = new[] { Review(known, first, 3), Review(forgotten, cards[1].GetProperty("version").GetInt64(), 1), Review(nonsense, first, 9), Review(strange, 1L << 40, 3) } };
        for (var again = 0; again < 2; again++)
        {
            using var stored = await program.PostAsJsonAsync("/api/v1/cards/reviews", reviews, Cancel);
            var receipt = await stored.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            Assert.Equal(new[] { known, forgotten }.Order(), receipt.GetProperty("stored").EnumerateArray().Select(id => id.GetGuid()).Order());
            Assert.Equal(new[] { nonsense, strange }.Order(), receipt.GetProperty("refused").EnumerateArray().Select(id => id.GetGuid()).Order());
        }

        var account = await app.AccountIdAsync("learns-by-program");
        Assert.Equal(2, await connection.QuerySingleAsync<int>("select count(*)::int from review r join learner l on l.id = r.learner_id where l.account_id = @account", new { account }));
        deck = (await ItemsAsync(program, "/api/v1/decks")).Single(one => one.GetProperty("bank").GetString() == SelfTestBank.Slug);
        Assert.Equal((true, all - 2), (deck.GetProperty("begun").GetBoolean(), deck.GetProperty("unseen").GetInt32()));

        // Wrong in a test is in the notebook
        using var begun = await program.PostAsJsonAsync("/api/v1/attempts", new { bank = SelfTestBank.Slug, mode = "exam", questions = 1, types = (string[])["true_false"] }, Cancel);
        var attempt = await begun.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        var stem = attempt.GetProperty("questions")[0].GetProperty("stem").GetString()!;
        var (asked, key) = await connection.QuerySingleAsync<(long, bool)>("select q.id, (v.body->>'answer')::bool from question q join question_version v on v.id = q.current_version_id where v.body->>'stem' = @stem", new { stem });
        var path = $"/api/v1/attempts/{attempt.GetProperty("id").GetGuid()}";
        using (var saved = await program.PutAsJsonAsync($"{path}/answers/1", new { value = !key }, Cancel)) Assert.True(saved.IsSuccessStatusCode, await saved.TextAsync());
        using (var handedIn = await program.PostAsync($"{path}/submit", null, Cancel)) Assert.True(handedIn.IsSuccessStatusCode, await handedIn.TextAsync());
        var missed = Assert.Single(await ItemsAsync(program, "/api/v1/notebook"));
        Assert.Equal((asked, stem, 1, 0), (missed.GetProperty("question").GetInt64(), missed.GetProperty("stem").GetString(), missed.GetProperty("misses").GetInt32(), missed.GetProperty("rightDays").GetInt32()));
        using var read = await program.GetAsync("/api/v1/progress", Cancel);
        var progress = await read.Content.ReadFromJsonAsync<JsonElement>(Cancel);
        Assert.Equal((cards.Take(2).Any(card => card.GetProperty("question").GetInt64() == asked) ? 2 : 3, all, 1, 30), (progress.GetProperty("learned").GetInt32(), progress.GetProperty("questions").GetInt32(), progress.GetProperty("streakDays").GetInt32(), progress.GetProperty("ahead").GetArrayLength()));

        // It may no more than its owner gave it, and takes no flood
        using var reader = await ProgramAsync(learner, "cards:read");
        using (var denied = await reader.PostAsJsonAsync("/api/v1/cards/reviews", reviews, Cancel)) Assert.Equal(HttpStatusCode.Forbidden, denied.StatusCode);
        using (var many = await program.PostAsJsonAsync("/api/v1/cards/reviews", new { reviews = Enumerable.Range(0, 501).Select(_ => Review(Guid.NewGuid(), first, 3)) }, Cancel)) Assert.Equal(HttpStatusCode.UnprocessableEntity, many.StatusCode);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static bool Said(JsonElement back, string part) => back.TryGetProperty(part, out var said) && said.ValueKind != JsonValueKind.Null;

    private async Task<HttpClient> ProgramAsync(TestBrowser owner, params string[] scopes)
    {
        using var made = await owner.SubmitAsync("/account/tokens", "/account/tokens", [("name", string.Join(' ', scopes)), ("days", "1"), .. scopes.Select(scope => ("scopes", scope))]);
        var program = new HttpClient { BaseAddress = app.Address };
        program.DefaultRequestHeaders.Authorization = new("Bearer", Regex.Match(await made.TextAsync(), "sq_[A-Za-z0-9_-]{43}", RegexOptions.None, TimeSpan.FromSeconds(1)).Value);
        return program;
    }

    // All pages of a list
    private static async Task<IReadOnlyList<JsonElement>> ItemsAsync(HttpClient program, string path)
    {
        var items = new List<JsonElement>();
        for (string? after = ""; after is not null;)
        {
            using var page = await program.GetAsync(after.Length == 0 ? path : $"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}after={Uri.EscapeDataString(after)}", Cancel);
            Assert.True(page.IsSuccessStatusCode, await page.TextAsync());
            var read = await page.Content.ReadFromJsonAsync<JsonElement>(Cancel);
            items.AddRange(read.GetProperty("items").EnumerateArray());
            after = read.GetProperty("next").GetString();
        }

        return items;
    }
}
