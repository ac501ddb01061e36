using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.KeepWebhooks;

/// <summary>An address of a host's that is told what was finished.</summary>
/// <param name="EventList">Parted by spaces.</param>
/// <param name="StoppedByAdmin">Its owner can't start it again.</param>
/// <param name="Owner">The host whose things it is told of.</param>
/// <param name="Waiting">Deliveries that are still to be sent.</param>
/// <param name="LastStatus">What the last try was answered with; null where it was not, or there was none.</param>
public sealed record Webhook(Guid Id, string Url, string EventList, DateTime CreatedAt, DateTime? DisabledAt, bool StoppedByAdmin, Guid Owner, string OwnerName, int Waiting, int? LastStatus)
{
    public const string List = "/webhooks";

    /// <summary>The most that one host may have.</summary>
    public const int Most = 20;

    public const string AttemptFinished = "attempt.finished";
    public const string GameFinished = "game.finished";

    private const string Purpose = "studyquiz.webhooks";

    private const string Columns =
        """
        select w.id, w.url, array_to_string(w.events, ' ') as EventList, w.created_at as CreatedAt, w.disabled_at as DisabledAt, w.disabled_at is not null and coalesce(w.disabled_by <> w.owner_id, false) as StoppedByAdmin, w.owner_id as Owner, coalesce(a.user_name, '') as OwnerName,
          (select count(*)::int from webhook_delivery d where d.webhook_id = w.id and d.next_at is not null) as Waiting,
          (select t.status from webhook_delivery d join webhook_try t on t.delivery_id = d.id where d.webhook_id = w.id order by t.at desc limit 1) as LastStatus
        from webhook w join account a on a.id = w.owner_id
        """;

    // A host sees and changes their own, an admin all: what leaves the house is theirs to stop
    private const string InScope = "(@IsAll or w.owner_id = @Account)";

    public static IReadOnlyList<string> AllEvents { get; } = [AttemptFinished, GameFinished];

    public IReadOnlyList<string> Events => EventList.Split(' ');

    public string Path => $"{List}/{Id}";

    /// <summary>Those that somebody may see, their own first.</summary>
    internal static async Task<IReadOnlyList<Webhook>> OfAsync(NpgsqlConnection connection, Viewer viewer) =>
        (await connection.QueryAsync<Webhook>($"{Columns} where {InScope} order by w.owner_id <> @Account, a.user_name, w.created_at desc, w.id", Scope(viewer))).AsList();

    internal static Task<Webhook?> FindAsync(NpgsqlConnection connection, Guid id, Viewer viewer) =>
        connection.QuerySingleOrDefaultAsync<Webhook>($"{Columns} where w.id = @id and {InScope}", Scope(viewer, id));

    /// <summary>Makes one.</summary>
    /// <returns>Its secret, which is shown this once; null where the address may not be called, no event is known, or there are too many.</returns>
    internal static async Task<string?> MakeAsync(NpgsqlConnection connection, WebhookSettings settings, IDataProtectionProvider protection, Guid owner, Guid id, string? url, IEnumerable<string?> events, DateTimeOffset now)
    {
        var known = AllEvents.Intersect(events.OfType<string>(), StringComparer.Ordinal).ToArray();
        if (settings.Read(url) is not { } address || known.Length == 0) return null;
        var secret = "whsec_" + SecretToken.Create();
        await using var transaction = await connection.BeginTransactionAsync();
        var made = await connection.ExecuteAsync(
            """
            insert into webhook (id, owner_id, url, events, secret, created_at)
            select @id, @owner, @url, @known, @secret, @now where (select count(*) from webhook where owner_id = @owner) < @Most
            on conflict (id) do nothing
            """,
            new { id, owner, url = address.ToString(), known, secret = protection.CreateProtector(Purpose).Protect(secret), now, Most });
        if (made == 0) return null;
        await Audit.AddAsync(connection, owner, AuditActs.WebhookMade, AuditActs.OfWebhook(id), new { host = address.Host, events = known }, now);
        await transaction.CommitAsync();
        return secret;
    }

