using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>Puts overdue cards on the days of a plan to catch up, or lets them come when they are due again.</summary>
internal static class AdoptPlan
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/cards/{slug}/plan", AdoptAsync);

    private static async Task<IResult> AdoptAsync(string slug, HttpContext http, IFormCollection form, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var today = await Today.OfAsync(connection, http, await learners.FindAsync(http), clock.Now);
        if (today.Learner is not { } learner) return Results.LocalRedirect(Deck.PathOf(slug));
        var choice = form["days"].ToString();
        if (choice != "none" && ShowDeck.Days(choice) is null) return Results.BadRequest();

        await using var transaction = await connection.BeginTransactionAsync();
        await StudyLearner.LockAsync(connection, learner);
        if (await ShowDeck.FindAsync(connection, today, slug) is not { } deck) return Pages.NotFound();
        DateOnly? by = ShowDeck.Days(choice) is { } days ? today.Day.AddDays(days - 1) : null;
        var isPlan = await CatchUp.SpreadAsync(connection, learner, deck, today.Day, by);
        // A pause was lifted for the plan that ran then
        await connection.ExecuteAsync("update deck set new_lifted_until = null where learner_id = @learner and source_id = @Source", new { learner, deck.Source });
        await transaction.CommitAsync();
        return Results.LocalRedirect(deck.Path + (isPlan ? "?planned=1" : ""));
    }
}
