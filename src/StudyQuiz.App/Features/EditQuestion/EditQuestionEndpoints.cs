using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.AppealVerdicts;
using StudyQuiz.App.Features.KeepStatistics;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.App.Features.ShowPictures;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Editing;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>An editor changes what a question says, or writes a new one. Every change is a new version that passes what an import must pass.</summary>
public static class EditQuestionEndpoints
{
    /// <summary>Where a question is changed.</summary>
    /// <param name="back">The local address that its page leads back to.</param>
    public static string PathOf(string bank, long question, string? back = null) => string.Create(
        CultureInfo.InvariantCulture, $"/banks/{Uri.EscapeDataString(bank)}/questions/{question}/edit{(back is null ? "" : "?back=" + Uri.EscapeDataString(back))}");

    // The change was stored, and ended that its wording was to be published at a time
    private const string Untimed = "untimed";

    // Without script a picture comes with the form
    internal static LargeForm LargeFormOfPicture { get; } = new(PictureFile.LargestBytes + 1024 * 1024, _ => Task.FromResult(Results.StatusCode(StatusCodes.Status413PayloadTooLarge)));

    public static void Map(IEndpointRouteBuilder app)
    {
        var question = app.MapGroup("/banks/{slug}/questions/{id:long}/edit").RequireAuthorization(Policies.EditBanks);
        question.MapGet("", ShowAsync);
        question.MapPost("", SaveAsync).WithMetadata(LargeFormOfPicture);
        question.MapPost("/check", async (string slug, long id, HttpContext http, IFormCollection form, NpgsqlDataSource db, CheckQuestion check) =>
            await FindAsync(db, slug, id, http.RequestAborted) is { } row ? Results.Json(await check.RunAsync(row, QuestionForm.Of(form), http.RequestAborted)) : Results.NotFound());
        question.MapPost("/draft", async (string slug, long id, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock) =>
            await DraftEndpoints.KeepAsync(await FindAsync(db, slug, id, http.RequestAborted), http, form, db, clock));
        question.MapPost("/discard", async (string slug, long id, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock) =>
            await DraftEndpoints.DiscardAsync(await FindAsync(db, slug, id, http.RequestAborted), http, form, db, clock));
        NewQuestion.Map(app);
        VersionEndpoints.Map(app);
    }

    private static async Task<EditedQuestion?> FindAsync(NpgsqlDataSource db, string slug, long id, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        return await EditedQuestion.FindAsync(connection, slug, id);
    }

