using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Npgsql;
using StudyQuiz.App.Features.KeepGroups;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Features.ResetPassword;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;
using StudyQuiz.Domain.Attempts;

namespace StudyQuiz.App.Features.ManagePeople;

/// <summary>Everyone with an account, and their roles.</summary>
public static class PeopleEndpoints
{
    private const int APage = 50;

    public static void Map(IEndpointRouteBuilder app)
    {
        // Editors see the list, for whom they give more time; what people may do is the admins'
        var people = app.MapGroup("/people").RequireAuthorization(Policies.EditBanks);
        people.MapGet("", Show);
        people.MapPost("{id:guid}/extra-time", GiveTimeAsync);
        people.MapPost("{id:guid}/roles", SaveRoles).RequireAuthorization(Policies.ManagePeople);
        people.MapPost("{id:guid}/reset-link", MakeResetLinkAsync).RequireAuthorization(Policies.ManagePeople);
        people.MapPost("{id:guid}/sign-out", SignOutAsync).RequireAuthorization(Policies.ManagePeople);
        people.MapPost("{id:guid}/switch", SwitchAsync).RequireAuthorization(Policies.ManagePeople);
        people.MapGet("{id:guid}/switch", () => TypedResults.LocalRedirect("/people"));
        people.MapGet("{id:guid}/extra-time", () => TypedResults.LocalRedirect("/people"));
        people.MapGet("{id:guid}/reset-link", () => TypedResults.LocalRedirect("/people")); // the link is shown once
        people.MapGet("{id:guid}/roles", () => TypedResults.LocalRedirect("/people")); // a refusal stands at this address
    }

    private static Task<RazorComponentResult> Show(HttpContext http, string? q, string? after, Guid? saved, Guid? given, Guid? done, NpgsqlDataSource db, Clock clock) =>
        PageAsync(http, db, clock, new { Saved = saved, Given = given, Done = done }, q, after);

