using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.KeepWebhooks;

/// <summary>A host keeps webhooks: makes them, sees every delivery, sends one again. An admin sees everyone's.</summary>
internal static class WebhookEndpoints
{
    private const int Page = 50;

    public static void Map(IEndpointRouteBuilder app)
    {
        var hooks = app.MapGroup(Webhook.List).RequireAuthorization(Policies.HostGames);
        hooks.MapGet("", (HttpContext http, NpgsqlDataSource db, WebhookSettings settings) => ListAsync(http, db, settings));
        hooks.MapPost("", async (HttpContext http, [FromForm] Guid id, [FromForm] string? url, [FromForm] string[]? events, NpgsqlDataSource db, WebhookSettings settings, IDataProtectionProvider protection, Clock clock) =>
        {
            await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
            var secret = await Webhook.MakeAsync(connection, settings, protection, Viewer.Of(http.User).AccountId!.Value, id, url, events ?? [], clock.Now);
            return await ListAsync(http, db, settings, secret, secret is null ? url ?? "" : null);
        });
        hooks.MapGet("/{id:guid}", ShowAsync);
        hooks.MapPost("/{id:guid}", ChangeAsync);
        hooks.MapPost("/{id:guid}/deliveries/{delivery:guid}", async (Guid id, Guid delivery, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock) =>
        {
            _ = form; // its token is checked
            await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
            return await Webhook.FindAsync(connection, id, Viewer.Of(http.User)) is { } hook && await WebhookDelivery.AgainAsync(connection, id, delivery, clock.Now) ? Results.LocalRedirect(hook.Path + "?done=again") : Pages.NotFound();
        });
    }

    private static async Task<IResult> ListAsync(HttpContext http, NpgsqlDataSource db, WebhookSettings settings, string? secret = null, string? refused = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "private, no-store";
        return Pages.Render<WebhooksPage>(
            new { Webhooks = await Webhook.OfAsync(connection, Viewer.Of(http.User)), Own = Viewer.Of(http.User).AccountId!.Value, Secret = secret, Refused = refused, IsOpen = settings.AllowPrivate }, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> ShowAsync(Guid id, HttpContext http, NpgsqlDataSource db, Guid? before, string? done)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Webhook.FindAsync(connection, id, Viewer.Of(http.User)) is not { } hook) return Pages.NotFound();
        var deliveries = await WebhookDelivery.OfAsync(connection, id, before, Page + 1);
        return Pages.Render<WebhookPage>(new { Hook = hook, Deliveries = deliveries.Take(Page).ToList(), Next = deliveries.Count > Page ? deliveries[Page - 1].Id : (Guid?)null, Done = done, MayStart = hook.MayStart(Viewer.Of(http.User)) });
    }

    private static async Task<IResult> ChangeAsync(Guid id, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Webhook.FindAsync(connection, id, Viewer.Of(http.User)) is not { } hook) return Pages.NotFound();
        switch (form["do"].ToString())
        {
            case "delete":
                return await Webhook.DeleteAsync(connection, id, Viewer.Of(http.User), clock.Now) ? Results.LocalRedirect(Webhook.List) : Pages.NotFound();
            case "on" when !hook.MayStart(Viewer.Of(http.User)):
                return Results.LocalRedirect(hook.Path); // which says why
            case "off" or "on":
                return await Webhook.SwitchAsync(connection, id, Viewer.Of(http.User), form["do"] == "off", clock.Now) ? Results.LocalRedirect($"{Webhook.List}/{id}") : Pages.NotFound();
            default:
                return Results.BadRequest();
        }
    }
}
