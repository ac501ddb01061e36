using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;
using Npgsql;
using StudyQuiz.App.Features.TakeAssignment;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>A self-test to begin.</summary>
/// <param name="Bank">A slug.</param>
/// <param name="Mode">exam (told at hand-in) or practice (each answer final and told at once).</param>
/// <param name="Minutes">Of an exam.</param>
/// <param name="Types">None for all that are graded.</param>
public sealed record ApiNewAttempt(string Bank, string Mode = "exam", int Questions = 10, int Minutes = 10, IReadOnlyList<string>? Types = null);

/// <summary>An assigned quiz to take.</summary>
/// <param name="Secret">The last part of its link.</param>
/// <param name="Number">Where it is for a group whose list has numbers.</param>
public sealed record ApiTakeAssigned(string Secret, string Name = "", string? Unit = null, string? Number = null);

/// <summary>An attempt in a line.</summary>
public sealed record ApiListedAttempt(Guid Id, string Title, string Mode, DateTimeOffset StartedAt, DateTimeOffset? SubmittedAt, decimal? Total, decimal? Score);

/// <summary>A running attempt. Nothing of it tells an answer.</summary>
/// <param name="RemainingSeconds">Null where no clock runs.</param>
public sealed record ApiAttempt(Guid Id, string Title, string Mode, bool Submitted, double? RemainingSeconds, IReadOnlyList<ApiAsked> Questions);

/// <summary>A question as it is asked. Positions in answers are those shown here, from 0.</summary>
/// <param name="Position">Its place, from 1.</param>
/// <param name="Options">Of choices, or the items of an ordering, or the right sides of a matching.</param>
/// <param name="Lefts">Of a matching.</param>
public sealed record ApiAsked(int Position, string Type, string Stem, IReadOnlyList<string> Options, IReadOnlyList<string> Lefts, decimal? Points, ApiAnswer? Answer, ApiPicture? Picture = null);

/// <summary>An answer; which part it has depends on the question's type.</summary>
/// <param name="Options">Of choices: the positions chosen.</param>
/// <param name="Value">Of true_false.</param>
/// <param name="Text">Of a cloze.</param>
/// <param name="Order">Of an ordering: positions in the order that is meant.</param>
/// <param name="Pairs">Of a matching: for each left side the position of its right side, or -1.</param>
public sealed record ApiAnswer(IReadOnlyList<int>? Options = null, bool? Value = null, string? Text = null, IReadOnlyList<int>? Order = null, IReadOnlyList<int>? Pairs = null)
{
    internal GivenAnswer? Read() => this switch
    {
        { Options: { } options } => new Chosen(options),
        { Value: { } value } => new Judged(value),
        { Text: { } text } => new Typed(text),
        { Order: { } order } => new Ordered(order),
        { Pairs: { } pairs } => new Paired(pairs),
        _ => null,
    };

    internal static ApiAnswer? Of(GivenAnswer? answer) => answer switch
    {
        Chosen chosen => new ApiAnswer(Options: chosen.Options),
        Judged judged => new ApiAnswer(Value: judged.Value),
        Typed typed => new ApiAnswer(Text: typed.Text),
        Ordered ordered => new ApiAnswer(Order: ordered.Items),
        Paired paired => new ApiAnswer(Pairs: paired.Rights),
        _ => null,
    };
}

/// <summary>What an attempt came to.</summary>
/// <param name="Passed">Null where nobody passes or fails.</param>
/// <param name="Answers">Null where they are not told yet, or never.</param>
public sealed record ApiAttemptResult(Guid Id, string Title, DateTimeOffset? SubmittedAt, decimal Score, decimal Total, bool? Passed, IReadOnlyList<ApiAnswered>? Answers);

/// <summary>An answer with its verdict, key and sentence. Positions are the author's.</summary>
/// <param name="Outcome">right, partial, wrong or unanswered.</param>
public sealed record ApiAnswered(int Position, string Outcome, decimal Earned, decimal Points, ApiAnswer? Given, ApiQuestion Question, ApiAppeal? Appeal = null);

