using System.Globalization;
using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.AppealVerdicts;

/// <summary>
/// Grades earlier answers by the key that an editor gave a question, as an accepted appeal does. That it is wanted is stored with the change;
/// it is done once the change is served: at once, or when a second person publishes it.
/// </summary>
internal static class RegradeByEdit
{
    /// <summary>The version that earlier answers were graded by: the published one, or the one before changes that nobody has published yet.</summary>
    public static Task<(long Version, int Fork)> AnsweredAsync(NpgsqlConnection connection, long question) =>
        connection.QuerySingleAsync<(long, int)>(
            """
            select v.id, v.fork from question q left join question_regrade r on r.question_id = q.id
            join question_version v on v.id = case when q.status = 'published' then q.current_version_id else coalesce(r.from_version_id, q.current_version_id) end
            where q.id = @question
            """,
            new { question });

    /// <summary>Keeps what is wanted until the question is published.</summary>
    /// <param name="answered">What was answered; null where earlier verdicts stand.</param>
    public static Task SettleAsync(NpgsqlConnection connection, long question, long? answered) =>
        connection.ExecuteAsync(
            answered is null
                ? "delete from question_regrade where question_id = @question"
                : "insert into question_regrade (question_id, from_version_id) values (@question, @answered) on conflict (question_id) do update set from_version_id = excluded.from_version_id",
            new { question, answered });

    /// <summary>Grades what waits for it by what is served now, in the transaction that holds the questions. What has a change waiting beside it waits on.</summary>
    public static async Task RunAsync(NpgsqlConnection connection, long[] questions, Guid? person, DateTimeOffset now)
    {
        var due = await connection.QueryAsync<(long Question, long Answered, int AnsweredFork, long Version, int Fork, string Body, string Why)>(
            """
            delete from question_regrade r using question_version a, question q, question_version v
            where r.question_id = any(@questions) and a.id = r.from_version_id and q.id = r.question_id and v.id = q.current_version_id
              and not exists (select from question_proposal p where p.question_id = r.question_id)
            returning r.question_id, a.id, a.fork, v.id, v.fork, v.body::text, v.reason
            """,
            new { questions });
        foreach (var one in due.Where(one => one.AnsweredFork == one.Fork).OrderBy(one => one.Question))
        {
            var regrading = await Regrading.ByEditAsync(connection, one.Answered, JsonSerializer.Deserialize<Question>(one.Body, DomainJson.Options)!);
            if (regrading.Keys.Count > 0) await GradeAsync(connection, one.Question, one.Answered, one.Fork, one.Version, regrading, one.Why == "edit" ? "" : one.Why, person, now);
        }
    }

    private static async Task GradeAsync(NpgsqlConnection connection, long question, long answered, int fork, long current, Regrading regrading, string why, Guid? person, DateTimeOffset now)
    {
        await new RegradeAnswers(connection, string.Create(CultureInfo.InvariantCulture, $"edit/{current}"), person, why, now).RunAsync(regrading);
        var heard = (await OpenAppeal.OfAsync(connection, question, fork)).Where(open => open.CountsBy(regrading)).Select(open => open.Id).ToArray();
        await OpenAppeal.CloseAsync(connection, heard, AppealStates.Accepted, why, person, now);
        await Audit.AddAsync(
            connection, person, AuditActs.Rekeyed, AuditActs.OfQuestion(question),
            new { version = answered, current, corrected = regrading.Keys.Keys.Order().ToArray(), regrading.Up, regrading.Down, appeals = heard, reason = why }, now);
    }
}
