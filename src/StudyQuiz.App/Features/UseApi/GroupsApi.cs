using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using StudyQuiz.App.Features.KeepGroups;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>A group. Its ETag is its version.</summary>
/// <param name="Members">How many are on its own list.</param>
public sealed record ApiGroup(Guid Id, Guid? Parent, string Name, string Owner, int Version, bool Archived, int Members);

/// <summary>A group to make.</summary>
public sealed record ApiNewGroup(string Name, Guid? Parent = null);

/// <summary>A changed group.</summary>
public sealed record ApiChangedGroup(string Name, Guid? Parent, bool Archived);

/// <summary>Somebody on a list.</summary>
/// <param name="Account">The name they sign in with, where they came by an invitation.</param>
public sealed record ApiMember(Guid Id, string Name, string? Number, Guid Group, string GroupName, string? Account);

/// <summary>A list of people.</summary>
/// <param name="Text">A line each: name, number, unit.</param>
/// <param name="Preview">Says what it would do and stores nothing.</param>
public sealed record ApiRoster(string Text, bool Preview = false);

/// <summary>What becomes of a line.</summary>
/// <param name="Fate">new, moved, numbered, unchanged or refused.</param>
/// <param name="Why">Why it is refused.</param>
public sealed record ApiRosterLine(int Line, string Name, string? Number, string? Unit, string Fate, string? Why);

/// <summary>How a group did in a game or an assignment.</summary>
/// <param name="Mean">The share of all points.</param>
public sealed record ApiGroupResult(Guid Id, string Kind, string Title, DateTimeOffset At, int Took, IReadOnlyList<string> Absent, double? Mean, int? Passed);

