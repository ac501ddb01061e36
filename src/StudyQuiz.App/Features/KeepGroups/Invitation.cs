using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.KeepGroups;

/// <summary>A link that gives whoever follows it with an account roles and a place in a group, until it ends, is used up or revoked.</summary>
/// <param name="GroupName">Null where it leads into no group.</param>
/// <param name="RoleList">Parted by commas.</param>
public sealed record Invitation(Guid Id, string RoleList, Guid? Group, string? GroupName, int UsesLeft, DateTime ExpiresAt, Guid CreatedBy, string CreatedByName, int Used)
{
    /// <summary>How many may follow one link.</summary>
    public static readonly (int Least, int Most) Uses = (1, 1_000);

    /// <summary>How many days it may be good.</summary>
    public static readonly (int Least, int Most) Days = (1, 90);

    public string[] Roles => RoleList.Split(',');

    private const string Columns =
        """
        select i.id, array_to_string(i.roles, ',') as RoleList, i.group_id as "Group", g.name as GroupName, i.uses_left as UsesLeft, i.expires_at as ExpiresAt, i.created_by as CreatedBy, a.user_name as CreatedByName,
          (select count(*)::int from invitation_use u where u.invitation_id = i.id) as Used
        from invitation i left join people_group g on g.id = i.group_id join account a on a.id = i.created_by
        """;

    // Whoever made it must still be able to: a host who lost the role, or was switched off, invites nobody any more
    private const string IsGood =
        """
        i.revoked_at is null and i.uses_left > 0 and i.expires_at > @now and g.archived_at is null and a.erased_at is null and a.disabled_at is null
          and exists (select 1 from account_role r where r.account_id = i.created_by and (r.role = 'admin' or (r.role in ('host', 'editor') and i.roles <@ '{learner}')))
        """;

    public static string PathOf(string secret) => "/i/" + secret;

    /// <summary>Those that can still be followed, of a group or of none.</summary>
    internal static async Task<IReadOnlyList<Invitation>> OpenAsync(NpgsqlConnection connection, GroupScope scope, Guid? group, DateTimeOffset now) =>
        (await connection.QueryAsync<Invitation>(
            $"{Columns} where {IsGood} and i.group_id is not distinct from @group and (@IsAll or i.created_by = @Account) order by i.created_at desc limit 50", new { group, now, scope.Account, scope.IsAll })).AsList();

    /// <summary>All that can still be followed, whatever they lead into, the newest first.</summary>
    internal static async Task<IReadOnlyList<Invitation>> AllAsync(NpgsqlConnection connection, GroupScope scope, Guid? after, int count, DateTimeOffset now) =>
        (await connection.QueryAsync<Invitation>(
            $"{Columns} where {IsGood} and (@IsAll or i.created_by = @Account) and (@after::uuid is null or i.id < @after) order by i.id desc limit @count", new { after, count, now, scope.Account, scope.IsAll })).AsList();

    /// <summary>One that can still be followed.</summary>
    internal static Task<Invitation?> FindAsync(NpgsqlConnection connection, GroupScope scope, Guid id, DateTimeOffset now) =>
        connection.QuerySingleOrDefaultAsync<Invitation>($"{Columns} where {IsGood} and i.id = @id and (@IsAll or i.created_by = @Account)", new { id, now, scope.Account, scope.IsAll });

    /// <summary>One that can still be followed, by its secret.</summary>
    internal static Task<Invitation?> FindAsync(NpgsqlConnection connection, string secret, DateTimeOffset now) =>
        connection.QuerySingleOrDefaultAsync<Invitation>($"{Columns} where {IsGood} and i.secret_hash = @hash", new { hash = SecretToken.Hash(secret), now });

