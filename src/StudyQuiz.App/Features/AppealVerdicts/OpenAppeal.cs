using Dapper;
using Npgsql;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.AppealVerdicts;

/// <summary>An appeal that nobody has decided yet.</summary>
/// <param name="Asked">The version that was answered.</param>
/// <param name="Form">The answer in a form that is the same for answers that say the same.</param>
internal sealed record OpenAppeal(long Id, long Asked, string Form, string Answer)
{
    /// <summary>Whether its answer counts in full by the keys that a regrading brings.</summary>
    public bool CountsBy(Regrading regrading) =>
        regrading.Keys.TryGetValue(Asked, out var key) && Grading.Grade(key, GivenAnswers.Read(Answer)).Outcome == Outcome.Right;

    public static async Task<IReadOnlyList<OpenAppeal>> OfAsync(NpgsqlConnection connection, long question, int fork) =>
        (await connection.QueryAsync<OpenAppeal>(
            """
            select p.id, p.question_version_id as Asked, p.answer_form as Form, w.answer::text as Answer
            from appeal p
            join question_version v on v.id = p.question_version_id and v.fork = @fork
            join attempt_answer w on w.attempt_id = p.attempt_id and w.position = p.position
            where p.question_id = @question and p.state = 'open' order by p.id
            """,
            new { question, fork })).AsList();

    public static Task CloseAsync(NpgsqlConnection connection, long[] appeals, string state, string reason, Guid? person, DateTimeOffset now) =>
        connection.ExecuteAsync(
            "update appeal set state = @state, reason = nullif(@reason, ''), decided_by = @person, decided_at = @now where id = any(@appeals) and state = 'open'",
            new { appeals, state, reason, person, now });
}
