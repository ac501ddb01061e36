using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.People;

namespace StudyQuiz.App.Features.KeepGroups;

/// <summary>Why somebody on a list stays as they are. Resources are named after these.</summary>
public enum MemberRefusal
{
    NotFound,
    BadName,
    NumberTaken,

    /// <summary>The group is not there, or not in the same tree.</summary>
    NoGroup,
}

/// <summary>Adds people to the lists of groups, changes and takes them off.</summary>
internal static class EditMembers
{
    /// <summary>What a list would do, without doing it.</summary>
    /// <returns>Null where the group is not theirs, or was put away.</returns>
    public static async Task<IReadOnlyList<PlannedLine>?> PlanAsync(NpgsqlConnection connection, GroupScope scope, Guid group, IReadOnlyList<RosterLine> lines)
    {
        if (await Group.FindAsync(connection, group, scope) is not { ArchivedAt: null }) return null;
        var tree = await Group.TreeAsync(connection, group);
        return RosterPlan.Of(lines, group, tree, await Group.MembersAsync(connection, tree.Select(one => one.Id)));
    }

    /// <summary>Does it, in one transaction: groups that are missing are made, and what was refused stays out.</summary>
    public static async Task<IReadOnlyList<PlannedLine>?> AddAsync(NpgsqlConnection connection, GroupScope scope, Guid group, IReadOnlyList<RosterLine> lines, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await EditGroups.LockAsync(connection);
        if (await PlanAsync(connection, scope, group, lines) is not { } plan) return null;
        var owner = (await Group.FindAsync(connection, group, scope))!.Owner;
        var made = new Dictionary<string, Guid>(StringComparer.OrdinalIgnoreCase);
        var taken = new List<(Guid Group, string Name, string? Code)>();
        foreach (var line in plan.Where(line => line.Fate is LineFate.New or LineFate.Moved or LineFate.Numbered))
        {
            var into = line.Group ?? await MakeAsync(line.Line);
            if (line.Fate == LineFate.New) taken.Add((into, line.Line.Name, line.Line.Code));
            else await connection.ExecuteAsync("update group_member set group_id = @into, code = coalesce(@Code, code) where id = @Member", new { into, line.Line.Code, line.Member });
        }

        await connection.ExecuteAsync(
            "insert into group_member (id, group_id, name, code, added_at) select n.id, n.at, n.name, n.code, @now from unnest(@ids, @groups, @names, @codes) as n (id, at, name, code)",
            new { now, ids = taken.Select(_ => Guid.CreateVersion7()).ToArray(), groups = taken.Select(one => one.Group).ToArray(), names = taken.Select(one => one.Name).ToArray(), codes = taken.Select(one => one.Code).ToArray() });
        if (plan.Any(line => line.Fate is LineFate.New or LineFate.Moved or LineFate.Numbered))
        {
            await Audit.AddAsync(connection, scope.Account, AuditActs.RosterAdded, AuditActs.OfGroup(group), new { added = taken.Count, moved = plan.Count(line => line.Fate == LineFate.Moved), refused = plan.Count(line => line.Fate == LineFate.Refused) }, now);
        }

        await transaction.CommitAsync();
        return plan;

        async Task<Guid> MakeAsync(RosterLine line)
        {
            var at = group;
            for (var level = 0; level < line.Units.Count; level++)
            {
                var path = string.Join('/', line.Units.Take(level + 1));
                if (!made.TryGetValue(path, out var known))
                {
                    known = await connection.QuerySingleOrDefaultAsync<Guid?>("select id from people_group where parent_id = @at and lower(name) = lower(@name) and archived_at is null", new { at, name = line.Units[level] }) ?? Guid.CreateVersion7();
                    await EditGroups.InsertAsync(connection, known, at, owner, line.Units[level], now);
                    made[path] = known;
                }

                at = known;
            }

            return at;
        }
    }

    /// <summary>Changes somebody's name, number or group within the tree.</summary>
    public static async Task<MemberRefusal?> ChangeAsync(NpgsqlConnection connection, GroupScope scope, Guid group, Guid member, string? name, string? code, Guid into)
    {
        var clean = string.IsNullOrWhiteSpace(code) ? null : Nickname.Clean(code);
        if (Nickname.Clean(name) is not { } called || (clean is null && !string.IsNullOrWhiteSpace(code))) return MemberRefusal.BadName;
        await using var transaction = await connection.BeginTransactionAsync();
        await EditGroups.LockAsync(connection);
        if (!await IsOfAsync(connection, scope, group, member)) return MemberRefusal.NotFound;
        var tree = await Group.TreeAsync(connection, group);
        if (tree.All(one => one.Id != into)) return MemberRefusal.NoGroup;
        if (clean is not null && (await Group.MembersAsync(connection, tree.Select(one => one.Id))).Any(other => other.Id != member && string.Equals(other.Code, clean, StringComparison.OrdinalIgnoreCase))) return MemberRefusal.NumberTaken;
        await connection.ExecuteAsync("update group_member set name = @called, code = @clean, group_id = @into where id = @member", new { member, called, clean, into });
        await transaction.CommitAsync();
        return null;
    }

    /// <summary>Takes somebody off the lists of a group and those below it.</summary>
    public static async Task<bool> RemoveAsync(NpgsqlConnection connection, GroupScope scope, Guid group, Guid member, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (!await IsOfAsync(connection, scope, group, member)) return false;
        await connection.ExecuteAsync("delete from group_member where id = @member", new { member });
        await Audit.AddAsync(connection, scope.Account, AuditActs.MemberRemoved, AuditActs.OfGroup(group), new { }, now);
        await transaction.CommitAsync();
        return true;
    }

    private static Task<bool> IsOfAsync(NpgsqlConnection connection, GroupScope scope, Guid group, Guid member) =>
        connection.QuerySingleAsync<bool>(
            $"{Group.BelowSql} select exists (select 1 from group_member m join below on below.id = m.group_id join people_group g on g.id = m.group_id where m.id = @member and {GroupScope.Sql})",
            new { group, member, scope.Account, scope.IsAll });
}
