using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>Stores how a learner wants a deck, and folds its cards anew: settings change what is due.</summary>
internal static class SaveDeck
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/cards/{slug}", SaveAsync);

    private static async Task<IResult> SaveAsync(string slug, HttpContext http, IFormCollection form, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var today = await Today.OfAsync(connection, http, await learners.FindAsync(http), clock.Now);
        if (await ShowDeck.FindAsync(connection, today, slug) is not { } deck) return Pages.NotFound();

        var typed = DeckForm.Of(form);
        var (settings, errors) = typed.Read(await DeckScope.OfAsync(connection, deck), today.Day, deck.ExamDay);
        if (settings is null) return await ShowDeck.PageAsync(connection, today, deck, typed, errors);

        var device = form["device"].ToString();
        var learner = await learners.FindOrBeginAsync(http, device.Length == 0 ? null : device);
        var isPlanNew = await StoreAsync(connection, learner, deck, settings, clock.Now);
        return Results.LocalRedirect(deck.Path + (isPlanNew ? "?saved=plan" : "?saved=1"));
    }

    /// <returns>Whether a plan to catch up runs, and was spread anew.</returns>
    private static async Task<bool> StoreAsync(NpgsqlConnection connection, Guid learner, Deck shown, DeckSettings settings, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await StudyLearner.LockAsync(connection, learner);
        var before = await Deck.FindAsync(connection, learner, shown.Slug) ?? shown;
        await connection.ExecuteAsync(
            "update learner set time_zone = @TimeZone, rollover_hour = @Rollover, rating_buttons = @Buttons where id = @learner",
            new { learner, settings.TimeZone, settings.Rollover, settings.Buttons });
        await connection.ExecuteAsync(
            """
            insert into deck (learner_id, source_id, new_per_day, reviews_per_day, retention, maximum_interval, exam_day, key_points, types, tags)
            values (@learner, @Source, @NewPerDay, @ReviewsPerDay, @Retention, @MaximumInterval, @ExamDay, @KeyPoints, @Types, @Tags)
            on conflict (learner_id, source_id) do update set
              new_per_day = excluded.new_per_day, reviews_per_day = excluded.reviews_per_day, retention = excluded.retention,
              maximum_interval = excluded.maximum_interval, exam_day = excluded.exam_day, exam_over = coalesce(deck.exam_over and deck.exam_day = excluded.exam_day, false), key_points = excluded.key_points, types = excluded.types, tags = excluded.tags
            """,
            new { learner, shown.Source, settings.NewPerDay, settings.ReviewsPerDay, settings.Retention, settings.MaximumInterval, settings.ExamDay, settings.KeyPoints, settings.Types, settings.Tags });
        var after = await Deck.FindAsync(connection, learner, shown.Slug) ?? shown;
        var isPlanNew = await CatchUp.FollowAsync(connection, learner, before, after, (await StudyLearner.LoadAsync(connection, learner)).Calendar.DayOf(now));
        await transaction.CommitAsync();
        return isPlanNew;
    }
}
