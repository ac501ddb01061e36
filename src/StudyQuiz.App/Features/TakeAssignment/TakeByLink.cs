using Dapper;
using Npgsql;
using StudyQuiz.App.Features.KeepGroups;
using StudyQuiz.App.Features.KeepQuizzes;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Attempts;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.TakeAssignment;

/// <summary>Somebody follows a link and takes the assignment: an attempt like a self-test's, by the paper's rules.</summary>
internal static class TakeByLink
{
    private const int LongestName = 40;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/a/{secret}", ShowAsync);
        app.MapPost("/a/{secret}", BeginAsync);
        app.MapGet("/self-test/{attempt:guid}/certificate", CertifyAsync);
    }

    private static async Task<IResult> ShowAsync(string secret, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await PageAsync(connection, secret, http, learners, clock, null, "", "");
    }

    private static async Task<IResult> BeginAsync(string secret, HttpContext http, IFormCollection form, NpgsqlDataSource db, Learners learners, NameRules words, Clock clock)
    {
        if (!Guid.TryParse(form["id"], out var id) || id == Guid.Empty) return Results.BadRequest();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, secret) is not { } assignment) return Pages.NotFound();
        var (name, unit) = (form["name"].ToString().Trim(), form["unit"].ToString().Trim());
        var (run, refusal) = await TakeAsync(connection, assignment, id, new TakeSeat(name, unit.Length == 0 ? null : unit, form["code"].ToString()), form["device"].ToString() is { Length: > 0 } token ? token : null, http, learners, words, clock);
        if (run is { } begun) return Results.LocalRedirect($"/self-test/{begun}");
        return refusal == NeedsAccount ? Results.LocalRedirect($"/sign-in?returnUrl={Uri.EscapeDataString(assignment.Link)}") : await PageAsync(connection, secret, http, learners, clock, refusal, name, unit);
    }

    /// <summary>The refusal of who has to sign in first.</summary>
    internal const string NeedsAccount = "NeedsAccount";

    /// <summary>Begins a run of an assignment, or goes on with the one that is open.</summary>
    /// <param name="typed">The name, unit and number that were given.</param>
    /// <param name="device">The secret that a browser without an account is to keep.</param>
    /// <returns>The run; or the name of what keeps it from beginning, null where it is not its time.</returns>
    internal static async Task<(Guid? Run, string? Refusal)> TakeAsync(
        NpgsqlConnection connection, Assignment assignment, Guid id, TakeSeat typed, string? device, HttpContext http, Learners learners, NameRules words, Clock clock)
    {
        var viewer = Viewer.Of(http.User);
        var (name, unit, member) = (typed.Nickname, typed.Unit ?? "", (Guid?)null);
        if (assignment.Rules.Names == AskedName.Account)
        {
            if (!viewer.IsSignedIn) return (null, NeedsAccount);
            name = viewer.Name!;
        }

        if (assignment.Group is { } group)
        {
            // Who is on the list is known by name and number, or by the account that came by an invitation; what they are called is what the list says
            var list = await GroupList.OfAsync(connection, group);
            var named = assignment.Rules.Names == AskedName.Account ? list.Where(person => person.Account == viewer.AccountId).Take(1).ToList() : list.Where(person => person.Entry.IsNamedBy(typed)).ToList();
            if (named is not [var one]) return (null, named.Count > 1 ? "ListedTwice" : assignment.Rules.Names == AskedName.Account ? "NotInGroup" : "NotListed");
            (name, unit, member) = (one.Name, one.Unit, one.Member);
        }
        else
        {
            if (name.Length == 0 || (unit.Length == 0 && assignment.Rules.Names == AskedName.NameAndUnit)) return (null, "NameMissing");
            if (name.Length > LongestName || unit.Length > LongestName) return (null, "NameLong");
            if (assignment.Rules.Names != AskedName.Account && WhyUnfit(words, name, unit) is { } why) return (null, why);
        }

        var learner = await learners.FindOrBeginAsync(http, device);
        return await TryBeginAsync(connection, assignment, id, learner, name, member is not null || assignment.Rules.Names == AskedName.NameAndUnit ? unit : null, member, clock.Now);
    }

    // Others read the names of the best
    private static string? WhyUnfit(NameRules words, string name, string unit) =>
        Nickname.Clean(name, LongestName) is null || (unit.Length > 0 && Nickname.Clean(unit, LongestName) is null) ? "NameUnfit"
        : words.AreIn(name) || words.AreIn(unit) ? "NameBlocked"
        : null;

    /// <returns>The run that goes on or begins; else the resource that says why not, or null where the page says so anyway.</returns>
    private static async Task<(Guid? Run, string? Refusal)> TryBeginAsync(NpgsqlConnection connection, Assignment assignment, Guid id, Guid learner, string name, string? unit, Guid? member, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        // One after the other: two tabs do not begin one attempt too many
        await connection.ExecuteAsync("select 1 from learner where id = @learner for no key update", new { learner });
        if (member is not null) await connection.ExecuteAsync("select 1 from group_member where id = @member for no key update", new { member });
        // Of a list it is the person whose attempts are counted, whatever browser they come with, and whoever had this one before
        var own = await AssignedRun.OfAsync(connection, assignment.Id, [learner]);
        if (own.FirstOrDefault(run => run.Id == id || (run.SubmittedAt is null && run.Member == member)) is { } running) return (running.Id, null);
        var runs = member is null ? own : await AssignedRun.OfAsync(connection, assignment.Id, member: member);
        if (AssignmentRules.Decide(assignment.Rules, assignment.Ended, runs.Count(run => run.Counts), now) is not MayBegin.Yes and var why) return (null, why == MayBegin.NoAttemptsLeft && member is not null ? "TakenElsewhere" : null);
        if (!await InsertAsync(connection, assignment, id, learner, name, unit, member, now)) return (null, "NothingLeft");
        await transaction.CommitAsync();
        return (id, null);
    }

    // False where every question was retired since
    private static async Task<bool> InsertAsync(NpgsqlConnection connection, Assignment assignment, Guid id, Guid learner, string name, string? unit, Guid? member, DateTimeOffset now)
    {
        var seed = assignment.Rules.DrawnPerAttempt ? ListQuizzes.NewSeed() : assignment.Seed;
        var items = await QuizContent.OfAsync(connection, assignment.Plan, await HeldAsync(connection, assignment.Id), seed);
        var questions = items.Select(item => item.Question!).ToList();
        if (questions.Count == 0) return false;
        var extra = await ExtraTime.OfAsync(connection, learner);
        var rules = assignment.Rules;
        await connection.ExecuteAsync(
            """
            insert into attempt (id, learner_id, source_id, mode, selection, seed, started_at, deadline, extra_time, pass_mark, assignment_id, taker_name, taker_unit, partial_credit, member_id)
            select @id, @learner, q.source_id, @mode, 'assigned', @seed, @now, @deadline, @extra, @PassMark, @assignment, @name, @unit, @PartialCredit, @member from question q where q.id = @first
            """,
            new
            {
                id,
                learner,
                seed,
                now,
                extra,
                name,
                unit,
                member,
                rules.PassMark,
                rules.PartialCredit,
                mode = rules.Answers == AnswersShown.AfterEach ? AttemptModes.Practice : AttemptModes.Exam,
                deadline = AssignmentRules.Deadline(rules, assignment.Ended, AttemptClock.With(extra, TimeSpan.FromMinutes(assignment.Plan.Minutes)), now),
                assignment = assignment.Id,
                first = (questions.Find(question => !question.IsOwn) ?? questions[0]).Id,
            });
        await connection.ExecuteAsync(
            """
            insert into attempt_question (attempt_id, position, question_version_id, seed, points)
            select @id, n.position, q.current_version_id, n.seed, n.points
            from unnest(@questions, @seeds, @points) with ordinality as n (question, seed, points, position) join question q on q.id = n.question
            """,
            new
            {
                id,
                questions = questions.Select(question => question.Id).ToArray(),
                // Where everyone has the same paper its options stand alike, on paper too
                seeds = questions.Select((question, i) => rules.DrawnPerAttempt ? Shuffle.Derive(seed, i + 1) : QuizSeeds.Of(seed, question.Id)).ToArray(),
                points = items.Select(item => assignment.Plan.Find(item.Section)!.Points).ToArray(),
            });
        return true;
    }

    private static async Task<IReadOnlyList<QuizItem>> HeldAsync(NpgsqlConnection connection, Guid assignment)
    {
        var held = (await connection.QueryAsync<(int Section, long Question)>("select section, question_id from assignment_question where assignment_id = @assignment order by position", new { assignment })).AsList();
        var questions = (await QuizQuestion.OfAsync(connection, [.. held.Select(row => row.Question)])).ToDictionary(question => question.Id);
        return [.. held.Where(row => questions.ContainsKey(row.Question)).Select(row => new QuizItem(Guid.Empty, row.Section, false, questions[row.Question], null))];
    }

    private static async Task<IResult> CertifyAsync(Guid attempt, HttpContext http, NpgsqlDataSource db, Learners learners)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Attempt.FindAsync(connection, attempt, await learners.FindAllAsync(http)) is not { SubmittedAt: { } at, PassMark: { } mark, AssignmentId: { } assignment } found) return Pages.NotFound();
        if ((await AssignedRun.OfAsync(connection, assignment, [found.LearnerId])).FirstOrDefault(run => run.Id == attempt) is not { Points: { } points, Counts: true } run || points < mark) return Pages.NotFound();
        var full = await connection.QuerySingleAsync<decimal>("select sum(points) from attempt_question where attempt_id = @attempt", new { attempt });
        return Pages.Render<Components.CertificatePage>(new { found.Title, Name = run.Name ?? "", run.Unit, Score = points, Full = full, Mark = mark, At = at, Back = ShowResult.PathOf(attempt), IsGame = false });
    }

    private static Task<Assignment?> FindAsync(NpgsqlConnection connection, string secret) =>
        secret.Length < 100 && StorableText.Is(secret) ? Assignment.BySecretAsync(connection, secret) : Task.FromResult<Assignment?>(null);

    private static async Task<IResult> PageAsync(NpgsqlConnection connection, string secret, HttpContext http, Learners learners, Clock clock, string? error, string name, string unit)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "private, no-store";
        if (await FindAsync(connection, secret) is not { } assignment) return Pages.NotFound();
        var own = await learners.FindAllAsync(http);
        foreach (var learner in own) await AttemptClosing.CloseOverdueAsync(connection, learner, clock.Now);
        var runs = own.Count == 0 ? [] : await AssignedRun.OfAsync(connection, assignment.Id, own);
        // Whose turn it is at this browser only their name tells
        var isShared = assignment.Group is not null && assignment.Rules.Names != AskedName.Account;
        var hasFinished = runs.Any(run => run.Counts && run.SubmittedAt is not null);
        return Pages.Render<TakePage>(
            new
            {
                Assignment = assignment,
                Runs = runs,
                IsShared = isShared,
                May = AssignmentRules.Decide(assignment.Rules, assignment.Ended, isShared ? 0 : runs.Count(run => run.Counts), clock.Now),
                Tells = AssignmentRules.Tells(assignment.Rules, assignment.Ended, clock.Now),
                Board = hasFinished && assignment.Rules.Board ? AssignedRun.Board(assignment.Rules, await AssignedRun.OfAsync(connection, assignment.Id)) : [],
                Zone = LearnerDay.ZoneOf(http),
                Device = own.Count == 0 ? SecretToken.Create() : null,
                HasCodes = assignment.Group is { } group && (await GroupList.OfAsync(connection, group)).Any(person => person.Code is not null),
                Error = error,
                Name = name.Length > 0 ? name : !isShared && runs is [.., { Name: { } last }] ? last : "",
                Unit = unit.Length > 0 ? unit : !isShared && runs is [.., { Unit: { } place }] ? place : "",
            },
            error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
