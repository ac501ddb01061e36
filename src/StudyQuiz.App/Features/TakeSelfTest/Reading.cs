using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>Going through questions with their answers shown: nothing is graded, no review is written; where it stopped is kept.</summary>
internal static class Reading
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/self-test/{attempt}/place", KeepPlaceAsync);

    public static string PlacePathOf(Guid attempt) => $"/self-test/{attempt}/place";

    internal static async Task<IResult> ShowAsync(NpgsqlConnection connection, Attempt attempt, DateTimeOffset now)
    {
        var place = await connection.QuerySingleAsync<int?>("select place from attempt where id = @Id", new { attempt.Id });
        return Pages.Render<ReadingPage>(new
        {
            Attempt = attempt,
            Answers = await ShowResult.AnswersAsync(connection, attempt.Id),
            Running = await RunningAsync(connection, attempt.LearnerId, now),
            Place = attempt.SubmittedAt is null ? place ?? 1 : 1,
        });
    }

    /// <summary>The last reading that has not come to its end.</summary>
    internal static Task<ReadingPlace?> LastAsync(NpgsqlConnection connection, Guid learner) =>
        connection.QuerySingleOrDefaultAsync<ReadingPlace?>(
            """
            select a.id, s.title, s.language, coalesce(a.place, 1) as Place, (select count(*) from attempt_question q where q.attempt_id = a.id) as Questions
            from attempt a join source s on s.id = a.source_id
            where a.learner_id = @learner and a.mode = 'read' and a.submitted_at is null
            order by a.started_at desc limit 1
            """,
            new { learner });

    // What a running exam asks is not told beside it
    private static async Task<IReadOnlySet<long>> RunningAsync(NpgsqlConnection connection, Guid learner, DateTimeOffset now) =>
        (await connection.QueryAsync<long>(
            """
            select q.question_version_id from attempt a join attempt_question q on q.attempt_id = a.id
            where a.learner_id = @learner and a.mode = 'exam' and a.submitted_at is null and a.deadline > @now
            """,
            new { learner, now })).ToHashSet();

    private static async Task<IResult> KeepPlaceAsync(string attempt, IFormCollection form, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (!Guid.TryParse(attempt, out var id) || !int.TryParse(form["position"], NumberStyles.None, CultureInfo.InvariantCulture, out var position)) return Pages.NotFound();
        if (await Attempt.FindAsync(connection, id, await learners.FindAllAsync(http)) is not { IsReading: true }) return Pages.NotFound();

        var isOver = form.ContainsKey("over");
        await connection.ExecuteAsync(
            """
            update attempt set place = @position, submitted_at = @over
            where id = @id and exists (select 1 from attempt_question q where q.attempt_id = @id and q.position = @position)
            """,
            new { id, position, over = isOver ? clock.Now : (DateTimeOffset?)null });
        return Results.LocalRedirect(isOver ? "/self-test" : $"/self-test/{id}#q{position}");
    }
}

/// <summary>Where a reading stopped.</summary>
public sealed record ReadingPlace(Guid Id, string Title, string Language, int Place, long Questions);
