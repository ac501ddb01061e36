using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>What an attempt came to: score, key points, and every question with its key, its reasons and its sentence.</summary>
internal static class ShowResult
{
    public static string PathOf(Guid attempt) => $"/self-test/{attempt}/result";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet("/self-test/{attempt}/result", ShowAsync);

    private static async Task<IResult> ShowAsync(string attempt, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, string? show = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (!Guid.TryParse(attempt, out var id) || await learners.FindAsync(http) is not { } learner) return Pages.NotFound();
        if (await Attempt.FindAsync(connection, id, learner) is not { } found) return Pages.NotFound();

        if (found.IsOverdue(clock.Now))
        {
            await AttemptClosing.CloseAsync(connection, id, clock.Now);
            found = (await Attempt.FindAsync(connection, id, learner))!;
        }

        if (found.SubmittedAt is null) return Results.LocalRedirect($"/self-test/{id}");
        return Pages.Render<ResultPage>(new
        {
            Attempt = found,
            Answers = await AnswersAsync(connection, id),
            Paragraphs = await ParagraphsAsync(connection, found.SourceId),
            Before = await BeforeAsync(connection, learner, found),
            ShowAll = show == "all",
        });
    }

    private static async Task<IReadOnlyList<Answered>> AnswersAsync(NpgsqlConnection connection, Guid attempt)
    {
        var rows = await connection.QueryAsync<Row>(
            """
            select q.position, q.question_version_id as Version, q.seed, v.body::text as Body, a.answer::text as Answer, q.credit, q.outcome,
                   k.heading as KeyPoint, coalesce(g.heading, k.heading) as KeyPointGroup, coalesce(g.position, k.position) as GroupPosition
            from attempt_question q
            join question_version v on v.id = q.question_version_id
            join question o on o.id = v.question_id
            join key_point k on k.id = o.key_point_id
            left join key_point g on g.id = k.parent_id
            left join attempt_answer a on a.attempt_id = q.attempt_id and a.position = q.position
            where q.attempt_id = @attempt
            order by q.position
            """,
            new { attempt });
        return [.. rows.Select(row => row.Read())];
    }

    private static async Task<IReadOnlyDictionary<string, string>> ParagraphsAsync(NpgsqlConnection connection, long source) =>
        (await connection.QueryAsync<(string Label, string Text)>(
            "select p.label, p.text from source s join paragraph p on p.source_version_id = s.current_version_id where s.id = @source", new { source }))
            .ToDictionary(p => p.Label, p => p.Text, StringComparer.Ordinal);

    private static Task<EarlierScore?> BeforeAsync(NpgsqlConnection connection, Guid learner, Attempt attempt) =>
        connection.QuerySingleOrDefaultAsync<EarlierScore?>(
            """
            select sum(q.credit) as Credit, count(*) as Questions
            from (select id from attempt
                  where learner_id = @learner and source_id = @source and submitted_at is not null and started_at < @started
                  order by started_at desc limit 1) a
            join attempt_question q on q.attempt_id = a.id
            group by a.id
            """,
            new { learner, source = attempt.SourceId, started = attempt.StartedAt });

    private sealed record Row(
        int Position, long Version, long Seed, string Body, string? Answer, decimal Credit, int Outcome, string KeyPoint, string KeyPointGroup, int GroupPosition)
    {
        public Answered Read()
        {
            var question = JsonSerializer.Deserialize<Question>(Body, DomainJson.Options)!;
            return new(Position, Version, question, Presentation.Of(question, Seed), GivenAnswers.Read(Answer),
                new Verdict(Credit, (Outcome)Outcome), KeyPoint, KeyPointGroup, GroupPosition);
        }
    }
}

/// <summary>A question of a closed attempt, with what was answered and what that was worth.</summary>
/// <param name="Answer">In the author's positions.</param>
/// <param name="KeyPointGroup">The heading above the key point, or its own where none is.</param>
public sealed record Answered(
    int Position, long Version, Question Question, Presentation Presentation, GivenAnswer? Answer, Verdict Verdict,
    string KeyPoint, string KeyPointGroup, int GroupPosition)
{
    public bool IsRight => Verdict.Outcome == Outcome.Right;
}

/// <summary>The score of the attempt before, on the same source.</summary>
public sealed record EarlierScore(decimal Credit, long Questions);
