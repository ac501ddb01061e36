using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using StudyQuiz.App.Features.EditQuestion;
using StudyQuiz.App.Features.KeepBank;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>A question in a list.</summary>
public sealed record ApiListedQuestion(long Id, string Type, string Status, string Stem, string KeyPoint, int Answers, float? Facility, IReadOnlyList<string> Tags);

/// <summary>A question with what it says today. Its ETag is its version.</summary>
/// <param name="Name">In its bank.</param>
public sealed record ApiKeptQuestion(long Id, string Name, string Bank, string Status, string Origin, long Version, string KeyPoint, ApiQuestion Question);

/// <summary>A question to write.</summary>
/// <param name="KeyPoint">Null for the first of the bank.</param>
public sealed record ApiNewQuestion(ApiQuestion Question, long? KeyPoint = null, string Why = "");

/// <summary>A changed question.</summary>
/// <param name="MeaningChanged">Whether memories of the old wording count no more; needed where it looks like it.</param>
/// <param name="Regrade">Whether earlier answers are graded by the new key; needed where some would change.</param>
/// <param name="Waiver">Why another meaning may be asked without evidence; needed where it is published without.</param>
public sealed record ApiChangedQuestion(ApiQuestion Question, string Why = "", bool? MeaningChanged = null, bool? Regrade = null, string Waiver = "");

/// <summary>A change of many questions of a bank at once.</summary>
/// <param name="Change">status, tag, untag, difficulty or move.</param>
/// <param name="Value">The status, the tag, 1 to 3, or the id of a key point.</param>
/// <param name="Questions">Up to 1000.</param>
public sealed record ApiBulkChange(string Change, string Value, IReadOnlyList<long> Questions);

/// <summary>What became of it.</summary>
/// <param name="Id">By which it can be taken back.</param>
/// <param name="Changed">How many it changed; once it is taken back, how many went back.</param>
/// <param name="Refused">How many stayed as they were, by why.</param>
public sealed record ApiBulkChanged(Guid Id, int Changed, IReadOnlyDictionary<string, int> Refused, bool Undone);

/// <summary>Another status.</summary>
/// <param name="Status">draft, review, published or retired.</param>
/// <param name="Waiver">Why it may be published without evidence.</param>
public sealed record ApiStatus(string Status, string? Waiver = null);

