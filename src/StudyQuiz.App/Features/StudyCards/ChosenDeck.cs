using System.Globalization;
using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>
/// Some cards of a source by themselves, those of a key point or a single one, as a deck by a name that no bank can have. What is answered goes into the
/// one review log.
/// </summary>
internal static class ChosenDeck
{
    private const string OfPointName = "{slug}~k{point:long}";
    private const string OfQuestionName = "{slug}~q{question:long}";

    /// <summary>Where the cards of a key point are studied.</summary>
    public static string OfPoint(string slug, long point) => Study(slug, "~k", point);

    /// <summary>Where the card of a question is studied.</summary>
    public static string OfQuestion(string slug, long question) => Study(slug, "~q", question);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost($"/api/cards/decks/{OfPointName}/pack", PointAsync);
        app.MapPost($"/api/cards/decks/{OfQuestionName}/pack", QuestionAsync);
        // The session screen leads to its deck's page
        app.MapGet($"/cards/{OfPointName}", (string slug, long point) => Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"/sources/{Uri.EscapeDataString(slug)}?open={point}")));
        app.MapGet($"/cards/{OfQuestionName}", (string slug, long question) => Results.LocalRedirect(Deck.PathOf(slug)));
    }

    private static string Study(string slug, string kind, long id) => string.Create(CultureInfo.InvariantCulture, $"/cards/study?deck={Uri.EscapeDataString(slug)}{kind}{id}");

    private static Task<IResult> PointAsync(string slug, long point, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, IStringLocalizer<CardsText> text) =>
        PackAsync(
            slug, "~k", point, http, db, learners, clock, text,
            """
            select q.id, k.heading
            from source s join key_point k on k.source_id = s.id and k.id = @id join question q on q.key_point_id = k.id and q.status = 'published'
            where s.slug = @slug order by q.id
            """);

    private static Task<IResult> QuestionAsync(string slug, long question, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, IStringLocalizer<CardsText> text) =>
        PackAsync(
            slug, "~q", question, http, db, learners, clock, text,
            "select q.id, k.heading from source s join question q on q.source_id = s.id and q.id = @id and q.status = 'published' join key_point k on k.id = q.key_point_id where s.slug = @slug");

    /// <param name="sql">The questions of that id with the deck's title.</param>
    private static async Task<IResult> PackAsync(
        string slug, string kind, long id, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, IStringLocalizer<CardsText> text, string sql)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var chosen = (await connection.QueryAsync<(long Question, string Title)>(sql, new { slug, id })).AsList();
        // Who has done nothing has no cards: unlike a deck of a bank this one begins no learner
        if (chosen.Count == 0 || await learners.FindAsync(http) is not { } learner || await Deck.FindAsync(connection, learner, slug) is not { } deck)
            return Results.Problem(title: text["Refused.noDeck"], statusCode: StatusCodes.Status404NotFound, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = "noDeck" });
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(await MakePack.OfChosenAsync(
            connection, learner, Viewer.Of(http.User), deck, new PackDeck(string.Create(CultureInfo.InvariantCulture, $"{slug}{kind}{id}"), chosen[0].Title, deck.Language),
            [.. chosen.Select(one => one.Question)], clock.Now));
    }
}
