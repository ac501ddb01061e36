using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using StudyQuiz.App.Features.KeepWebhooks;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>A webhook.</summary>
/// <param name="Events">attempt.finished, game.finished.</param>
/// <param name="Enabled">Whether it is told anything.</param>
/// <param name="Owner">Whose things it is told of.</param>
/// <param name="Waiting">Deliveries that are still to be sent.</param>
public sealed record ApiWebhook(Guid Id, string Url, IReadOnlyList<string> Events, bool Enabled, string Owner, int Waiting, int? LastStatus);

/// <summary>A webhook to make.</summary>
public sealed record ApiNewWebhook(string Url, IReadOnlyList<string> Events);

/// <summary>A webhook with its secret, shown this once.</summary>
public sealed record ApiMadeWebhook(ApiWebhook Webhook, string Secret);

/// <summary>A message to a webhook.</summary>
/// <param name="Status">What the last try was answered with.</param>
/// <param name="NextAt">When it is sent, or sent again; null where it was taken or given up.</param>
public sealed record ApiDelivery(Guid Id, Guid Event, string Kind, DateTimeOffset At, int Tries, int? Status, string? Trouble, DateTimeOffset? NextAt, DateTimeOffset? DeliveredAt);

/// <summary>Webhooks of a host and their deliveries.</summary>
internal static class WebhooksApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var hooks = api.MapGroup("/webhooks").WithTags("Webhooks");
        hooks.MapGet("", ListAsync).Needs(ApiScopes.Webhooks, ApiScopes.Hosts).WithName("ListWebhooks").WithSummary("Your webhooks; to an admin everyone's.");
        hooks.MapPost("", MakeAsync).Needs(ApiScopes.Webhooks, ApiScopes.Hosts).WithName("MakeWebhook").WithSummary("Makes a webhook. Its secret is shown this once.");
        hooks.MapDelete("/{id:guid}", DeleteAsync).Needs(ApiScopes.Webhooks, ApiScopes.Hosts).WithName("DeleteWebhook").WithSummary("Deletes a webhook with its deliveries.");
        hooks.MapPost("/{id:guid}/stop", (Guid id, HttpContext http, NpgsqlDataSource db, Clock clock) => SwitchAsync(id, off: true, http, db, clock)).Needs(ApiScopes.Webhooks, ApiScopes.Hosts).WithName("StopWebhook").WithSummary("Stops sending; what is queued waits.");
        hooks.MapPost("/{id:guid}/start", (Guid id, HttpContext http, NpgsqlDataSource db, Clock clock) => SwitchAsync(id, off: false, http, db, clock)).Needs(ApiScopes.Webhooks, ApiScopes.Hosts).WithName("StartWebhook").WithSummary("Goes on sending; only an admin starts what an admin stopped.");
        hooks.MapGet("/{id:guid}/deliveries", DeliveriesAsync).Needs(ApiScopes.Webhooks, ApiScopes.Hosts).WithName("ListDeliveries").WithSummary("Deliveries, the newest first, with what they were answered.");
        hooks.MapPost("/{id:guid}/deliveries/{delivery:guid}/redeliver", RedeliverAsync).Needs(ApiScopes.Webhooks, ApiScopes.Hosts).WithName("Redeliver").WithSummary("Sends a delivery again.");
    }

    private static async Task<Ok<ApiPage<ApiWebhook>>> ListAsync(HttpContext http, NpgsqlDataSource db, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return TypedResults.Ok(ApiResults.PageOf(await Webhook.OfAsync(connection, Viewer.Of(http.User)), after, limit, hook => hook.Id.ToString(), Show));
    }

    private static async Task<Results<Created<ApiMadeWebhook>, ProblemHttpResult>> MakeAsync(ApiNewWebhook body, HttpContext http, NpgsqlDataSource db, WebhookSettings settings, IDataProtectionProvider protection, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var id = Guid.CreateVersion7();
        http.Response.Headers.CacheControl = "no-store";
        return await Webhook.MakeAsync(connection, settings, protection, Viewer.Of(http.User).AccountId!.Value, id, body.Url, body.Events, clock.Now) is { } secret
            ? TypedResults.Created($"/api/v1/webhooks/{id}", new ApiMadeWebhook(Show((await Webhook.FindAsync(connection, id, Viewer.Of(http.User)))!), secret))
            : ApiResults.Invalid("refused", "The address may not be called, no event is known, or there are 20 webhooks already.", Webhook.AllEvents);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> DeleteAsync(Guid id, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await Webhook.DeleteAsync(connection, id, Viewer.Of(http.User), clock.Now) ? TypedResults.NoContent() : ApiResults.NotFound();
    }

    private static async Task<Results<Ok<ApiWebhook>, ProblemHttpResult>> SwitchAsync(Guid id, bool off, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var viewer = Viewer.Of(http.User);
        if (await Webhook.FindAsync(connection, id, viewer) is null) return ApiResults.NotFound();
        if (!await Webhook.SwitchAsync(connection, id, viewer, off, clock.Now)) return ApiResults.Conflict("stoppedByAdmin", "An administrator stopped it: only one can have it send again.");
        return TypedResults.Ok(Show((await Webhook.FindAsync(connection, id, viewer))!));
    }

    private static async Task<Results<Ok<ApiPage<ApiDelivery>>, ProblemHttpResult>> DeliveriesAsync(Guid id, HttpContext http, NpgsqlDataSource db, Guid? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Webhook.FindAsync(connection, id, Viewer.Of(http.User)) is null) return ApiResults.NotFound();
        var size = ApiResults.Limit(limit);
        var rows = await WebhookDelivery.OfAsync(connection, id, after, size + 1);
        return TypedResults.Ok(ApiResults.Page(
            rows, size, row => new ApiDelivery(row.Id, row.Event, row.Kind, new DateTimeOffset(row.At, TimeSpan.Zero), row.Tries, row.Status, row.Trouble, ApiResults.Utc(row.NextAt), ApiResults.Utc(row.DeliveredAt)), row => row.Id.ToString()));
    }

    private static async Task<Results<Accepted, ProblemHttpResult>> RedeliverAsync(Guid id, Guid delivery, HttpContext http, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await Webhook.FindAsync(connection, id, Viewer.Of(http.User)) is not null && await WebhookDelivery.AgainAsync(connection, id, delivery, clock.Now) ? TypedResults.Accepted($"/api/v1/webhooks/{id}/deliveries") : ApiResults.NotFound();
    }

    private static ApiWebhook Show(Webhook hook) => new(hook.Id, hook.Url, hook.Events, hook.DisabledAt is null, hook.OwnerName, hook.Waiting, hook.LastStatus);
}