    /// <summary>Whether somebody may have it send again: what an admin stopped, an admin starts.</summary>
    public bool MayStart(Viewer viewer) => viewer.IsAdmin || !StoppedByAdmin;

    /// <summary>Stops sending, or goes on with what waits.</summary>
    /// <returns>False where there is none that this person sees, or <see cref="MayStart"/> says no.</returns>
    internal static Task<bool> SwitchAsync(NpgsqlConnection connection, Guid id, Viewer viewer, bool off, DateTimeOffset now) => off
        // An admin's stop counts above its owner's, whichever came first
        ? ChangeAsync(connection, id, viewer, "update webhook w set disabled_at = coalesce(w.disabled_at, @now), disabled_by = case when @by <> w.owner_id or w.disabled_at is null then @by else w.disabled_by end", AuditActs.WebhookStopped, now)
        : ChangeAsync(connection, id, viewer, "update webhook w set disabled_at = null, disabled_by = null", AuditActs.WebhookStarted, now, hook => hook.MayStart(viewer));

    internal static Task<bool> DeleteAsync(NpgsqlConnection connection, Guid id, Viewer viewer, DateTimeOffset now) => ChangeAsync(connection, id, viewer, "delete from webhook w", AuditActs.WebhookDeleted, now);

    private static async Task<bool> ChangeAsync(NpgsqlConnection connection, Guid id, Viewer viewer, string change, string act, DateTimeOffset now, Func<Webhook, bool>? may = null)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("select 1 from webhook where id = @id for update", new { id });
        if (await FindAsync(connection, id, viewer) is not { } hook || may?.Invoke(hook) == false) return false;
        await connection.ExecuteAsync($"{change} where w.id = @id", new { id, now, by = viewer.AccountId!.Value });
        await Audit.AddAsync(connection, viewer.AccountId!.Value, act, AuditActs.OfWebhook(id), new { host = new Uri(hook.Url).Host, owner = hook.OwnerName }, now);
        await transaction.CommitAsync();
        return true;
    }

    private static object Scope(Viewer viewer, Guid id = default) => new { id, Account = viewer.AccountId!.Value, IsAll = viewer.IsAdmin };

    internal static string SecretOf(IDataProtectionProvider protection, string kept) => protection.CreateProtector(Purpose).Unprotect(kept);
}

/// <summary>A message to one address.</summary>
/// <param name="Kind">What was finished.</param>
/// <param name="At">When.</param>
/// <param name="NextAt">When it is sent, or sent again; null where it was taken or given up.</param>
/// <param name="Status">What the last try was answered with.</param>
/// <param name="Trouble">What went wrong before there was an answer.</param>
public sealed record WebhookDelivery(Guid Id, Guid Event, string Kind, DateTime At, int Tries, DateTime? NextAt, DateTime? DeliveredAt, int? Status, string? Trouble, DateTime? TriedAt)
{
    internal static async Task<IReadOnlyList<WebhookDelivery>> OfAsync(NpgsqlConnection connection, Guid webhook, Guid? before, int most) =>
        (await connection.QueryAsync<WebhookDelivery>(
            """
            select d.id, e.id as Event, e.kind, e.at, d.tries, d.next_at as NextAt, d.delivered_at as DeliveredAt, t.status, t.trouble, t.at as TriedAt
            from webhook_delivery d join webhook_event e on e.id = d.event_id left join webhook_try t on t.delivery_id = d.id and t.number = d.tries
            where d.webhook_id = @webhook and (@before::uuid is null or d.id < @before)
            order by d.id desc limit @most
            """,
            new { webhook, before, most })).AsList();

    /// <summary>Sends it again at the next turn, whatever became of it before.</summary>
    internal static async Task<bool> AgainAsync(NpgsqlConnection connection, Guid webhook, Guid id, DateTimeOffset now) =>
        await connection.ExecuteAsync("update webhook_delivery set next_at = @now where id = @id and webhook_id = @webhook", new { id, webhook, now }) == 1;
}
