using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using StudyQuiz.App.Features.EditQuestion;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>A question in one of the editors' lists.</summary>
/// <param name="AssignedTo">Who is to look at it.</param>
/// <param name="Comments">Those that nobody has called settled.</param>
/// <param name="At">When it came into the list, or will leave it.</param>
/// <param name="Says">Why, where that was said.</param>
/// <param name="Proposal">The version of a change that waits beside the published one; null for a question that does itself.</param>
public sealed record ApiQueuedQuestion(long Id, string Bank, string Type, string Status, string Stem, string? AssignedTo, bool HasEvidence, int Comments, DateTimeOffset? At, string? By, string? Says, long? Proposal);

/// <summary>What learners marked about a question, and what their answers say.</summary>
/// <param name="Statistics">Names of what is odd about its statistics.</param>
/// <param name="Words">What learners wrote.</param>
public sealed record ApiFlaggedQuestion(long Id, string Bank, string Type, string Status, string Stem, IReadOnlyList<string> Statistics, IReadOnlyList<ApiFlagCount> Reasons, IReadOnlyList<string> Words);

/// <summary>How many learners gave a reason.</summary>
public sealed record ApiFlagCount(string Reason, long Count);

/// <summary>Where a question stands on its way.</summary>
/// <param name="PublishAt">When it is published by itself.</param>
/// <param name="Waiver">Why it may be asked without evidence.</param>
/// <param name="WithdrawnFor">Why it was taken from everything that was open.</param>
/// <param name="OpenAttempts">Attempts that ask it now.</param>
/// <param name="Proposal">A change that waits for a second person, or is back with its author.</param>
public sealed record ApiStanding(
    string Status, Guid? AssignedTo, DateTimeOffset? PublishAt, string? PublishBy, string? Waiver, string? WaivedBy, DateTimeOffset? WithdrawnAt, string? WithdrawnFor, DateTimeOffset? TrashedAt, int OpenAttempts, int OpenGames,
    ApiProposal? Proposal, IReadOnlyList<ApiComment> Comments);

/// <summary>A change of a published question that waits. To approve it, set the status to published with its version as If-Match.</summary>
/// <param name="Version">Names it in If-Match.</param>
/// <param name="From">The published version that it was made from.</param>
/// <param name="IsOutdated">The published version has changed since: the two are merged first.</param>
/// <param name="ReturnedFor">Why it went back to its author; null while it waits for an editor.</param>
public sealed record ApiProposal(long Version, long From, bool IsOutdated, bool ChangesMeaning, string? Why, string? By, DateTimeOffset At, DateTimeOffset? ReturnedAt, string? ReturnedBy, string? ReturnedFor, ApiQuestion Question);

/// <summary>Something said about a question among editors.</summary>
public sealed record ApiComment(long Id, string? Author, string Words, DateTimeOffset WrittenAt, DateTimeOffset? ResolvedAt, string? ResolvedBy);

/// <summary>Something to say: up to 2000 characters.</summary>
public sealed record ApiNewComment(string Words);

/// <summary>Whether a comment is settled.</summary>
public sealed record ApiResolved(bool Resolved);

/// <summary>What becomes of a change that waits.</summary>
/// <param name="Act">return (to its author, with words), submit (again, as it is) or drop.</param>
/// <param name="Words">Why, up to 2000 characters.</param>
public sealed record ApiProposalAct(string Act, string Words = "");

/// <summary>Why a question is taken from everything that is open: up to 500 characters.</summary>
public sealed record ApiWithdrawal(string Reason);

/// <summary>When a wording is published by itself.</summary>
/// <param name="Waiver">Why it may be published without evidence.</param>
public sealed record ApiSchedule(DateTimeOffset At, string? Waiver = null);

/// <summary>Who is to look at a question.</summary>
/// <param name="Account">Null for nobody in particular.</param>
public sealed record ApiAssignee(Guid? Account);

/// <summary>Somebody who may review.</summary>
public sealed record ApiReviewer(Guid Id, string Name);

/// <summary>A version of a question. The first of a fork begins another memory.</summary>
/// <param name="Version">As ETags name it.</param>
/// <param name="Number">Counted from 1.</param>
/// <param name="Copies">The number of the version whose words it repeats.</param>
public sealed record ApiVersion(long Version, int Number, int Fork, string Reason, DateTimeOffset At, string? By, int? Copies, ApiQuestion Question);

