using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace StudyQuiz.App.Platform.Identity;

/// <summary>Keeps passkeys.</summary>
public sealed partial class AccountStore : IUserPasskeyStore<Account>
{
    /// <summary>The most that one account may have: each is a device or a key on somebody's ring.</summary>
    public const int MostPasskeys = 20;

    /// <summary>Adds a passkey, in the caller's transaction if there is one. False where it is somebody else's, or there are too many.</summary>
    public static async Task<bool> AddPasskeyAsync(NpgsqlConnection connection, Guid account, UserPasskeyInfo passkey, CancellationToken stop) =>
        await connection.ExecuteAsync(new CommandDefinition(
            """
            insert into account_passkey as known (credential_id, account_id, name, passkey, created_at)
            select @CredentialId, @account, @Name, @json::jsonb, @CreatedAt where (select count(*) from account_passkey where account_id = @account) < @MostPasskeys
            on conflict (credential_id) do update set passkey = excluded.passkey, name = coalesce(excluded.name, known.name) where known.account_id = @account
            """,
            new { passkey.CredentialId, account, passkey.Name, json = JsonSerializer.Serialize(passkey), CreatedAt = passkey.CreatedAt.ToUniversalTime(), MostPasskeys },
            cancellationToken: stop)) == 1;

    /// <summary>Keeps what a use changed, its counter above all, unless somebody took it away in the meantime.</summary>
    public static async Task<bool> UsePasskeyAsync(NpgsqlConnection connection, Guid account, UserPasskeyInfo passkey, DateTimeOffset now, CancellationToken stop) =>
        await connection.ExecuteAsync(new CommandDefinition(
            "update account_passkey set passkey = @json::jsonb, used_at = @now where credential_id = @CredentialId and account_id = @account",
            new { passkey.CredentialId, account, json = JsonSerializer.Serialize(passkey), now },
            cancellationToken: stop)) == 1;

    /// <summary>Takes a passkey away, unless it is the last way in of an account without a password.</summary>
    public static async Task<bool> RemovePasskeyAsync(NpgsqlConnection connection, Guid account, byte[] credentialId, CancellationToken stop) =>
        await connection.ExecuteAsync(new CommandDefinition(
            """
            with own as materialized (select id, password_hash from account where id = @account for update)
            delete from account_passkey
            where credential_id = @credentialId and account_id = @account
              and exists (select from own where password_hash is not null or (select count(*) from account_passkey where account_id = own.id) > 1)
            """,
            new { account, credentialId },
            cancellationToken: stop)) == 1;

    public async Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        await using var connection = await db.OpenConnectionAsync(cancellationToken);
        await AddPasskeyAsync(connection, user.Id, passkey, cancellationToken);
    }

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        await FindPasskeysAsync("account_id = @Id order by created_at", new { user.Id }, cancellationToken);

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) =>
        (await FindPasskeysAsync("credential_id = @credentialId and account_id = @Id", new { credentialId, user.Id }, cancellationToken)).SingleOrDefault();

    public Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        FindAsync("where id = (select account_id from account_passkey where credential_id = @credentialId) and erased_at is null and disabled_at is null", new { credentialId }, cancellationToken);

    public async Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken)
    {
        await using var connection = await db.OpenConnectionAsync(cancellationToken);
        await RemovePasskeyAsync(connection, user.Id, credentialId, cancellationToken);
    }

    private async Task<List<UserPasskeyInfo>> FindPasskeysAsync(string where, object parameters, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        var rows = await connection.QueryAsync<string>(new CommandDefinition("select passkey::text from account_passkey where " + where, parameters, cancellationToken: stop));
        return [.. rows.Select(json => JsonSerializer.Deserialize<UserPasskeyInfo>(json)!)];
    }
}
