using Dapper;
using Npgsql;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.People;

namespace StudyQuiz.App.Features.KeepGroups;

/// <summary>Somebody on a group's list, as games and assignments ask for them.</summary>
/// <param name="Unit">The group that they are in, told apart where two below have one name.</param>
public sealed record ListedPerson(Guid Member, Guid Group, string Name, string? Code, string Unit, Guid? Account)
{
    public RosterEntry Entry => new(Name, Code, Unit);
}

/// <summary>The list of a group and all below it.</summary>
internal static class GroupList
{
    /// <summary>Everybody, by group and name; null where the group is not theirs, or was put away.</summary>
    public static async Task<IReadOnlyList<ListedPerson>?> FindAsync(NpgsqlConnection connection, Guid group, GroupScope scope) =>
        await Group.FindAsync(connection, group, scope) is { ArchivedAt: null } ? await OfAsync(connection, group) : null;

    public static async Task<IReadOnlyList<ListedPerson>> OfAsync(NpgsqlConnection connection, Guid group)
    {
        var tree = await Group.TreeAsync(connection, group);
        var below = RosterPlan.Below(group, tree.ToLookup(one => one.Parent));
        var names = tree.Where(one => below.Contains(one.Id)).ToLookup(one => one.Name, StringComparer.OrdinalIgnoreCase);
        var units = tree.Where(one => below.Contains(one.Id)).ToDictionary(one => one.Id, one => names[one.Name].Count() > 1 ? Apart(one, tree) : one.Name);
        var rows = await connection.QueryAsync<(Guid Member, Guid Group, string Name, string? Code, Guid? Account)>(
            "select id, group_id, name, code, account_id from group_member where group_id = any(@groups) order by name, code, id", new { groups = below.ToArray() });
        return [.. rows.Select(row => new ListedPerson(row.Member, row.Group, row.Name, row.Code, units[row.Group], row.Account)).OrderBy(person => person.Unit, StringComparer.Ordinal)];
    }

    private static string Apart(KnownGroup group, IReadOnlyList<KnownGroup> tree)
    {
        var whole = $"{tree.FirstOrDefault(one => one.Id == group.Parent)?.Name}/{group.Name}";
        return Nickname.Clean(whole) ?? group.Name;
    }
}
