using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.SignInElsewhere;

/// <summary>Another service by which somebody signs in to an account.</summary>
public sealed record ConnectedSignIn(string Issuer, string Subject, DateTime AddedAt)
{
    internal static async Task<IReadOnlyList<ConnectedSignIn>> OfAsync(NpgsqlConnection connection, Guid account) =>
        (await connection.QueryAsync<ConnectedSignIn>("select issuer, subject, added_at as AddedAt from account_login where account_id = @account order by added_at", new { account })).AsList();

    /// <summary>Connects an account; false where that person has another one here.</summary>
    internal static async Task<bool> AddAsync(NpgsqlConnection connection, Guid account, string issuer, string subject, DateTimeOffset now)
    {
        await connection.ExecuteAsync("insert into account_login (issuer, subject, account_id, added_at) values (@issuer, @subject, @account, @now) on conflict do nothing", new { issuer, subject, account, now });
        return await FindAsync(connection, issuer, subject) == account;
    }

    internal static Task<Guid?> FindAsync(NpgsqlConnection connection, string issuer, string subject) =>
        connection.QuerySingleOrDefaultAsync<Guid?>("select account_id from account_login where issuer = @issuer and subject = @subject", new { issuer, subject });

    /// <summary>Disconnects it, unless it is the last way in.</summary>
    internal static async Task<bool> RemoveAsync(NpgsqlConnection connection, Guid account, string issuer, string subject) =>
        await connection.ExecuteAsync(
            """
            with own as materialized (select id, password_hash from account where id = @account for update)
            delete from account_login
            where issuer = @issuer and subject = @subject and account_id = @account
              and exists (select from own where password_hash is not null or exists (select from account_passkey where account_id = own.id) or (select count(*) from account_login where account_id = own.id) > 1)
            """,
            new { account, issuer, subject }) == 1;
}
