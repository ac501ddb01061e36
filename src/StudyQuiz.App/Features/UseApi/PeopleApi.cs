using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using StudyQuiz.App.Features.KeepGroups;
using StudyQuiz.App.Features.ManagePeople;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;
using StudyQuiz.Domain.Attempts;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>An account. Its ETag is its version.</summary>
/// <param name="Off">Whether it was switched off.</param>
/// <param name="SeenAt">When a browser of theirs last came, to the hour.</param>
/// <param name="ExtraTime">What they have of the time that others have: 1 is no more.</param>
public sealed record ApiPerson(Guid Id, string Name, IReadOnlyList<string> Roles, bool Off, DateTimeOffset CreatedAt, DateTimeOffset? SeenAt, decimal ExtraTime, int Version);

/// <summary>All roles of an account.</summary>
/// <param name="Roles">Of learner, host, editor, admin.</param>
public sealed record ApiRoles(IReadOnlyList<string> Roles);

/// <summary>Whether an account is switched off.</summary>
public sealed record ApiSwitch(bool Off);

/// <summary>What somebody has of the time that others have.</summary>
/// <param name="ExtraTime">1, 1.25, 1.5 or 2.</param>
public sealed record ApiExtraTime(decimal ExtraTime);

/// <summary>A link that can be followed.</summary>
/// <param name="Group">Where it leads; null for into no group.</param>
/// <param name="Used">How many have followed it.</param>
public sealed record ApiInvitation(Guid Id, IReadOnlyList<string> Roles, Guid? Group, string? GroupName, int UsesLeft, int Used, DateTimeOffset ExpiresAt, string By);

/// <summary>An invitation to make. Hosts invite learners into their own groups, admins anybody.</summary>
/// <param name="Roles">None for learner.</param>
/// <param name="Uses">How many may follow it, 1 to 1000.</param>
/// <param name="Days">How long it is good, 1 to 90.</param>
public sealed record ApiNewInvitation(IReadOnlyList<string>? Roles = null, Guid? Group = null, int Uses = 50, int Days = 7);

/// <summary>An invitation with its link, shown this once.</summary>
public sealed record ApiMadeInvitation(string Link, ApiInvitation Invitation);

