using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.SignIn;

/// <summary>What was done on this device before anyone signed in.</summary>
public sealed record DeviceHistory(Guid Learner, long Attempts, long Reviews);

/// <summary>
/// Gives an account that has a history of its own what this device did without one. Only on demand: a device may be somebody else's.
/// </summary>
public static class ClaimDevice
{
    /// <summary>What could be claimed; null where this device did nothing without an account, or the account has it already.</summary>
    internal static async Task<DeviceHistory?> FindAsync(NpgsqlConnection connection, IReadOnlyList<Guid> own, Guid account) =>
        await connection.QuerySingleOrDefaultAsync<DeviceHistory?>(
            """
            select l.id as Learner, (select count(*) from attempt where learner_id = l.id) as Attempts, (select count(*) from review where learner_id = l.id and origin = 'cards') as Reviews
            from learner l
            where l.id = any(@own) and l.account_id is null and l.merged_into is null
              and exists (select 1 from learner where account_id = @account)
              and (exists (select 1 from attempt where learner_id = l.id) or exists (select 1 from review where learner_id = l.id))
            """,
            new { own = own.ToArray(), account });

    /// <summary>Moves everything of a device's learner to the account's.</summary>
    internal static async Task MergeAsync(NpgsqlConnection connection, Guid from, Guid account)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var to = await connection.QuerySingleAsync<Guid>("select id from learner where account_id = @account", new { account });
        if (await MergeLearners.MoveAsync(connection, from, to)) await transaction.CommitAsync();
    }
}
