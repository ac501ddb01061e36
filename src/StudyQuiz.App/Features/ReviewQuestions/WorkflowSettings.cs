using Dapper;
using Npgsql;
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
                                where r.role in ('{Roles.Editor}', '{Roles.Admin}') and a.erased_at is null)::int as editors
            from workflow_setting
            """);
}