/// <summary>Accounts and what they may do, and the links that bring people in.</summary>
internal static class PeopleApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var people = api.MapGroup("/people").WithTags("People");
        people.MapGet("", ListAsync).Needs(ApiScopes.PeopleRead, ApiScopes.Editors).WithName("ListPeople").WithSummary("Accounts by name; q is what names begin with.");
        people.MapGet("/{id:guid}", GetAsync).Needs(ApiScopes.PeopleRead, ApiScopes.Editors).WithMetadata(new TellsVersion()).WithName("GetPerson").WithSummary("An account; its ETag names its version.");
        people.MapPut("/{id:guid}/roles", RolesAsync).Needs(ApiScopes.PeopleWrite, ApiScopes.Admins).WithMetadata(new NeedsVersion()).WithMetadata(new TellsVersion()).WithName("SetRoles").WithSummary("Gives an account these roles and no others, from the version that If-Match names.");
        people.MapPut("/{id:guid}/switch", SwitchAsync).Needs(ApiScopes.PeopleWrite, ApiScopes.Admins).WithMetadata(new TellsVersion()).WithName("SwitchPerson").WithSummary("Switches an account off, which ends its sessions and tokens at once, or on.");
        people.MapPut("/{id:guid}/extra-time", ExtraTimeAsync).Needs(ApiScopes.PeopleWrite, ApiScopes.Editors).WithMetadata(new TellsVersion()).WithName("GiveExtraTime").WithSummary("Gives more time, for every clock that starts after it.");
        people.MapPost("/{id:guid}/sign-out", SignOutAsync).Needs(ApiScopes.PeopleWrite, ApiScopes.Admins).WithName("SignPersonOut").WithSummary("Ends every session and every token of an account.");
        var invitations = api.MapGroup("/invitations").WithTags("People");
        invitations.MapGet("", InvitationsAsync).Needs(ApiScopes.PeopleRead, ApiScopes.Hosts).WithName("ListInvitations").WithSummary("Links that can still be followed: your own, an admin everyone's.");
        invitations.MapPost("", InviteAsync).Needs(ApiScopes.PeopleWrite, ApiScopes.Hosts).WithName("MakeInvitation").WithSummary("Makes a link that brings people in. It is shown this once.");
        invitations.MapPost("/{id:guid}/renew", RenewAsync).Needs(ApiScopes.PeopleWrite, ApiScopes.Hosts).WithName("RenewInvitation").WithSummary("Gives an open invitation another link; the old one is dead.");
        invitations.MapDelete("/{id:guid}", RevokeAsync).Needs(ApiScopes.PeopleWrite, ApiScopes.Hosts).WithName("RevokeInvitation").WithSummary("Nobody comes in by it any more.");
    }

    private static Guid Me(HttpContext http) => Viewer.Of(http.User).AccountId!.Value;

    private static async Task<Ok<ApiPage<ApiPerson>>> ListAsync(HttpContext http, NpgsqlDataSource db, string? q = null, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var people = await People.FindAsync(connection, q, after, ApiResults.Limit(limit));
        return TypedResults.Ok(new ApiPage<ApiPerson>([.. people.Rows.Select(Show)], people.Next));
    }

    private static async Task<Results<Ok<ApiPerson>, ProblemHttpResult>> GetAsync(Guid id, HttpContext http, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await ShownAsync(connection, id, http);
    }

    private static async Task<Results<Ok<ApiPerson>, ProblemHttpResult>> RolesAsync(Guid id, ApiRoles body, HttpContext http, NpgsqlDataSource db, AccountStore store, Clock clock)
    {
        var (seen, missing) = ApiResults.Seen(http);
        if (missing is not null) return missing;
        if (body.Roles.Except(Roles.All, StringComparer.Ordinal).FirstOrDefault() is not null) return ApiResults.Invalid("role", "There is no such role.", Roles.All);
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return seen > int.MaxValue ? ApiResults.Stale() : await ChangePeople.SetRolesAsync(connection, store, id, (int)seen, body.Roles, Me(http), clock.Now) is { } refusal ? Refused(refusal) : await ShownAsync(connection, id, http);
    }

    private static async Task<Results<Ok<ApiPerson>, ProblemHttpResult>> SwitchAsync(Guid id, ApiSwitch body, HttpContext http, NpgsqlDataSource db, AccountStore store, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await People.FindAsync(connection, id) is { } person && person.IsOff == body.Off) return await ShownAsync(connection, id, http);
        return await ChangePeople.SwitchAsync(connection, store, id, body.Off, Me(http), clock.Now) is { } refusal ? Refused(refusal) : await ShownAsync(connection, id, http);
    }

    private static async Task<Results<Ok<ApiPerson>, ProblemHttpResult>> ExtraTimeAsync(Guid id, ApiExtraTime body, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        if (!AttemptClock.Extras.Contains(body.ExtraTime)) return ApiResults.Invalid("extraTime", "There are some shares only.", AttemptClock.Extras);
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await ChangePeople.GiveTimeAsync(connection, id, body.ExtraTime, LearnerDay.ZoneOf(http), Me(http), clock.Now) ? await ShownAsync(connection, id, http) : ApiResults.NotFound();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SignOutAsync(Guid id, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await ChangePeople.SignOutAsync(connection, id, Me(http), clock.Now) ? TypedResults.NoContent() : ApiResults.NotFound();
    }

    private static async Task<Ok<ApiPage<ApiInvitation>>> InvitationsAsync(HttpContext http, NpgsqlDataSource db, Clock clock, Guid? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var size = ApiResults.Limit(limit);
        return TypedResults.Ok(ApiResults.Page(await Invitation.AllAsync(connection, GroupScope.Of(http), after, size + 1, clock.Now), size, Show, invitation => invitation.Id.ToString()));
    }

    private static async Task<Results<Created<ApiMadeInvitation>, ProblemHttpResult>> InviteAsync(ApiNewInvitation body, HttpContext http, NpgsqlDataSource db, Clock clock, JoinAddress address)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var id = Guid.CreateVersion7();
        if ((body.Roles ?? []).Except(Roles.All, StringComparer.Ordinal).Any()) return ApiResults.Invalid("role", "There is no such role.", Roles.All);
        http.Response.Headers.CacheControl = "no-store";
        return await Invitation.MakeAsync(connection, GroupScope.Of(http), id, body.Roles?.ToArray() ?? [], body.Group, body.Uses, body.Days, clock.Now) is { } secret
            ? TypedResults.Created($"/api/v1/invitations/{id}", new ApiMadeInvitation(address.Root(http.Request) + Invitation.PathOf(secret), Show((await Invitation.FindAsync(connection, GroupScope.Of(http), id, clock.Now))!)))
            : ApiResults.Invalid("group", "A host invites learners into a group of their own; an admin into any that is not archived, or into none.");
    }

    private static async Task<Results<Ok<ApiMadeInvitation>, ProblemHttpResult>> RenewAsync(Guid id, HttpContext http, NpgsqlDataSource db, Clock clock, JoinAddress address)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return await Invitation.RenewAsync(connection, GroupScope.Of(http), id, clock.Now) is var (secret, _)
            ? TypedResults.Ok(new ApiMadeInvitation(address.Root(http.Request) + Invitation.PathOf(secret), Show((await Invitation.FindAsync(connection, GroupScope.Of(http), id, clock.Now))!)))
            : ApiResults.NotFound();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RevokeAsync(Guid id, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await Invitation.RevokeAsync(connection, GroupScope.Of(http), id, clock.Now) ? TypedResults.NoContent() : ApiResults.NotFound();
    }

    private static async Task<Results<Ok<ApiPerson>, ProblemHttpResult>> ShownAsync(NpgsqlConnection connection, Guid id, HttpContext http)
    {
        if (await People.FindAsync(connection, id) is not { } person) return ApiResults.NotFound();
        ApiResults.Tag(http, person.Version);
        return TypedResults.Ok(Show(person));
    }

    private static ProblemHttpResult Refused(PeopleRefusal refusal) => refusal switch
    {
        PeopleRefusal.Gone => ApiResults.NotFound(),
        PeopleRefusal.Changed => ApiResults.Stale(),
        _ => ApiResults.Invalid("lastAdmin", "Nobody would be left to manage people."),
    };

    private static ApiPerson Show(Person person) => new(person.Id, person.Name, person.Roles, person.IsOff, person.CreatedAt, person.SeenAt, person.Extra, person.Version);

    private static ApiInvitation Show(Invitation invitation) => new(invitation.Id, invitation.Roles, invitation.Group, invitation.GroupName, invitation.UsesLeft, invitation.Used, ApiResults.Utc(invitation.ExpiresAt), invitation.CreatedByName);
}
