using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.GenerateBank;

/// <summary>Publishes and retires questions. Each change names what was on the screen, so that it can't undo what somebody else did since.</summary>
internal static class DecideQuestions
{
    public const string Accept = "accept";
    public const string Reject = "reject";
    public const string Undo = "undo";

    /// <summary>The status that a decision leads to; null for what is none.</summary>
    public static string? StatusOf(string? decision) => decision switch
    {
        Accept => "published",
        Reject => "retired",
        Undo => "draft",
        _ => null,
    };

    /// <summary>Decides on one question.</summary>
    /// <param name="version">The wording that was shown.</param>
    /// <param name="from">The status that was shown.</param>
    /// <returns>False when the wording or the status has changed since. A repeat is no change.</returns>
    public static async Task<bool> OneAsync(NpgsqlConnection connection, long source, long question, long version, string from, string to)
    {
        var changed = await connection.ExecuteAsync(
            "update question set status = @to where id = @question and source_id = @source and current_version_id = @version and status = @from",
            new { to, question, source, version, from });
        return changed == 1 || await connection.QuerySingleAsync<bool>(
            "select exists (select 1 from question where id = @question and source_id = @source and current_version_id = @version and status = @to)",
            new { to, question, source, version });
    }

    /// <summary>What accepting the rest of a key point or a type would publish.</summary>
    public static Task<RestOfBank> RestAsync(NpgsqlConnection connection, long source, long? keyPoint, string? type) =>
        connection.QuerySingleAsync<RestOfBank>(
            $"""
            select count(*)::int as count, coalesce(max(current_version_id), 0) as newest,
              (select heading from key_point where id = @keyPoint and source_id = @source) as heading
            from question where {Rest}
            """,
            new { source, keyPoint, type });

    /// <summary>Publishes what is still undecided of a key point or a type, in wordings that were there when the person was asked.</summary>
    /// <returns>How many were published.</returns>
    public static Task<int> AcceptRestAsync(NpgsqlConnection connection, long source, long? keyPoint, string? type, long newest) =>
        connection.ExecuteAsync($"update question set status = 'published' where {Rest} and current_version_id <= @newest", new { source, keyPoint, type, newest });

    // What has no evidence is accepted one by one, by somebody who has read it
    private const string Rest =
        "source_id = @source and status in ('draft', 'review') and exists (select 1 from question_version v where v.id = current_version_id and v.body->'evidence' <> '[]') and (@keyPoint::bigint is null or key_point_id = @keyPoint) and (@type::text is null or type = @type)";
}

/// <summary>Undecided questions of a key point or a type.</summary>
/// <param name="Newest">The newest of their wordings.</param>
/// <param name="Heading">The key point's; null where none is meant.</param>
public sealed record RestOfBank(int Count, long Newest, string? Heading);
