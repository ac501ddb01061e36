using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;
using Npgsql;
using StudyQuiz.App.Features.KeepGroups;
using StudyQuiz.App.Features.KeepQuizzes;
using StudyQuiz.App.Features.TakeAssignment;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>A quiz. Its ETag is its revision.</summary>
/// <param name="Total">What all of it is worth.</param>
public sealed record ApiQuiz(Guid Id, string Title, int Revision, int Questions, decimal Total, IReadOnlyList<ApiSection> Sections, ApiRules Rules, DateTimeOffset ChangedAt);

/// <summary>A part of a quiz.</summary>
/// <param name="Type">Null where it holds any.</param>
/// <param name="Number">How many questions it asks; what is not picked by hand is drawn.</param>
/// <param name="Points">What each is worth.</param>
/// <param name="Id">0 for one that is new.</param>
/// <param name="Blueprint">What it draws by; in a change null leaves that as it is.</param>
public sealed record ApiSection(int Id, string? Type, int Number, decimal Points, ApiBlueprint? Blueprint = null);

/// <summary>By what a section draws: so many at least of each difficulty and of each key point.</summary>
/// <param name="KeyPoints">At the top of their banks, with those below them.</param>
public sealed record ApiBlueprint(int Easy = 0, int Medium = 0, int Hard = 0, IReadOnlyList<ApiShare>? KeyPoints = null)
{
    internal static ApiBlueprint? Of(QuizSection section) =>
        section.Mix is null && section.Shares.Count == 0 ? null : new(section.Mix?.Easy ?? 0, section.Mix?.Medium ?? 0, section.Mix?.Hard ?? 0, [.. section.Shares.Select(share => new ApiShare(share.KeyPoint, share.Number))]);

    internal DifficultyMix Mix => new(Math.Max(0, Easy), Math.Max(0, Medium), Math.Max(0, Hard));

    internal IReadOnlyList<KeyPointShare> Shares => [.. (KeyPoints ?? []).Where(share => share.Number > 0).Select(share => new KeyPointShare(share.KeyPoint, share.Number))];
}

/// <summary>So many questions of a key point.</summary>
public sealed record ApiShare(long KeyPoint, int Number);

/// <summary>How a quiz is taken.</summary>
/// <param name="Minutes">Null for as long as so many points take.</param>
/// <param name="Attempts">Null for any number.</param>
/// <param name="Counts">best, last or first.</param>
/// <param name="Answers">afterEach, atSubmission, afterWindow or never.</param>
/// <param name="Names">nickname, nameAndUnit or account.</param>
public sealed record ApiRules(int? Minutes, decimal? PassMark, bool PartialCredit, bool DrawnPerAttempt, DateTimeOffset? From, DateTimeOffset? Until, int? Attempts, string Counts, string Answers, string Names, bool Board);

/// <summary>A quiz to make.</summary>
/// <param name="Banks">Slugs of the banks that are drawn from; one at least, unless the quiz is to be empty.</param>
/// <param name="Shape">quiz (so many questions mixed), paper (the usual sections) or empty.</param>
public sealed record ApiNewQuiz(string Title, IReadOnlyList<string> Banks, string Shape = "quiz", int Questions = 10);

/// <summary>A changed quiz: sections keep their ids and stand in this order; those left out go, new ones have the id 0.</summary>
public sealed record ApiChangedQuiz(string Title, IReadOnlyList<ApiSection> Sections, ApiRules Rules);

/// <summary>For whom a quiz is assigned.</summary>
/// <param name="Group">Its people alone; null for whoever has the link.</param>
public sealed record ApiAssign(Guid? Group = null);

/// <summary>An assigned quiz.</summary>
/// <param name="Link">What whoever takes it opens.</param>
/// <param name="HandedIn">How many people have.</param>
public sealed record ApiAssignment(Guid Id, Guid Quiz, string Title, string Link, string Secret, DateTimeOffset OpenedAt, DateTimeOffset? EndsAt, Guid? Group, int HandedIn, int Running);

/// <summary>Somebody's attempt of an assignment.</summary>
/// <param name="Points">What it came to; null while it is open.</param>
/// <param name="Counts">False where its host left it out, so that whoever took it may begin again.</param>
public sealed record ApiAssignedAttempt(Guid Id, string? Name, string? Unit, DateTimeOffset StartedAt, DateTimeOffset? SubmittedAt, decimal? Points, bool Counts);

