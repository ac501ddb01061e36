using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.People;

namespace StudyQuiz.App.Features.KeepGroups;

/// <summary>Why a group stays as it is. Resources are named after these.</summary>
public enum GroupRefusal
{
    /// <summary>It is not there, or not theirs.</summary>
    NotFound,
    BadName,

    /// <summary>Beside it there is one of that name.</summary>
    NameTaken,

    /// <summary>Somebody changed it meanwhile.</summary>
    Changed,

    /// <summary>Groups lie in each other no further than <see cref="RosterPlan.Deepest"/>.</summary>
    Deep,

    /// <summary>It would lie in itself.</summary>
    Circle,

    /// <summary>A number of its people is somebody else's there.</summary>
    NumberTaken,

    /// <summary>There is no such host.</summary>
    NoHost,
}

/// <summary>Makes groups, renames, moves and puts them away. Changes of the tree come one after the other; each is on record.</summary>
internal static class EditGroups
{
    public const int Longest = 20;

    /// <summary>One at a time: what was looked at holds until the end of the transaction.</summary>
    public static Task LockAsync(NpgsqlConnection connection) => connection.ExecuteAsync("select pg_advisory_xact_lock(hashtext('studyquiz.groups'))");

    public static async Task<GroupRefusal?> MakeAsync(NpgsqlConnection connection, GroupScope scope, Guid id, Guid? parent, string? name, DateTimeOffset now)
    {
        if (Nickname.Clean(name, Longest) is not { } clean) return GroupRefusal.BadName;
        await using var transaction = await connection.BeginTransactionAsync();
        await LockAsync(connection);
        if (await connection.QuerySingleAsync<bool>("select exists (select 1 from people_group where id = @id)", new { id })) return await Group.FindAsync(connection, id, scope) is null ? GroupRefusal.NotFound : null;
        var owner = scope.Account;
        if (parent is { } into)
        {
            if (await Group.FindAsync(connection, into, scope) is not { ArchivedAt: null } found) return GroupRefusal.NotFound;
            if (RosterPlan.DepthOf(into, await Group.TreeAsync(connection, into)) >= RosterPlan.Deepest) return GroupRefusal.Deep;
            owner = found.Owner;
        }

        if (!await InsertAsync(connection, id, parent, owner, clean, now)) return GroupRefusal.NameTaken;
        await Audit.AddAsync(connection, scope.Account, AuditActs.GroupMade, AuditActs.OfGroup(id), new { name = clean }, now);
        await transaction.CommitAsync();
        return null;
    }

    internal static async Task<bool> InsertAsync(NpgsqlConnection connection, Guid id, Guid? parent, Guid owner, string name, DateTimeOffset now) =>
        await connection.ExecuteAsync(
            "insert into people_group (id, parent_id, owner_id, name, created_at) values (@id, @parent, @owner, @name, @now) on conflict do nothing", new { id, parent, owner, name, now }) == 1;

    public static Task<GroupRefusal?> RenameAsync(NpgsqlConnection connection, GroupScope scope, Guid id, int version, string? name, DateTimeOffset now) =>
        ChangeAsync(connection, scope, id, version, AuditActs.GroupRenamed, now, async group =>
        {
            if (Nickname.Clean(name, Longest) is not { } clean) return (GroupRefusal.BadName, null);
            if (await HasAsync(connection, group.Owner, group.Parent, clean, id)) return (GroupRefusal.NameTaken, null);
            await connection.ExecuteAsync("update people_group set name = @clean where id = @id", new { id, clean });
            return (null, new { before = group.Name, after = clean });
        });

    /// <summary>Puts a group with all below it into another, or to the top. In another host's it becomes theirs.</summary>
    public static Task<GroupRefusal?> MoveAsync(NpgsqlConnection connection, GroupScope scope, Guid id, int version, Guid? parent, DateTimeOffset now) =>
        ChangeAsync(connection, scope, id, version, AuditActs.GroupMoved, now, async group =>
        {
            if (parent == group.Parent) return (null, null);
            var own = await Group.TreeAsync(connection, id);
            var children = own.ToLookup(one => one.Parent);
            var moved = RosterPlan.Below(id, children);
            if (parent is { } same && moved.Contains(same)) return (GroupRefusal.Circle, null);
            var owner = group.Owner;
            if (parent is { } into)
            {
                if (await Group.FindAsync(connection, into, scope) is not { ArchivedAt: null } found) return (GroupRefusal.NotFound, null);
                owner = found.Owner;
                var tree = await Group.TreeAsync(connection, into);
                if (RosterPlan.DepthOf(into, tree) + Height(id, children) > RosterPlan.Deepest) return (GroupRefusal.Deep, null);
                if (tree.All(one => one.Id != id) && await ClashAsync(connection, moved, tree.Select(one => one.Id))) return (GroupRefusal.NumberTaken, null);
            }

            if (await HasAsync(connection, owner, parent, group.Name, id)) return (GroupRefusal.NameTaken, null);
            await connection.ExecuteAsync(
                "update people_group set owner_id = @owner where id = any(@moved); update people_group set parent_id = @parent where id = @id", new { id, parent, owner, moved = moved.ToArray() });
            return (null, new { group.Name, from = group.Parent, to = parent });
        });

