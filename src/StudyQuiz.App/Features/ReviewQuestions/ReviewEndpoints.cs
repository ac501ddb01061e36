using System.Globalization;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ReviewQuestions;

/// <summary>The way of a question from draft to published and back: what waits for whom, and each question with what can be done to it.</summary>
public static class ReviewEndpoints
{
    /// <summary>The editors' lists.</summary>
    public const string Queue = "/review";

    public static void Map(IEndpointRouteBuilder app)
    {
        var queue = app.MapGroup(Queue).RequireAuthorization(Policies.EditBanks);
        queue.MapGet("", ShowAsync);
        queue.MapPost("/flags/{question:long}", ResolveFlagsAsync);
        queue.MapPost("/restore/{question:long}", RestoreAsync);
        queue.MapPost("/restore-bank/{slug}", RestoreBankAsync);
        queue.MapPost("/restore-topic/{id:guid}", RestoreTopicAsync);
        queue.MapPost("/purge/{question:long}", PurgeAsync).RequireAuthorization(Policies.ManagePeople);
        queue.MapPost("/setting", SaveSettingAsync).RequireAuthorization(Policies.ManagePeople);
        app.MapPost("/banks/{slug}/trash", TrashBankAsync).RequireAuthorization(Policies.EditBanks);
        ReviewQuestionEndpoints.Map(app);
    }

    /// <summary>The address of a list.</summary>
    public static string ListOf(string list, long after = 0) =>
        string.Create(CultureInfo.InvariantCulture, $"{Queue}?list={list}{(after > 0 ? $"&after={after}" : "")}");

    private static async Task<IResult> ShowAsync(HttpContext http, NpgsqlDataSource db, string? list = null, string? after = null, string? done = null)
    {
        var (shown, me) = (ReviewLists.All.Contains(list, StringComparer.Ordinal) ? list! : ReviewLists.Waiting, Viewer.Of(http.User));
        var from = long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < 1_000_000 ? value : 0;
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var isFlags = shown == ReviewLists.Flags;
        return Pages.Render<ReviewQueuePage>(
            new
            {
                List = shown,
                After = from,
                Counts = await ReviewQueue.CountsAsync(connection),
                Appeals = await AppealVerdicts.QueuedAppeals.CountAsync(connection),
                Questions = isFlags ? [] : await ReviewQueue.OfAsync(connection, shown, me.AccountId!.Value, from),
                Flags = isFlags ? await ReviewQueue.FlagsAsync(connection, me.AccountId!.Value, from) : [],
                Banks = shown == ReviewLists.Trash ? await Trash.BanksAsync(connection) : [],
                Topics = shown == ReviewLists.Trash ? await Trash.TopicsAsync(connection) : [],
                Rules = await WorkflowSettings.RulesAsync(connection),
                me.IsAdmin,
                Notice = done,
            });
    }

    private static async Task<IResult> ResolveFlagsAsync(long question, HttpContext http, IFormCollection _, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await ReviewActs.ResolveFlagsAsync(connection, question, Viewer.Of(http.User).AccountId!.Value, clock.Now);
        return Results.LocalRedirect(ListOf(ReviewLists.Flags) + "&done=flags");
    }

    private static async Task<IResult> RestoreAsync(long question, HttpContext http, IFormCollection _, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var restored = await Trash.RestoreAsync(connection, [question], Viewer.Of(http.User).AccountId!.Value, clock.Now);
        return Results.LocalRedirect(ListOf(ReviewLists.Trash) + (restored > 0 ? "&done=restored" : "&done=notRestored"));
    }

    private static async Task<IResult> RestoreBankAsync(string slug, HttpContext http, IFormCollection _, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await Trash.RestoreBankAsync(connection, slug, Viewer.Of(http.User).AccountId!.Value, clock.Now) ? Results.LocalRedirect(ListOf(ReviewLists.Trash) + "&done=restored") : Pages.NotFound();
    }

    private static async Task<IResult> RestoreTopicAsync(Guid id, HttpContext http, IFormCollection _, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await Trash.RestoreTopicAsync(connection, id, Viewer.Of(http.User).AccountId!.Value, clock.Now) ? Results.LocalRedirect(ListOf(ReviewLists.Trash) + "&done=restored") : Pages.NotFound();
    }

    private static async Task<IResult> PurgeAsync(long question, HttpContext http, IFormCollection _, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var purged = await Trash.PurgeAsync(connection, question, Viewer.Of(http.User).AccountId!.Value, clock.Now);
        return Results.LocalRedirect(ListOf(ReviewLists.Trash) + (purged ? "&done=purged" : "&done=notPurged"));
    }

    private static async Task<IResult> TrashBankAsync(string slug, HttpContext http, IFormCollection _, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await Trash.ThrowBankAsync(connection, slug, Viewer.Of(http.User).AccountId!.Value, clock.Now) ? Results.LocalRedirect(ListOf(ReviewLists.Trash) + "&done=trashed") : Pages.NotFound();
    }

    private static async Task<IResult> SaveSettingAsync(HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await WorkflowSettings.SaveAsync(connection, form["twoPeople"] == "on", Viewer.Of(http.User).AccountId!.Value, clock.Now);
        return Results.LocalRedirect(Queue + "?done=setting");
    }
}
