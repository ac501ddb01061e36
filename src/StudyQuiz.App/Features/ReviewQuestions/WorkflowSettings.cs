using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ReviewQuestions;

/// <summary>What the admins settled about publishing.</summary>
internal static class WorkflowSettings
{
    /// <summary>Whoever may edit banks counts: with one of them the rule of the second person is off by itself.</summary>
    public static Task<WorkflowRules> RulesAsync(NpgsqlConnection connection) =>
        connection.QuerySingleAsync<WorkflowRules>(
            $"""
            select two_people, (select count(distinct r.account_id) from account_role r join account a on a.id = r.account_id
                                where r.role in ('{Roles.Editor}', '{Roles.Admin}') and a.erased_at is null and a.disabled_at is null)::int as editors
            from workflow_setting
            """);

    /// <summary>Settles whether a second person publishes.</summary>
    public static async Task SaveAsync(NpgsqlConnection connection, bool twoPeople, Guid person, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (await connection.ExecuteAsync("update workflow_setting set two_people = @twoPeople where two_people <> @twoPeople", new { twoPeople }) == 1)
            await Audit.AddAsync(connection, person, AuditActs.TwoPeople, "setting/two_people", new { after = twoPeople }, now);
        await transaction.CommitAsync();
    }
}
