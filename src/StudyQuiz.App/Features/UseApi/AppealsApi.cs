using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using StudyQuiz.App.Features.AppealVerdicts;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>The last appeal against a verdict.</summary>
/// <param name="State">open, accepted or refused.</param>
/// <param name="Reason">The editor's.</param>
public sealed record ApiAppeal(string State, string? Reason, DateTimeOffset AppealedAt);

/// <summary>An appeal to make.</summary>
/// <param name="Words">Why the answer should count, up to 500 characters; may be empty.</param>
public sealed record ApiNewAppeal(string Words = "");

/// <summary>Open appeals that say the same: one answer to one question, decided together.</summary>
/// <param name="Id">Of the oldest, which names them.</param>
/// <param name="Version">Of the question as it is asked today: goes into If-Match of the ruling.</param>
/// <param name="IsAskedStill">Whether the version that was answered is the one asked today.</param>
/// <param name="Appeals">How many there are.</param>
/// <param name="Others">How many gave the same answer without an appeal.</param>
/// <param name="Words">What learners wrote.</param>
/// <param name="Given">The answer, in the author's positions.</param>
/// <param name="Asked">The question as it was answered.</param>
/// <param name="Counts">What it changes if the answer counts too; null where it can't.</param>
/// <param name="Key">What it changes if the answer becomes the key; null where it can't.</param>
public sealed record ApiQueuedAppeal(
    long Id, string Bank, long Question, long Version, bool IsAskedStill, long Appeals, long Others, DateTimeOffset Since, IReadOnlyList<string> Words, ApiAnswer? Given, ApiQuestion Asked, ApiRegrading? Counts, ApiRegrading? Key);

/// <summary>What a ruling does to earlier verdicts.</summary>
/// <param name="Up">How many turn out better.</param>
/// <param name="Down">How many turn out worse.</param>
public sealed record ApiRegrading(int Up, int Down);

/// <summary>A ruling.</summary>
/// <param name="Ruling">counts (beside what counts), key (in its place) or refused.</param>
/// <param name="Reason">Shown to whoever appealed, up to 500 characters; a refusal needs one.</param>
public sealed record ApiRuling(string Ruling, string Reason = "");

/// <summary>What a ruling led to.</summary>
/// <param name="State">accepted, refused, or proposed where the key waits for a second person.</param>
/// <param name="Regraded">How many verdicts it changed.</param>
public sealed record ApiRuled(string State, int Regraded);

/// <summary>A learner says that an answer should have counted; an editor rules.</summary>
internal static class AppealsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/attempts/{id:guid}/answers/{position:int}/appeal", AppealAsync).WithTags("Appeals").Needs(ApiScopes.AttemptsWrite).WithName("AppealVerdict")
            .WithSummary("Says that an answer which was not wholly right should count. The attempt's result tells what became of it.");
        var appeals = api.MapGroup("/appeals").WithTags("Appeals");
        appeals.MapGet("", ListAsync).Needs(ApiScopes.BanksRead, ApiScopes.Editors).WithName("ListAppeals").WithSummary("Open appeals, those that have waited longest first; those that say the same are one.");
        appeals.MapPut("/{id:long}/ruling", RuleAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).WithMetadata(new NeedsVersion()).WithName("RuleOnAppeal")
            .WithSummary("Decides, with the version of the question that the list told as If-Match; what that changes is graded again. The first decision holds.");
    }

    private static async Task<Results<Created<ApiAppeal>, ProblemHttpResult>> AppealAsync(Guid id, int position, ApiNewAppeal body, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Attempt.FindAsync(connection, id, await learners.FindAllAsync(http)) is not { IsReading: false } found || await Asked.FindAsync(connection, id, position) is not { } asked) return ApiResults.NotFound();
        // Whether there is anything to appeal against would tell the verdict
        if (await AssignedResult.HidesAsync(connection, found, clock.Now) is not null) return ApiResults.Conflict("hidden", "The answers are not told yet.");
        if (!await MakeAppeal.StoreAsync(connection, found, asked, Guid.CreateVersion7(), body.Words, clock.Now)) return ApiResults.Conflict("nothing", "There is no verdict to appeal against, an appeal is there already, or too many of yours are open.");
        var stored = (await ShowResult.AnswersAsync(connection, id, position))[0].Appeal!;
        return TypedResults.Created($"/api/v1/attempts/{id}/result", new ApiAppeal(stored.State, stored.Reason, ApiResults.Utc(stored.AppealedAt)));
    }

    private static async Task<Ok<ApiPage<ApiQueuedAppeal>>> ListAsync(HttpContext http, NpgsqlDataSource db, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var size = ApiResults.Limit(limit);
        var rows = await QueuedAppeals.FirstAsync(connection, Place(after), size + 1);
        return TypedResults.Ok(ApiResults.Page(
            rows, size,
            row => new ApiQueuedAppeal(
                row.Id, row.Slug, row.Question, row.Current, row.IsAskedStill, row.Appeals, row.Others, ApiResults.Utc(row.Since), row.Words, ApiAnswer.Of(row.Reviewed.Answer), ApiQuestion.Of(row.Reviewed.Question), Of(row.Counts), Of(row.Key)),
            row => string.Create(CultureInfo.InvariantCulture, $"{row.Since:O}~{row.Id}")));

        static ApiRegrading? Of(Regrading? regrading) => regrading is null ? null : new ApiRegrading(regrading.Up, regrading.Down);
    }

    private static (DateTime At, long Id)? Place(string? after)
    {
        if (after is null) return null;
        return after.Split('~') is [var time, var last] && DateTime.TryParseExact(time, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) && at.Kind == DateTimeKind.Utc && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? (at, id)
            : throw new NoSuchPlaceException();
    }

    private static async Task<Results<Ok<ApiRuled>, ProblemHttpResult>> RuleAsync(long id, ApiRuling body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        var (seen, missing) = ApiResults.Seen(http);
        if (missing is not null) return missing;
        if (body.Ruling is not (Rulings.Counts or Rulings.Key or Rulings.Refused)) return ApiResults.Invalid("ruling", "There is counts, key and refused.");
        var reason = body.Reason.ReplaceLineEndings("\n").Trim();
        if (DecideAppeal.ReasonRefused(body.Ruling, reason) is not null) return ApiResults.Invalid("reason", "A refusal needs a reason, of up to 500 characters.");
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await DecideAppeal.RunAsync(connection, id, body.Ruling, seen, reason, Viewer.Of(http.User).AccountId!.Value, clock.Now) switch
        {
            null => ApiResults.NotFound(),
            { IsRefusal: false } ruled => TypedResults.Ok(new ApiRuled(ruled.State, ruled.Regraded)),
            { State: "Changed" } => ApiResults.Stale(),
            { State: "NotSo" } => ApiResults.Invalid("notSo", "The question can't take the answer so."),
            { State: "Trashed" } => ApiResults.Conflict("trashed", "The question lies in the trash."),
            { State: "Waiting" } => ApiResults.Conflict("waiting", "Another change of the question waits; settle that first."),
            _ => ApiResults.Conflict("decided", "It was decided before."),
        };
    }
}
