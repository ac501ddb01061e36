using Dapper;
using Npgsql;
using StudyQuiz.Domain.People;

namespace StudyQuiz.App.Features.KeepGroups;

/// <summary>A group of people: 单位, 部门, 班级.</summary>
/// <param name="Owner">The host who keeps it and all below it.</param>
/// <param name="Version">Raised by every change.</param>
/// <param name="Members">How many are on its own list.</param>
public sealed record Group(Guid Id, Guid? Parent, Guid Owner, string OwnerName, string Name, int Version, DateTime? ArchivedAt, int Members)
{
    public const string List = "/groups";

    private const string Columns =
        """
        select g.id, g.parent_id as Parent, g.owner_id as Owner, a.user_name as OwnerName, g.name, g.version, g.archived_at as ArchivedAt,
          (select count(*)::int from group_member m where m.group_id = g.id) as Members
        from people_group g join account a on a.id = g.owner_id
        """;

    public static string PathOf(Guid id) => $"{List}/{id}";

    public string Path => PathOf(Id);

    internal static Task<Group?> FindAsync(NpgsqlConnection connection, Guid id, GroupScope scope) =>
        connection.QuerySingleOrDefaultAsync<Group>($"{Columns} where g.id = @id and {GroupScope.Sql}", new { id, scope.Account, scope.IsAll });

    internal static async Task<IReadOnlyList<Group>> AllAsync(NpgsqlConnection connection, GroupScope scope) =>
        (await connection.QueryAsync<Group>($"{Columns} where {GroupScope.Sql} order by g.archived_at is not null, lower(g.name), g.id", scope)).AsList();

    /// <summary>A group and all below it, by id.</summary>
    internal const string BelowSql = "with recursive below as (select id from people_group where id = @group union all select c.id from people_group c join below on c.parent_id = below.id) ";

    /// <summary>The whole tree that a group stands in.</summary>
    internal static async Task<IReadOnlyList<KnownGroup>> TreeAsync(NpgsqlConnection connection, Guid group) =>
        (await connection.QueryAsync<KnownGroup>(
            """
            with recursive up as (select id, parent_id from people_group where id = @group union all select p.id, p.parent_id from people_group p join up on up.parent_id = p.id),
            tree as (select g.id, g.parent_id, g.name from people_group g join up on up.id = g.id and up.parent_id is null union all select c.id, c.parent_id, c.name from people_group c join tree on c.parent_id = tree.id)
            select id, parent_id as Parent, name from tree
            """,
            new { group })).AsList();

    internal static async Task<IReadOnlyList<KnownMember>> MembersAsync(NpgsqlConnection connection, IEnumerable<Guid> groups) =>
        (await connection.QueryAsync<KnownMember>("select id, group_id as \"Group\", name, code from group_member where group_id = any(@groups) order by added_at, id", new { groups = groups.ToArray() })).AsList();
}

/// <summary>A group in its place.</summary>
/// <param name="Depth">0 at the top.</param>
/// <param name="Total">How many are on its list and those below.</param>
public sealed record GroupNode(Group Group, int Depth, int Total)
{
    /// <summary>In the order in which a tree is read; what was put away is left out, with all below it.</summary>
    public static IReadOnlyList<GroupNode> Of(IReadOnlyList<Group> groups)
    {
        var children = groups.Where(group => group.ArchivedAt is null).ToLookup(group => group.Parent);
        var nodes = new List<GroupNode>();
        foreach (var top in children[null]) Add(top, 0);
        return nodes;

        int Add(Group group, int depth)
        {
            var at = nodes.Count;
            nodes.Add(new GroupNode(group, depth, 0));
            var total = group.Members + children[group.Id].Sum(child => Add(child, depth + 1));
            nodes[at] = nodes[at] with { Total = total };
            return total;
        }
    }
}

/// <summary>Somebody on a list, as it is shown.</summary>
/// <param name="Account">The name they sign in with, where they came by an invitation.</param>
public sealed record GroupMember(Guid Id, Guid Group, string GroupName, string Name, string? Code, string? Account, DateTime AddedAt)
{
    public const int Page = 100;

    /// <summary>Those of a group and below, by name, after one of them.</summary>
    internal static async Task<IReadOnlyList<GroupMember>> OfAsync(NpgsqlConnection connection, Guid group, string words, string? afterName, Guid afterId, int most) =>
        (await connection.QueryAsync<GroupMember>(
            KeepGroups.Group.BelowSql +
            """
            select m.id, m.group_id as "Group", g.name as GroupName, m.name, m.code, a.user_name as Account, m.added_at as AddedAt
            from group_member m join below on below.id = m.group_id join people_group g on g.id = m.group_id left join account a on a.id = m.account_id
            where (@words = '' or position(lower(@words) in lower(m.name)) > 0 or position(lower(@words) in lower(coalesce(m.code, ''))) > 0)
              and (@afterName::text is null or (m.name, m.id) > (@afterName, @afterId))
            order by m.name, m.id limit @most
            """,
            new { group, words, afterName, afterId, most })).AsList();
}
