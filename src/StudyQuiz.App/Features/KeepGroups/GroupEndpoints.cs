using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using StudyQuiz.App.Features.ExchangeQuestions;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.People;

namespace StudyQuiz.App.Features.KeepGroups;

/// <summary>A host keeps groups as a tree and the lists of their people; each sees their own, an admin all.</summary>
public static class GroupEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        InvitationEndpoints.Map(app);
        var groups = app.MapGroup(Group.List).RequireAuthorization(Policies.HostGames);
        groups.MapGet("", (HttpContext http, NpgsqlDataSource db) => GroupPages.TreeAsync(http, db));
        groups.MapPost("", MakeAsync);
        groups.MapGet("/{id:guid}", async (Guid id, HttpContext http, NpgsqlDataSource db, Clock clock) =>
        {
            await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
            return await GroupPages.PageAsync(connection, http, id, clock);
        });
        groups.MapPost("/{id:guid}", ChangeAsync);
        groups.MapPost("/{id:guid}/roster", PreviewAsync).WithMetadata(new LargeForm(RosterFile.Largest + 64 * 1024, TooLargeAsync));
        groups.MapGet("/{id:guid}/roster", (Guid id) => TypedResults.LocalRedirect(Group.PathOf(id))); // a preview stands at this address
        groups.MapPost("/{id:guid}/roster/add", AddAsync);
        groups.MapPost("/{id:guid}/members/{member:guid}", MemberAsync);
        GroupReportEndpoints.Map(groups);
    }

    private static async Task<IResult> MakeAsync(HttpContext http, [FromForm] Guid id, [FromForm] Guid? parent, [FromForm] string? name, NpgsqlDataSource db, Clock clock)
    {
        if (id == Guid.Empty) return Results.BadRequest();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var into = parent == Guid.Empty ? null : parent;
        var refusal = await EditGroups.MakeAsync(connection, GroupScope.Of(http), id, into, name, clock.Now);
        return refusal switch
        {
            null => Results.LocalRedirect(Group.PathOf(id)),
            GroupRefusal.NotFound => Pages.NotFound(),
            _ when into is { } above => await GroupPages.PageAsync(connection, http, above, clock, refused: refusal.ToString(), typed: name),
            _ => await GroupPages.TreeAsync(http, db, refusal.ToString(), name),
        };
    }

    private static async Task<IResult> ChangeAsync(Guid id, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        if (!int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version)) return Results.BadRequest();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var scope = GroupScope.Of(http);
        var act = form["do"].ToString();
        GroupRefusal? refusal;
        switch (act)
        {
            case "rename":
                refusal = await EditGroups.RenameAsync(connection, scope, id, version, form["name"], clock.Now);
                break;
            case "move" when form["parent"].ToString() is { } parent && (parent.Length == 0 || Guid.TryParse(parent, out _)):
                refusal = await EditGroups.MoveAsync(connection, scope, id, version, parent.Length == 0 ? null : Guid.Parse(parent), clock.Now);
                break;
            case "archive" or "restore":
                refusal = await EditGroups.ArchiveAsync(connection, scope, id, version, act == "archive", clock.Now);
                break;
            case "give":
                refusal = await EditGroups.GiveAsync(connection, scope, id, version, form["host"], clock.Now);
                break;
            default:
                return Results.BadRequest();
        }

        return refusal switch
        {
            null => Results.LocalRedirect($"{Group.PathOf(id)}?done={act}"),
            GroupRefusal.NotFound => Pages.NotFound(),
            _ => await GroupPages.PageAsync(connection, http, id, clock, refused: refusal.ToString(), typed: form["name"], act: act),
        };
    }

    private static async Task<IResult> PreviewAsync(Guid id, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        var text = form["text"].ToString();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        try
        {
            if (form.Files["file"] is { Length: > 0 } upload)
            {
                if (upload.Length > RosterFile.Largest) return await TooLargeAsync(http);
                var bytes = new byte[upload.Length];
                await using var content = upload.OpenReadStream();
                await content.ReadExactlyAsync(bytes, http.RequestAborted);
                text = RosterFile.ToText(bytes, upload.FileName);
            }
        }
        catch (RefusedFileException refused)
        {
            return await GroupPages.PageAsync(connection, http, id, clock, refused: "File", why: WhyText.Say(refused.Why));
        }

        var lines = RosterFile.Lines(text);
        if (lines.Count == 0) return await GroupPages.PageAsync(connection, http, id, clock, refused: "Empty");
        return await EditMembers.PlanAsync(connection, GroupScope.Of(http), id, lines) is { } plan ? await GroupPages.PageAsync(connection, http, id, clock, text: text, plan: plan) : Pages.NotFound();
    }

    private static async Task<IResult> AddAsync(Guid id, HttpContext http, [FromForm] string? text, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await EditMembers.AddAsync(connection, GroupScope.Of(http), id, RosterFile.Lines(text ?? ""), clock.Now) is not { } done) return Pages.NotFound();
        return Results.LocalRedirect(string.Create(CultureInfo.InvariantCulture, $"{Group.PathOf(id)}?added={done.Count(line => line.Fate == LineFate.New)}&changed={done.Count(line => line.Fate is LineFate.Moved or LineFate.Numbered)}"));
    }

    private static async Task<IResult> MemberAsync(Guid id, Guid member, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (form["do"] == "remove") return await EditMembers.RemoveAsync(connection, GroupScope.Of(http), id, member, clock.Now) ? Results.LocalRedirect($"{Group.PathOf(id)}?done=removed") : Pages.NotFound();
        var into = Guid.TryParse(form["group"], out var chosen) ? chosen : id;
        return await EditMembers.ChangeAsync(connection, GroupScope.Of(http), id, member, form["name"], form["code"], into) switch
        {
            null => Results.LocalRedirect($"{Group.PathOf(id)}?done=changed#m-{member}"),
            MemberRefusal.NotFound => Pages.NotFound(),
            { } refusal => await GroupPages.PageAsync(connection, http, id, clock, refused: "Member." + refusal, refusedMember: member),
        };
    }

    private static async Task<IResult> TooLargeAsync(HttpContext http)
    {
        var services = http.RequestServices;
        if (!Guid.TryParse(http.GetRouteValue("id")?.ToString(), out var id)) return Pages.NotFound();
        await using var connection = await services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(http.RequestAborted);
        return await GroupPages.PageAsync(connection, http, id, services.GetRequiredService<Clock>(), refused: "Large");
    }
}