    private static async Task<IResult> ShowAsync(string slug, long id, HttpContext http, NpgsqlDataSource db, string? back = null, string? saved = null, Guid? draft = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await EditedQuestion.FindAsync(connection, slug, id) is not { } row) return Pages.NotFound();
        var kept = await QuestionDrafts.FindAsync(connection, row, Viewer.Of(http.User).AccountId!.Value, draft);
        // A draft that is gone on with is kept under its name, and was made from the version that it names
        if (draft is not null && kept is not null) return await PageAsync(connection, row, http, back, QuestionForm.Of(kept.Form), seen: DraftEndpoints.SeenBy(kept.Form) ?? row.Version, draft: kept.Id);
        // A change whose published version has changed since is a draft from the earlier one: saving it merges the two
        if (await ProposedChange.FindAsync(connection, id) is { IsOutdated: true } late && late.Question.GetType() == row.Question.GetType())
            return await PageAsync(connection, row, http, back, QuestionForm.Of(late.Question), seen: late.From, offered: kept);
        return await PageAsync(connection, row, http, back, QuestionForm.Of(row.Question), isSaved: saved is not null, isUntimed: saved == Untimed, offered: saved is null ? kept : null);
    }

    private static async Task<IResult> SaveAsync(string slug, long id, HttpContext http, IFormCollection sent, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await EditedQuestion.FindAsync(connection, slug, id) is not { } row) return Pages.NotFound();
        var form = MergeForm.Resolved(sent);
        if (DraftEndpoints.SeenBy(form) is not { } seen) return Results.BadRequest();

        var (typed, back) = (QuestionForm.Of(form), form["back"].ToString() is { Length: > 0 } path ? path : null);
        var draft = DraftEndpoints.IdOf(form);
        if (typed.Picture is { } picture) typed = typed with { Picture = await picture.WithFileAsync(connection, form, Viewer.Of(http.User).AccountId!.Value, clock.Now) };
        var (question, errors) = await row.ReadAsync(connection, typed);
        if (row.IsTrashed) return await PageAsync(connection, row, http, back, typed, seen: seen, draft: draft, status: StatusCodes.Status409Conflict);
        if (question is null) return await PageAsync(connection, row, http, back, typed, await ToldAsync(connection, row, seen, errors), seen: seen, draft: draft);
        if (seen != row.Version && await MergeAsync(connection, row, seen, question, typed, back, draft) is { } merge) return merge;
        return await StoreAsync(connection, row, question, typed, seen, back, draft, http, clock);
    }

    // Quotes that were there when the page was opened are nowhere for another reason than a slip
    private static async Task<IReadOnlyDictionary<string, string>> ToldAsync(NpgsqlConnection connection, EditedQuestion row, long seen, IReadOnlyDictionary<string, string> errors) =>
        errors.GetValueOrDefault(QuestionForm.Fields.Evidence) == "QuoteNowhere" && await connection.QuerySingleAsync<bool>("select exists (select from question_version where id = @seen and source_version_id <> @Text)", new { seen, row.Text })
            ? new Dictionary<string, string>(errors, StringComparer.Ordinal) { [QuestionForm.Fields.Evidence] = "QuoteInOlderText" }
            : errors;

    /// <summary>Stores a change of the current version after asking what only the editor can tell.</summary>
    internal static async Task<IResult> StoreAsync(
        NpgsqlConnection connection, EditedQuestion row, Question question, QuestionForm typed, long seen, string? back, Guid? draft, HttpContext http, Clock clock)
    {
        var (faults, others) = SaveQuestion.Check(row, question, await row.ParagraphsAsync(connection));
        if (faults.Count > 0) return await PageAsync(connection, row, http, back, typed, faults: faults, seen: seen, draft: draft);
        var look = await ChangeQuestion.LookAsync(connection, row, question, typed);
        if (look.Asked.Count > 0) return await PageAsync(connection, row, http, back, typed, look.Asked, seen: seen, draft: draft, regrading: look.Regrading, signs: look.Signs);
        var person = Viewer.Of(http.User).AccountId!.Value;
        var saved = await ChangeQuestion.StoreAsync(connection, row, question, typed, seen, look, person, clock.Now, () => QuestionDrafts.CloseAsync(connection, row, person, draft, clock.Now));
        if (saved == SavedAs.Conflict) return await MergeAsync(connection, (await EditedQuestion.FindAsync(connection, row.BankSlug, row.Id))!, seen, question, typed, back, draft) ?? Results.LocalRedirect(PathOf(row.BankSlug, row.Id, back) + (back is null ? "?saved=1" : "&saved=1"));
        if (saved == SavedAs.Trashed) return await PageAsync(connection, (await EditedQuestion.FindAsync(connection, row.BankSlug, row.Id))!, http, back, typed, seen: seen, draft: draft, status: StatusCodes.Status409Conflict);
        // Who has nothing more to hear goes on with what they were at
        var isUntimed = row.PublishAt is not null && saved == SavedAs.Served;
        return Results.LocalRedirect(others.Count == 0 && back is not null && saved != SavedAs.Proposed && !isUntimed ? LocalPath.Of(back) : PathOf(row.BankSlug, row.Id, back) + (back is null ? "?saved=" : "&saved=") + (isUntimed ? Untimed : "1"));
    }

    // Null where nothing is to be merged: the form says what is stored already
    private static async Task<IResult?> MergeAsync(NpgsqlConnection connection, EditedQuestion row, long seen, Question mine, QuestionForm typed, string? back, Guid? draft)
    {
        if (await row.AtAsync(connection, seen) is not { } found) return Results.BadRequest();
        if (SaveQuestion.AreSame(mine, row.Question)) return null;
        var numbers = (await connection.QueryAsync<(long Id, int Number)>("select id, version from question_version where id = any(@ids)", new { ids = new[] { seen, row.Version } })).ToDictionary(version => version.Id, version => version.Number);
        return Pages.Render<MergePage>(
            new { Row = row, Merge = MergedQuestion.Of(found, mine, row.Question), Typed = typed, FoundNumber = numbers[seen], Number = numbers[row.Version], Renewal = await row.RenewalSinceAsync(connection, seen), Draft = draft ?? Guid.CreateVersion7(), Back = back is null ? null : LocalPath.Of(back) },
            StatusCodes.Status409Conflict);
    }

    /// <param name="seen">The version that a refused form was made from; the current one otherwise.</param>
    internal static async Task<IResult> PageAsync(
        NpgsqlConnection connection, EditedQuestion row, HttpContext http, string? back, QuestionForm form, IReadOnlyDictionary<string, string>? errors = null,
        IReadOnlyList<Generation.Gates.GateFinding>? faults = null, bool isSaved = false, long? seen = null, Guid? draft = null, QuestionDraft? offered = null, Regrading? regrading = null, IReadOnlyList<MeaningSign>? signs = null, bool isUntimed = false, int? status = null)
    {
        var paragraphs = await row.ParagraphsAsync(connection);
        var view = new EditorView
        {
            Row = row,
            Form = form,
            Seen = seen ?? row.Version,
            Paragraphs = paragraphs,
            Draft = draft ?? Guid.CreateVersion7(),
            Errors = errors ?? new Dictionary<string, string>(StringComparer.Ordinal),
            Faults = faults ?? [],
            Others = isSaved ? SaveQuestion.Check(row, row.Question, paragraphs).Others : [],
            Signs = signs ?? [],
            IsSaved = isSaved,
            IsUntimed = isUntimed,
            Regrading = regrading,
            Offered = offered is null ? null : (offered.Id, offered.KeptAt),
            KeyPoints = row.IsNew ? await NewQuestion.KeyPointsAsync(connection, row.Source) : [],
            Versions = row.IsNew ? 0 : await connection.QuerySingleAsync<int>("select count(*)::int from question_version where question_id = @Id", new { row.Id }),
            Figures = row.IsNew ? null : await QuestionFigures.FindAsync(connection, row.Id),
            Change = row.IsNew ? null : await ProposedChange.FindAsync(connection, row.Id),
            Back = back is null ? null : LocalPath.Of(back),
        };
        return Pages.Render<EditQuestionPage>(new { View = view }, status ?? (errors is { Count: > 0 } || faults is { Count: > 0 } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK));
    }
}
