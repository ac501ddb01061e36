using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Features.KeepQuizzes;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>Something in a section: a question of a bank, one of the host's own, a poll or a slide.</summary>
/// <param name="Kind">question, own, poll or slide.</param>
/// <param name="Drawn">By the blueprint; else by hand.</param>
/// <param name="Asked">Null for a poll or a slide.</param>
/// <param name="Bank">Of a question of a bank: its slug.</param>
/// <param name="Askable">False for one that was taken back since: it is not asked.</param>
public sealed record ApiItem(Guid Id, string Kind, bool Drawn, long? QuestionId, string? Bank, bool Askable, ApiQuestion? Asked, ApiPoll? Poll, ApiSlide? Slide);

/// <summary>Something to put into a section: one of these.</summary>
/// <param name="Question">A published question of the quiz's banks, by its id.</param>
/// <param name="Own">A question of one's own: five types, without review, in no bank.</param>
public sealed record ApiNewItem(long? Question = null, ApiQuestion? Own = null, ApiPoll? Poll = null, ApiSlide? Slide = null);

/// <summary>A poll, for live games: nothing is right or wrong.</summary>
/// <param name="Options">2 to 6.</param>
public sealed record ApiPoll(string Title, IReadOnlyList<string> Options);

/// <summary>A slide, for live games.</summary>
public sealed record ApiSlide(string Title, string Text = "");

/// <summary>What becomes of something in a section.</summary>
/// <param name="Act">up, down, or swap: draws another question in its place.</param>
public sealed record ApiItemMove(string Act);

/// <summary>A question that can be picked.</summary>
/// <param name="HeldIn">The section that holds it already.</param>
public sealed record ApiCandidate(long Id, string Bank, string Heading, int? HeldIn, ApiQuestion Question);

/// <summary>Another of the same kind.</summary>
/// <param name="Anew">What is drawn is drawn again, without what the first asks where the banks have enough.</param>
public sealed record ApiCopy(bool Anew = false);

/// <summary>What the sections of a quiz hold: picked by hand, own, polls, slides.</summary>
internal static class SectionsApi
{
    private const string Drop = "drop";

    public static void Map(RouteGroupBuilder api)
    {
        var quiz = api.MapGroup("/quizzes/{id:guid}").WithTags("Quizzes");
        quiz.MapPost("/copies", CopyAsync).Needs(ApiScopes.QuizzesWrite, ApiScopes.Hosts).WithMetadata(new TellsVersion()).WithName("CopyQuiz").WithSummary("Makes another quiz of the same kind: with the same questions, or drawn anew.");
        quiz.MapPost("/redraw", RedrawAsync).Needs(ApiScopes.QuizzesWrite, ApiScopes.Hosts).WithMetadata(new NeedsVersion()).WithMetadata(new TellsVersion()).WithName("RedrawQuiz").WithSummary("Draws all anew that was not picked by hand, from the revision that If-Match names.");
        var section = quiz.MapGroup("/sections/{section:int}");
        section.MapGet("/items", ListAsync).Needs(ApiScopes.QuizzesRead, ApiScopes.Hosts).WithName("ListItems").WithSummary("What a section holds, in its order, with keys. A quiz that draws for each attempt holds only what was put in by hand.");
        section.MapGet("/candidates", CandidatesAsync).Needs(ApiScopes.QuizzesRead, ApiScopes.Hosts).WithName("ListCandidates").WithSummary("Published questions of the quiz's banks that fit the section: by words (q), bank, keyPoint (at the top), type and difficulty.");
        section.MapPost("/items", AddAsync).Needs(ApiScopes.QuizzesWrite, ApiScopes.Hosts).WithName("AddItem").WithSummary("Picks a question by hand, or adds one of your own, a poll or a slide. A question takes the place of one that was drawn.");
        section.MapPut("/items/{item:guid}", ChangeAsync).Needs(ApiScopes.QuizzesWrite, ApiScopes.Hosts).WithName("ChangeItem").WithSummary("Changes a question of your own, a poll or a slide.");
        section.MapPost("/items/{item:guid}/move", MoveAsync).Needs(ApiScopes.QuizzesWrite, ApiScopes.Hosts).WithName("MoveItem").WithSummary("Moves it up or down, or draws another question in its place.");
        section.MapDelete("/items/{item:guid}", RemoveAsync).Needs(ApiScopes.QuizzesWrite, ApiScopes.Hosts).WithName("RemoveItem").WithSummary("Takes it away.");
    }

