using Dapper;
using Npgsql;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>An attempt in a line: what it was on, how far it came.</summary>
/// <param name="Mode">One of <see cref="AttemptModes"/>.</param>
/// <param name="Deadline">Null where no clock runs.</param>
/// <param name="Total">What all questions are worth: one each, or their points. Null where there are none yet.</param>
/// <param name="Credit">What was earned of it; null while it runs.</param>
/// <param name="Run">How many questions were right.</param>
/// <param name="NextPosition">The first question without an answer; null where all have one.</param>
/// <param name="CreditBefore">What it came to before accepted appeals changed verdicts; null where none did.</param>
/// <param name="RegradedAt">When one last did.</param>
public sealed record AttemptSummary(
    Guid Id, string Title, string Mode, DateTime StartedAt, DateTime? Deadline, DateTime? SubmittedAt, long Questions, decimal? Total, decimal? Credit, long Run, int? NextPosition, decimal? CreditBefore, DateTime? RegradedAt)
{
    private const string Summaries =
        """
        select a.id, coalesce(m.title, s.title) as Title, a.mode, a.started_at as StartedAt, a.deadline, a.submitted_at as SubmittedAt, q.questions, q.total, q.credit, q.run, q.next as NextPosition, q.credit + r.lost as CreditBefore, r.at as RegradedAt
        from chosen a
        join source s on s.id = a.source_id
        left join assignment m on m.id = a.assignment_id
        cross join lateral (
          select count(*) as questions, sum(coalesce(q.points, 1)) as total, sum(q.credit * coalesce(q.points, 1)) filter (where a.submitted_at is not null) as credit, count(*) filter (where q.outcome = @right) as run, min(q.position) filter (where w.answer is null) as next
          from attempt_question q
          left join attempt_answer w on w.attempt_id = q.attempt_id and w.position = q.position
          where q.attempt_id = a.id and (a.mode <> 'challenge' or q.opened_at is not null)) q
        cross join lateral (
          select sum((first.credit_before - q.credit) * coalesce(q.points, 1)) as lost, max(first.last) as at
          from (select distinct on (position) position, credit_before, max(regraded_at) over (partition by position) as last from regrade where attempt_id = a.id order by position, id) first
          join attempt_question q on q.attempt_id = a.id and q.position = first.position) r
        order by a.started_at desc, a.id desc
        """;

    /// <summary>A learner's last attempts, the newest first.</summary>
    /// <param name="after">The start and the id of the one behind which they begin; null from the newest.</param>
    public static async Task<IReadOnlyList<AttemptSummary>> LastAsync(NpgsqlConnection connection, Guid? learner, int count, (DateTime At, Guid Id)? after = null) =>
        learner is null ? [] : (await connection.QueryAsync<AttemptSummary>(
            $"with chosen as materialized (select * from attempt where learner_id = @learner and mode <> 'read' {(after is null ? "" : "and (started_at, id) < (@at, @id)")} order by started_at desc, id desc limit @count) {Summaries}",
            new { learner, count, at = after?.At, id = after?.Id, right = (int)Outcome.Right })).AsList();

    /// <summary>One attempt.</summary>
    public static Task<AttemptSummary> FindAsync(NpgsqlConnection connection, Guid attempt) =>
        connection.QuerySingleAsync<AttemptSummary>($"with chosen as materialized (select * from attempt where id = @attempt) {Summaries}", new { attempt, right = (int)Outcome.Right });
}
