using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>The questions of exams whose clock runs, and of assignments that tell nothing before their end: their cards and their rows in the notebook, which tell the answer, wait for the hand-in.</summary>
internal static class ExamQuestions
{
    public static async Task<IReadOnlySet<long>> OfAsync(NpgsqlConnection connection, Guid learner, DateTimeOffset now) =>
        (await connection.QueryAsync<long>(
            """
            select v.question_id
            from attempt a
            join attempt_question q on q.attempt_id = a.id
            join question_version v on v.id = q.question_version_id
            left join assignment m on m.id = a.assignment_id
            where a.learner_id = @learner
              and (a.submitted_at is null and a.mode = 'exam' and a.deadline > @now
                or m.plan -> 'rules' ->> 'answers' = 'afterWindow' and (m.plan -> 'rules' ->> 'until')::timestamptz > @now and m.closed_at is null)
            """,
            new { learner, now })).ToHashSet();
}
