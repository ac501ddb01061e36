using System.Globalization;
using Npgsql;
using StudyQuiz.App.Features.EditQuestion;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ReviewQuestions;

/// <summary>One question as a reviewer looks at it: what it says, what others said of it, and what can be done to it. All by plain forms.</summary>
internal static class ReviewQuestionEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var question = app.MapGroup("/banks/{slug}/questions/{id:long}").RequireAuthorization(Policies.EditBanks);
        question.MapGet("/review", ShowAsync);
        foreach (var path in (string[])["/status", "/withdraw", "/schedule", "/assign", "/comments", "/trash", "/proposal"]) question.MapGet(path, (string slug, long id) => Results.LocalRedirect(ReviewedQuestion.PathOf(slug, id))); // a refusal stands there
        question.MapPost("/status", ([AsParameters] Wish wish) => wish.DoAsync(SetStatusAsync));
        question.MapPost("/withdraw", ([AsParameters] Wish wish) => wish.DoAsync(WithdrawAsync));
        question.MapPost("/schedule", ([AsParameters] Wish wish) => wish.DoAsync(ScheduleAsync));
        question.MapPost("/assign", ([AsParameters] Wish wish) => wish.DoAsync(AssignAsync));
        question.MapPost("/comments", ([AsParameters] Wish wish) => wish.DoAsync(CommentAsync));
        question.MapPost("/comments/{comment:long}", ResolveAsync);
        question.MapPost("/trash", ([AsParameters] Wish wish) => wish.DoAsync(TrashAsync));
        question.MapPost("/proposal", ([AsParameters] Wish wish) => wish.DoAsync(SettleProposalAsync));
    }

    /// <summary>What an act needs.</summary>
    internal sealed record Doing(NpgsqlConnection Connection, EditedQuestion Row, IFormCollection Form, HttpContext Http, Guid Person, DateTimeOffset Now);

    /// <summary>What an act led to: what the page says, and whether it was refused.</summary>
    internal sealed record Done(string Says, bool IsRefusal = false)
    {
        public static Done Of(WorkflowRefusal? refusal, string says) => refusal is { } why ? new Done("Refusal." + why, IsRefusal: true) : new Done("Done." + says);
    }

    /// <summary>A form of the page, sent.</summary>
    internal sealed record Wish(string Slug, long Id, HttpContext Http, IFormCollection Form, NpgsqlDataSource Db, Clock Clock)
    {
        internal async Task<IResult> DoAsync(Func<Doing, Task<Done?>> act)
        {
            await using var connection = await Db.OpenConnectionAsync(Http.RequestAborted);
            if (await EditedQuestion.ServedAsync(connection, Slug, Id) is not { Status: not "private" } row) return Pages.NotFound();
            return await act(new Doing(connection, row, Form, Http, Viewer.Of(Http.User).AccountId!.Value, Clock.Now)) switch
            {
                null => Results.BadRequest(),
                { IsRefusal: true } done => await PageAsync(connection, Slug, Id, Viewer.Of(Http.User).AccountId, done, Form),
                var done => Results.LocalRedirect($"{ReviewedQuestion.PathOf(Slug, Id)}?done={done.Says["Done.".Length..]}"),
            };
        }
    }

    private static async Task<IResult> ShowAsync(string slug, long id, HttpContext http, NpgsqlDataSource db, string? done = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await PageAsync(connection, slug, id, Viewer.Of(http.User).AccountId, done is null ? null : new Done("Done." + done));
    }

    private static async Task<Done?> SetStatusAsync(Doing doing)
    {
        if (!Enum.TryParse<QuestionStatus>(doing.Form["to"], ignoreCase: true, out var to) || Seen(doing) is not { } seen || ChangeStatus.WaiverOf(doing.Form["waiver"]) is not { } waiver) return null;
        var outcome = await ChangeStatus.OneAsync(doing.Connection, new StatusWish(doing.Row.Id, to, seen, Waiver: waiver), doing.Person, doing.Now);
        return Done.Of(outcome.Refusal, seen == doing.Row.Version ? "status" : "approved");
    }

    // What becomes of a change that waits, but for approving it
    private static async Task<Done?> SettleProposalAsync(Doing doing)
    {
        if (Seen(doing) is not { } seen) return null;
        var why = Words(doing, "words", QuestionComment.LongestWords);
        var what = doing.Form["do"].ToString();
        if (what == "return" && why is not { Length: > 0 }) return new Done("Refusal.NoWords", IsRefusal: true);
        return await ReviewActs.SettleAsync(doing.Connection, doing.Row.Id, what, seen, why ?? "", doing.Person, doing.Now) is { } done ? Done.Of(done ? null : WorkflowRefusal.Changed, what) : null;
    }

    private static async Task<Done?> WithdrawAsync(Doing doing)
    {
        if (Seen(doing) is not { } seen) return null;
        var reason = Words(doing, "reason", WithdrawQuestion.LongestReason);
        if (reason is not { Length: > 0 }) return new Done("Refusal.NoReason", IsRefusal: true);
        var refusal = await WithdrawQuestion.RunAsync(doing.Connection, doing.Row.Id, seen, reason, doing.Person, doing.Now);
        if (refusal is null) doing.Http.RequestServices.GetRequiredService<Withdrawals>().Wake();
        return Done.Of(refusal, "withdrawn");
    }

    private static async Task<Done?> ScheduleAsync(Doing doing)
    {
        if (doing.Form["cancel"].Count > 0)
        {
            await ScheduledPublishing.CancelAsync(doing.Connection, doing.Row.Id, doing.Person, doing.Now);
            return new Done("Done.cancelled");
        }

        if (Seen(doing) is not { } seen || ChangeStatus.WaiverOf(doing.Form["waiver"]) is not { } waiver) return null;
        if (!DateTime.TryParseExact(doing.Form["at"], "yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) || LearnerDay.Instant(local) is not { } at || !ReviewActs.IsTime(at, doing.Now))
            return new Done("Refusal.NoTime", IsRefusal: true);
        return Done.Of(await ScheduledPublishing.SetAsync(doing.Connection, doing.Row.Id, seen, at, waiver, doing.Person, doing.Now), "scheduled");
    }

    private static async Task<Done?> AssignAsync(Doing doing)
    {
        var to = Guid.TryParse(doing.Form["to"], out var chosen) ? chosen : (Guid?)null;
        return await ReviewActs.AssignAsync(doing.Connection, doing.Row.Id, to, doing.Person, doing.Now) ? new Done("Done.assigned") : null;
    }

    private static async Task<Done?> CommentAsync(Doing doing)
    {
        if (!Guid.TryParse(doing.Form["id"], out var id)) return null;
        var words = Words(doing, "words", QuestionComment.LongestWords);
        if (words is not { Length: > 0 }) return new Done("Refusal.NoWords", IsRefusal: true);
        await ReviewActs.CommentAsync(doing.Connection, doing.Row.Id, id, words, doing.Person, doing.Now);
        return new Done("Done.commented");
    }

    private static async Task<IResult> ResolveAsync(string slug, long id, long comment, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await ReviewActs.ResolveAsync(connection, id, comment, form["resolved"] == "true", Viewer.Of(http.User).AccountId!.Value, clock.Now);
        return Results.LocalRedirect(ReviewedQuestion.PathOf(slug, id) + "#comments");
    }

    private static async Task<Done?> TrashAsync(Doing doing)
    {
        await Trash.ThrowAsync(doing.Connection, [doing.Row.Id], doing.Person, doing.Now);
        return new Done("Done.trashed");
    }

    private static long? Seen(Doing doing) => long.TryParse(doing.Form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;

    private static string? Words(Doing doing, string field, int longest) => ReviewActs.Words(doing.Form[field].ToString(), longest);

    private static async Task<IResult> PageAsync(NpgsqlConnection connection, string slug, long id, Guid? person, Done? done, IFormCollection? typed = null)
    {
        if (await EditedQuestion.ServedAsync(connection, slug, id) is not { Status: not "private" } row) return Pages.NotFound();
        var paragraphs = await row.ParagraphsAsync(connection);
        var change = await ProposedChange.FindAsync(connection, id);
        var isOwn = change?.IsAllOf(person) == true && (await WorkflowSettings.RulesAsync(connection)).AsksSecond;
        return Pages.Render<ReviewQuestionPage>(
            new
            {
                Row = row,
                Standing = await ReviewedQuestion.FindAsync(connection, id),
                Paragraphs = paragraphs.ToDictionary(paragraph => paragraph.Label, paragraph => paragraph.Text, StringComparer.Ordinal),
                Reviewers = await ReviewQueue.ReviewersAsync(connection),
                Change = change,
                IsOwnChange = isOwn,
                IsOwn = await ChangeStatus.IsOwnAsync(connection, id, person),
                Regrading = change is null ? null : await change.RegradingAsync(connection),
                Notice = done?.Says,
                IsRefused = done?.IsRefusal == true,
                Reason = typed?["reason"].ToString() ?? "",
                Words = typed?["words"].ToString() ?? "",
            },
            done?.IsRefusal != true ? StatusCodes.Status200OK : done.Says is "Refusal.Changed" or "Refusal.OwnWording" or "Refusal.OwnPart" or "Refusal.OwnWaiver" or "Refusal.Trashed" or "Refusal.Outdated" ? StatusCodes.Status409Conflict : StatusCodes.Status422UnprocessableEntity);
    }
}
