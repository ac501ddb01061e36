using Dapper;
using Microsoft.AspNetCore.SignalR;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Live;

/// <summary>Who may watch a game: whoever came by its link, whose secret is a cookie from then on.</summary>
public sealed class Watchers(NpgsqlDataSource db)
{
    private const string Prefix = "sq-watch-";
    private const int MostLinks = 16;
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>The game that a link's secret leads to.</summary>
    public async Task<Guid?> FindAsync(string secret)
    {
        if (!IsLink(secret)) return null;
        await using var connection = await db.OpenConnectionAsync();
        return await connection.QuerySingleOrDefaultAsync<Guid?>("select id from game where watch_secret = @secret", new { secret });
    }

    public static void Keep(HttpContext http, Guid game, string secret) => SafeCookies.Write(http, Name(game), secret, Lifetime);

    public async Task<bool> MayAsync(HttpContext http, Guid game) => SafeCookies.Read(http, Name(game)) is { } secret && await FindAsync(secret) == game;

    /// <summary>Whether this browser may watch any game.</summary>
    public async Task<bool> MayAnyAsync(HttpContext http)
    {
        var links = http.Request.Cookies.Where(cookie => cookie.Key.StartsWith(Prefix, StringComparison.Ordinal)).Select(cookie => cookie.Value).Where(IsLink).TakeLast(MostLinks).ToArray();
        if (links.Length == 0) return false;
        await using var connection = await db.OpenConnectionAsync();
        return await connection.QuerySingleAsync<bool>("select exists (select from game where watch_secret = any(@links))", new { links });
    }

    private static bool IsLink(string secret) => secret.Length is > 0 and <= 100 && StorableText.Is(secret);

    private static string Name(Guid game) => $"{Prefix}{game:N}";
}

/// <summary>A spectator's way to a game: what the projector shows, without the way to join, and nothing to say.</summary>
public sealed class WatchHub(GameRelay relay, Watchers watchers) : Hub<IHostScreen>
{
    public async Task<HostAttached> Attach(Guid gameId)
    {
        if (Context.GetHttpContext() is not { } http || !await watchers.MayAsync(http, gameId)) return new HostAttached(Refusal: Refusals.UnknownGame);
        var attached = await relay.AttachWatcherAsync(gameId, Context.ConnectionId);
        if (HubAttachment.Of<Guid?>(Context) is { } before && before != gameId) relay.Detach(before, Context.ConnectionId);
        if (attached.View is not null) HubAttachment.Set(Context, gameId);
        return attached;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        if (HubAttachment.Of<Guid?>(Context) is { } game) relay.Detach(game, Context.ConnectionId);
        return base.OnDisconnectedAsync(exception);
    }
}
