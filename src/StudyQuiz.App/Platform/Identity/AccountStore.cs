using Dapper;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace StudyQuiz.App.Platform.Identity;

/// <summary>Keeps accounts for ASP.NET Core Identity in PostgreSQL. The setters that Identity asks for are in the other part.</summary>
public sealed partial class AccountStore(NpgsqlDataSource db) : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserRoleStore<Account>
{
    private const string Select =
        """
        select id, user_name, normalized_user_name, password_hash, security_stamp, version,
          array(select role from account_role where account_id = account.id order by role) as Roles
        from account

        """;

    /// <summary>The code of the error that an update ends with where it would leave nobody to manage people.</summary>
    public const string LastAdmin = nameof(LastAdmin);

    /// <summary>Adds an account with its roles, in the caller's transaction if there is one. False where the name is taken.</summary>
    public static async Task<bool> InsertAsync(NpgsqlConnection connection, Account account, CancellationToken stop) =>
        await connection.QuerySingleAsync<bool>(new CommandDefinition(
            """
            with made as (
              insert into account (id, user_name, normalized_user_name, password_hash, security_stamp, version)
              values (@Id, @UserName, @NormalizedUserName, @PasswordHash, @SecurityStamp, @Version)
              on conflict (normalized_user_name) do nothing
              returning id),
            given as (
              insert into account_role (account_id, role) select made.id, role from made, unnest(@Roles) role)
            select exists (select from made)
            """,
            account,
            cancellationToken: stop));

    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        await using var connection = await db.OpenConnectionAsync(cancellationToken);
        return await InsertAsync(connection, user, cancellationToken)
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityErrorDescriber().DuplicateUserName(user.UserName));
    }

    /// <summary>Writes an account and its roles, unless it changed since it was read or the last admin would go.</summary>
    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        await using var connection = await db.OpenConnectionAsync(cancellationToken);
        return await SaveAsync(connection, user, cancellationToken);
    }

    /// <summary>The same in the caller's transaction.</summary>
    public static async Task<IdentityResult> SaveAsync(NpgsqlConnection connection, Account user, CancellationToken cancellationToken)
    {
        // Of two updates that each take one of the last two admins, the second waits for the first one's locks and then counts
        // what is left. The order keeps them from waiting for each other.
        var (version, lastAdmin) = await connection.QuerySingleAsync<(int?, bool)>(new CommandDefinition(
            """
            with locked as materialized (
              select account_id from account_role where role = 'admin' order by account_id for update),
            admins as materialized (
              select l.account_id from locked l join account a on a.id = l.account_id where a.disabled_at is null),
            last_admin as materialized (
              select count(*) = 1 and bool_and(account_id = @Id) and not 'admin' = any(@Roles) as refused from admins),
            saved as (
              update account
              set user_name = @UserName, normalized_user_name = @NormalizedUserName, password_hash = @PasswordHash,
                security_stamp = @SecurityStamp, version = version + 1
              where id = @Id and version = @Version and not (select refused from last_admin)
              returning version),
            taken as (
              delete from account_role using saved where account_id = @Id and role <> all(@Roles)),
            given as (
              insert into account_role (account_id, role) select @Id, role from saved, unnest(@Roles) role on conflict do nothing)
            select (select version from saved), (select refused from last_admin)
            """,
            user,
            cancellationToken: cancellationToken));
        if (version is null)
        {
            return IdentityResult.Failed(lastAdmin
                ? new IdentityError { Code = LastAdmin, Description = "The last admin keeps the role." }
                : new IdentityErrorDescriber().ConcurrencyFailure());
        }

        user.Version = version.Value;
        return IdentityResult.Success;
    }

    public async Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken)
    {
        await using var connection = await db.OpenConnectionAsync(cancellationToken);
        var rows = await connection.ExecuteAsync(new CommandDefinition(
            "delete from account where id = @Id and version = @Version", user, cancellationToken: cancellationToken));
        return rows == 1 ? IdentityResult.Success : IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
    }

    /// <summary>Gives an account a new stamp, which ends every cookie that carries the old one, those that were copied too.</summary>
    public static Task EndSessionsAsync(NpgsqlConnection connection, Guid account, CancellationToken stop) =>
        connection.ExecuteAsync(new CommandDefinition(
            "update account set security_stamp = @stamp, version = version + 1 where id = @account", new { account, stamp = SecretToken.Create() }, cancellationToken: stop));

    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) =>
        Guid.TryParse(userId, out var id) ? await FindAsync("where id = @id and erased_at is null and disabled_at is null", new { id }, cancellationToken) : null;

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        FindAsync("where normalized_user_name = @normalizedUserName and disabled_at is null", new { normalizedUserName }, cancellationToken);

    /// <summary>An account whether it was switched off or not.</summary>
    public Task<Account?> FindAnyAsync(Guid id, CancellationToken stop) => FindAsync("where id = @id and erased_at is null", new { id }, stop);

    /// <summary>Switches an account off or on, in the caller's transaction: off, it is nobody to Identity, and its sessions end.</summary>
    /// <returns>False where nothing changed: it is so already, or it is the last admin that is not off.</returns>
    public static async Task<bool> SwitchAsync(NpgsqlConnection connection, Guid account, bool off, DateTimeOffset now) =>
        await connection.ExecuteAsync(
            """
            with admins as materialized (select account_id from account_role where role = 'admin' order by account_id for update),
            rest as materialized (select exists (select 1 from admins join account a on a.id = account_id where a.id <> @account and a.disabled_at is null) as others, exists (select 1 from admins where account_id = @account) as is_admin)
            update account set disabled_at = case when @off then @now end, security_stamp = @stamp, version = version + 1
            where id = @account and erased_at is null and (disabled_at is null) = @off and (not @off or (select others or not is_admin from rest))
            """,
            new { account, off, now, stamp = SecretToken.Create() }) == 1;

    public async Task<IList<Account>> GetUsersInRoleAsync(string roleName, CancellationToken cancellationToken)
    {
        await using var connection = await db.OpenConnectionAsync(cancellationToken);
        var accounts = await connection.QueryAsync<Account>(new CommandDefinition(
            Select + "where id in (select account_id from account_role where role = lower(@roleName)) order by normalized_user_name",
            new { roleName },
            cancellationToken: cancellationToken));
        return accounts.AsList();
    }

    private async Task<Account?> FindAsync(string where, object parameters, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        return await connection.QuerySingleOrDefaultAsync<Account>(new CommandDefinition(Select + where, parameters, cancellationToken: stop));
    }

    // The data source outlives the store.
    void IDisposable.Dispose()
    {
    }
}