/// <summary>Quizzes of a host, their assignments and the reports of those.</summary>
internal static class QuizzesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var quizzes = api.MapGroup("/quizzes").WithTags("Quizzes");
        quizzes.MapGet("", ListAsync).Needs(ApiScopes.QuizzesRead, ApiScopes.Hosts).WithName("ListQuizzes").WithSummary("Your quizzes, the latest changed first.");
        quizzes.MapPost("", MakeAsync).Needs(ApiScopes.QuizzesWrite, ApiScopes.Hosts).WithMetadata(new TellsVersion()).WithName("MakeQuiz").WithSummary("Makes a quiz and draws its questions.");
        quizzes.MapGet("/{id:guid}", GetAsync).Needs(ApiScopes.QuizzesRead, ApiScopes.Hosts).WithMetadata(new TellsVersion()).WithName("GetQuiz").WithSummary("A quiz; its ETag names its revision.");
        quizzes.MapPut("/{id:guid}", ChangeAsync).Needs(ApiScopes.QuizzesWrite, ApiScopes.Hosts).WithMetadata(new NeedsVersion()).WithMetadata(new TellsVersion()).WithName("ChangeQuiz").WithSummary("Changes title, sections and rules, from the revision that If-Match names.");
        quizzes.MapDelete("/{id:guid}", DeleteAsync).Needs(ApiScopes.QuizzesWrite, ApiScopes.Hosts).WithMetadata(new NeedsVersion()).WithName("DeleteQuiz").WithSummary("Deletes a quiz; what was assigned of it stays.");
        quizzes.MapPost("/{id:guid}/assignments", AssignAsync).Needs(ApiScopes.QuizzesWrite, ApiScopes.Hosts).WithName("AssignQuiz").WithSummary("Assigns a quiz as it is now: to a group, or to whoever has the link.");
        var assignments = api.MapGroup("/assignments").WithTags("Assignments");
        assignments.MapGet("", AssignmentsAsync).Needs(ApiScopes.QuizzesRead, ApiScopes.Hosts).WithName("ListAssignments").WithSummary("Your assignments, the latest first.");
        assignments.MapGet("/{id:guid}", AssignmentAsync).Needs(ApiScopes.QuizzesRead, ApiScopes.Hosts).WithName("GetAssignment").WithSummary("An assignment of yours.");
        assignments.MapPost("/{id:guid}/close", CloseAsync).Needs(ApiScopes.QuizzesWrite, ApiScopes.Hosts).WithName("CloseAssignment").WithSummary("Ends it before its time; what is saved is handed in.");
        assignments.MapGet("/{id:guid}/attempts", AttemptsAsync).Needs(ApiScopes.QuizzesRead, ApiScopes.Hosts).WithName("ListAssignedAttempts").WithSummary("Everybody's attempts, in the order in which they were begun.");
        assignments.MapPost("/{id:guid}/attempts/{attempt:guid}/leave-out", (Guid id, Guid attempt, HttpContext http, NpgsqlDataSource db, Clock clock) => LeaveOutAsync(id, attempt, isOut: true, http, db, clock)).Needs(ApiScopes.QuizzesWrite, ApiScopes.Hosts).WithName("LeaveOutAttempt").WithSummary("Ends an attempt and has it count for nothing, so that whoever took it may begin again.");
        assignments.MapPost("/{id:guid}/attempts/{attempt:guid}/count", (Guid id, Guid attempt, HttpContext http, NpgsqlDataSource db, Clock clock) => LeaveOutAsync(id, attempt, isOut: false, http, db, clock)).Needs(ApiScopes.QuizzesWrite, ApiScopes.Hosts).WithName("CountAttempt").WithSummary("Has an attempt that was left out count again, as it was handed in.");
        assignments.MapGet("/{id:guid}/report", ReportAsync).Needs(ApiScopes.QuizzesRead, ApiScopes.Hosts).RequireRateLimiting(RateLimits.ApiHeavy).WithName("GetAssignmentReport").WithSummary("What it came to: questions, people, groups with who was absent.");
    }

    private static Guid Owner(HttpContext http) => EditQuiz.Owner(http);

    private static async Task<Ok<ApiPage<ApiQuiz>>> ListAsync(HttpContext http, NpgsqlDataSource db, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var size = ApiResults.Limit(limit);
        var (at, id) = Place(after);
        var ids = await connection.QueryAsync<Guid>(
            """
            select id from quiz where owner_id = @owner and deleted_at is null and (@at::timestamptz is null or (changed_at, id) < (@at, @id))
            order by changed_at desc, id desc limit @most
            """,
            new { owner = Owner(http), at, id, most = size + 1 });
        var quizzes = new List<Quiz>();
        foreach (var one in ids) quizzes.Add((await Quiz.FindAsync(connection, one, Owner(http)))!);
        return TypedResults.Ok(ApiResults.Page(quizzes, size, Show, quiz => PlaceOf(quiz.ChangedAt, quiz.Id)));
    }

    private static async Task<Results<Created<ApiQuiz>, ProblemHttpResult>> MakeAsync(ApiNewQuiz body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var sources = (await connection.QueryAsync<(string Slug, long Id)>("select slug, id from source where slug = any(@slugs) and owner_id is null and trashed_at is null", new { slugs = body.Banks.ToArray() })).ToDictionary(row => row.Slug, row => row.Id);
        if (body.Banks.Count == 0 && body.Shape != "empty") return ApiResults.Invalid("bank", "Name the banks that are drawn from: banks is empty.");
        if (body.Banks.FirstOrDefault(slug => !sources.ContainsKey(slug)) is { } unknown) return ApiResults.Invalid("bank", $"There is no bank {unknown}.");
        if (body.Shape is not ("quiz" or "paper" or "empty")) return ApiResults.Invalid("shape", "There is quiz, paper and empty.");
        if (body.Questions is < 0 or > QuizPlan.MostQuestions) return ApiResults.Invalid("questions", $"A quiz has up to {QuizPlan.MostQuestions} questions.");
        var made = await ListQuizzes.StoreNewAsync(connection, Guid.CreateVersion7(), Owner(http), body.Title, body.Shape, [.. body.Banks.Distinct().Select(slug => sources[slug])], body.Questions, clock.Now);
        if (made is null) return ApiResults.Invalid("title", "A title has 1 to 200 characters.");
        ApiResults.Tag(http, made.Revision);
        return TypedResults.Created($"/api/v1/quizzes/{made.Id}", Show(made));
    }

    private static async Task<Results<Ok<ApiQuiz>, ProblemHttpResult>> GetAsync(Guid id, HttpContext http, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Quiz.FindAsync(connection, id, Owner(http)) is not { } quiz) return ApiResults.NotFound();
        ApiResults.Tag(http, quiz.Revision);
        return TypedResults.Ok(Show(quiz));
    }

    private static async Task<Results<Ok<ApiQuiz>, ProblemHttpResult>> ChangeAsync(Guid id, ApiChangedQuiz body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        var (seen, missing) = ApiResults.Seen(http);
        if (missing is not null) return missing;
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        if (await Quiz.LockAsync(connection, id, Owner(http)) is not { } stored) return ApiResults.NotFound();
        if (stored.Revision != seen) return ApiResults.Stale();
        var items = await QuizItem.OfAsync(connection, id);
        var sections = new List<ApiSection>();
        foreach (var section in body.Sections)
        {
            if (section.Id == 0)
            {
                if (EditQuiz.WithSection(stored.Plan, section.Type ?? "mixed", items) is not { } plan) return ApiResults.Invalid("section", $"There is no such type of questions, or there are more than {QuizPlan.MostSections} sections.");
                stored = stored with { Plan = plan };
            }

            sections.Add(section.Id == 0 ? section with { Id = stored.Plan.Sections[^1].Id } : section);
        }

        // As the builder's form says it, so that the same rules hold
        var (typed, error) = QuizForm.Read(FormOf(body with { Sections = sections }, stored), stored, "UTC");
        if (typed is null) return ApiResults.Invalid("invalid", $"The quiz can't be like that: {error}.");
        var changed = await EditQuiz.StoreAsync(connection, typed, new QuizForm.Act("save", ""), clock.Now);
        var points = (await PointTree.OfAsync(connection, changed.Plan.Sources)).Tops.Select(point => point.Id).ToHashSet();
        foreach (var section in sections)
        {
            if (section.Blueprint is not { } wanted || changed.Plan.Find(section.Id) is not { } there) continue;
            if (there.Mix == (wanted.Mix.Sum == 0 ? null : wanted.Mix) && there.Shares.SequenceEqual(wanted.Shares)) continue;
            if (wanted.Shares.FirstOrDefault(share => !points.Contains(share.KeyPoint)) is { } unknown) return ApiResults.Invalid("keyPoint", $"{unknown.KeyPoint} is no key point at the top of the quiz's banks.");
            if (!await EditSection.DrawByAsync(connection, changed, there, wanted.Mix, wanted.Shares, clock.Now)) return ApiResults.Invalid("blueprint", "A blueprint asks for no more than its section.");
            changed = (await Quiz.FindAsync(connection, id, changed.Owner))!;
        }

        await transaction.CommitAsync(http.RequestAborted);
        var now = (await Quiz.FindAsync(connection, changed.Id, Owner(http)))!;
        ApiResults.Tag(http, now.Revision);
        return TypedResults.Ok(Show(now));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid id, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        var (seen, missing) = ApiResults.Seen(http);
        if (missing is not null) return missing;
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Quiz.FindAsync(connection, id, Owner(http)) is not { } quiz) return ApiResults.NotFound();
        if (quiz.Revision != seen) return ApiResults.Stale();
        await EditQuiz.RemoveAsync(connection, id, Owner(http), clock.Now);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Created<ApiAssignment>, ProblemHttpResult>> AssignAsync(Guid id, ApiAssign body, HttpContext http, NpgsqlDataSource db, JoinAddress address, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var made = Guid.CreateVersion7();
        var (found, refusal) = await AssignQuiz.RunAsync(connection, GroupScope.Of(http), id, made, body.Group, clock.Now);
        if (!found) return ApiResults.NotFound();
        if (refusal is not null) return ApiResults.Invalid(refusal, "The quiz can't be assigned as it is.");
        return TypedResults.Created($"/api/v1/assignments/{made}", await ShowAsync(connection, (await Assignment.OfHostAsync(connection, made, Owner(http)))!, address, http));
    }

    private static async Task<Ok<ApiPage<ApiAssignment>>> AssignmentsAsync(HttpContext http, NpgsqlDataSource db, JoinAddress address, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var size = ApiResults.Limit(limit);
        var (at, id) = Place(after);
        var ids = await connection.QueryAsync<Guid>(
            "select id from assignment where host_id = @owner and (@at::timestamptz is null or (opened_at, id) < (@at, @id)) order by opened_at desc, id desc limit @most", new { owner = Owner(http), at, id, most = size + 1 });
        var shown = new List<ApiAssignment>();
        foreach (var one in ids) shown.Add(await ShowAsync(connection, (await Assignment.OfHostAsync(connection, one, Owner(http)))!, address, http));
        return TypedResults.Ok(ApiResults.Page(shown, size, one => one, one => PlaceOf(one.OpenedAt.UtcDateTime, one.Id)));
    }

    private static async Task<Results<Ok<ApiAssignment>, ProblemHttpResult>> AssignmentAsync(Guid id, HttpContext http, NpgsqlDataSource db, JoinAddress address)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await Assignment.OfHostAsync(connection, id, Owner(http)) is { } assignment ? TypedResults.Ok(await ShowAsync(connection, assignment, address, http)) : ApiResults.NotFound();
    }

    private static async Task<Results<Ok<ApiAssignment>, ProblemHttpResult>> CloseAsync(Guid id, HttpContext http, NpgsqlDataSource db, JoinAddress address, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await AssignQuiz.EndAsync(connection, id, Owner(http), clock.Now);
        return await Assignment.OfHostAsync(connection, id, Owner(http)) is { } assignment ? TypedResults.Ok(await ShowAsync(connection, assignment, address, http)) : ApiResults.NotFound();
    }

    private static async Task<Results<Ok<ApiPage<ApiAssignedAttempt>>, ProblemHttpResult>> AttemptsAsync(Guid id, HttpContext http, NpgsqlDataSource db, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Assignment.OfHostAsync(connection, id, Owner(http)) is null) return ApiResults.NotFound();
        return TypedResults.Ok(ApiResults.PageOf(await AssignedRun.OfAsync(connection, id), after, limit, run => run.Id.ToString(), Show));
    }

    private static async Task<Results<Ok<ApiAssignedAttempt>, ProblemHttpResult>> LeaveOutAsync(Guid id, Guid attempt, bool isOut, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (!await LeaveOut.RunAsync(connection, id, Owner(http), attempt, isOut, clock.Now)) return ApiResults.NotFound();
        return TypedResults.Ok(Show((await AssignedRun.OfAsync(connection, id)).Single(run => run.Id == attempt)));
    }

    private static ApiAssignedAttempt Show(AssignedRun run) => new(run.Id, run.Name, run.Unit, new DateTimeOffset(run.StartedAt, TimeSpan.Zero), ApiResults.Utc(run.SubmittedAt), run.Points, run.Counts);

    private static async Task<Results<Ok<ApiReport>, ProblemHttpResult>> ReportAsync(Guid id, HttpContext http, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await Assignment.OfHostAsync(connection, id, Owner(http)) is { } assignment ? TypedResults.Ok(ApiReport.Of(await AssignmentReport.BuildAsync(connection, assignment))) : ApiResults.NotFound();
    }

    private static async Task<ApiAssignment> ShowAsync(NpgsqlConnection connection, Assignment assignment, JoinAddress address, HttpContext http)
    {
        var runs = await AssignedRun.OfAsync(connection, assignment.Id);
        return new ApiAssignment(
            assignment.Id, assignment.QuizId, assignment.Title, address.Root(http.Request) + assignment.Link, assignment.LinkSecret, new DateTimeOffset(assignment.OpenedAt, TimeSpan.Zero), assignment.End, assignment.Group,
            runs.Where(run => run.Counts && run.SubmittedAt is not null).DistinctBy(run => run.Person).Count(), runs.Count(run => run.SubmittedAt is null));
    }

    internal static ApiQuiz Show(Quiz quiz)
    {
        var rules = quiz.Plan.Rules;
        return new ApiQuiz(
            quiz.Id, quiz.Title, quiz.Revision, quiz.Plan.Number, quiz.Plan.Total, [.. quiz.Plan.Sections.Select(section => new ApiSection(section.Id, section.Type, section.Number, section.Points, ApiBlueprint.Of(section)))],
            new ApiRules(rules.Minutes, rules.PassMark, rules.PartialCredit, rules.DrawnPerAttempt, rules.From, rules.Until, rules.Attempts, ApiResults.Camel(rules.Counts), ApiResults.Camel(rules.Answers), ApiResults.Camel(rules.Names), rules.Board),
            new DateTimeOffset(quiz.ChangedAt, TimeSpan.Zero));
    }

    private static FormCollection FormOf(ApiChangedQuiz body, Quiz stored)
    {
        var fields = new Dictionary<string, StringValues>(StringComparer.Ordinal)
        {
            ["title"] = body.Title,
            ["source"] = stored.Plan.Sources.Select(Text).ToArray(),
            ["section"] = body.Sections.Select(section => Text(section.Id)).ToArray(),
            ["minutes"] = body.Rules.Minutes is { } minutes ? Text(minutes) : "",
            ["pass"] = body.Rules.PassMark is { } pass ? pass.ToString("0.##", CultureInfo.InvariantCulture) : "",
            ["attempts"] = body.Rules.Attempts is { } attempts ? Text(attempts) : "0",
            ["from"] = Instant(body.Rules.From),
            ["until"] = Instant(body.Rules.Until),
            ["drawn"] = body.Rules.DrawnPerAttempt ? "each" : "fixed",
            ["partial"] = body.Rules.PartialCredit ? "half" : "none",
            ["counts"] = Pascal(body.Rules.Counts),
            ["answers"] = Pascal(body.Rules.Answers),
            ["names"] = Pascal(body.Rules.Names),
            ["board"] = body.Rules.Board ? "on" : "",
        };
        foreach (var section in body.Sections) (fields["number" + Text(section.Id)], fields["points" + Text(section.Id)]) = (Text(section.Number), section.Points.ToString("0.##", CultureInfo.InvariantCulture));
        return new FormCollection(fields);
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Pascal(string word) => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..];

    // To the minute, as the builder has it
    private static string Instant(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture) ?? "";

    internal static string PlaceOf(DateTime at, Guid id) => $"{at.ToString("O", CultureInfo.InvariantCulture)}~{id}";

    internal static (DateTime? At, Guid Id) Place(string? after) =>
        after is null ? (null, Guid.Empty) : after.Split('~') is [var time, var id] && DateTime.TryParseExact(time, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) && at.Kind == DateTimeKind.Utc && Guid.TryParse(id, out var known) ? (at, known) : throw new NoSuchPlaceException();
}
