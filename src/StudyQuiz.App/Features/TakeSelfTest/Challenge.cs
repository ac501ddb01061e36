using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Attempts;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>
/// A challenge: one question after another until the first miss. The server opens each question when the learner asks for it, never before,
/// and keeps its clock: the attempt's deadline is that of the open question.
/// </summary>
internal static class Challenge
{
    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/self-test/{attempt}/open", OpenAsync);

    public static string OpenPathOf(Guid attempt) => $"/self-test/{attempt}/open";

    /// <summary>The question that is open, or the last one with what it was worth, or before the first what to expect.</summary>
    internal static async Task<IResult> ShowAsync(NpgsqlConnection connection, Attempt attempt, IReadOnlyList<Asked> asked, bool hasWithdrawn, DateTimeOffset now)
    {
        var open = attempt.Deadline is null ? null : asked[^1];
        return Pages.Render<ChallengePage>(new
        {
            Attempt = attempt,
            Asked = open,
            Told = open is null && asked.Count > 0 ? (await ShowResult.AnswersAsync(connection, attempt.Id, asked[^1].Position))[0] : null,
            Run = asked.Count - (open is null ? 0 : 1),
            Best = await BestAsync(connection, attempt),
            RemainingMs = attempt.LeftMs(now),
            Next = await connection.QuerySingleAsync<int?>("select min(position) from attempt_question where attempt_id = @Id and opened_at is null", new { attempt.Id }),
            HasWithdrawn = hasWithdrawn,
        });
    }

    /// <summary>The longest run of this learner on this source, this one left out; null where there is none.</summary>
    internal static Task<long?> BestAsync(NpgsqlConnection connection, Attempt attempt) =>
        connection.QuerySingleAsync<long?>(
            """
            select max(run)
            from (select count(*) as run
                  from attempt a join attempt_question q on q.attempt_id = a.id and q.outcome = @right
                  where a.learner_id = @LearnerId and a.source_id = @SourceId and a.mode = 'challenge' and a.id <> @Id
                  group by a.id) r
            """,
            new { attempt.LearnerId, attempt.SourceId, attempt.Id, right = (int)Outcome.Right });

    /// <summary>Whether a question of an attempt that the caller has locked takes an answer: it is open, and its time is not over.</summary>
    internal static Task<bool> TakesAsync(NpgsqlConnection connection, Guid attempt, int position, DateTimeOffset now) =>
        connection.QuerySingleAsync<bool>(
            """
            select exists (
              select 1 from attempt a join attempt_question q on q.attempt_id = a.id
              where a.id = @attempt and q.position = @position and q.opened_at is not null and q.outcome is null and @now <= a.deadline + @grace)
            """,
            new { attempt, position, now, grace = AttemptClock.Grace });

    /// <summary>After an answer: the clock stops, or the run is over at a miss and where nothing is left to ask.</summary>
    internal static async Task GoOnAsync(NpgsqlConnection connection, Guid attempt, bool wasRight, DateTimeOffset now)
    {
        var goesOn = wasRight && await connection.QuerySingleAsync<bool>(
            "select exists (select 1 from attempt_question where attempt_id = @attempt and opened_at is null)", new { attempt });
        if (goesOn) await connection.ExecuteAsync("update attempt set deadline = null where id = @attempt", new { attempt });
        else await AttemptClosing.GradeAsync(connection, attempt, now);
    }

    // The form names the position: pressed twice it opens one question
    private static async Task<IResult> OpenAsync(string attempt, IFormCollection form, HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (!Guid.TryParse(attempt, out var id) || !int.TryParse(form["position"], NumberStyles.None, CultureInfo.InvariantCulture, out var position)) return Pages.NotFound();
        if (await Attempt.FindAsync(connection, id, await learners.FindAllAsync(http)) is not { IsChallenge: true } found) return Pages.NotFound();

        await using var transaction = await connection.BeginTransactionAsync();
        if (await AttemptClosing.LockOpenAsync(connection, id))
        {
            var now = clock.Now;
            await connection.ExecuteAsync(
                """
                with opened as (
                  update attempt_question q set opened_at = @now
                  where q.attempt_id = @id and q.position = @position and q.opened_at is null
                    and not exists (
                      select 1 from attempt_question e
                      where e.attempt_id = @id and e.position < @position and (e.opened_at is null or e.outcome is null))
                  returning 1)
                update attempt set deadline = @deadline where id = @id and exists (select from opened)
                """,
                new { id, position, now, deadline = now + AttemptClock.With(found.ExtraTime, AttemptClock.ChallengeQuestion) });
            await transaction.CommitAsync();
        }

        return Results.LocalRedirect($"/self-test/{id}");
    }
}
