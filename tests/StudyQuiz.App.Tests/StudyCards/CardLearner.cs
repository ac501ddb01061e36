using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Tests.StudyCards;

/// <summary>A browser that studies the deck of <see cref="SelfTestBank"/> through the calls of the session screen.</summary>
internal sealed class CardLearner(TestApp app, TestBrowser? browser = null) : IDisposable
{
    private static readonly string[] _types = ["single_choice", "multiple_choice", "true_false", "cloze", "ordering", "matching", "flashcard"];

    public TestBrowser Browser { get; } = browser ?? app.Browser();

    public Guid Id { get; private set; }

    public async Task<DeckPack> PackAsync(string slug = SelfTestBank.Slug)
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var response = await Browser.PostJsonAsync($"/api/cards/decks/{slug}/pack", new { });
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var pack = (await response.Content.ReadFromJsonAsync<DeckPack>(DomainJson.Options))!;
        Id = pack.Learner;
        return pack;
    }

    public object Review(long version, Rating rating, Guid? id = null, DateTimeOffset? at = null, int took = 4000) =>
        new { id = id ?? Guid.NewGuid(), version, rating = (int)rating, at = at ?? app.Time.GetUtcNow(), tookMs = took };

    public object Undo(long version, Guid replaces, Guid? id = null, DateTimeOffset? at = null) => new { id = id ?? Guid.NewGuid(), version, at = at ?? app.Time.GetUtcNow(), replaces };

    public async Task<(HttpStatusCode Status, JsonElement Body)> SendAsync(object[] reviews, object[]? marks = null, object[]? flags = null, Guid? learner = null)
    {
        using var response = await Browser.PostJsonAsync("/api/cards/changes", new { learner = learner ?? Id, reviews, marks = marks ?? [], flags = flags ?? [] });
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>Sends reviews that are taken.</summary>
    public async Task RateAsync(params object[] reviews)
    {
        var (status, body) = await SendAsync(reviews);
        Assert.Equal((HttpStatusCode.OK, reviews.Length), (status, body.GetProperty("stored").GetArrayLength()));
    }

    public async Task<IReadOnlyList<(string Kind, short? Rating, string Origin, DateOnly Day)>> LogAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<(string, short?, string, DateOnly)>(
            "select kind, rating, origin, day from review where learner_id = @Id order by reviewed_at, client_id", new { Id })).AsList();
    }

    public async Task<IReadOnlyList<(long Question, string Phase, double Stability, DateOnly DueDay, int Reviews)>> CardsAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<(long, string, double, DateOnly, int)>(
            "select question_id, phase, stability, due_day, reviews from card where learner_id = @Id order by question_id", new { Id })).AsList();
    }

    /// <summary>Sends the form of the deck's settings as a browser does, with some fields filled in otherwise.</summary>
    public async Task<HttpResponseMessage> SaveAsync(params (string Name, string Value)[] fields)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        var points = await connection.QueryAsync<long>(
            "select k.id from key_point k join source s on s.id = k.source_id where s.slug = @Slug and k.parent_id is not null order by k.position limit 2", new { SelfTestBank.Slug });
        (string Name, string Value)[] usual =
        [
            ("new", "10"), ("reviews", "100"), ("retention", "90"), ("longest", "36500"), ("exam", ""), ("buttons", "2"), ("zone", "Asia/Shanghai"), ("rollover", "4"),
            .. points.Select(point => ("keyPoint", $"{point}")),
            .. _types.Select(type => ("type", type)),
        ];
        const string deck = $"/cards/{SelfTestBank.Slug}";
        return await Browser.SubmitAsync(deck, deck, [.. usual.Where(field => fields.All(f => f.Name != field.Name)), .. fields]);
    }

    public void Dispose() => Browser.Dispose();
}
