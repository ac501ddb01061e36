using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>A learner in a browser with a running attempt.</summary>
internal sealed class Attempting(TestApp app, TestBrowser browser, Guid id) : IDisposable
{
    private static readonly (string Name, string Value)[] _usual = [("number", "all"), ("minutes", "10")];

    public TestBrowser Browser { get; } = browser;

    public Guid Id { get; } = id;

    public string Path => $"/self-test/{Id}";

    public string Submit => $"{Path}/submit";

    public static async Task<Attempting> StartAsync(TestApp app, params (string Name, string Value)[] fields)
    {
        await SelfTestBank.SeedAsync(app.Database);
        var browser = app.Browser();
        using var started = await browser.SubmitAsync("/self-test", "/self-test", [.. _usual.Where(usual => fields.All(f => f.Name != usual.Name)), .. fields]);
        Assert.Equal(HttpStatusCode.Redirect, started.StatusCode);
        return new Attempting(app, browser, IdOf(started));
    }

    public static Guid IdOf(HttpResponseMessage started) => Guid.Parse(started.Headers.Location!.ToString().Split('?')[0].Split('/')[2]);

    public async Task<IReadOnlyList<Asked>> AskedAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await Asked.OfAsync(connection, Id);
    }

    public async Task<Asked> AskedAsync<TQuestion>() => (await AskedAsync()).First(a => a.Question is TQuestion);

    /// <summary>The right answer as it stands on the screen.</summary>
    public static GivenAnswer Right(Asked asked) => asked.Presentation.ToShown(Grading.Key(asked.Question)!);

    public async Task<(HttpStatusCode Status, JsonElement Body)> SaveAsync(int position, GivenAnswer? answer, long sequence = 1, Guid? clientId = null, TestBrowser? by = null, string? origin = null)
    {
        using var response = await (by ?? Browser).PostJsonAsync(
            $"/api/attempts/{Id}/answers/{position}", new { clientId = clientId ?? Guid.NewGuid(), sequence, answer = answer is null ? (object?)null : JsonOf(answer) }.AsBody(), origin);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async Task<string> HandInAsync(params (string Name, string Value)[] fields)
    {
        using var response = await Browser.SubmitAsync(Path, Submit, fields.Length == 0 ? [("take", "none")] : fields);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal($"{Path}/result", response.Headers.Location!.ToString());
        return await Browser.ReadAsync($"{Path}/result");
    }

    public async Task<(DateTime? Submitted, DateTime Deadline, decimal? Credit)> StandingAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<(DateTime?, DateTime, decimal?)>(
            "select a.submitted_at, a.deadline, (select sum(credit) from attempt_question q where q.attempt_id = a.id) from attempt a where a.id = @Id", new { Id });
    }

    public void Dispose() => Browser.Dispose();

    private static JsonElement JsonOf(GivenAnswer answer) => JsonSerializer.SerializeToElement(answer, Domain.DomainJson.Options);
}

internal static class Bodies
{
    private static readonly JsonSerializerOptions _withNulls = new(JsonSerializerDefaults.Web);

    /// <summary>The product's JSON leaves nulls out, but an answer that is taken back is an explicit null.</summary>
    public static JsonElement AsBody(this object body) =>
        JsonSerializer.SerializeToElement(body, _withNulls);
}
