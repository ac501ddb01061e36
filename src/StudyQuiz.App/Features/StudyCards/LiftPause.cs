using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>Lets new cards come although a plan or an exam would have them wait, until that is over; or lets them wait again.</summary>
internal static class LiftPause
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/cards/{slug}/new", LiftAsync);

    private static async Task<IResult> LiftAsync(string slug, HttpContext http, IFormCollection form, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var today = await Today.OfAsync(connection, http, await learners.FindAsync(http), clock.Now);
        if (await ShowDeck.FindAsync(connection, today, slug) is not { } deck) return Pages.NotFound();
        if (today.Learner is not { } learner) return Results.LocalRedirect(deck.Path);
        var pause = deck.LimitsWith(await DeckCards.PlannedUntilAsync(connection, learner, deck, today.Day)).Pause;
        await connection.ExecuteAsync(
            """
            insert into deck (learner_id, source_id, new_lifted_until) values (@learner, @Source, @until)
            on conflict (learner_id, source_id) do update set new_lifted_until = excluded.new_lifted_until
            """,
            new { learner, deck.Source, until = form["wait"] == "yes" ? null : (DateOnly?)pause.LastDay(today.Day) });
        return Results.LocalRedirect(deck.Path);
    }
}
