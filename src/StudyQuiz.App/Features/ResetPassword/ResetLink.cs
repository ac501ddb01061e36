using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ResetPassword;

/// <summary>A one-use link that lets whoever holds it choose a new password for one account. A later one takes the place of an earlier one.</summary>
internal static class ResetLink
{
    public const string Path = "/reset-password";

    /// <summary>How long an admin's link is good: it may be handed over on paper.</summary>
    public static readonly TimeSpan AdminsLifetime = TimeSpan.FromHours(24);

    /// <summary>How long a link in a mail is good.</summary>
    public static readonly TimeSpan MailsLifetime = TimeSpan.FromHours(1);

    private const string IsGood = "secret_hash = @hash and purpose = 'password_reset' and used_at is null and expires_at > @now";

    /// <summary>The path to hand to the account's owner, stored in the caller's transaction; null where there is no such account.</summary>
    public static async Task<string?> CreateAsync(NpgsqlConnection connection, Guid account, TimeSpan lifetime, DateTimeOffset now, CancellationToken stop)
    {
        var secret = SecretToken.Create();
        // Two statements, for one statement's deletion and insertion see the same rows; what has ended goes on the way
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from capability_link where (purpose = 'password_reset' and account_id = @account) or expires_at < @now - interval '1 day'",
            new { account, now },
            cancellationToken: stop));
        var made = await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into capability_link (secret_hash, purpose, account_id, created_at, expires_at)
            select @hash, 'password_reset', id, @now, @until from account where id = @account and erased_at is null and disabled_at is null
            """,
            new { hash = SecretToken.Hash(secret), account, now, until = now + lifetime },
            cancellationToken: stop));
        return made == 1 ? $"{Path}/{secret}" : null;
    }

    /// <summary>Whose password may be chosen with a secret; null where the link is used, replaced or over.</summary>
    public static async Task<string?> FindNameAsync(NpgsqlConnection connection, string? secret, DateTimeOffset now, CancellationToken stop) =>
        secret is null ? null : await connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            $"select user_name from account where id = (select account_id from capability_link where {IsGood})",
            new { hash = SecretToken.Hash(secret), now },
            cancellationToken: stop));

    /// <summary>Uses the link up and sets the password, together; a new stamp ends every session. Null where somebody was faster.</summary>
    public static async Task<Guid?> UseAsync(NpgsqlConnection connection, string secret, string passwordHash, DateTimeOffset now, CancellationToken stop) =>
        await connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            $"""
            with used as (update capability_link set used_at = @now where {IsGood} returning account_id)
            update account set password_hash = @passwordHash, security_stamp = @stamp, version = version + 1
            from used where id = used.account_id and erased_at is null and disabled_at is null
            returning id
            """,
            new { hash = SecretToken.Hash(secret), now, passwordHash, stamp = SecretToken.Create() },
            cancellationToken: stop));
}