/// <summary>Groups of a host, their lists and reports.</summary>
internal static class GroupsApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var groups = api.MapGroup("/groups").WithTags("Groups");
        groups.MapGet("", ListAsync).Needs(ApiScopes.GroupsRead, ApiScopes.Hosts).WithName("ListGroups").WithSummary("All groups that you see, archived ones too: your own, an admin everyone's.");
        groups.MapPost("", MakeAsync).Needs(ApiScopes.GroupsWrite, ApiScopes.Hosts).WithMetadata(new TellsVersion()).WithName("MakeGroup").WithSummary("Makes a group, at the top or within another.");
        groups.MapGet("/{id:guid}", GetAsync).Needs(ApiScopes.GroupsRead, ApiScopes.Hosts).WithMetadata(new TellsVersion()).WithName("GetGroup").WithSummary("A group; its ETag names its version.");
        groups.MapPut("/{id:guid}", ChangeAsync).Needs(ApiScopes.GroupsWrite, ApiScopes.Hosts).WithMetadata(new NeedsVersion()).WithMetadata(new TellsVersion()).WithName("ChangeGroup").WithSummary("Renames, moves, archives or restores a group, from the version that If-Match names.");
        groups.MapGet("/{id:guid}/members", MembersAsync).Needs(ApiScopes.GroupsRead, ApiScopes.Hosts).WithName("ListMembers").WithSummary("The people of a group and those below it, by name.");
        groups.MapDelete("/{id:guid}/members/{member:guid}", RemoveAsync).Needs(ApiScopes.GroupsWrite, ApiScopes.Hosts).WithName("RemoveMember").WithSummary("Takes somebody off the list.");
        groups.MapPost("/{id:guid}/roster", RosterAsync).Needs(ApiScopes.GroupsWrite, ApiScopes.Hosts).WithName("AddRoster").WithSummary("Adds a list of people: what is there already stays, so that it may be sent again.");
        groups.MapGet("/{id:guid}/report", ReportAsync).Needs(ApiScopes.GroupsRead, ApiScopes.Hosts).RequireRateLimiting(RateLimits.ApiHeavy).WithName("GetGroupReport").WithSummary("How the group did in the latest games and assignments for it.");
    }

    private static async Task<Ok<ApiPage<ApiGroup>>> ListAsync(HttpContext http, NpgsqlDataSource db, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return TypedResults.Ok(ApiResults.PageOf(await Group.AllAsync(connection, GroupScope.Of(http)), after, limit, group => group.Id.ToString(), Show));
    }

    private static async Task<Results<Created<ApiGroup>, ProblemHttpResult>> MakeAsync(ApiNewGroup body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var id = Guid.CreateVersion7();
        if (await EditGroups.MakeAsync(connection, GroupScope.Of(http), id, body.Parent, body.Name, clock.Now) is { } refusal) return Refused(refusal);
        var made = (await Group.FindAsync(connection, id, GroupScope.Of(http)))!;
        ApiResults.Tag(http, made.Version);
        return TypedResults.Created($"/api/v1/groups/{id}", Show(made));
    }

    private static async Task<Results<Ok<ApiGroup>, ProblemHttpResult>> GetAsync(Guid id, HttpContext http, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Group.FindAsync(connection, id, GroupScope.Of(http)) is not { } group) return ApiResults.NotFound();
        ApiResults.Tag(http, group.Version);
        return TypedResults.Ok(Show(group));
    }

    // Each change is one of the page's; each raises the version by which the next is made
    private static async Task<Results<Ok<ApiGroup>, ProblemHttpResult>> ChangeAsync(Guid id, ApiChangedGroup body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        var (seen, missing) = ApiResults.Seen(http);
        if (missing is not null) return missing;
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var scope = GroupScope.Of(http);
        if (await Group.FindAsync(connection, id, scope) is not { } group) return ApiResults.NotFound();
        if (group.Version != seen) return ApiResults.Stale();
        GroupRefusal? refusal = null;
        if (body.Name != group.Name) refusal = await EditGroups.RenameAsync(connection, scope, id, group.Version, body.Name, clock.Now);
        group = await Group.FindAsync(connection, id, scope);
        if (refusal is null && group is not null && body.Parent != group.Parent) refusal = await EditGroups.MoveAsync(connection, scope, id, group.Version, body.Parent, clock.Now);
        group = await Group.FindAsync(connection, id, scope);
        if (refusal is null && group is not null && body.Archived != group.ArchivedAt is not null) refusal = await EditGroups.ArchiveAsync(connection, scope, id, group.Version, body.Archived, clock.Now);
        if (refusal is { } why) return Refused(why);
        if (await Group.FindAsync(connection, id, scope) is not { } now) return ApiResults.NotFound();
        ApiResults.Tag(http, now.Version);
        return TypedResults.Ok(Show(now));
    }

    private static async Task<Results<Ok<ApiPage<ApiMember>>, ProblemHttpResult>> MembersAsync(Guid id, HttpContext http, NpgsqlDataSource db, string? q = null, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Group.FindAsync(connection, id, GroupScope.Of(http)) is null) return ApiResults.NotFound();
        var size = ApiResults.Limit(limit);
        var (name, last) = after?.Split('~', 2) switch
        {
            null => ((string?)null, Guid.Empty),
            [var known, var named] when Guid.TryParse(known, out var place) => (named, place),
            _ => throw new NoSuchPlaceException(),
        };
        var rows = await GroupMember.OfAsync(connection, id, q?.Trim() is { Length: <= 100 } words ? words : "", name, last, size + 1);
        return TypedResults.Ok(ApiResults.Page(rows, size, member => new ApiMember(member.Id, member.Name, member.Code, member.Group, member.GroupName, member.Account), member => $"{member.Id}~{member.Name}"));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(Guid id, Guid member, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await EditMembers.RemoveAsync(connection, GroupScope.Of(http), id, member, clock.Now) ? TypedResults.NoContent() : ApiResults.NotFound();
    }

    private static async Task<Results<Ok<IReadOnlyList<ApiRosterLine>>, ProblemHttpResult>> RosterAsync(Guid id, ApiRoster body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        if (body.Text.Length > RosterFile.Largest) return ApiResults.Problem(StatusCodes.Status413PayloadTooLarge, "large", "A list has 4 MB at most.");
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var lines = RosterFile.Lines(body.Text);
        var plan = body.Preview ? await EditMembers.PlanAsync(connection, GroupScope.Of(http), id, lines) : await EditMembers.AddAsync(connection, GroupScope.Of(http), id, lines, clock.Now);
        return plan is null
            ? ApiResults.NotFound()
            : TypedResults.Ok<IReadOnlyList<ApiRosterLine>>([.. plan.Select(line => new ApiRosterLine(line.Line.Number, line.Line.Name, line.Line.Code, line.Line.Units.Count == 0 ? null : line.Line.Unit, ApiResults.Camel(line.Fate), line.Refusal is { } why ? ApiResults.Camel(why) : null))]);
    }

    private static async Task<Results<Ok<IReadOnlyList<ApiGroupResult>>, ProblemHttpResult>> ReportAsync(Guid id, HttpContext http, NpgsqlDataSource db, GameLoading loading)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Group.FindAsync(connection, id, GroupScope.Of(http)) is null) return ApiResults.NotFound();
        var figures = await GroupReport.OfAsync(connection, loading, GroupScope.Of(http), id);
        return TypedResults.Ok<IReadOnlyList<ApiGroupResult>>(
            [.. figures.Select(row => new ApiGroupResult(row.Event.Id, row.Event.IsGame ? "game" : "assignment", row.Event.Title, new DateTimeOffset(row.Event.At, TimeSpan.Zero), row.Took, row.Absent, row.Mean, row.Passed))]);
    }

    private static ProblemHttpResult Refused(GroupRefusal refusal) => refusal switch
    {
        GroupRefusal.NotFound => ApiResults.NotFound(),
        GroupRefusal.Changed => ApiResults.Stale(),
        GroupRefusal.NameTaken or GroupRefusal.NumberTaken => ApiResults.Conflict(ApiResults.Camel(refusal), "Something there has that name or number already."),
        _ => ApiResults.Invalid(ApiResults.Camel(refusal), "The group can't be like that."),
    };

    private static ApiGroup Show(Group group) => new(group.Id, group.Parent, group.Name, group.OwnerName, group.Version, group.ArchivedAt is not null, group.Members);
}
