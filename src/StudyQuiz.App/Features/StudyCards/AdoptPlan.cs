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
        if (await ShowDeck.FindAsync(connection, today, slug) is not { } deck) return Pages.NotFound();
        if (today.Learner is not { } learner) return Results.LocalRedirect(deck.Path);
        var choice = form["days"].ToString();
        if (choice != "none" && ShowDeck.Days(choice) is null) return Results.BadRequest();

        await using var transaction = await connection.BeginTransactionAsync();
        await StudyLearner.LockAsync(connection, learner);
        var cards = (await DeckCards.AllAsync(connection, learner, deck)).ToDictionary(row => row.Question);
        var plan = ShowDeck.Days(choice) is { } days ? CatchUpOffer.Spread(cards.Values.Select(row => row.Read()), deck, today.Day, days, (await DeckCards.DoneAsync(connection, learner, deck.Source, today.Day)).Reviews).Days : null;
        var change = cards.Values.Where(row => plan is null ? row.PlannedDay is not null : plan.ContainsKey(row.Question)).ToList();
        await connection.ExecuteAsync(
            """
            update card c set planned_day = p.day, plan_day = p.day, plan_after = case when p.day is not null then c.last_at end
            from unnest(@questions, @forks, @days) as p (question, fork, day)
            where c.learner_id = @learner and c.question_id = p.question and c.fork = p.fork
            """,
            new
            {
                learner,
                questions = change.Select(row => row.Question).ToArray(),
                forks = change.Select(row => row.Fork).ToArray(),
                days = change.Select(row => plan?[row.Question]).ToArray(),
            });
        // A pause was lifted for the plan that ran then
        await connection.ExecuteAsync("update deck set new_lifted_until = null where learner_id = @learner and source_id = @Source", new { learner, deck.Source });
        await transaction.CommitAsync();
        return Results.LocalRedirect(deck.Path + (plan is null ? "" : "?planned=1"));
    }
}
