using Dapper;
using Npgsql;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.MyData;

/// <summary>Why nothing was deleted. Resources are named after these.</summary>
public enum EraseRefusal
{
    /// <summary>The word that confirms was not typed.</summary>
    NotConfirmed,

    /// <summary>The password is wrong, or was tried too often.</summary>
    Password,

    /// <summary>Nobody would be left to manage people.</summary>
    LastAdmin,

    /// <summary>A game of this person is running, and its players would be left without a host.</summary>
    GameRuns,
}

/// <summary>
/// Deletes a person in one transaction: their history, their names in games, their account. What others rely on stays with an actor without a
/// name: the questions that they edited, the games that they hosted, and in games that they played a seat that tells nobody's.
/// </summary>
internal static class EraseMyData
{
    /// <summary>Deletes the learner of a browser without an account.</summary>
    public static async Task LearnerAsync(NpgsqlConnection connection, Guid learner)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await AttemptClosing.LockAllOpenAsync(connection, learner);
        // Whoever claims it for an account in the same moment comes first or finds nothing
        var own = await connection.QuerySingleOrDefaultAsync<Guid?>("select id from learner where id = @learner and account_id is null for update", new { learner });
        if (own is null) return;
        await RemoveAsync(connection, learner);
        await transaction.CommitAsync();
    }

    /// <summary>Deletes an account with all that belongs to it, unless that would leave others stranded.</summary>
    public static async Task<EraseRefusal?> AccountAsync(NpgsqlConnection connection, Guid account, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        // In the order in which roles are changed, so that of the last two admins one stays
        var admins = (await connection.QueryAsync<Guid>("select r.account_id from account_role r join account a on a.id = r.account_id where r.role = 'admin' and a.disabled_at is null order by r.account_id for update of r")).AsList();
        if (admins is [var last] && last == account) return EraseRefusal.LastAdmin;
        if (await connection.QuerySingleAsync<bool>("select exists (select 1 from game where host_id = @account and ended_at is null and pin_until > @now)", new { account, now })) return EraseRefusal.GameRuns;

        if (await connection.QuerySingleOrDefaultAsync<Guid?>("select id from learner where account_id = @account", new { account }) is { } known) await AttemptClosing.LockAllOpenAsync(connection, known);
        if (await connection.QuerySingleOrDefaultAsync<Guid?>("select id from learner where account_id = @account for update", new { account }) is { } learner) await RemoveAsync(connection, learner);
        await connection.ExecuteAsync(
            """
            delete from account_role where account_id = @account;
            delete from account_passkey where account_id = @account;
            delete from account_session where account_id = @account;
            delete from account_login where account_id = @account;
            delete from api_token where account_id = @account;
            delete from webhook where owner_id = @account;
            delete from group_member where account_id = @account;
            delete from invitation_use where account_id = @account;
            update invitation set revoked_at = @now where created_by = @account and revoked_at is null;
            delete from capability_link where account_id = @account;
            delete from question_draft where account_id = @account;
            delete from game_template where host_id = @account;
            delete from quiz q where owner_id = @account
              and not exists (select 1 from game where quiz_id = q.id) and not exists (select 1 from assignment where quiz_id = q.id);
            update quiz set deleted_at = @now where owner_id = @account and deleted_at is null;
            update assignment set closed_at = @now where host_id = @account and closed_at is null;
            update account
            set user_name = '', normalized_user_name = '#' || id, password_hash = null, security_stamp = @stamp, version = version + 1, erased_at = @now
            where id = @account;
            """,
            new { account, stamp = SecretToken.Create(), now });
        await transaction.CommitAsync();
        return null;
    }

    /// <summary>What a seat is called whose name was erased.</summary>
    internal const string NoName = "—";

    /// <summary>Takes the names from seats in games, and the cookies that lead to them; a statement without its condition.</summary>
    internal const string UnnameSeats = $"update game_seat set nickname = '{NoName}', skeleton = '#' || seat, unit = null, code = null, token_hash = sha256(gen_random_uuid()::text::bytea)";

    // The rest goes with the learner's row, and so does what was merged into it
    private static Task RemoveAsync(NpgsqlConnection connection, Guid learner) => connection.ExecuteAsync(
        $"""
        delete from game_seat_token t using game_seat s
        where s.game_id = t.game_id and s.seat = t.seat and s.learner_id in (select id from learner where id = @learner or merged_into = @learner);
        {UnnameSeats}
        where learner_id = @learner or learner_id in (select id from learner where merged_into = @learner);
        delete from learner where id = @learner;
        """,
        new { learner });
}
