using System.Globalization;
using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.AppealVerdicts;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>What an attempt came to: score, key points, and every question with its key, its reasons and its sentence.</summary>
internal static class ShowResult
{
    public static string PathOf(Guid attempt) => $"/self-test/{attempt}/result";

    public static string PrintOf(Guid attempt) => PathOf(attempt) + "/print";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/self-test/{attempt}/result", ShowAsync);
        app.MapGet("/self-test/{attempt}/result/print", PrintAsync);
    }

    private static async Task<IResult> ShowAsync(string attempt, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, string? show = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, attempt, http, learners, clock) is not { } found) return Pages.NotFound();
        if (found.SubmittedAt is null || found.IsReading) return Results.LocalRedirect($"/self-test/{found.Id}");
        if (await AssignedResult.HidesAsync(connection, found, clock.Now) is { } hidden) return Pages.Render<HandedInPage>(hidden);
        return Pages.Render<ResultPage>(new
        {
            Attempt = found,
            Answers = await AnswersAsync(connection, found.Id),
            Before = found.IsChallenge || found.AssignmentId is not null ? null : await BeforeAsync(connection, found),
            Best = found.IsChallenge ? await Challenge.BestAsync(connection, found) : null,
            Late = (await LateAnswers.OfAsync(connection, found.Id)).ToDictionary(late => late.Position),
            ShowAll = show == "all",
            Link = await AssignedResult.LinkAsync(connection, found),
            Withdrawn = await WithdrawnQuestions.OfAsync(connection, found.Id),
        });
    }

    private static async Task<IResult> PrintAsync(string attempt, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, attempt, http, learners, clock) is not { } found) return Pages.NotFound();
        if (found.SubmittedAt is null || found.IsReading) return Results.LocalRedirect($"/self-test/{found.Id}");
        if (await AssignedResult.HidesAsync(connection, found, clock.Now) is not null) return Results.LocalRedirect(PathOf(found.Id));
        return Pages.Render<ResultPrintPage>(new { Attempt = found, Answers = await AnswersAsync(connection, found.Id), Viewer.Of(http.User).Name });
    }

    // One whose time is over is closed first
    private static async Task<Attempt?> FindAsync(NpgsqlConnection connection, string attempt, HttpContext http, Learners learners, Clock clock)
    {
        if (!Guid.TryParse(attempt, out var id)) return null;
        var own = await learners.FindAllAsync(http);
        var found = await Attempt.FindAsync(connection, id, own);
        if (found?.IsOverdue(clock.Now) != true) return found;
        await AttemptClosing.CloseAsync(connection, id, clock.Now);
        return await Attempt.FindAsync(connection, id, own);
    }

    /// <summary>Minutes and seconds from the start to the hand-in.</summary>
    public static string TimeUsed(Attempt attempt)
    {
        var used = attempt.SubmittedAt!.Value - attempt.StartedAt;
        return string.Create(CultureInfo.InvariantCulture, $"{(int)used.TotalMinutes}:{used.Seconds:00}");
    }

    /// <summary>The answers by the heading above their key points, as the text goes.</summary>
    public static IEnumerable<IGrouping<(int GroupPosition, string KeyPointGroup), Answered>> Groups(IReadOnlyList<Answered> answers) =>
        answers.GroupBy(answer => (answer.GroupPosition, answer.KeyPointGroup)).OrderBy(group => group.Key.GroupPosition);

    /// <summary>The questions that have a verdict: of a closed attempt all, of a practice those that were answered. Of a reading all.</summary>
    /// <param name="position">Only this one; null for all.</param>
    internal static Task<IReadOnlyList<Answered>> AnswersAsync(NpgsqlConnection connection, Guid attempt, int? position = null) => LoadAsync(connection, attempt, position, false);

    /// <summary>A flashcard whose back is shown to compare with, before it is judged.</summary>
    internal static async Task<Answered> RevealedAsync(NpgsqlConnection connection, Guid attempt, Asked asked) => (await LoadAsync(connection, attempt, asked.Position, true))[0];

    private static async Task<IReadOnlyList<Answered>> LoadAsync(NpgsqlConnection connection, Guid attempt, int? position, bool untold)
    {
        var paragraphs = await ParagraphsAsync(connection, attempt);
        var rows = await connection.QueryAsync<Row>(
            """
            select q.position, q.question_version_id as Version, v.source_version_id as SourceVersion, q.seed, coalesce(c.body, v.body)::text as Body, a.answer::text as Answer, q.credit, q.outcome, q.points,
                   w.reason as Waiver, r.credit_before as CreditBefore, r.outcome_before as OutcomeBefore, p.state, p.reason, p.appealed_at as AppealedAt, o.id as QuestionId,
                   s.slug, s.language, o.status = 'private' as IsOwn, k.heading as KeyPoint, coalesce(g.heading, k.heading) as KeyPointGroup, coalesce(g.position, k.position) as GroupPosition
            from attempt_question q
            join attempt t on t.id = q.attempt_id
            join question_version v on v.id = q.question_version_id
            join question o on o.id = v.question_id
            join source s on s.id = o.source_id
            join key_point k on k.id = o.key_point_id
            left join key_point g on g.id = k.parent_id
            left join question_waiver w on w.question_id = o.id and w.fork = v.fork and v.body -> 'evidence' = '[]'
            left join key_correction c on c.question_version_id = v.id
            left join attempt_answer a on a.attempt_id = q.attempt_id and a.position = q.position
            left join lateral (select * from regrade r where r.attempt_id = q.attempt_id and r.position = q.position order by r.id limit 1) r on true
            left join lateral (select * from appeal p where p.attempt_id = q.attempt_id and p.position = q.position order by p.id desc limit 1) p on true
            where q.attempt_id = @attempt and (q.outcome is not null or t.mode = 'read' or @untold) and (@position::int is null or q.position = @position)
            order by q.position
            """,
            new { attempt, position, untold });
        return [.. rows.Select(row => row.Read(paragraphs[row.SourceVersion].ToDictionary(p => p.Label, p => p.Text, StringComparer.Ordinal)))];
    }

    // Of the texts that the questions were written for: the source may have moved on since.
    private static async Task<ILookup<long, (long SourceVersion, string Label, string Text)>> ParagraphsAsync(NpgsqlConnection connection, Guid attempt) =>
        (await connection.QueryAsync<(long SourceVersion, string Label, string Text)>(
            """
            select source_version_id, label, text from paragraph
            where source_version_id in (
              select v.source_version_id from attempt_question q join question_version v on v.id = q.question_version_id where q.attempt_id = @attempt)
            """,
            new { attempt })).ToLookup(p => p.SourceVersion);

    private static Task<EarlierScore?> BeforeAsync(NpgsqlConnection connection, Attempt attempt) =>
        connection.QuerySingleOrDefaultAsync<EarlierScore?>(
            """
            select sum(q.credit * coalesce(q.points, 1)) as Credit, sum(coalesce(q.points, 1)) as Total
            from (select id from attempt
                  where learner_id = @learner and source_id = @source and submitted_at is not null and mode in ('exam', 'practice') and (pass_mark is null) = @isPlain and started_at < @started
                  order by started_at desc limit 1) a
            join attempt_question q on q.attempt_id = a.id
            group by a.id
            """,
            new { learner = attempt.LearnerId, source = attempt.SourceId, started = attempt.StartedAt, isPlain = attempt.PassMark is null });

    private sealed record Row(
        int Position, long Version, long SourceVersion, long Seed, string Body, string? Answer, decimal? Credit, int? Outcome, decimal? Points,
        string? Waiver, decimal? CreditBefore, int? OutcomeBefore, string? State, string? Reason, DateTime? AppealedAt, long QuestionId, string Slug, string Language, bool IsOwn, string KeyPoint, string KeyPointGroup, int GroupPosition)
    {
        public Answered Read(IReadOnlyDictionary<string, string> paragraphs)
        {
            var question = JsonSerializer.Deserialize<Question>(Body, DomainJson.Options)!;
            return new(Position, Version, question, Presentation.Of(question, Seed), GivenAnswers.Read(Answer),
                Outcome is { } outcome ? new Verdict(Credit ?? 0, (Outcome)outcome) : Verdict.Unanswered, KeyPoint, KeyPointGroup, GroupPosition, paragraphs, Points)
            {
                QuestionId = QuestionId,
                Slug = Slug,
                Language = Language,
                IsOwn = IsOwn,
                Waiver = Waiver,
                Before = OutcomeBefore is { } before ? new Verdict(CreditBefore!.Value, (Outcome)before) : null,
                Appeal = State is null ? null : new Appeal(State, Reason, AppealedAt!.Value),
            };
        }
    }
}

