using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.GenerateBank;

/// <summary>What the review decides. Each decision names what was on the screen, so that it can't undo what somebody else did since.</summary>
internal static class DecideQuestions
{
    public const string Accept = "accept";
    public const string Reject = "reject";
    public const string Undo = "undo";

    /// <summary>The status that a decision leads to; null for what is none.</summary>
    public static QuestionStatus? StatusOf(string? decision) => decision switch
    {
        Accept => QuestionStatus.Published,
        Reject => QuestionStatus.Retired,
        Undo => QuestionStatus.Draft,
        _ => null,
    };

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
    /// <returns>How many were published; what the person wrote may wait for somebody else.</returns>
    public static async Task<int> AcceptRestAsync(NpgsqlConnection connection, long source, long? keyPoint, string? type, long newest, Guid person, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var rest = await connection.QueryAsync<(long Id, long Version)>(
            $"select id, current_version_id from question where {Rest} and current_version_id <= @newest order by id", new { source, keyPoint, type, newest });
        var outcomes = await ChangeStatus.RunAsync(connection, [.. rest.Select(one => new StatusWish(one.Id, QuestionStatus.Published, one.Version))], person, now);
        await transaction.CommitAsync();
        return outcomes.Count(outcome => outcome.IsChange);
    }

    // What has no evidence is accepted one by one, by somebody who has read it
    private const string Rest =
        "source_id = @source and status in ('draft', 'review') and trashed_at is null and exists (select 1 from question_version v where v.id = current_version_id and v.body->'evidence' <> '[]') and (@keyPoint::bigint is null or key_point_id = @keyPoint) and (@type::text is null or type = @type)";
}

/// <summary>Undecided questions of a key point or a type.</summary>
/// <param name="Newest">The newest of their wordings.</param>
/// <param name="Heading">The key point's; null where none is meant.</param>
public sealed record RestOfBank(int Count, long Newest, string? Heading);
