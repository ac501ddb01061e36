using Dapper;
using Npgsql;

namespace StudyQuiz.App.Platform;

/// <summary>Finds the learner behind a request: the account's when someone is signed in, else the device's.</summary>
public sealed class Learners(NpgsqlDataSource db, Clock clock)
{
    private const string DeviceCookie = "sq-device";
    private static readonly TimeSpan DeviceLifetime = TimeSpan.FromDays(400); // the longest that browsers keep

    /// <summary>The learner, or null where this browser has not begun anything yet. Looking creates nothing.</summary>
    public async Task<Guid?> FindAsync(HttpContext http)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return Viewer.Of(http.User).AccountId is { } account
            ? await OfAccountAsync(connection, account)
            : await OfDeviceAsync(http, connection);
    }

    /// <summary>
    /// Everyone whose attempts this browser may go on with: the account's learner, and the device's where no account has claimed it.
    /// Whoever signs in during a self-test goes on with it.
    /// </summary>
    public async Task<IReadOnlyList<Guid>> FindAllAsync(HttpContext http)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var ofAccount = Viewer.Of(http.User).AccountId is { } account ? await OfAccountAsync(connection, account) : null;
        return [.. new[] { ofAccount, await OfDeviceAsync(http, connection) }.OfType<Guid>()];
    }

    /// <summary>
    /// The learner for whom this browser may write what it did for another one: that one itself, or the account's to which its history went.
    /// </summary>
    /// <returns>Null where it may not.</returns>
    public async Task<Guid?> StandsForAsync(HttpContext http, Guid learner)
    {
        var own = await FindAllAsync(http);
        if (own.Contains(learner)) return learner;
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await connection.QuerySingleOrDefaultAsync<Guid?>("select merged_into from learner where id = @learner", new { learner }) is { } heir && own.Contains(heir) ? heir : null;
    }

    /// <summary>
    /// Whether no account can be signed in to for a learner: it has none and its history went to none. One that is gone, with its account or
    /// without, is not nobody's: what was somebody's does not become another's.
    /// </summary>
    public async Task<bool> IsNobodysAsync(Guid learner, CancellationToken cancel)
    {
        await using var connection = await db.OpenConnectionAsync(cancel);
        return await connection.QuerySingleAsync<bool>(
            "select exists (select 1 from learner where id = @learner and account_id is null and merged_into is null and anonymised_at is null)", new { learner });
    }

    /// <summary>Takes away this browser's secret, when its learner is gone.</summary>
    public static void ForgetDevice(HttpContext http) => SafeCookies.Delete(http, DeviceCookie);

    private static Task<Guid?> OfAccountAsync(NpgsqlConnection connection, Guid account) =>
        connection.QuerySingleOrDefaultAsync<Guid?>("select id from learner where account_id = @account", new { account });

    // A device's learner that was claimed by an account is reached by signing in, not by the cookie it left behind.
    // That the browser came is written once a day: what nobody comes for becomes nobody's.
    private async Task<Guid?> OfDeviceAsync(HttpContext http, NpgsqlConnection connection)
    {
        if (SafeCookies.Read(http, DeviceCookie) is not { } token) return null;
        var (hash, now) = (SecretToken.Hash(token), clock.Now);
        var found = await connection.QuerySingleOrDefaultAsync<(Guid Id, bool IsStale)?>(
            """
            select l.id, d.seen_at < @now - interval '1 day' from learner_device d join learner l on l.id = d.learner_id
            where d.token_hash = @hash and l.account_id is null and l.merged_into is null
            """,
            new { hash, now });
        if (found is { IsStale: true }) await ByTheWay.WriteAsync(() => connection.ExecuteAsync("update learner_device set seen_at = @now where token_hash = @hash", new { hash, now }));
        return found?.Id;
    }

    /// <summary>The learner, made now where there was none: for the account, or for this device with a cookie.</summary>
    /// <param name="token">
    /// The secret that the device is to keep, where the form that begins carried a fresh one: sent twice, it begins one learner.
    /// What no <see cref="SecretToken"/> made is not taken: a secret that someone chose could be guessed.
    /// </param>
    public async Task<Guid> FindOrBeginAsync(HttpContext http, string? token = null)
    {
        if (await FindAsync(http) is { } known) return known;

        var (id, zone) = (Guid.CreateVersion7(), LearnerDay.ZoneOf(http));
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (Viewer.Of(http.User).AccountId is { } account)
        {
            return await connection.QuerySingleAsync<Guid>(
                """
                with made as (
                  insert into learner (id, account_id, time_zone) values (@id, @account, @zone)
                  on conflict (account_id) do nothing returning id)
                select id from made union all select id from learner where account_id = @account limit 1
                """,
                new { id, account, zone });
        }

        if (token is null || !SecretToken.HasShape(token)) token = SecretToken.Create();
        var hash = SecretToken.Hash(token);
        await using (var transaction = await connection.BeginTransactionAsync(http.RequestAborted))
        {
            await connection.ExecuteAsync("insert into learner (id, time_zone) values (@id, @zone)", new { id, zone });
            var begun = await connection.ExecuteAsync(
                "insert into learner_device (token_hash, learner_id, seen_at) values (@hash, @id, @now) on conflict (token_hash) do nothing", new { hash, id, now = clock.Now });
            if (begun == 1) await transaction.CommitAsync(http.RequestAborted);
        }

        // A secret whose learner has been claimed by an account is spent: the device begins anew.
        var learner = await connection.QuerySingleOrDefaultAsync<Guid?>(
            "select l.id from learner_device d join learner l on l.id = d.learner_id where d.token_hash = @hash and l.account_id is null and l.merged_into is null", new { hash });
        if (learner is null) return await FindOrBeginAsync(http);
        SafeCookies.Write(http, DeviceCookie, token, DeviceLifetime);
        return learner.Value;
    }

    /// <summary>Gives what this device has done to an account that signs in, where it has no learner yet.</summary>
    public async Task ClaimDeviceAsync(HttpContext http, Guid account)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        try
        {
            await ClaimDeviceAsync(http, connection, account);
        }
        catch (PostgresException taken) when (taken.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            // The account got a learner on another device at the same moment; this device's stays reachable by its cookie.
        }
    }

    /// <summary>
    /// Gives what this device has done to a new account, in its transaction. Nothing happens where the device has done nothing.
    /// </summary>
    public static async Task ClaimDeviceAsync(HttpContext http, NpgsqlConnection connection, Guid account)
    {
        if (SafeCookies.Read(http, DeviceCookie) is not { } token) return;
        await connection.ExecuteAsync(
            """
            update learner set account_id = @account
            where account_id is null and merged_into is null
              and id = (select learner_id from learner_device where token_hash = @hash)
              and not exists (select 1 from learner where account_id = @account)
            """,
            new { account, hash = SecretToken.Hash(token) });
    }

    /// <summary>Makes a learner without an account this browser's, in the caller's transaction. False where that learner has one now, or is gone.</summary>
    public async Task<bool> AddDeviceAsync(HttpContext http, NpgsqlConnection connection, Guid learner)
    {
        var token = SecretToken.Create();
        var isHere = await connection.ExecuteAsync(
            """
            insert into learner_device (token_hash, learner_id, seen_at)
            select @hash, id, @now from learner where id = @learner and account_id is null and merged_into is null for update
            """,
            new { hash = SecretToken.Hash(token), learner, now = clock.Now }) == 1;
        if (isHere) SafeCookies.Write(http, DeviceCookie, token, DeviceLifetime);
        return isHere;
    }

    /// <summary>Gives a learner to an account that has none yet, in the caller's transaction. False where either has somebody.</summary>
    public static async Task<bool> GiveToAccountAsync(NpgsqlConnection connection, Guid learner, Guid account) =>
        await connection.ExecuteAsync(
            """
            update learner set account_id = @account
            where id = @learner and account_id is null and merged_into is null and not exists (select 1 from learner where account_id = @account)
            """,
            new { account, learner }) == 1;
}