    /// <summary>The page, with what was just done.</summary>
    internal static async Task<RazorComponentResult> PageAsync(HttpContext http, NpgsqlDataSource db, Clock clock, object told, string? q = null, string? after = null, int status = StatusCodes.Status200OK)
    {
        var scope = GroupScope.Of(http);
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var parameters = new RouteValueDictionary(told)
        {
            ["People"] = await FindAsync(db, q, after, http.RequestAborted),
            ["Invitations"] = scope.IsAll ? await Invitation.OpenAsync(connection, scope, null, clock.Now) : [],
            ["Groups"] = scope.IsAll ? GroupNode.Of(await Group.AllAsync(connection, scope)) : [],
        };
        return Pages.Render<PeoplePage>(new Dictionary<string, object?>(parameters, StringComparer.Ordinal), status);
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, Guid id, [FromForm] string? q, [FromForm] string? after, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        if (!await connection.QuerySingleAsync<bool>("select exists (select 1 from account where id = @id and erased_at is null)", new { id })) return Pages.NotFound();
        await AccountStore.EndSessionsAsync(connection, id, http.RequestAborted);
        await Audit.AddAsync(connection, Viewer.Of(http.User).AccountId!.Value, AuditActs.SignedOut, AuditActs.OfAccount(id), new { }, clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        return TypedResults.LocalRedirect($"/people{Query(q, after).Add("done", id.ToString())}#a-{id}");
    }

    // Off, its sessions end at once and nobody signs in to it; what it made stays
    private static async Task<IResult> SwitchAsync(HttpContext http, Guid id, [FromForm] bool off, [FromForm] string? q, [FromForm] string? after, NpgsqlDataSource db, AccountStore store, Clock clock)
    {
        if (await store.FindAnyAsync(id, http.RequestAborted) is null) return Pages.NotFound();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        if (!await AccountStore.SwitchAsync(connection, id, off, clock.Now))
            return await PageAsync(http, db, clock, new { Refused = (Guid?)id, Refusal = (PeopleRefusal?)(off ? PeopleRefusal.LastAdmin : PeopleRefusal.Changed) }, q, after, StatusCodes.Status422UnprocessableEntity);
        await Audit.AddAsync(connection, Viewer.Of(http.User).AccountId!.Value, off ? AuditActs.Disabled : AuditActs.Enabled, AuditActs.OfAccount(id), new { }, clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        return TypedResults.LocalRedirect($"/people{Query(q, after).Add("done", id.ToString())}#a-{id}");
    }

    private static async Task<IResult> SaveRoles(
        HttpContext http,
        Guid id,
        [FromForm] int version,
        [FromForm] StringValues? roles,
        [FromForm] string? q,
        [FromForm] string? after,
        NpgsqlDataSource db,
        AccountStore store,
        Clock clock)
    {
        if (await store.FindAnyAsync(id, http.RequestAborted) is not { } account) return Pages.NotFound();

        // The version is the one that the page showed, so that boxes from before another admin's change don't undo it.
        var before = account.Roles;
        account.Version = version;
        account.Roles = [.. Roles.All.Intersect(roles.GetValueOrDefault().OfType<string>(), StringComparer.Ordinal)];
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        var saved = await AccountStore.SaveAsync(connection, account, http.RequestAborted);
        if (saved.Succeeded)
        {
            if (!before.ToHashSet(StringComparer.Ordinal).SetEquals(account.Roles)) await Audit.AddAsync(connection, Viewer.Of(http.User).AccountId!.Value, AuditActs.Roles, AuditActs.OfAccount(id), new { before, after = account.Roles }, clock.Now);
            await transaction.CommitAsync(http.RequestAborted);
        }

        if (saved.Succeeded) return TypedResults.LocalRedirect($"/people{Query(q, after).Add("saved", id.ToString())}#a-{id}");

        var refusal = saved.Errors.Any(error => error.Code == AccountStore.LastAdmin) ? PeopleRefusal.LastAdmin : PeopleRefusal.Changed;
        return await PageAsync(http, db, clock, new { Refused = (Guid?)id, Refusal = (PeopleRefusal?)refusal }, q, after, StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> MakeResetLinkAsync(
        HttpContext http, Guid id, [FromForm] string? q, [FromForm] string? after, NpgsqlDataSource db, Clock clock, JoinAddress address, ILogger<People> logger)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        if (await ResetLink.CreateAsync(connection, id, ResetLink.AdminsLifetime, clock.Now, http.RequestAborted) is not { } path) return Pages.NotFound();
        await Audit.AddAsync(connection, Viewer.Of(http.User).AccountId!.Value, AuditActs.ResetLink, AuditActs.OfAccount(id), new { }, clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        logger.LogInformation("Admin {Admin} made a link for a new password of account {Account}", Viewer.Of(http.User).AccountId, id);
        http.Response.Headers.CacheControl = "no-store";
        return await PageAsync(http, db, clock, new { LinkOf = (Guid?)id, Link = address.Root(http.Request) + path }, q, after);
    }

    // It holds for every clock that starts after it, as if its learner had set it
    private static async Task<IResult> GiveTimeAsync(
        HttpContext http, Guid id, [FromForm] string? extra, [FromForm] string? q, [FromForm] string? after, NpgsqlDataSource db, Clock clock)
    {
        if (!decimal.TryParse(extra, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) || !AttemptClock.Extras.Contains(share)) return Results.BadRequest();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        var given = await connection.ExecuteAsync(
            """
            insert into learner as l (id, account_id, time_zone, extra_time)
            select @learner, a.id, @zone, @share from account a where a.id = @id and a.erased_at is null
            on conflict (account_id) do update set extra_time = excluded.extra_time
            """,
            new { learner = Guid.CreateVersion7(), id, zone = LearnerDay.ZoneOf(http), share });
        if (given == 0) return Pages.NotFound();
        await Audit.AddAsync(connection, Viewer.Of(http.User).AccountId!.Value, AuditActs.ExtraTime, AuditActs.OfAccount(id), new { extra = share }, clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        return TypedResults.LocalRedirect($"/people{Query(q, after).Add("given", id.ToString())}#a-{id}");
    }

    /// <summary>One page of accounts by name, after a name, of those that begin with what was searched for.</summary>
    private static async Task<People> FindAsync(NpgsqlDataSource db, string? q, string? after, CancellationToken stop)
    {
        var prefix = UserName.SearchKey(q);
        await using var connection = await db.OpenConnectionAsync(stop);
        var rows = (await connection.QueryAsync<Person>(new CommandDefinition(
            """
            select id, user_name as name, normalized_user_name as key, version, created_at, disabled_at is not null as is_off,
              (select max(seen_at) from account_session s where s.account_id = account.id) as seen_at,
              array(select role from account_role where account_id = account.id) as roles,
              coalesce((select extra_time from learner where account_id = account.id), 1) as extra
            from account
            where normalized_user_name >= @prefix and normalized_user_name <= @last and normalized_user_name > @after and erased_at is null
            order by normalized_user_name
            limit @limit
            """,
            new { prefix, last = prefix + "\U0010FFFF", after = UserName.SearchKey(after), limit = APage + 1 },
            cancellationToken: stop))).AsList();
        return new People(q?.Trim() ?? "", string.IsNullOrEmpty(after) ? null : after, [.. rows.Take(APage)], rows.Count > APage ? rows[APage - 1].Key : null);
    }

    internal static QueryString Query(string? q, string? after) =>
        QueryString.Create(new Dictionary<string, string?>(StringComparer.Ordinal) { ["q"] = q, ["after"] = after }
            .Where(part => !string.IsNullOrEmpty(part.Value)));
}

/// <summary>One page of the list.</summary>
/// <param name="Search">What the names begin with.</param>
/// <param name="After">The name that the page begins after.</param>
/// <param name="Rows">The accounts.</param>
/// <param name="Next">The name that the next page begins after; null on the last.</param>
public sealed record People(string Search, string? After, IReadOnlyList<Person> Rows, string? Next);

public sealed record Person
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Key { get; init; }
    public required int Version { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required string[] Roles { get; init; }

    /// <summary>Whether it was switched off.</summary>
    public required bool IsOff { get; init; }

    /// <summary>When a browser of theirs last came, to the hour; null where they never signed in.</summary>
    public required DateTimeOffset? SeenAt { get; init; }

    /// <summary>What they have of the time that others have.</summary>
    public required decimal Extra { get; init; }
}

/// <summary>Why roles were not saved. Resources are named after these.</summary>
public enum PeopleRefusal
{
    /// <summary>Nobody would be left to manage people.</summary>
    LastAdmin,

    /// <summary>Someone else changed the account in the meantime.</summary>
    Changed,
}