    private static async Task<Results<Created<ApiQuiz>, ProblemHttpResult>> CopyAsync(Guid id, ApiCopy body, HttpContext http, NpgsqlDataSource db, IStringLocalizer<QuizText> text, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        if (await Quiz.FindAsync(connection, id, EditQuiz.Owner(http)) is not { } quiz) return ApiResults.NotFound();
        var copy = Guid.CreateVersion7();
        await EditQuiz.MakeCopyAsync(connection, quiz, copy, body.Anew, text, clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        var made = (await Quiz.FindAsync(connection, copy, quiz.Owner))!;
        ApiResults.Tag(http, made.Revision);
        return TypedResults.Created($"/api/v1/quizzes/{copy}", QuizzesApi.Show(made));
    }

    private static async Task<Results<Ok<ApiQuiz>, ProblemHttpResult>> RedrawAsync(Guid id, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        var (seen, missing) = ApiResults.Seen(http);
        if (missing is not null) return missing;
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        if (await Quiz.LockAsync(connection, id, EditQuiz.Owner(http)) is not { } quiz) return ApiResults.NotFound();
        if (quiz.Revision != seen) return ApiResults.Stale();
        await EditQuiz.StoreAsync(connection, quiz, new QuizForm.Act("redraw", ""), clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        var now = (await Quiz.FindAsync(connection, id, quiz.Owner))!;
        ApiResults.Tag(http, now.Revision);
        return TypedResults.Ok(QuizzesApi.Show(now));
    }

    private static async Task<Results<Ok<ApiPage<ApiItem>>, ProblemHttpResult>> ListAsync(Guid id, int section, HttpContext http, NpgsqlDataSource db, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Quiz.FindAsync(connection, id, EditQuiz.Owner(http)) is not { } quiz || quiz.Plan.Find(section) is null) return ApiResults.NotFound();
        var items = (await QuizItem.OfAsync(connection, id)).Where(item => item.Section == section).ToList();
        return TypedResults.Ok(ApiResults.PageOf(items, after, limit, item => item.Id.ToString(), Show));
    }

    private static async Task<Results<Ok<ApiPage<ApiCandidate>>, ProblemHttpResult>> CandidatesAsync(
        Guid id, int section, HttpContext http, NpgsqlDataSource db, string? q = null, string? bank = null, long? keyPoint = null, string? type = null, int? difficulty = null, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Quiz.FindAsync(connection, id, EditQuiz.Owner(http)) is not { } quiz || quiz.Plan.Find(section) is not { } found) return ApiResults.NotFound();
        var source = bank is null ? 0 : await connection.QuerySingleOrDefaultAsync<long?>("select id from source where slug = @bank and owner_id is null", new { bank }) ?? -1;
        var size = ApiResults.Limit(limit);
        // As the page's form says it, so that the same rules hold
        var search = QuestionSearch.Of(name => name switch
        {
            "words" => q,
            "bank" => source.ToString(CultureInfo.InvariantCulture),
            "point" => keyPoint?.ToString(CultureInfo.InvariantCulture),
            "type" => type,
            "level" => difficulty?.ToString(CultureInfo.InvariantCulture),
            "page" => (1 + (ApiResults.Skipped(after) / size)).ToString(CultureInfo.InvariantCulture),
            _ => null,
        });
        var rows = source < 0 ? [] : await search.RunAsync(connection, quiz.Plan.Sources, found.Types, await PointTree.OfAsync(connection, quiz.Plan.Sources), size);
        var held = (await QuizItem.OfAsync(connection, id)).Where(item => item.Question is not null).ToDictionary(item => item.Question!.Id, item => item.Section);
        return TypedResults.Ok(ApiResults.Page(
            rows, size, row => new ApiCandidate(row.Id, row.Slug, row.Heading, held.TryGetValue(row.Id, out var holder) ? holder : null, ApiQuestion.Of(row.Body)), _ => (search.Page * size).ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Created<ApiItem>, ProblemHttpResult>> AddAsync(Guid id, int section, ApiNewItem body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        if (new object?[] { body.Question, body.Own, body.Poll, body.Slide }.Count(part => part is not null) != 1) return ApiResults.Invalid("item", "It is one of question, own, poll and slide.");
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        if (await Quiz.LockAsync(connection, id, EditQuiz.Owner(http)) is not { } quiz || quiz.Plan.Find(section) is not { } found) return ApiResults.NotFound();
        var items = await QuizItem.OfAsync(connection, id);
        if (body.Question is { } wanted)
        {
            if (items.Any(item => item.Question?.Id == wanted && !(item.IsDrawn && item.Section == section))) return ApiResults.Conflict("held", "The quiz holds that question already.");
            if (await EditSection.PickAsync(connection, quiz, found, items, wanted, clock.Now) is { } refusal)
                return refusal == "Refused.Enemy" ? ApiResults.Conflict("enemy", "It gives another question of the quiz away.") : ApiResults.Invalid(refusal == "Refused.Gone" ? "gone" : "tooMany", "It is not published, not of the section's types, or the quiz has as many questions as it may.");
        }
        else if (body.Own is { } own)
        {
            if ((found.Type ?? own.Type) != own.Type || OwnQuestion.Template(own.Type) is not { } blank) return ApiResults.Invalid("type", "The section holds no questions of that type that are your own.", OwnQuestion.Types);
            var (question, errors) = OwnQuestion.Read(own.ToForm(blank, "", null, null), blank);
            if (question is null) return ApiResults.Invalid("invalid", "The question is not whole.", errors);
            await OwnQuestion.StoreAsync(connection, quiz, found, Guid.CreateVersion7(), question, clock.Now);
        }
        else
        {
            if (found.Type is not null) return ApiResults.Invalid("section", "Polls and slides stand in mixed sections.");
            if (Read(body.Poll, body.Slide) is not { } extra) return ApiResults.Invalid("invalid", "A title has 1 to 200 characters; a poll has 2 to 6 options.");
            await Extras.StoreAsync(connection, id, section, Guid.CreateVersion7(), extra);
        }

        var known = items.Select(item => item.Id).ToHashSet();
        var made = (await QuizItem.OfAsync(connection, id)).Where(item => item.Section == section && !known.Contains(item.Id) && !item.IsDrawn).ToList();
        await transaction.CommitAsync(http.RequestAborted);
        return TypedResults.Created($"/api/v1/quizzes/{id}/sections/{section}/items", Show(made[^1]));
    }

    private static async Task<Results<Ok<ApiItem>, ProblemHttpResult>> ChangeAsync(Guid id, int section, Guid item, ApiNewItem body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        if (await FindAsync(connection, id, section, item, http) is not var (quiz, found)) return ApiResults.NotFound();
        if (found.Question is { IsOwn: true } question && body.Own is { } own)
        {
            if (own.Type != question.Type) return ApiResults.Invalid("type", "A question keeps its type.");
            var (changed, errors) = OwnQuestion.Read(own.ToForm(question.Body, "", null, null), question.Body);
            if (changed is null) return ApiResults.Invalid("invalid", "The question is not whole.", errors);
            await OwnQuestion.StoreChangeAsync(connection, question.Id, changed, quiz.Owner, clock.Now);
        }
        else if ((found.Extra is Poll && body.Poll is not null) || (found.Extra is Slide && body.Slide is not null))
        {
            if (Read(found.Extra is Poll ? body.Poll : null, body.Slide) is not { } extra) return ApiResults.Invalid("invalid", "A title has 1 to 200 characters; a poll has 2 to 6 options.");
            await Extras.StoreChangeAsync(connection, item, extra);
        }
        else
        {
            return ApiResults.Invalid("item", "It stays what it is: one of own, poll and slide. A bank's question is changed in its bank.");
        }

        var now = (await QuizItem.OfAsync(connection, id)).First(one => one.Id == item);
        await transaction.CommitAsync(http.RequestAborted);
        return TypedResults.Ok(Show(now));
    }

    private static Task<Results<NoContent, ProblemHttpResult>> MoveAsync(Guid id, int section, Guid item, ApiItemMove body, HttpContext http, NpgsqlDataSource db, Clock clock) =>
        ActAsync(id, section, item, body.Act == Drop ? "" : body.Act, http, db, clock);

    private static Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(Guid id, int section, Guid item, HttpContext http, NpgsqlDataSource db, Clock clock) => ActAsync(id, section, item, Drop, http, db, clock);

    private static async Task<Results<NoContent, ProblemHttpResult>> ActAsync(Guid id, int section, Guid item, string act, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        if (await FindAsync(connection, id, section, item, http) is not var (quiz, found)) return ApiResults.NotFound();
        if (act is not ("up" or "down" or "swap" or Drop)) return ApiResults.Invalid("act", "There is up, down and swap.");
        if (act == "swap" && found is not { IsDrawn: true }) return ApiResults.Invalid("act", "Only what was drawn has another drawn in its place.");
        await EditSection.MoveAsync(connection, quiz, quiz.Plan.Find(section)!, await QuizItem.OfAsync(connection, id), found, act, clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        return TypedResults.NoContent();
    }

    // The quiz is held
    private static async Task<(Quiz Quiz, QuizItem Item)?> FindAsync(NpgsqlConnection connection, Guid id, int section, Guid item, HttpContext http) =>
        await Quiz.LockAsync(connection, id, EditQuiz.Owner(http)) is { } quiz && quiz.Plan.Find(section) is not null && (await QuizItem.OfAsync(connection, id)).FirstOrDefault(one => one.Section == section && one.Id == item) is { } found ? (quiz, found) : null;

    // As the page's form reads it, so that the same rules hold
    private static QuizExtra? Read(ApiPoll? poll, ApiSlide? slide) => poll is not null
        ? new ExtraForm(Extras.Poll, Said(poll.Title), "", [.. poll.Options.Take(Poll.MostOptions + 1).Select(Said).Where(option => option.Length > 0)]) is { Options.Count: <= Poll.MostOptions } form ? form.Read() : null
        : new ExtraForm(Extras.Slide, Said(slide!.Title), Said(slide.Text).ReplaceLineEndings("\n"), []).Read();

    private static string Said(string text) => StorableText.Clean(text).Trim() is var said && StorableText.Is(said) ? said : "";

    private static ApiItem Show(QuizItem item) => new(
        item.Id, item switch { { Question.IsOwn: true } => "own", { Question: not null } => "question", { Extra: Poll } => Extras.Poll, _ => Extras.Slide }, item.IsDrawn, item.Question?.Id, item.Question is { IsOwn: false } of ? of.Slug : null,
        item.Question?.IsAskable ?? true, item.Question is { } question ? ApiQuestion.Of(question.Body) : null, item.Extra is Poll poll ? new ApiPoll(poll.Title, poll.Options) : null, item.Extra is Slide slide ? new ApiSlide(slide.Title, slide.Text) : null);
}
