using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.KeepNotebook;

/// <summary>
/// A source's notebook as a deck of flashcards. To the browser it is a deck like others, by a name that no bank can have: it is kept for times
/// without a network, and what is answered goes into the one review log.
/// </summary>
internal static class NotebookDeck
{
    private const string Suffix = "~notebook";

    /// <summary>Where the cards of a source's notebook are studied.</summary>
    public static string Study(string slug) => "/cards/study?deck=" + Uri.EscapeDataString(slug) + Suffix;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/api/cards/decks/{slug}" + Suffix + "/pack", PackAsync);
        // The session screen leads to its deck's page
        app.MapGet("/cards/{slug}" + Suffix, (string slug) => Results.LocalRedirect(new NotebookFilter(slug).Href));
    }

    private static async Task<IResult> PackAsync(
        string slug, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, IStringLocalizer<NotebookText> text, IStringLocalizer<CardsText> refusals)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        // Who has done nothing has missed nothing: unlike a deck of a bank this one begins no learner
        if (await ShowNotebook.FindAsync(http, connection, learners, clock) is not var (learner, notebook) || await Deck.FindAsync(connection, learner, slug) is not { } deck)
            return Results.Problem(title: refusals["Refused.noDeck"], statusCode: StatusCodes.Status404NotFound, extensions: new Dictionary<string, object?>(StringComparer.Ordinal) { ["code"] = "noDeck" });
        await PassedExams.SettleAsync(connection, learner, notebook.Today);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Ok(await MakePack.OfChosenAsync(
            connection, learner, Viewer.Of(http.User), deck, new PackDeck(slug + Suffix, text["DeckTitle", deck.Title], deck.Language),
            [.. notebook.Of(new NotebookFilter(slug)).Select(item => item.Question)], clock.Now));
    }
}
