using Microsoft.AspNetCore.Mvc;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Features.KeepGroups;

/// <summary>Links to share that bring people in: made by hosts for their groups and by admins, followed by whoever has an account or makes one.</summary>
public static class InvitationEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/i/{secret}", ShowAsync);
        app.MapPost("/i/{secret}", AcceptAsync).RequireAuthorization();
        app.MapPost("/people/invite", InviteAsync).RequireAuthorization(Policies.ManagePeople);
        app.MapGet("/people/invite", () => TypedResults.LocalRedirect("/people")); // the link is shown once
        var host = app.MapGroup("").RequireAuthorization(Policies.HostGames);
        host.MapPost("/groups/{id:guid}/invite", async (Guid id, HttpContext http, [FromForm] Guid invitation, [FromForm] int uses, [FromForm] int days, NpgsqlDataSource db, Clock clock, JoinAddress address) =>
        {
            await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
            var secret = await Invitation.MakeAsync(connection, GroupScope.Of(http), invitation, [Roles.Learner], id, uses, days, clock.Now);
            return secret is null ? Pages.NotFound() : await GroupPages.PageAsync(connection, http, id, clock, link: address.Root(http.Request) + Invitation.PathOf(secret));
        });
        host.MapGet("/groups/{id:guid}/invite", (Guid id) => TypedResults.LocalRedirect(Group.PathOf(id)));
        host.MapPost("/invitations/{id:guid}/renew", RenewAsync);
        // the link is shown once
        host.MapGet("/invitations/{id:guid}/renew", async (Guid id, HttpContext http, NpgsqlDataSource db, Clock clock) =>
        {
            await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
            return TypedResults.LocalRedirect(await Invitation.FindAsync(connection, GroupScope.Of(http), id, clock.Now) is { Group: { } group } ? Group.PathOf(group) : "/people");
        });
        host.MapPost("/invitations/{id:guid}/revoke", async (Guid id, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock) =>
        {
            await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
            return await Invitation.RevokeAsync(connection, GroupScope.Of(http), id, clock.Now) ? Results.LocalRedirect(LocalPath.Of(form["back"])) : Pages.NotFound();
        });
    }

    private static async Task<IResult> InviteAsync(HttpContext http, [FromForm] Guid invitation, [FromForm] string[]? roles, [FromForm] Guid? group, [FromForm] int uses, [FromForm] int days, NpgsqlDataSource db, Clock clock, JoinAddress address)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var secret = await Invitation.MakeAsync(connection, GroupScope.Of(http), invitation, roles ?? [], group == Guid.Empty ? null : group, uses, days, clock.Now);
        http.Response.Headers.CacheControl = "no-store";
        return secret is null ? Results.LocalRedirect("/people") : await ManagePeople.PeopleEndpoints.PageAsync(http, db, clock, new { NewInvitation = address.Root(http.Request) + Invitation.PathOf(secret) });
    }

    // Shown where the invitation is listed
    private static async Task<IResult> RenewAsync(Guid id, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock, JoinAddress address)
    {
        _ = form; // its token is checked
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Invitation.RenewAsync(connection, GroupScope.Of(http), id, clock.Now) is not var (secret, group)) return Pages.NotFound();
        var link = address.Root(http.Request) + Invitation.PathOf(secret);
        http.Response.Headers.CacheControl = "no-store";
        return group is { } into ? await GroupPages.PageAsync(connection, http, into, clock, link: link) : await ManagePeople.PeopleEndpoints.PageAsync(http, db, clock, new { NewInvitation = link });
    }

    private static async Task<IResult> ShowAsync(string secret, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Headers.CacheControl = "private, no-store";
        if (!IsSecret(secret)) return Pages.NotFound();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var found = await Invitation.FindAsync(connection, secret, clock.Now);
        return Pages.Render<InvitationPage>(new { Invitation = found, Path = Invitation.PathOf(secret) }, found is null ? StatusCodes.Status404NotFound : StatusCodes.Status200OK);
    }

    private static async Task<IResult> AcceptAsync(string secret, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        _ = form; // its token is checked
        if (!IsSecret(secret)) return Pages.NotFound();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await Invitation.UseAsync(connection, secret, Viewer.Of(http.User).AccountId!.Value, clock.Now)
            ? Results.LocalRedirect("/account?joined=1")
            : Pages.Render<InvitationPage>(new { Invitation = (Invitation?)null, Path = "" }, StatusCodes.Status404NotFound);
    }

    private static bool IsSecret(string secret) => secret.Length < 100 && StorableText.Is(secret);
}