/// <summary>A question of a closed attempt, with what was answered and what that was worth.</summary>
/// <param name="Answer">In the author's positions.</param>
/// <param name="KeyPointGroup">The heading above the key point, or its own where none is.</param>
/// <param name="Points">What it is worth; null where questions simply count.</param>
/// <param name="Paragraphs">The text that the question was written for, by label.</param>
public sealed record Answered(
    int Position, long Version, Question Question, Presentation Presentation, GivenAnswer? Answer, Verdict Verdict,
    string KeyPoint, string KeyPointGroup, int GroupPosition, IReadOnlyDictionary<string, string> Paragraphs, decimal? Points = null)
{
    /// <summary>What was earned: of its points, or of one.</summary>
    public decimal Earned => Verdict.Credit * (Points ?? 1);

    public bool IsRight => Verdict.Outcome == Outcome.Right;

    public long QuestionId { get; init; }

    /// <summary>Its source's: an assignment may ask of several.</summary>
    public string? Slug { get; init; }

    /// <summary>Its source's.</summary>
    public string? Language { get; init; }

    /// <summary>A host's own question: in no bank, without evidence, nobody's flashcard.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Why the editors ask it without evidence; null where it has some.</summary>
    public string? Waiver { get; init; }

    /// <summary>The first verdict, where an accepted appeal has changed it since.</summary>
    public Verdict? Before { get; init; }

    /// <summary>The learner's last appeal against it.</summary>
    public Appeal? Appeal { get; init; }

    /// <summary>Whether the answer counts because an editor accepted it beside the key.</summary>
    public bool AlsoCounts => Answer is not null && Grading.AlsoCounts(Question, Answer);
}

/// <summary>The score of the attempt before, on the same source.</summary>
/// <param name="Total">What could be earned.</param>
public sealed record EarlierScore(decimal Credit, decimal Total);
