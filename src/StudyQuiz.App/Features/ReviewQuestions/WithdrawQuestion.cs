using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ReviewQuestions;

/// <summary>
/// Withdraws a question at once: nobody is asked it any more, and what is open lets go of it. The command is stored in one transaction;
/// <see cref="Withdrawals"/> carries it to attempts and games. Publishing the question again takes it back for what begins from then on.
/// </summary>
internal static class WithdrawQuestion
{
    public const int LongestReason = 500;

    /// <param name="seen">The version that was on the screen.</param>
    /// <param name="reason">Goes on record.</param>
    /// <returns>Why it was not withdrawn; null where it is. A repeat withdraws it once.</returns>
    public static async Task<WorkflowRefusal?> RunAsync(NpgsqlConnection connection, long question, long seen, string reason, Guid person, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var outcome = (await ChangeStatus.RunAsync(connection, [new StatusWish(question, QuestionStatus.Retired, seen)], person, now, reason))[0];
        if (outcome.Refusal is { } refusal) return refusal;
        var isNew = await connection.ExecuteAsync(
            """
            with withdrawn as (
              update question set withdrawn_at = @now where id = @question and withdrawn_at is null returning id)
            insert into withdrawal (question_id, reason, withdrawn_by, withdrawn_at) select id, @reason, @person, @now from withdrawn
            """,
            new { question, reason, person, now }) == 1;
        if (isNew) await Audit.AddAsync(connection, person, AuditActs.Withdrawn, AuditActs.OfQuestion(question), new { version = seen, reason }, now);
        await transaction.CommitAsync();
        return null;
    }
}
