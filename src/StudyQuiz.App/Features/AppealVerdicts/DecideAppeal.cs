using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.EditQuestion;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.AppealVerdicts;

/// <summary>What an editor decides on an answer. Posted by these names.</summary>
internal static class Rulings
{
    /// <summary>The answer counts beside those that do.</summary>
    public const string Counts = "counts";

    /// <summary>The answer is the key: what was it counts no more.</summary>
    public const string Key = "key";

    public const string Refused = "refused";
}

/// <summary>The editors' side: what learners say should count, and the decision.</summary>
internal static class DecideAppeal
{
    public const int LongestReason = 500;

    public static async Task<IResult> ShowAsync(HttpContext http, NpgsqlDataSource db, string? done = null, string? regraded = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await PageAsync(
            connection, done is AppealStates.Accepted or AppealStates.Refused or AppealNotice.Proposed ? new AppealNotice(done, int.TryParse(regraded, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : 0) : null);
    }

    public static async Task<IResult> DecideAsync(long id, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        var ruling = form["ruling"].ToString();
        var reason = form["reason"].ToString().ReplaceLineEndings("\n").Trim();
        if (ruling is not (Rulings.Counts or Rulings.Key or Rulings.Refused) || !long.TryParse(form["seen"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen)) return Results.BadRequest();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (ReasonRefused(ruling, reason) is { } why) return await PageAsync(connection, new AppealNotice(why, 0, id, reason), StatusCodes.Status422UnprocessableEntity);

        var decision = await RunAsync(connection, id, ruling, seen, reason, Viewer.Of(http.User).AccountId!.Value, clock.Now);
        return decision switch
        {
            null => Pages.NotFound(),
            { IsRefusal: false } => Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"{AppealEndpoints.Queue}?done={decision.State}&regraded={decision.Regraded}")),
            _ => await PageAsync(connection, decision, StatusCodes.Status409Conflict),
        };
    }

    /// <summary>What is wrong with a reason: a refusal has one, and none is longer than is read. Null where nothing is.</summary>
    internal static string? ReasonRefused(string ruling, string reason) => ruling == Rulings.Refused && reason.Length == 0 ? "NoReason" : reason.Length > LongestReason || !StorableText.Is(reason) ? "TooLong" : null;

    /// <summary>Decides. The first decision holds: the question is held until all of it is stored, and whoever comes second finds the appeal decided.</summary>
    /// <param name="seen">The version of the question that is asked today, as whoever decides saw it.</param>
    /// <returns>What was decided, or why nothing was; null where there is no such appeal.</returns>
    internal static async Task<AppealNotice?> RunAsync(NpgsqlConnection connection, long id, string ruling, long seen, string reason, Guid person, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var current = await connection.QuerySingleOrDefaultAsync<long?>(
            "select current_version_id from question where id = (select question_id from appeal where id = @id) for no key update", new { id });
        if (current is null) return null;
        var appeal = await connection.QuerySingleAsync<Row>(
            """
            select p.attempt_id as Attempt, p.position, p.question_id as Question, p.question_version_id as Asked, p.answer_form as Form, p.state, nullif(a.user_name, '') as DecidedBy, v.fork, s.slug
            from appeal p
            join question_version v on v.id = p.question_version_id
            join question q on q.id = p.question_id
            join source s on s.id = q.source_id
            left join account a on a.id = p.decided_by
            where p.id = @id
            """,
            new { id });
        if (appeal.State != AppealStates.Open) return new AppealNotice("Decided." + appeal.State, 0, By: appeal.DecidedBy);
        if (current != seen) return new AppealNotice("Changed", 0);

        var notice = ruling == Rulings.Refused
            ? await RefuseAsync(connection, appeal, reason, person, now)
            : await AcceptAsync(connection, id, appeal, ruling == Rulings.Key, seen, reason, person, now);
        if (!notice.IsRefusal) await transaction.CommitAsync();
        return notice;
    }

    private static async Task<AppealNotice> RefuseAsync(NpgsqlConnection connection, Row appeal, string reason, Guid person, DateTimeOffset now)
    {
        var same = (await OpenAppeal.OfAsync(connection, appeal.Question, appeal.Fork)).Where(open => open.Form == appeal.Form).Select(open => open.Id).ToArray();
        await OpenAppeal.CloseAsync(connection, same, AppealStates.Refused, reason, person, now);
        await Audit.AddAsync(connection, person, AuditActs.AppealRefused, Subject(appeal), new { appeals = same, answer = appeal.Form, version = appeal.Asked, reason }, now);
        return new AppealNotice(AppealStates.Refused, 0);
    }

