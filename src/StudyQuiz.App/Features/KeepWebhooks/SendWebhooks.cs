using System.Net;
using System.Net.Sockets;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.KeepWebhooks;

/// <summary>
/// Sends what the outbox holds, at least once: taken by one host at a time for as long as a try may last, again after longer and longer waits, and given
/// up after three days. Every try is on record.
/// </summary>
internal sealed class SendWebhooks : BackgroundService
{
    /// <summary>How long is waited after each try that failed.</summary>
    public static readonly IReadOnlyList<TimeSpan> Waits =
    [
        TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6), TimeSpan.FromHours(12), TimeSpan.FromHours(24), TimeSpan.FromHours(24),
    ];

    /// <summary>How long the log is kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const int AtOnce = 8;
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _lease = TimeSpan.FromMinutes(1);

    private readonly NpgsqlDataSource _db;
    private readonly WebhookSettings _settings;
    private readonly IDataProtectionProvider _protection;
    private readonly Clock _clock;
    private readonly ILogger<SendWebhooks> _logger;
    private readonly HttpClient _http;

    public SendWebhooks(NpgsqlDataSource db, WebhookSettings settings, IDataProtectionProvider protection, Clock clock, ILogger<SendWebhooks> logger)
    {
        (_db, _settings, _protection, _clock, _logger) = (db, settings, protection, clock, logger);
        // The address that was looked at is the one that is called: a name can't stand for another one a moment later. Nobody is sent elsewhere
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ConnectTimeout = _patience, PooledConnectionLifetime = TimeSpan.FromMinutes(1), ConnectCallback = ConnectAsync })
        {
            Timeout = _patience,
            MaxResponseContentBufferSize = 64 * 1024,
        };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("StudyQuiz-Webhooks/1");
    }

    /// <summary>Sends what is due now.</summary>
    /// <returns>How many tries were made.</returns>
    public async Task<int> RunAsync(CancellationToken stop = default)
    {
        var sent = 0;
        while (await TakeAsync(stop) is { Count: > 0 } due)
        {
            await Task.WhenAll(due.Select(one => SendAsync(one, stop)));
            sent += due.Count;
        }

        await using var connection = await _db.OpenConnectionAsync(stop);
        await connection.ExecuteAsync(new CommandDefinition("delete from webhook_event where at < @before and not exists (select 1 from webhook_delivery d where d.event_id = webhook_event.id and d.next_at is not null)", new { before = _clock.Now - Kept }, cancellationToken: stop));
        return sent;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Repeatedly.DoAsync(_every, async stop => await RunAsync(stop), trouble => _logger.LogWarning(trouble, "Webhooks could not be sent"), stoppingToken);

    public override void Dispose()
    {
        _http.Dispose();
        base.Dispose();
    }

    // A host that dies with what it took gives it back when the lease ends
    private async Task<IReadOnlyList<Due>> TakeAsync(CancellationToken stop)
    {
        await using var connection = await _db.OpenConnectionAsync(stop);
        return (await connection.QueryAsync<Due>(new CommandDefinition(
            """
            update webhook_delivery d set next_at = @lease from webhook w, webhook_event e
            where w.id = d.webhook_id and e.id = d.event_id and d.id in (
              select o.id from webhook_delivery o join webhook h on h.id = o.webhook_id join account a on a.id = h.owner_id
              where o.next_at <= @now and h.disabled_at is null and a.disabled_at is null and a.erased_at is null and exists (select from account_role r where r.account_id = a.id and r.role in ('host', 'editor', 'admin')) order by o.next_at limit @AtOnce for update of o skip locked)
            returning d.id, d.body, d.tries, w.url, w.secret, e.id as Event, e.kind, e.subject, e.at
            """,
            new { now = _clock.Now, lease = _clock.Now + _lease, AtOnce },
            cancellationToken: stop))).AsList();
    }

    private async Task SendAsync(Due due, CancellationToken stop)
    {
        await using var connection = await _db.OpenConnectionAsync(stop);
        var body = due.Body ?? await WebhookBody.MakeAsync(connection, due.Event, due.Kind, due.Subject, due.At);
        var began = _clock.Timestamp;
        var (status, trouble) = await PostAsync(due, body, stop);
        var taken = status is >= 200 and < 300;
        var number = due.Tries + 1;
        var next = taken || number > Waits.Count ? (DateTimeOffset?)null : _clock.Now + Waits[number - 1];
        await connection.ExecuteAsync(
            """
            with tried as (insert into webhook_try (delivery_id, number, at, took_ms, status, trouble) values (@Id, @number, @now, @took, @status, @trouble) on conflict do nothing)
            update webhook_delivery set body = @body, tries = @number, next_at = @next, delivered_at = case when @taken then coalesce(delivered_at, @now) else delivered_at end where id = @Id
            """,
            new { due.Id, number, now = _clock.Now, took = (int)_clock.Since(began).TotalMilliseconds, status, trouble, body, next, taken });
    }

    private async Task<(int? Status, string? Trouble)> PostAsync(Due due, string body, CancellationToken stop)
    {
        if (_settings.Read(due.Url) is not { } url) return (null, "forbidden");
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add(WebhookSignature.Header, WebhookSignature.Of(Webhook.SecretOf(_protection, due.Secret), _clock.Now.ToUnixTimeSeconds(), body));
        request.Headers.Add("StudyQuiz-Event", due.Kind);
        request.Headers.Add("StudyQuiz-Delivery", due.Id.ToString());
        try
        {
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            return ((int)answer.StatusCode, null);
        }
        catch (HttpRequestException unreachable) when (unreachable.InnerException is ForbiddenAddressException)
        {
            return (null, "forbidden");
        }
        catch (HttpRequestException unreachable)
        {
            return (null, unreachable.HttpRequestError == HttpRequestError.Unknown ? "unreachable" : System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(unreachable.HttpRequestError.ToString()));
        }
        catch (TaskCanceledException) when (!stop.IsCancellationRequested)
        {
            return (null, "timeout");
        }
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, stop);
        // One that leads inside is enough: whoever owns the name decides which of them is taken
        if (addresses.Length == 0 || !addresses.All(_settings.Allows)) throw new ForbiddenAddressException();
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private sealed record Due(Guid Id, string? Body, int Tries, string Url, string Secret, Guid Event, string Kind, Guid Subject, DateTime At);

    private sealed class ForbiddenAddressException : IOException
    {
        public ForbiddenAddressException()
            : base("The name stands for an address that may not be called.")
        {
        }
    }
}
