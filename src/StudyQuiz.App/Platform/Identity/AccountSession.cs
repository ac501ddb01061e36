using Dapper;
using Npgsql;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Platform.Identity;

/// <summary>A browser in which an account is signed in.</summary>
/// <param name="Browser">What it calls itself; may be empty.</param>
/// <param name="SeenAt">When it last came, to the hour.</param>
public sealed record AccountSession(Guid Id, string Browser, DateTime BegunAt, DateTime SeenAt)
{
    /// <summary>The claim in the cookie that names the session.</summary>
    public const string Claim = "session";

    private const int LongestBrowser = 300;

    /// <summary>How long a session lasts, however much it is used: then its person signs in again.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    // Longer than a cookie lives, which goes on while it is used
    private static readonly TimeSpan Kept = TimeSpan.FromDays(60);

    /// <summary>Stores a session that begins, or that goes on under a new stamp. One that was ended stays ended.</summary>
    /// <returns>Whether it is open.</returns>
    public static Task<bool> BeginAsync(NpgsqlConnection connection, Guid id, Account account, string? browser, DateTimeOffset now, CancellationToken stop) =>
        connection.QuerySingleAsync<bool>(new CommandDefinition(
            """
            with old as (delete from account_session where account_id = @account and seen_at < @before and id <> @id)
            insert into account_session as s (id, account_id, stamp, browser, begun_at, seen_at) values (@id, @account, @stamp, @browser, @now, @now)
            on conflict (id) do update set stamp = case when s.account_id = excluded.account_id then excluded.stamp else s.stamp end
            returning ended_at is null and account_id = @account
            """,
            new { id, account = account.Id, stamp = account.SecurityStamp, browser = Storable(browser ?? ""), now, before = now - Kept },
            cancellationToken: stop));

    /// <summary>Whether a session of an account is open. That its browser came is written once an hour.</summary>
    public static async Task<bool> IsOpenAsync(NpgsqlConnection connection, Guid id, Guid account, DateTimeOffset now, CancellationToken stop)
    {
        var isStale = await connection.QuerySingleOrDefaultAsync<bool?>(new CommandDefinition(
            "select seen_at < @now - interval '1 hour' from account_session where id = @id and account_id = @account and ended_at is null and begun_at > @oldest and seen_at > @unused", new { id, account, now, oldest = now - Longest, unused = now - AccountCookie.Lifetime }, cancellationToken: stop));
        if (isStale == true) await ByTheWay.WriteAsync(() => connection.ExecuteAsync(new CommandDefinition("update account_session set seen_at = @now where id = @id", new { id, now }, cancellationToken: stop)));
        return isStale is not null;
    }

    /// <summary>The open sessions of an account, the one that came last first.</summary>
    public static async Task<IReadOnlyList<AccountSession>> OfAsync(NpgsqlConnection connection, Guid account, DateTimeOffset now) =>
        (await connection.QueryAsync<AccountSession>(
            """
            select s.id, s.browser, s.begun_at as BegunAt, s.seen_at as SeenAt
            from account_session s join account a on a.id = s.account_id and a.security_stamp = s.stamp
            where s.account_id = @account and s.ended_at is null and s.seen_at > @since and s.begun_at > @oldest
            order by s.seen_at desc, s.begun_at desc, s.id
            """,
            new { account, since = now - AccountCookie.Lifetime, oldest = now - Longest })).AsList();

    /// <summary>Whether somebody signed in to a session, and did not merely go on with it, since a time.</summary>
    public static Task<bool> BeganSinceAsync(NpgsqlConnection connection, Guid id, DateTimeOffset since, CancellationToken stop) =>
        connection.QuerySingleAsync<bool>(new CommandDefinition("select exists (select from account_session where id = @id and begun_at >= @since)", new { id, since }, cancellationToken: stop));

    /// <summary>Ends a session of an account: its next request is nobody's.</summary>
    public static Task EndAsync(NpgsqlConnection connection, Guid id, Guid account, DateTimeOffset now) =>
        connection.ExecuteAsync("update account_session set ended_at = @now where id = @id and account_id = @account and ended_at is null", new { id, account, now });

    private static string Storable(string browser)
    {
        var cut = browser.Length > LongestBrowser ? browser[..LongestBrowser] : browser;
        return StorableText.Is(cut) ? cut : "";
    }
}