    private static async Task<AppealNotice> AcceptAsync(NpgsqlConnection connection, long id, Row appeal, bool rekey, long seen, string reason, Guid person, DateTimeOffset now)
    {
        var asked = (await Asked.FindAsync(connection, appeal.Attempt, appeal.Position))!;
        if (await Regrading.OfAsync(connection, appeal.Asked, asked.Answer!, rekey) is not { } regrading) return new AppealNotice("NotSo", 0);

        var row = (await EditedQuestion.ServedAsync(connection, appeal.Slug, appeal.Question))!;
        // With two-person review a key waits as any other change does: whoever publishes it sets off the regrading, and the appeal is decided then
        if (regrading.Current is { } key && (await WorkflowSettings.RulesAsync(connection)).AsksSecond)
        {
            var answered = await RegradeByEdit.AnsweredAsync(connection, row.Id);
            if (await SaveQuestion.RunAsync(connection, row, key, seen, meaningChanged: false, why: reason.Length == 0 ? "appeal" : reason, person, now) is var saved && saved is SavedAs.Conflict or SavedAs.Trashed) return new AppealNotice(saved == SavedAs.Trashed ? "Trashed" : "Waiting", 0);
            await RegradeByEdit.SettleAsync(connection, row.Id, answered.Version);
            return new AppealNotice(AppealNotice.Proposed, 0);
        }

        if (regrading.Current is { } question) await SaveQuestion.RunAsync(connection, row, question, seen, meaningChanged: false, why: reason.Length == 0 ? "appeal" : reason, person, now, isRuling: true);
        await new RegradeAnswers(connection, id.ToString(CultureInfo.InvariantCulture), person, reason, now).RunAsync(regrading);

        // Whoever appealed for the same, or for what now counts too, has been heard
        var heard = (await OpenAppeal.OfAsync(connection, appeal.Question, appeal.Fork)).Where(open => open.Form == appeal.Form || open.CountsBy(regrading)).Select(open => open.Id).ToArray();
        await OpenAppeal.CloseAsync(connection, heard, AppealStates.Accepted, reason, person, now);
        await Audit.AddAsync(
            connection, person, AuditActs.AppealAccepted, Subject(appeal),
            new
            {
                appeals = heard,
                answer = asked.Answer is Typed typed ? typed.Text : appeal.Form,
                ruling = rekey ? Rulings.Key : Rulings.Counts,
                version = appeal.Asked,
                corrected = regrading.Keys.Keys.Order().ToArray(),
                current = (await EditedQuestion.ServedAsync(connection, appeal.Slug, appeal.Question))!.Version,
                regrading.Up,
                regrading.Down,
                reason,
            },
            now);
        return new AppealNotice(AppealStates.Accepted, regrading.Changes.Count);
    }

    private static string Subject(Row appeal) => AuditActs.OfQuestion(appeal.Question);

    private static async Task<IResult> PageAsync(NpgsqlConnection connection, AppealNotice? notice, int status = StatusCodes.Status200OK) =>
        Pages.Render<AppealsPage>(new { Queue = await QueuedAppeals.FirstAsync(connection), Open = await QueuedAppeals.CountAsync(connection), Lists = await ReviewQueue.CountsAsync(connection), Notice = notice }, status);

    private sealed record Row(Guid Attempt, int Position, long Question, long Asked, string Form, string State, string? DecidedBy, int Fork, string Slug);
}

/// <summary>What the editors' page says of the last decision.</summary>
/// <param name="State">A resource's name after <c>Notice.</c>: what was decided, or why nothing was.</param>
/// <param name="Regraded">How many verdicts it changed.</param>
/// <param name="On">The appeal whose form it is about.</param>
/// <param name="Typed">What had been typed there.</param>
/// <param name="By">Who decided before.</param>
public sealed record AppealNotice(string State, int Regraded, long? On = null, string? Typed = null, string? By = null)
{
    /// <summary>The key waits for a second person, and the appeal with it.</summary>
    public const string Proposed = "proposed";

    public bool IsRefusal => State is not (AppealStates.Accepted or AppealStates.Refused or Proposed);
}