    /// <summary>Makes one; hosts invite learners into their own groups, admins anybody.</summary>
    /// <returns>The secret, which is not kept; null where that is not theirs to give.</returns>
    internal static async Task<string?> MakeAsync(NpgsqlConnection connection, GroupScope scope, Guid id, IReadOnlyCollection<string> roles, Guid? group, int uses, int days, DateTimeOffset now)
    {
        var given = Platform.Roles.All.Intersect(roles.DefaultIfEmpty(Platform.Roles.Learner), StringComparer.Ordinal).ToArray();
        if (!scope.IsAll && (group is null || given is not [Platform.Roles.Learner])) return null;
        await using var transaction = await connection.BeginTransactionAsync();
        if (group is { } into && await Groups(connection, into, scope) is null) return null;
        var secret = SecretToken.Create(128);
        var made = await connection.ExecuteAsync(
            """
            insert into invitation (id, secret_hash, roles, group_id, uses_left, expires_at, created_by, created_at)
            values (@id, @hash, @given, @group, @uses, @until, @Account, @now) on conflict (id) do nothing
            """,
            new { id, hash = SecretToken.Hash(secret), given, group, uses = Math.Clamp(uses, Uses.Least, Uses.Most), until = now.AddDays(Math.Clamp(days, Days.Least, Days.Most)), scope.Account, now });
        if (made == 0) return null;
        await Audit.AddAsync(connection, scope.Account, AuditActs.Invited, AuditActs.OfInvitation(id), new { roles = given, group, uses, days }, now);
        await transaction.CommitAsync();
        return secret;
    }

    /// <summary>Gives an open invitation another link, by which it goes on as it is; the one that it had is dead.</summary>
    /// <returns>The secret, which is not kept, and the group it leads into; null where there is no such invitation, or not theirs.</returns>
    internal static async Task<(string Secret, Guid? Group)?> RenewAsync(NpgsqlConnection connection, GroupScope scope, Guid id, DateTimeOffset now)
    {
        var secret = SecretToken.Create(128);
        await using var transaction = await connection.BeginTransactionAsync();
        var renewed = await connection.QuerySingleOrDefaultAsync<(Guid Id, Guid? Group)?>(
            $"""
            update invitation set secret_hash = @hash
            where id = (select i.id from invitation i left join people_group g on g.id = i.group_id join account a on a.id = i.created_by
                        where i.id = @id and {IsGood} and (@IsAll or i.created_by = @Account) for update of i)
            returning id, group_id
            """,
            new { id, hash = SecretToken.Hash(secret), now, scope.Account, scope.IsAll });
        if (renewed is not { } found) return null;
        await Audit.AddAsync(connection, scope.Account, AuditActs.InvitationRenewed, AuditActs.OfInvitation(id), new { }, now);
        await transaction.CommitAsync();
        return (secret, found.Group);
    }

    internal static async Task<bool> RevokeAsync(NpgsqlConnection connection, GroupScope scope, Guid id, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var revoked = await connection.ExecuteAsync("update invitation set revoked_at = @now where id = @id and revoked_at is null and (@IsAll or created_by = @Account)", new { id, now, scope.Account, scope.IsAll });
        if (revoked == 0) return false;
        await Audit.AddAsync(connection, scope.Account, AuditActs.InvitationRevoked, AuditActs.OfInvitation(id), new { }, now);
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Gives an account what a link gives, once. False where it is over.</summary>
    internal static async Task<bool> UseAsync(NpgsqlConnection connection, string secret, Guid account, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("select 1 from invitation where secret_hash = @hash for update", new { hash = SecretToken.Hash(secret) });
        if (await FindAsync(connection, secret, now) is not { } found) return false;
        if (await connection.ExecuteAsync("insert into invitation_use (invitation_id, account_id, used_at) values (@Id, @account, @now) on conflict do nothing", new { found.Id, account, now }) == 0) return true;
        await connection.ExecuteAsync(
            """
            update invitation set uses_left = uses_left - 1 where id = @Id;
            insert into account_role (account_id, role) select @account, role from unnest(@Roles) role on conflict do nothing;
            update account set version = version + 1 where id = @account;
            insert into group_member (id, group_id, name, account_id, added_at) select @member, @Group, user_name, @account, @now from account where id = @account and @Group is not null on conflict do nothing;
            """,
            new { found.Id, found.Roles, found.Group, account, member = Guid.CreateVersion7(), now });
        await Audit.AddAsync(connection, account, AuditActs.InvitationUsed, AuditActs.OfAccount(account), new { found.Roles, group = found.GroupName, by = found.CreatedByName }, now);
        await transaction.CommitAsync();
        return true;
    }

    private static async Task<Group?> Groups(NpgsqlConnection connection, Guid group, GroupScope scope) =>
        await KeepGroups.Group.FindAsync(connection, group, scope) is { ArchivedAt: null } found ? found : null;
}
