using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
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
            ["People"] = await People.FindAsync(connection, q, after, APage),
            ["Invitations"] = scope.IsAll ? await Invitation.OpenAsync(connection, scope, null, clock.Now) : [],
            ["Groups"] = scope.IsAll ? GroupNode.Of(await Group.AllAsync(connection, scope)) : [],
        };
        return Pages.Render<PeoplePage>(new Dictionary<string, object?>(parameters, StringComparer.Ordinal), status);
    }

    private static async Task<IResult> SignOutAsync(HttpContext http, Guid id, [FromForm] string? q, [FromForm] string? after, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (!await ChangePeople.SignOutAsync(connection, id, Viewer.Of(http.User).AccountId!.Value, clock.Now)) return Pages.NotFound();
        return TypedResults.LocalRedirect($"/people{Query(q, after).Add("done", id.ToString())}#a-{id}");
    }

    // Off, its sessions end at once and nobody signs in to it; what it made stays
    private static async Task<IResult> SwitchAsync(HttpContext http, Guid id, [FromForm] bool off, [FromForm] string? q, [FromForm] string? after, NpgsqlDataSource db, AccountStore store, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await ChangePeople.SwitchAsync(connection, store, id, off, Viewer.Of(http.User).AccountId!.Value, clock.Now) switch
        {
            PeopleRefusal.Gone => Pages.NotFound(),
            null => TypedResults.LocalRedirect($"/people{Query(q, after).Add("done", id.ToString())}#a-{id}"),
            var refusal => await PageAsync(http, db, clock, new { Refused = (Guid?)id, Refusal = refusal }, q, after, StatusCodes.Status422UnprocessableEntity),
        };
    }

    private static async Task<IResult> SaveRoles(
        HttpContext http,
        Guid id,
        [FromForm] int version,
        [FromForm] string[]? roles,
        [FromForm] string? q,
        [FromForm] string? after,
        NpgsqlDataSource db,
        AccountStore store,
        Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await ChangePeople.SetRolesAsync(connection, store, id, version, roles ?? [], Viewer.Of(http.User).AccountId!.Value, clock.Now) switch
        {
            PeopleRefusal.Gone => Pages.NotFound(),
            null => TypedResults.LocalRedirect($"/people{Query(q, after).Add("saved", id.ToString())}#a-{id}"),
            var refusal => await PageAsync(http, db, clock, new { Refused = (Guid?)id, Refusal = refusal }, q, after, StatusCodes.Status422UnprocessableEntity),
        };
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

    private static async Task<IResult> GiveTimeAsync(
        HttpContext http, Guid id, [FromForm] string? extra, [FromForm] string? q, [FromForm] string? after, NpgsqlDataSource db, Clock clock)
    {
        if (!decimal.TryParse(extra, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) || !AttemptClock.Extras.Contains(share)) return Results.BadRequest();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (!await ChangePeople.GiveTimeAsync(connection, id, share, LearnerDay.ZoneOf(http), Viewer.Of(http.User).AccountId!.Value, clock.Now)) return Pages.NotFound();
        return TypedResults.LocalRedirect($"/people{Query(q, after).Add("given", id.ToString())}#a-{id}");
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
public sealed record People(string Search, string? After, IReadOnlyList<Person> Rows, string? Next)
{
    private const string Columns =
        """
        select id, user_name as name, normalized_user_name as key, version, created_at, disabled_at is not null as is_off,
          (select max(seen_at) from account_session s where s.account_id = account.id) as seen_at,
          array(select role from account_role where account_id = account.id) as roles,
          coalesce((select extra_time from learner where account_id = account.id), 1) as extra
        from account
        """;

    /// <summary>One page of accounts by name, after a name, of those that begin with what was searched for.</summary>
    internal static async Task<People> FindAsync(NpgsqlConnection connection, string? q, string? after, int size)
    {
        var prefix = UserName.SearchKey(q);
        var rows = (await connection.QueryAsync<Person>(
            $"""
            {Columns}
            where normalized_user_name >= @prefix and normalized_user_name <= @last and normalized_user_name > @after and erased_at is null
            order by normalized_user_name
            limit @limit
            """,
            new { prefix, last = prefix + "\U0010FFFF", after = UserName.SearchKey(after), limit = size + 1 })).AsList();
        return new People(q?.Trim() ?? "", string.IsNullOrEmpty(after) ? null : after, [.. rows.Take(size)], rows.Count > size ? rows[size - 1].Key : null);
    }

    /// <summary>One account.</summary>
    internal static Task<Person?> FindAsync(NpgsqlConnection connection, Guid id) => connection.QuerySingleOrDefaultAsync<Person?>($"{Columns} where id = @id and erased_at is null", new { id });
}

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

/// <summary>Why an account was not changed. Resources are named after these, but for <see cref="Gone"/>.</summary>
public enum PeopleRefusal
{
    /// <summary>Nobody would be left to manage people.</summary>
    LastAdmin,

    /// <summary>Someone else changed the account in the meantime.</summary>
    Changed,

    /// <summary>There is no such account.</summary>
    Gone,
}