/// <summary>The way of a question from draft to published and back. Sending to review, publishing and approving are changes of its status.</summary>
internal static class ReviewApi
{
    private const string Path = "/banks/{slug}/questions/{id:long}";

    public static void Map(RouteGroupBuilder api)
    {
        var lists = api.MapGroup("/review").WithTags("Review");
        lists.MapGet("", ListAsync).Needs(ApiScopes.BanksRead, ApiScopes.Editors).WithName("ListReview").WithSummary("What waits for somebody who publishes it (list=waiting), is published by itself (scheduled), was withdrawn (withdrawn) or lies in the trash (trash).");
        lists.MapGet("/flags", FlagsAsync).Needs(ApiScopes.BanksRead, ApiScopes.Editors).WithName("ListFlags").WithSummary("What learners marked and statistics doubt, the most often marked first.");
        lists.MapGet("/reviewers", ReviewersAsync).Needs(ApiScopes.BanksRead, ApiScopes.Editors).WithName("ListReviewers").WithSummary("Who may be asked to look at a question.");
        var question = api.MapGroup(Path).WithTags("Review");
        question.MapGet("/review", StandingAsync).Needs(ApiScopes.BanksRead, ApiScopes.Editors).WithName("GetStanding").WithSummary("Where a question stands: who is to look at it, a change that waits, comments.");
        question.MapGet("/versions", VersionsAsync).Needs(ApiScopes.BanksRead, ApiScopes.Editors).WithName("ListVersions").WithSummary("What a question has said, the newest version first.");
        question.MapPost("/proposal", SettleAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).WithMetadata(new NeedsVersion()).WithName("SettleProposal").WithSummary("Returns a change that waits to its author, sends it again or gives it up; If-Match names its version.");
        question.MapPost("/withdraw", WithdrawAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).WithMetadata(new NeedsVersion()).WithName("WithdrawQuestion").WithSummary("Takes a question from everything that is open, from the version that If-Match names.");
        question.MapPut("/schedule", ScheduleAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).WithMetadata(new NeedsVersion()).WithName("ScheduleQuestion").WithSummary("Settles when the version that If-Match names is published by itself.");
        question.MapDelete("/schedule", UnscheduleAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).WithName("UnscheduleQuestion").WithSummary("Leaves publishing to people again.");
        question.MapPut("/assignee", AssignAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).WithName("AssignReviewer").WithSummary("Asks somebody to look at it, or nobody in particular.");
        question.MapPost("/comments", CommentAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).WithName("AddComment").WithSummary("Says something among editors.");
        question.MapPut("/comments/{comment:long}", ResolveAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).WithName("ResolveComment").WithSummary("Calls a comment settled, or takes that back.");
        question.MapDelete("/flags", SettleFlagsAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).WithName("ResolveFlags").WithSummary("Calls settled what learners marked about it.");
        api.MapDelete(Path, TrashAsync).WithTags("Review").Needs(ApiScopes.BanksWrite, ApiScopes.Editors).WithName("TrashQuestion").WithSummary("Puts it into the trash, from which it can be restored.");
        question.MapPost("/restore", RestoreAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).WithName("RestoreQuestion").WithSummary("Brings it back from the trash as it was.");
    }

    private static Guid Me(HttpContext http) => Viewer.Of(http.User).AccountId!.Value;

