using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>A question written from scratch: a draft of its bank, with evidence or waiting for it.</summary>
internal static class NewQuestion
{
    /// <summary>Where a new question is written; without a type, where its type is chosen.</summary>
    public static string PathOf(string bank, string? type = null, long? keyPoint = null) => string.Create(
        CultureInfo.InvariantCulture, $"/banks/{Uri.EscapeDataString(bank)}/questions/new{(type is null ? "" : "?type=" + type)}{(keyPoint is null ? "" : (type is null ? "?" : "&") + "keyPoint=" + keyPoint)}");

    public static void Map(IEndpointRouteBuilder app)
    {
        var added = app.MapGroup("/banks/{slug}/questions/new").RequireAuthorization(Policies.EditBanks);
        added.MapGet("", ShowAsync);
        added.MapPost("", AddAsync).WithMetadata(EditQuestionEndpoints.LargeFormOfPicture);
        added.MapPost("/check", async (string slug, HttpContext http, IFormCollection form, NpgsqlDataSource db, CheckQuestion check) =>
            await FindAsync(db, slug, form, http.RequestAborted) is { } row ? Results.Json(await check.RunAsync(row, QuestionForm.Of(form), http.RequestAborted)) : Results.NotFound());
        added.MapPost("/draft", async (string slug, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock) =>
            await DraftEndpoints.KeepAsync(await FindAsync(db, slug, form, http.RequestAborted), http, form, db, clock));
        added.MapPost("/discard", async (string slug, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock) =>
            await DraftEndpoints.DiscardAsync(await FindAsync(db, slug, form, http.RequestAborted), http, form, db, clock));
    }

    /// <summary>What a new question of a source can be about, in the order of the text.</summary>
    public static async Task<IReadOnlyList<KeyPointChoice>> KeyPointsAsync(NpgsqlConnection connection, long source)
    {
        var depths = new Dictionary<long, int>();
        var rows = await connection.QueryAsync<(long Id, string Label, string Heading, long? Parent)>("select id, label, heading, parent_id from key_point where source_id = @source order by position, id", new { source });
        return [.. rows.Select(point => new KeyPointChoice(point.Id, point.Label, point.Heading, depths[point.Id] = point.Parent is { } parent ? depths.GetValueOrDefault(parent, -1) + 1 : 0))];
    }

    private static async Task<IResult> ShowAsync(string slug, HttpContext http, NpgsqlDataSource db, string? type = null, long? keyPoint = null, Guid? draft = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var page = Guid.CreateVersion7();
        if (await EditedQuestion.NewAsync(connection, slug, BlankQuestion.Of(type ?? QuestionTypes.SingleChoice) ?? BlankQuestion.Of(QuestionTypes.SingleChoice)!, keyPoint, SlugOf(page)) is not { } row) return Pages.NotFound();
        var kept = await QuestionDrafts.FindAsync(connection, row, Viewer.Of(http.User).AccountId!.Value, draft);
        if (draft is not null && kept is not null)
            return await RowAsync(connection, slug, kept.Form) is { } typed ? await EditQuestionEndpoints.PageAsync(connection, typed, http, null, QuestionForm.Of(kept.Form), draft: kept.Id) : Pages.NotFound();
        if (type is null) return Pages.Render<NewQuestionPage>(new { Row = row, KeyPoint = keyPoint, Offered = kept is null ? null : ((Guid, DateTime)?)(kept.Id, kept.KeptAt) });
        return await EditQuestionEndpoints.PageAsync(connection, row, http, null, QuestionForm.Of(row.Question), draft: page);
    }

    private static async Task<IResult> AddAsync(string slug, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await RowAsync(connection, slug, form) is not { } row) return Results.BadRequest();
        var (typed, draft) = (QuestionForm.Of(form), DraftEndpoints.IdOf(form));
        if (typed.Picture is { } picture) typed = typed with { Picture = await picture.WithFileAsync(connection, form, Viewer.Of(http.User).AccountId!.Value, clock.Now) };
        var (question, errors) = await row.ReadAsync(connection, typed);
        if (question is null) return await EditQuestionEndpoints.PageAsync(connection, row, http, null, typed, errors, draft: draft);
        var (faults, _) = SaveQuestion.Check(row, question, await row.ParagraphsAsync(connection));
        if (faults.Count > 0) return await EditQuestionEndpoints.PageAsync(connection, row, http, null, typed, faults: faults, draft: draft);

        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        var person = Viewer.Of(http.User).AccountId!.Value;
        var id = await SaveQuestion.AddAsync(connection, row, question, typed.Why, person, clock.Now);
        await SaveQuestion.KeepApartAsync(connection, row, id, typed.Enemies);
        await QuestionDrafts.CloseAsync(connection, row, person, draft, clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        return Results.LocalRedirect(EditQuestionEndpoints.PathOf(slug, id) + "?saved=1");
    }

    private static async Task<EditedQuestion?> FindAsync(NpgsqlDataSource db, string slug, IFormCollection form, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        return await RowAsync(connection, slug, form);
    }

    // The form tells what type it is, and is stored once however often it comes
    private static async Task<EditedQuestion?> RowAsync(NpgsqlConnection connection, string slug, IFormCollection form) =>
        BlankQuestion.Of(form["type"]) is { } blank && DraftEndpoints.IdOf(form) is { } page
            ? await EditedQuestion.NewAsync(connection, slug, blank, long.TryParse(form["keyPoint"], NumberStyles.None, CultureInfo.InvariantCulture, out var point) ? point : null, SlugOf(page))
            : null;

    private static string SlugOf(Guid page) => "written-" + page.ToString("N");
}
