using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>Questions that the editors withdrew while an attempt was open. They count for nobody, whatever had been answered; their places stay empty.</summary>
internal static class WithdrawnQuestions
{
    /// <summary>The places that are empty.</summary>
    public static async Task<IReadOnlyList<int>> OfAsync(NpgsqlConnection connection, Guid attempt) =>
        (await connection.QueryAsync<int>("select position from withdrawn_answer where attempt_id = @attempt order by position", new { attempt })).AsList();

    /// <summary>Every place of an attempt with what is asked there; null where it was withdrawn.</summary>
    public static IReadOnlyList<(int Position, Asked? Asked)> Places(IReadOnlyList<Asked> asked, IReadOnlyList<int> withdrawn) =>
        [.. asked.Select(one => (one.Position, (Asked?)one)).Concat(withdrawn.Select(position => (position, (Asked?)null))).OrderBy(place => place.Item1)];

    /// <summary>
    /// Takes a question out of an attempt that is open: what it needs to pass shrinks with what can be earned, and a challenge goes on with its
    /// next question. False where it is closed, or has no such question.
    /// </summary>
    public static async Task<bool> TakeAsync(NpgsqlConnection connection, Guid attempt, long question, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (!await AttemptClosing.LockOpenAsync(connection, attempt)) return false;
        // Of the attempt as it was: what a statement deletes is there for all of its parts
        var taken = await connection.ExecuteAsync(
            """
            with gone as (
              delete from attempt_question q using question_version v
              where q.attempt_id = @attempt and v.id = q.question_version_id and v.question_id = @question
              returning q.position, q.question_version_id, q.points, q.opened_at, q.outcome),
            kept as (
              insert into withdrawn_answer (attempt_id, position, question_version_id, answer, withdrawn_at)
              select @attempt, g.position, g.question_version_id, a.answer, @now
              from gone g left join attempt_answer a on a.attempt_id = @attempt and a.position = g.position)
            update attempt a set
              pass_mark = round(a.pass_mark * (1 - (select sum(points) from gone) / (select sum(points) from attempt_question where attempt_id = @attempt)), 2),
              deadline = case when a.mode = 'challenge' and exists (select from gone where opened_at is not null and outcome is null) then null else a.deadline end
            where a.id = @attempt and exists (select from gone)
            """,
            new { attempt, question, now });
        if (taken == 0) return false;
        var isSpent = await connection.QuerySingleAsync<bool>(
            "select a.mode = 'challenge' and not exists (select 1 from attempt_question q where q.attempt_id = a.id and q.outcome is null) from attempt a where a.id = @attempt", new { attempt });
        if (isSpent) await AttemptClosing.GradeAsync(connection, attempt, now);
        await transaction.CommitAsync();
        return true;
    }
}