    private static async Task<Results<Ok<ApiPage<ApiQueuedQuestion>>, ProblemHttpResult>> ListAsync(HttpContext http, NpgsqlDataSource db, string list = ReviewLists.Waiting, string? after = null, int? limit = null)
    {
        if (list == ReviewLists.Flags || !ReviewLists.All.Contains(list, StringComparer.Ordinal)) return ApiResults.Invalid("list", "There is no such list.", ReviewLists.All.Where(one => one != ReviewLists.Flags));
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var (from, size) = (ApiResults.Skipped(after), ApiResults.Limit(limit));
        var rows = await ReviewQueue.OfAsync(connection, list, Me(http), from, size);
        return TypedResults.Ok(ApiResults.Page(
            rows, size,
            row => new ApiQueuedQuestion(row.Id, row.Bank, row.Type, row.Status, row.Stem, row.AssignedTo, row.HasEvidence, row.Comments, ApiResults.Utc(row.At), row.By, row.Says, row.Change?.Version),
            _ => (from + size).ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Ok<ApiPage<ApiFlaggedQuestion>>> FlagsAsync(HttpContext http, NpgsqlDataSource db, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var (from, size) = (ApiResults.Skipped(after), ApiResults.Limit(limit));
        var rows = await ReviewQueue.FlagsAsync(connection, Me(http), from, size);
        return TypedResults.Ok(ApiResults.Page(
            rows, size,
            row => new ApiFlaggedQuestion(row.Question.Id, row.Question.Bank, row.Question.Type, row.Question.Status, row.Question.Stem, row.Statistics, [.. row.Reasons.Select(one => new ApiFlagCount(one.Reason, one.Count))], row.Words),
            _ => (from + size).ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Ok<ApiPage<ApiReviewer>>> ReviewersAsync(HttpContext http, NpgsqlDataSource db, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return TypedResults.Ok(ApiResults.PageOf(await ReviewQueue.ReviewersAsync(connection), after, limit, one => one.Id.ToString(), one => new ApiReviewer(one.Id, one.Name)));
    }

    private static async Task<Results<Ok<ApiStanding>, ProblemHttpResult>> StandingAsync(string slug, long id, HttpContext http, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, slug, id) is not { } row) return ApiResults.NotFound();
        var (standing, change) = (await ReviewedQuestion.FindAsync(connection, id), await ProposedChange.FindAsync(connection, id));
        return TypedResults.Ok(new ApiStanding(
            row.Status, standing.AssignedTo, ApiResults.Utc(standing.PublishAt), standing.PublishBy, standing.Waiver, standing.WaivedBy, ApiResults.Utc(standing.WithdrawnAt), standing.WithdrawnFor, ApiResults.Utc(standing.TrashedAt),
            standing.OpenAttempts, standing.OpenGames,
            change is null
                ? null
                : new ApiProposal(
                    change.Version, change.From, change.IsOutdated, change.ChangesMeaning, change.Why, change.By, ApiResults.Utc(change.At), ApiResults.Utc(change.ReturnedAt), change.ReturnedBy, change.ReturnedFor, ApiQuestion.Of(change.Question)),
            [.. standing.Comments.Select(one => new ApiComment(one.Id, one.Author, one.Words, ApiResults.Utc(one.WrittenAt), ApiResults.Utc(one.ResolvedAt), one.ResolvedBy))]));
    }

    private static async Task<Results<Ok<ApiPage<ApiVersion>>, ProblemHttpResult>> VersionsAsync(string slug, long id, HttpContext http, NpgsqlDataSource db, int? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, slug, id) is null) return ApiResults.NotFound();
        var size = ApiResults.Limit(limit);
        var rows = await QuestionVersion.OfAsync(connection, id, after, size + 1);
        return TypedResults.Ok(ApiResults.Page(
            rows, size, one => new ApiVersion(one.Id, one.Number, one.Fork, one.Reason, ApiResults.Utc(one.At), one.By, one.Copies, ApiQuestion.Of(one.Question)), one => one.Number.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SettleAsync(string slug, long id, ApiProposalAct body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        var (seen, missing) = ApiResults.Seen(http);
        if (missing is not null) return missing;
        if (ReviewActs.Words(body.Words, QuestionComment.LongestWords) is not { } words || (body.Act == "return" && words.Length == 0)) return ApiResults.Invalid("words", "Say why, in 1 to 2000 characters.");
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, slug, id) is null) return ApiResults.NotFound();
        return await ReviewActs.SettleAsync(connection, id, body.Act, seen, words, Me(http), clock.Now) switch
        {
            null => ApiResults.Invalid("act", "There is return, submit and drop."),
            false => ApiResults.Stale(),
            _ => TypedResults.NoContent(),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> WithdrawAsync(string slug, long id, ApiWithdrawal body, HttpContext http, NpgsqlDataSource db, Withdrawals withdrawals, Clock clock)
    {
        var (seen, missing) = ApiResults.Seen(http);
        if (missing is not null) return missing;
        if (ReviewActs.Words(body.Reason, WithdrawQuestion.LongestReason) is not { Length: > 0 } reason) return ApiResults.Invalid("reason", "Say why, in 1 to 500 characters.");
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, slug, id) is null) return ApiResults.NotFound();
        if (await WithdrawQuestion.RunAsync(connection, id, seen, reason, Me(http), clock.Now) is { } refusal) return QuestionsApi.Refused(refusal);
        withdrawals.Wake();
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ScheduleAsync(string slug, long id, ApiSchedule body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        var (seen, missing) = ApiResults.Seen(http);
        if (missing is not null) return missing;
        if (!ReviewActs.IsTime(body.At, clock.Now)) return ApiResults.Invalid("at", "It is a time within the next two years.");
        if (ChangeStatus.WaiverOf(body.Waiver) is not { } waiver) return ApiResults.Invalid("waiver", "The reason is too long.");
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, slug, id) is null) return ApiResults.NotFound();
        return await ScheduledPublishing.SetAsync(connection, id, seen, body.At.ToUniversalTime(), waiver, Me(http), clock.Now) is { } refusal ? QuestionsApi.Refused(refusal) : TypedResults.NoContent();
    }

    private static Task<Results<NoContent, ProblemHttpResult>> UnscheduleAsync(string slug, long id, HttpContext http, NpgsqlDataSource db, Clock clock) =>
        DoAsync(slug, id, http, db, connection => ScheduledPublishing.CancelAsync(connection, id, Me(http), clock.Now));

    private static async Task<Results<NoContent, ProblemHttpResult>> AssignAsync(string slug, long id, ApiAssignee body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, slug, id) is null) return ApiResults.NotFound();
        return await ReviewActs.AssignAsync(connection, id, body.Account, Me(http), clock.Now) ? TypedResults.NoContent() : ApiResults.Invalid("account", "They are none who may review.");
    }

