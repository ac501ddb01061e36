using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.FirstAdmin;

/// <summary>The one-use link that makes the first admin. It is dead as soon as there is an admin, however that one was made.</summary>
public sealed class FirstAdminLink(NpgsqlDataSource db)
{
    private const int SecretBits = 256;

    /// <summary>The path to show whoever started the server, in place of any earlier one. Null where there is an admin.</summary>
    public async Task<string?> CreateAsync(CancellationToken stop = default)
    {
        var secret = SecretToken.Create(SecretBits);
        await using var connection = await db.OpenConnectionAsync(stop);
        var rows = await connection.ExecuteAsync(new CommandDefinition(
            """
            with replaced as (delete from capability_link where purpose = 'first_admin' and used_at is null)
            insert into capability_link (secret_hash, purpose)
            select @hash, 'first_admin' where not exists (select from account_role where role = 'admin')
            """,
            new { hash = SecretToken.Hash(secret) },
            cancellationToken: stop));
        return rows == 1 ? "/first-admin/" + secret : null;
    }

    public async Task<bool> IsGoodAsync(string? secret, CancellationToken stop)
    {
        if (secret is null) return false;
        await using var connection = await db.OpenConnectionAsync(stop);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition(
            """
            select exists (
              select from capability_link
              where secret_hash = @hash and purpose = 'first_admin' and used_at is null
                and not exists (select from account_role where role = 'admin'))
            """,
            new { hash = SecretToken.Hash(secret) },
            cancellationToken: stop));
    }

    /// <summary>Uses the link up, in the caller's transaction: of two at once the second waits and then finds it used.</summary>
    public static async Task<bool> UseAsync(NpgsqlConnection connection, string secret, CancellationToken stop) =>
        await connection.ExecuteAsync(new CommandDefinition(
            """
            update capability_link set used_at = now()
            where secret_hash = @hash and purpose = 'first_admin' and used_at is null
              and not exists (select from account_role where role = 'admin')
            """,
            new { hash = SecretToken.Hash(secret) },
            cancellationToken: stop)) == 1;
}
