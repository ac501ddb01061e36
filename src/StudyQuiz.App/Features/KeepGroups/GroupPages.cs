using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.People;

namespace StudyQuiz.App.Features.KeepGroups;

/// <summary>Puts the pages of groups together.</summary>
internal static class GroupPages
{
    public static async Task<IResult> TreeAsync(HttpContext http, NpgsqlDataSource db, string? refused = null, string? typed = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var scope = GroupScope.Of(http);
        var all = await Group.AllAsync(connection, scope);
        return Pages.Render<GroupsPage>(
            new { Nodes = GroupNode.Of(all), Archived = (IReadOnlyList<Group>)[.. all.Where(group => group.ArchivedAt is not null)], Own = scope.Account, Refused = refused, Typed = typed },
            refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <param name="refused">The resource that says what was not done.</param>
    /// <param name="why">More of that.</param>
    /// <param name="typed">The name that was typed.</param>
    /// <param name="act">What was to be done to the group.</param>
    /// <param name="text">A list that was given.</param>
    /// <param name="plan">What it would do.</param>
    /// <param name="link">An invitation that was just made.</param>
    /// <param name="refusedMember">Who stayed as they were.</param>
    public static async Task<IResult> PageAsync(
        NpgsqlConnection connection, HttpContext http, Guid id, Clock clock, string? refused = null, string? why = null, string? typed = null, string? act = null, string? text = null,
        IReadOnlyList<PlannedLine>? plan = null, string? link = null, Guid? refusedMember = null)
    {
        var scope = GroupScope.Of(http);
        if (await Group.FindAsync(connection, id, scope) is not { } group) return Pages.NotFound();
        http.Response.Headers.CacheControl = "private, no-store";
        var query = http.Request.Query;
        var words = query["q"].ToString().Trim();
        var (afterName, afterId) = query["after"].ToString().Split('\n') is [var name, var last] && Guid.TryParse(last, out var known) ? (name, known) : (null, Guid.Empty);
        var members = await GroupMember.OfAsync(connection, id, words.Length > 100 ? words[..100] : words, afterName, afterId, GroupMember.Page + 1);
        var all = await Group.AllAsync(connection, scope);
        return Pages.Render<GroupPage>(
            new
            {
                View = new GroupView(
                    group, GroupNode.Of(all), all, [.. members.Take(GroupMember.Page)], members.Count > GroupMember.Page, words, afterName is not null, await Invitation.OpenAsync(connection, scope, id, clock.Now),
                    await GroupReport.ListAsync(connection, scope, id, 5), scope.IsAll, scope.Account),
                Refused = refused,
                Why = why,
                Typed = typed,
                Act = act,
                Text = text,
                Plan = plan,
                Link = link,
                RefusedMember = refusedMember,
                Done = query["done"].ToString(),
                Added = int.TryParse(query["added"], out var added) ? added : (int?)null,
                Changed = int.TryParse(query["changed"], out var changed) ? changed : 0,
            },
            refused switch { null => StatusCodes.Status200OK, "Changed" => StatusCodes.Status409Conflict, "Large" => StatusCodes.Status413PayloadTooLarge, _ => StatusCodes.Status422UnprocessableEntity });
    }
}

/// <summary>What a group's page shows.</summary>
/// <param name="Nodes">All groups that the viewer may see, in order.</param>
/// <param name="All">The same with those that were put away.</param>
/// <param name="Held">The latest games and assignments for it.</param>
public sealed record GroupView(
    Group Group, IReadOnlyList<GroupNode> Nodes, IReadOnlyList<Group> All, IReadOnlyList<GroupMember> Members, bool HasMore, string Words, bool IsLater, IReadOnlyList<Invitation> Invitations,
    IReadOnlyList<HeldEvent> Held, bool IsAdmin, Guid Viewer)
{
    /// <summary>How many are on its list and those below.</summary>
    public int Total => Nodes.FirstOrDefault(node => node.Group.Id == Group.Id)?.Total ?? Group.Members;

    /// <summary>Its own tree, to choose a place within.</summary>
    public IEnumerable<GroupNode> Tree
    {
        get
        {
            var top = Top(Group.Id);
            return Nodes.Where(node => Top(node.Group.Id) == top);
        }
    }

    /// <summary>Those that it may be put into.</summary>
    public IEnumerable<GroupNode> Places => Nodes.Where(node => !IsBelow(node.Group.Id, Group.Id) && (IsAdmin || node.Group.Owner == Group.Owner));

    /// <summary>Its name with those above.</summary>
    public IReadOnlyList<Group> Path
    {
        get
        {
            var path = new List<Group>();
            for (var at = Find(Group.Id); at is not null && path.Count <= All.Count; at = at.Parent is { } parent ? Find(parent) : null) path.Insert(0, at);
            return path;
        }
    }

    private Group? Find(Guid id) => All.FirstOrDefault(group => group.Id == id);

    private Guid Top(Guid id)
    {
        var at = Find(id);
        for (var steps = 0; at?.Parent is { } parent && steps <= All.Count; steps++) at = Find(parent) ?? at;
        return at?.Id ?? id;
    }

    private bool IsBelow(Guid id, Guid above)
    {
        var at = Find(id);
        for (var steps = 0; at is not null && steps <= All.Count; steps++)
        {
            if (at.Id == above) return true;
            at = at.Parent is { } parent ? Find(parent) : null;
        }

        return false;
    }
}