    /// <summary>Puts a group away, or takes it out again. Its people stay on its list; nothing new is opened for it.</summary>
    public static Task<GroupRefusal?> ArchiveAsync(NpgsqlConnection connection, GroupScope scope, Guid id, int version, bool away, DateTimeOffset now) =>
        ChangeAsync(connection, scope, id, version, away ? AuditActs.GroupArchived : AuditActs.GroupRestored, now, async group =>
        {
            if (away == group.ArchivedAt is not null) return (null, null);
            if (!away && await HasAsync(connection, group.Owner, group.Parent, group.Name, id)) return (GroupRefusal.NameTaken, null);
            await connection.ExecuteAsync("update people_group set archived_at = @at where id = @id", new { id, at = away ? now : (DateTimeOffset?)null });
            return (null, new { group.Name });
        });

    /// <summary>Gives a tree to another host, by name. Admins do that.</summary>
    public static Task<GroupRefusal?> GiveAsync(NpgsqlConnection connection, GroupScope scope, Guid id, int version, string? host, DateTimeOffset now) =>
        ChangeAsync(connection, scope, id, version, AuditActs.GroupGiven, now, async group =>
        {
            if (!scope.IsAll || group.Parent is not null) return (GroupRefusal.NotFound, null);
            var heir = await connection.QuerySingleOrDefaultAsync<Guid?>(
                """
                select id from account a where normalized_user_name = @key and erased_at is null and disabled_at is null
                  and exists (select 1 from account_role r where r.account_id = a.id and r.role in ('host', 'editor', 'admin'))
                """,
                new { key = Platform.Identity.UserName.SearchKey(host) });
            if (heir is null) return (GroupRefusal.NoHost, null);
            if (await HasAsync(connection, heir.Value, null, group.Name, id)) return (GroupRefusal.NameTaken, null);
            var moved = RosterPlan.Below(id, (await Group.TreeAsync(connection, id)).ToLookup(one => one.Parent));
            await connection.ExecuteAsync("update people_group set owner_id = @heir where id = any(@moved)", new { heir, moved = moved.ToArray() });
            return (null, new { group.Name, from = group.OwnerName, to = host?.Trim() });
        });

    private static async Task<GroupRefusal?> ChangeAsync(NpgsqlConnection connection, GroupScope scope, Guid id, int version, string act, DateTimeOffset now, Func<Group, Task<(GroupRefusal?, object?)>> change)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await LockAsync(connection);
        if (await Group.FindAsync(connection, id, scope) is not { } group) return GroupRefusal.NotFound;
        if (group.Version != version) return GroupRefusal.Changed;
        var (refusal, told) = await change(group);
        if (refusal is not null || told is null) return refusal;
        await connection.ExecuteAsync("update people_group set version = version + 1 where id = @id", new { id });
        await Audit.AddAsync(connection, scope.Account, act, AuditActs.OfGroup(id), told, now);
        await transaction.CommitAsync();
        return null;
    }

    private static Task<bool> HasAsync(NpgsqlConnection connection, Guid owner, Guid? parent, string name, Guid but) =>
        connection.QuerySingleAsync<bool>(
            "select exists (select 1 from people_group where owner_id = @owner and parent_id is not distinct from @parent and lower(name) = lower(@name) and archived_at is null and id <> @but)",
            new { owner, parent, name, but });

    private static Task<bool> ClashAsync(NpgsqlConnection connection, IEnumerable<Guid> moved, IEnumerable<Guid> there) =>
        connection.QuerySingleAsync<bool>(
            "select exists (select 1 from group_member m join group_member t on lower(t.code) = lower(m.code) where m.group_id = any(@moved) and t.group_id = any(@there))",
            new { moved = moved.ToArray(), there = there.ToArray() });

    private static int Height(Guid group, ILookup<Guid?, KnownGroup> children) => 1 + children[group].Select(child => Height(child.Id, children)).DefaultIfEmpty(0).Max();
}
