using System.Collections.Concurrent;
using System.Security.Claims;
using Dapper;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Live;

/// <summary>
/// Closes the screens of hosts who may lead no more: switched off, without the role, signed out everywhere. A request asks that each time; a connection that
/// stays open would go on. Whoever only has a new cookie comes back at once.
/// </summary>
public sealed class HostConnections(NpgsqlDataSource db, IOptions<IdentityOptions> identity, ILogger<HostConnections> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (Guid Account, string Stamp, HubCallerContext Context)> _open = new(StringComparer.Ordinal);

    internal void Opened(HubCallerContext context) => _open[context.ConnectionId] = (Viewer.Of(context.User!).AccountId!.Value, context.User!.FindFirstValue(identity.Value.ClaimsIdentity.SecurityStampClaimType) ?? "", context);

    internal void Closed(HubCallerContext context) => _open.TryRemove(context.ConnectionId, out _);

    /// <summary>Closes those that must not stay open.</summary>
    public async Task RunAsync(CancellationToken stop = default)
    {
        var open = _open.Values.ToList();
        if (open.Count == 0) return;
        await using var connection = await db.OpenConnectionAsync(stop);
        var good = (await connection.QueryAsync<(Guid, string)>(
            """
            select a.id, a.security_stamp from account a
            where a.id = any(@ids) and a.disabled_at is null and a.erased_at is null and exists (select from account_role r where r.account_id = a.id and r.role in ('host', 'editor', 'admin'))
            """,
            new { ids = open.Select(one => one.Account).Distinct().ToArray() })).ToHashSet();
        foreach (var one in open.Where(one => !good.Contains((one.Account, one.Stamp)))) one.Context.Abort();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Repeatedly.DoAsync(
        LookEvery, RunAsync, failed => log.LogWarning(failed, "It could not be asked who may still lead games; it is asked again in a few seconds"), stoppingToken);
}
