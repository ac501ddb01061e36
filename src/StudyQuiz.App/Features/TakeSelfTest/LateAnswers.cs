using Dapper;
using Npgsql;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>Answers that arrived once their attempt was over: kept and shown, never graded.</summary>
internal static class LateAnswers
{
    /// <summary>Keeps the last of each question, where it says something else than the answer that counts.</summary>
    /// <param name="answer">In the author's positions.</param>
    public static Task KeepAsync(NpgsqlConnection connection, Guid attempt, int position, Guid clientId, long sequence, GivenAnswer answer, DateTimeOffset now) =>
        connection.ExecuteAsync(
            """
            insert into late_answer (attempt_id, position, client_id, sequence, answer, received_at)
            select @attempt, @position, @clientId, @sequence, @answer::jsonb, @now
            where not exists (select 1 from attempt_answer where attempt_id = @attempt and position = @position and answer = @answer::jsonb)
            on conflict (attempt_id, position) do update
              set client_id = excluded.client_id, sequence = excluded.sequence, answer = excluded.answer, received_at = excluded.received_at
              where excluded.sequence > late_answer.sequence
            """,
            new { attempt, position, clientId, sequence, answer = GivenAnswers.Write(answer), now });

    public static async Task<IReadOnlyList<LateAnswer>> OfAsync(NpgsqlConnection connection, Guid attempt) =>
    [
        .. (await connection.QueryAsync<(int Position, string Answer, DateTime ReceivedAt)>(
            "select position, answer::text, received_at from late_answer where attempt_id = @attempt", new { attempt }))
            .Select(row => new LateAnswer(row.Position, GivenAnswers.Read(row.Answer)!, row.ReceivedAt)),
    ];
}

/// <summary>An answer that came too late.</summary>
/// <param name="Answer">In the author's positions.</param>
public sealed record LateAnswer(int Position, GivenAnswer Answer, DateTime ReceivedAt);