    private static async Task<Results<Created<ApiComment>, ProblemHttpResult>> CommentAsync(string slug, long id, ApiNewComment body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        if (ReviewActs.Words(body.Words, QuestionComment.LongestWords) is not { Length: > 0 } words) return ApiResults.Invalid("words", "A comment has 1 to 2000 characters.");
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, slug, id) is null) return ApiResults.NotFound();
        await ReviewActs.CommentAsync(connection, id, Guid.CreateVersion7(), words, Me(http), clock.Now);
        var said = (await QuestionComment.OfAsync(connection, id))[^1];
        return TypedResults.Created($"/api/v1/banks/{Uri.EscapeDataString(slug)}/questions/{id}/review", new ApiComment(said.Id, said.Author, said.Words, ApiResults.Utc(said.WrittenAt), null, null));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ResolveAsync(string slug, long id, long comment, ApiResolved body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, slug, id) is null || (await QuestionComment.OfAsync(connection, id)).All(one => one.Id != comment)) return ApiResults.NotFound();
        await ReviewActs.ResolveAsync(connection, id, comment, body.Resolved, Me(http), clock.Now);
        return TypedResults.NoContent();
    }

    private static Task<Results<NoContent, ProblemHttpResult>> SettleFlagsAsync(string slug, long id, HttpContext http, NpgsqlDataSource db, Clock clock) =>
        DoAsync(slug, id, http, db, connection => ReviewActs.ResolveFlagsAsync(connection, id, Me(http), clock.Now));

    private static Task<Results<NoContent, ProblemHttpResult>> TrashAsync(string slug, long id, HttpContext http, NpgsqlDataSource db, Clock clock) =>
        DoAsync(slug, id, http, db, connection => Trash.ThrowAsync(connection, [id], Me(http), clock.Now));

    private static Task<Results<NoContent, ProblemHttpResult>> RestoreAsync(string slug, long id, HttpContext http, NpgsqlDataSource db, Clock clock) =>
        DoAsync(slug, id, http, db, connection => Trash.RestoreAsync(connection, [id], Me(http), clock.Now));

    // What is done to a question whatever its version, and again changes nothing
    private static async Task<Results<NoContent, ProblemHttpResult>> DoAsync(string slug, long id, HttpContext http, NpgsqlDataSource db, Func<NpgsqlConnection, Task> act)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, slug, id) is null) return ApiResults.NotFound();
        await act(connection);
        return TypedResults.NoContent();
    }

    private static async Task<EditedQuestion?> FindAsync(NpgsqlConnection connection, string slug, long id) => await QuestionsApi.FindAsync(connection, slug, id) is { Status: not "private" } row ? row : null;
}