/// <summary>Self-tests and assigned quizzes as their learner takes them.</summary>
internal static class AttemptsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var attempts = api.MapGroup("/attempts").WithTags("Attempts");
        attempts.MapGet("", ListAsync).Needs(ApiScopes.AttemptsRead).WithName("ListAttempts").WithSummary("Your attempts, the newest first.");
        attempts.MapPost("", BeginAsync).Needs(ApiScopes.AttemptsWrite).WithName("BeginAttempt").WithSummary("Begins a self-test.");
        attempts.MapPost("/assigned", TakeAsync).Needs(ApiScopes.AttemptsWrite).WithName("TakeAssignment").WithSummary("Begins an assigned quiz, or goes on with it.");
        attempts.MapGet("/{id:guid}", GetAsync).Needs(ApiScopes.AttemptsRead).WithName("GetAttempt").WithSummary("A running attempt with its questions as they are asked.");
        attempts.MapPut("/{id:guid}/answers/{position:int}", AnswerAsync).Needs(ApiScopes.AttemptsWrite).WithName("SaveAnswer").WithSummary("Saves an answer. It is stored when this answers.");
        attempts.MapPost("/{id:guid}/submit", SubmitAsync).Needs(ApiScopes.AttemptsWrite).WithName("SubmitAttempt").WithSummary("Hands it in.");
        attempts.MapGet("/{id:guid}/result", ResultAsync).Needs(ApiScopes.AttemptsRead).WithName("GetAttemptResult").WithSummary("Score, and each answer with its key and sentence where that may be told.");
    }

    private static async Task<Ok<ApiPage<ApiListedAttempt>>> ListAsync(HttpContext http, NpgsqlDataSource db, Learners learners, string? after = null, int? limit = null)
    {
        var (learner, size) = (await learners.FindAsync(http), ApiResults.Limit(limit));
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var rows = await AttemptSummary.LastAsync(connection, learner, size + 1, QuizzesApi.Place(after) is (DateTime at, var id) ? (at, id) : null);
        return TypedResults.Ok(ApiResults.Page(
            rows, size, one => new ApiListedAttempt(one.Id, one.Title, one.Mode, ApiResults.Utc(one.StartedAt), ApiResults.Utc(one.SubmittedAt), one.Total, one.Credit), one => QuizzesApi.PlaceOf(one.StartedAt, one.Id)));
    }

    private static async Task<Results<Created<ApiAttempt>, ProblemHttpResult>> BeginAsync(ApiNewAttempt body, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        if (body.Mode is not (AttemptModes.Exam or AttemptModes.Practice)) return ApiResults.Invalid("mode", "There is exam and practice.");
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        // As the page's form says it, so that the same rules hold
        var (begun, error, _) = await StartSelfTest.RunAsync(
            connection, Guid.CreateVersion7(),
            new FormCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal)
            {
                ["source"] = body.Bank,
                ["mode"] = body.Mode,
                ["from"] = Selections.Mixed,
                ["number"] = Text(body.Questions),
                ["minutes"] = Text(body.Minutes),
                ["type"] = body.Types?.ToArray() ?? [],
            }),
            http, learners, clock);
        return begun is { } id ? TypedResults.Created($"/api/v1/attempts/{id}", (await ShowAsync(connection, id, http, learners, clock))!) : ApiResults.Invalid(error is null or "NothingToAsk" ? "nothing" : System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(error), $"Nothing was begun: {error}.");
    }

    private static async Task<Results<Created<ApiAttempt>, ProblemHttpResult>> TakeAsync(ApiTakeAssigned body, HttpContext http, NpgsqlDataSource db, Learners learners, NameRules words, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (body.Secret.Length > 100 || !StorableText.Is(body.Secret + body.Name + body.Unit + body.Number) || await Assignment.BySecretAsync(connection, body.Secret) is not { } assignment) return ApiResults.NotFound();
        var (run, refusal) = await TakeByLink.TakeAsync(connection, assignment, Guid.CreateVersion7(), new TakeSeat(body.Name.Trim(), body.Unit?.Trim() is { Length: > 0 } unit ? unit : null, body.Number), null, http, learners, words, clock);
        if (run is { } id) return TypedResults.Created($"/api/v1/attempts/{id}", (await ShowAsync(connection, id, http, learners, clock))!);
        return ApiResults.Invalid(refusal is null ? "notNow" : System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(refusal), "The quiz can't be taken now, or not by this name.");
    }

    private static async Task<Results<Ok<ApiAttempt>, ProblemHttpResult>> GetAsync(Guid id, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await ShowAsync(connection, id, http, learners, clock) is { } shown ? TypedResults.Ok(shown) : ApiResults.NotFound();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> AnswerAsync(Guid id, int position, ApiAnswer body, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var sequence = (await Asked.FindAsync(connection, id, position))?.Sequence ?? 0;
        var (status, code, _) = await SaveAnswer.RunAsync(connection, id, position, new SaveAnswer.Change(Guid.CreateVersion7(), sequence + 1, body.Read()), await learners.FindAllAsync(http), clock.Now);
        return status switch
        {
            StatusCodes.Status200OK => TypedResults.NoContent(),
            StatusCodes.Status404NotFound => ApiResults.NotFound(),
            _ => ApiResults.Problem(status == StatusCodes.Status400BadRequest ? StatusCodes.Status422UnprocessableEntity : status, code, "The answer was not taken."),
        };
    }

    private static async Task<Results<Ok<ApiAttemptResult>, ProblemHttpResult>> SubmitAsync(Guid id, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Attempt.FindAsync(connection, id, await learners.FindAllAsync(http)) is not { IsReading: false }) return ApiResults.NotFound();
        await AttemptClosing.CloseAsync(connection, id, clock.Now);
        return TypedResults.Ok((await ResultOfAsync(connection, id, http, learners, clock))!);
    }

    private static async Task<Results<Ok<ApiAttemptResult>, ProblemHttpResult>> ResultAsync(Guid id, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, id, http, learners, clock) is null) return ApiResults.NotFound();
        return await ResultOfAsync(connection, id, http, learners, clock) is { } result ? TypedResults.Ok(result) : ApiResults.Conflict("running", "It still runs.");
    }

    // One whose time is over is closed first
    private static async Task<Attempt?> FindAsync(NpgsqlConnection connection, Guid id, HttpContext http, Learners learners, Clock clock)
    {
        var own = await learners.FindAllAsync(http);
        if (await Attempt.FindAsync(connection, id, own) is not { IsReading: false, IsChallenge: false } found) return null;
        if (!found.IsOverdue(clock.Now)) return found;
        await AttemptClosing.CloseAsync(connection, id, clock.Now);
        return await Attempt.FindAsync(connection, id, own);
    }

    private static async Task<ApiAttempt?> ShowAsync(NpgsqlConnection connection, Guid id, HttpContext http, Learners learners, Clock clock)
    {
        if (await FindAsync(connection, id, http, learners, clock) is not { } found) return null;
        return new ApiAttempt(
            id, found.Title, found.Mode, found.SubmittedAt is not null, found.Deadline is null ? null : found.LeftMs(clock.Now) / 1000.0,
            [.. (await Asked.OfAsync(connection, id)).Select(asked => new ApiAsked(asked.Position, QuestionTypes.Of(asked.Question), asked.Question.Stem, Options(asked), (asked.Question as Matching)?.Pairs.Select(pair => pair.Left).ToList() ?? [], asked.Points, asked.Answer is null ? null : ApiAnswer.Of(asked.Presentation.ToShown(asked.Answer)), ApiPicture.Of(asked.Question.Picture)))]);
    }

    private static IReadOnlyList<string> Options(Asked asked)
    {
        IReadOnlyList<string> texts = asked.Question switch
        {
            SingleChoice single => [.. single.Options.Select(option => option.Text)],
            MultipleChoice multiple => [.. multiple.Options.Select(option => option.Text)],
            Ordering ordering => ordering.Items,
            Matching matching => [.. matching.Pairs.Select(pair => pair.Right)],
            _ => [],
        };
        return texts.Count == 0 ? [] : [.. asked.Presentation.Order.Select(author => texts[author])];
    }

    private static async Task<ApiAttemptResult?> ResultOfAsync(NpgsqlConnection connection, Guid id, HttpContext http, Learners learners, Clock clock)
    {
        if (await FindAsync(connection, id, http, learners, clock) is not { } found || (found.SubmittedAt is null && !found.IsPractice)) return null;
        var answers = await ShowResult.AnswersAsync(connection, id);
        var (score, total) = (answers.Sum(answer => answer.Earned), answers.Sum(answer => answer.Points ?? 1));
        var hidden = await AssignedResult.HidesAsync(connection, found, clock.Now) is not null;
        return new ApiAttemptResult(
            id, found.Title, ApiResults.Utc(found.SubmittedAt), score, total, found.PassMark is { } mark ? score >= mark : null,
            hidden ? null : [.. answers.Select(answer => new ApiAnswered(answer.Position, ApiResults.Camel(answer.Verdict.Outcome), answer.Earned, answer.Points ?? 1, ApiAnswer.Of(answer.Answer), ApiQuestion.Of(answer.Question), answer.Appeal is { } appeal ? new ApiAppeal(appeal.State, appeal.Reason, ApiResults.Utc(appeal.AppealedAt)) : null))]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