/// <summary>Questions of banks: found, written, changed, published.</summary>
internal static class QuestionsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var questions = api.MapGroup("/banks/{slug}/questions").WithTags("Questions");
        questions.MapGet("", ListAsync).Needs(ApiScopes.BanksRead, ApiScopes.Editors).WithName("ListQuestions").WithSummary("Questions of a bank; words, status, type, tag, flag and order as on its page.");
        questions.MapPost("", AddAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).WithMetadata(new TellsVersion()).WithName("AddQuestion").WithSummary("Writes a draft. What the gates refuse is not stored.");
        questions.MapGet("/{id:long}", GetAsync).Needs(ApiScopes.BanksRead, ApiScopes.Editors).WithMetadata(new TellsVersion()).WithName("GetQuestion").WithSummary("A question; its ETag names its version.");
        questions.MapPut("/{id:long}", ChangeAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).WithMetadata(new NeedsVersion()).WithMetadata(new TellsVersion()).WithName("ChangeQuestion").WithSummary("Stores a new version, made from the one that If-Match names.");
        questions.MapPut("/{id:long}/status", StatusAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).WithMetadata(new NeedsVersion()).WithMetadata(new TellsVersion()).WithName("SetQuestionStatus").WithSummary("Draft, review, published, retired: by the rules of the workflow, and on record.");
        var changes = api.MapGroup("/banks/{slug}/changes").WithTags("Questions");
        changes.MapPost("", ManyAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).RequireRateLimiting(RateLimits.ApiHeavy).WithName("ChangeQuestions").WithSummary("Changes status, tags, difficulty or key point of many questions at once; what may not be changed stays, and is told.");
        changes.MapPost("/{id:guid}/undo", UndoAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).WithName("UndoChange").WithSummary("Takes such a change back where nobody has changed the question again since.");
    }

    private static async Task<Results<Ok<ApiBulkChanged>, ProblemHttpResult>> ManyAsync(string slug, ApiBulkChange body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await KeptBank.FindAsync(connection, slug) is not { IsTrashed: false } bank) return ApiResults.NotFound();
        if (body.Questions.Count is 0 or > ChangeMany.Most) return ApiResults.Invalid("questions", "There are 1 to 1000 questions at once.");
        var id = Guid.CreateVersion7();
        return await ChangeMany.RunAsync(connection, id, bank, body.Change, body.Value.Trim(), body.Questions, Viewer.Of(http.User).AccountId!.Value, clock.Now)
            ? TypedResults.Ok(Show((await ChangeMany.FindAsync(connection, bank.Id, id))!))
            : ApiResults.Invalid("change", "There is no such change, or no such value of it.");
    }

    private static async Task<Results<Ok<ApiBulkChanged>, ProblemHttpResult>> UndoAsync(string slug, Guid id, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await KeptBank.FindAsync(connection, slug) is not { IsTrashed: false } bank || await ChangeMany.FindAsync(connection, bank.Id, id) is null) return ApiResults.NotFound();
        await ChangeMany.UndoAsync(connection, bank, id, Viewer.Of(http.User).AccountId!.Value, clock.Now);
        return TypedResults.Ok(Show((await ChangeMany.FindAsync(connection, bank.Id, id))!));
    }

    private static ApiBulkChanged Show(BulkChange change) => new(change.Id, change.Changed, change.Refused.ToDictionary(why => ApiResults.Camel(why.Key), why => why.Value, StringComparer.Ordinal), change.IsUndone);

    private static async Task<Results<Ok<ApiPage<ApiListedQuestion>>, ProblemHttpResult>> ListAsync(
        string slug, NpgsqlDataSource db, string? q = null, string? status = null, string? type = null, string? tag = null, string? flag = null, string? sort = null, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync();
        if (await KeptBank.FindAsync(connection, slug) is not { IsTrashed: false } bank) return ApiResults.NotFound();
        // A word that is none would be no filter, and drafts be taken for what is published
        foreach (var (name, told, known) in ((string, string?, IReadOnlyList<string>)[])[("status", status, [.. QuestionFilter.Statuses, QuestionFilter.All]), ("type", type, QuestionTypes.All), ("flag", flag, QuestionFilter.Flags), ("sort", sort, QuestionFilter.Sorts)])
            if (told is not null && !known.Contains(told, StringComparer.Ordinal)) return ApiResults.Invalid(name, $"There is no such {name}.", known);
        var filter = QuestionFilter.Read(name => name switch
        {
            "q" => q,
            "status" => status,
            "type" => type,
            "tag" => tag,
            "flag" => flag,
            "sort" => sort,
            _ => null,
        });
        var place = ListPlace.Parse(after);
        if (after is not null && place is null) throw new NoSuchPlaceException();
        var list = await ListQuestions.OfAsync(connection, [bank.Id], filter, null, place, size: ApiResults.Limit(limit));
        return TypedResults.Ok(new ApiPage<ApiListedQuestion>([.. list.Questions.Select(row => new ApiListedQuestion(row.Id, row.Type, row.Status, row.Stem, row.Heading, row.Answers, row.Facility, row.Tags))], list.After?.ToString()));
    }

    private static async Task<Results<Created<ApiKeptQuestion>, ProblemHttpResult>> AddAsync(string slug, ApiNewQuestion body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (BlankQuestion.Of(body.Question.Type) is not { } blank) return ApiResults.Invalid("type", "There is no such type of question.", QuestionTypes.All);
        if (await EditedQuestion.NewAsync(connection, slug, blank, body.KeyPoint, "written-" + Guid.CreateVersion7().ToString("N")) is not { } row) return ApiResults.NotFound();
        var (question, refused) = await ReadAsync(connection, row, body.Question.ToForm(blank, body.Why, null, null));
        if (question is null) return refused!;
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        var id = await SaveQuestion.AddAsync(connection, row, question, Domain.StorableText.Clean(body.Why).Trim(), Viewer.Of(http.User).AccountId!.Value, clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        var made = Show((await EditedQuestion.FindAsync(connection, slug, id))!);
        ApiResults.Tag(http, made.Version);
        return TypedResults.Created($"/api/v1/banks/{Uri.EscapeDataString(slug)}/questions/{id}", made);
    }

    private static async Task<Results<Ok<ApiKeptQuestion>, ProblemHttpResult>> GetAsync(string slug, long id, HttpContext http, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, slug, id) is not { } row) return ApiResults.NotFound();
        ApiResults.Tag(http, row.Version);
        return TypedResults.Ok(Show(row));
    }

    private static async Task<Results<Ok<ApiKeptQuestion>, ProblemHttpResult>> ChangeAsync(string slug, long id, ApiChangedQuestion body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        var (seen, missing) = ApiResults.Seen(http);
        if (missing is not null) return missing;
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, slug, id) is not { } row) return ApiResults.NotFound();
        if (row.Version != seen) return ApiResults.Stale();
        if (body.Question.Type != QuestionTypes.Of(row.Question)) return ApiResults.Invalid("type", "A question keeps its type.");
        var typed = body.Question.ToForm(row.Question, body.Why, body.MeaningChanged, body.Regrade) with { Waiver = ChangeStatus.WaiverOf(body.Waiver) ?? body.Waiver };
        var (question, refused) = await ReadAsync(connection, row, typed);
        if (question is null) return refused!;
        var (asked, saved) = await ChangeQuestion.RunAsync(connection, row, question, typed, seen, Viewer.Of(http.User).AccountId!.Value, clock.Now);
        if (asked.Count > 0) return ApiResults.Conflict("undecided", $"Say {string.Join(" and ", asked.Keys.Select(key => key == QuestionForm.Fields.Meaning ? "meaningChanged" : key))}: the change looks like another meaning, would change verdicts, or has no evidence for its new meaning.");
        if (saved == SavedAs.Conflict) return ApiResults.Stale();
        if (saved == SavedAs.Trashed) return ApiResults.Conflict("trashed", "It lies in the trash: restore it first.");
        var now = (await EditedQuestion.FindAsync(connection, slug, id))!;
        ApiResults.Tag(http, now.Version);
        return TypedResults.Ok(Show(now));
    }

    private static async Task<Results<Ok<ApiKeptQuestion>, ProblemHttpResult>> StatusAsync(string slug, long id, ApiStatus body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        var (seen, missing) = ApiResults.Seen(http);
        if (missing is not null) return missing;
        if (!Enum.TryParse<QuestionStatus>(body.Status, ignoreCase: true, out var to) || !Enum.IsDefined(to)) return ApiResults.Invalid("status", "There is no such status.");
        if (ChangeStatus.WaiverOf(body.Waiver) is not { } waiver) return ApiResults.Invalid("waiver", "The reason is too long.");
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, slug, id) is null) return ApiResults.NotFound();
        var outcome = await ChangeStatus.OneAsync(connection, new StatusWish(id, to, seen, null, waiver), Viewer.Of(http.User).AccountId!.Value, clock.Now);
        if (outcome.Refusal is { } refusal) return Refused(refusal);
        var now = (await EditedQuestion.FindAsync(connection, slug, id))!;
        ApiResults.Tag(http, now.Version);
        return TypedResults.Ok(Show(now));
    }

    /// <summary>Why the workflow does not allow something.</summary>
    internal static ProblemHttpResult Refused(WorkflowRefusal refusal) => refusal switch
    {
        WorkflowRefusal.NotFound => ApiResults.NotFound(),
        WorkflowRefusal.Changed => ApiResults.Stale(),
        _ => ApiResults.Invalid(ApiResults.Camel(refusal), "The workflow does not allow that."),
    };

    /// <summary>A question of a bank. What a host wrote for themselves, and what lies in the trash with its bank, is in none.</summary>
    internal static async Task<EditedQuestion?> FindAsync(NpgsqlConnection connection, string slug, long id) =>
        await KeptBank.FindAsync(connection, slug) is not { IsTrashed: false } ? null : await EditedQuestion.FindAsync(connection, slug, id);

    private static async Task<(Question? Question, ProblemHttpResult? Refused)> ReadAsync(NpgsqlConnection connection, EditedQuestion row, QuestionForm typed)
    {
        var (question, errors) = await row.ReadAsync(connection, typed);
        if (question is null) return (null, ApiResults.Invalid("invalid", "The question is not whole.", errors));
        var (faults, _) = SaveQuestion.Check(row, question, await row.ParagraphsAsync(connection));
        return faults.Count == 0 ? (question, null) : (null, ApiResults.Invalid("gates", "The question breaks a gate.", faults.Select(fault => new { fault.Gate, fault.Message })));
    }

    internal static ApiKeptQuestion Show(EditedQuestion row) => new(row.Id, row.Slug, row.BankSlug, row.Status, row.Origin, row.Version, row.KeyPointLabel, ApiQuestion.Of(row.Question));
}
