using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>Advanced: a learner has the scheduling fitted to their own reviews, or goes back to the defaults.</summary>
internal static class OptimiseEndpoints
{
    public const string Path = "/cards/optimise";

    // A short log is done by then, and its learner never sees the page that waits
    private static readonly TimeSpan _shortWait = TimeSpan.FromSeconds(1);

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, ShowAsync);
        app.MapPost(Path, StartAsync);
        app.MapPost(Path + "/cancel", CancelAsync);
        app.MapPost(Path + "/default", ForgetAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, NpgsqlDataSource db, Learners learners, Optimisations runs)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (await learners.FindAsync(http) is not { } learner) return Pages.Render<OptimisePage>();
        var run = runs.Find(learner)?.State;
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return Pages.Render<OptimisePage>(new { Run = run, Stored = await LearnerWeights.FindAsync(connection, learner) });
    }

    private static async Task<IResult> StartAsync(HttpContext http, IFormCollection _, Learners learners, Optimisations runs)
    {
        if (await learners.FindAsync(http) is not { } learner) return Results.LocalRedirect(Path);
        await Task.WhenAny(runs.Start(learner).Ended, Task.Delay(_shortWait, http.RequestAborted));
        return Results.LocalRedirect(Path);
    }

    private static async Task<IResult> CancelAsync(HttpContext http, IFormCollection _, Learners learners, Optimisations runs)
    {
        if (await learners.FindAsync(http) is { } learner && runs.Find(learner) is { IsOver: false } run)
        {
            run.Cancel();
            await Task.WhenAny(run.Ended, Task.Delay(_shortWait, http.RequestAborted));
        }

        return Results.LocalRedirect(Path);
    }

    private static async Task<IResult> ForgetAsync(HttpContext http, IFormCollection _, NpgsqlDataSource db, Learners learners, Optimisations runs)
    {
        if (await learners.FindAsync(http) is { } learner && runs.Find(learner) is null or { IsOver: true })
        {
            await LearnerWeights.ForgetAsync(db, learner, http.RequestAborted);
            runs.Forget(learner);
        }

        return Results.LocalRedirect(Path);
    }
}
