using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.JoinGame;

/// <summary>
/// Makes guessing PINs slow. A school shares one address, so only failed look-ups count; whose address has used them up can't join
/// by PIN until the window is over, not even with the right one, but can scan the code. All app hosts of a database count together.
/// </summary>
/// <remarks>PINs have eight digits: at this rate an address needs years to come upon a running game's.</remarks>
public sealed class PinGuard(NpgsqlDataSource db, Clock clock)
{
    /// <summary>Failed look-ups that an address has for each <see cref="Window"/>: more than one pupil types.</summary>
    public const int Tries = 600;

    /// <summary>How long failed look-ups are remembered.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    // Each failure may add one network, so that what is over never piles up
    private const int ForgottenAtOnce = 10;

    public async Task<bool> IsBlockedAsync(HttpContext http)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await connection.QuerySingleAsync<bool>(
            "select exists (select from pin_failure where network = @network and since > @over and failures >= @Tries)",
            new { network = NetworkOf(http), over = clock.Now - Window, Tries });
    }

    public async Task FailedAsync(HttpContext http)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await connection.ExecuteAsync(
            """
            insert into pin_failure as f (network, since, failures) values (@network, @now, 1)
            on conflict (network) do update set
              since = case when f.since > @over then f.since else excluded.since end,
              failures = case when f.since > @over then f.failures + 1 else 1 end;
            delete from pin_failure where network in (select network from pin_failure where since <= @over order by since limit @ForgottenAtOnce for update skip locked)
            """,
            new { network = NetworkOf(http), now = clock.Now, over = clock.Now - Window, ForgottenAtOnce });
    }

    private static string NetworkOf(HttpContext http) => RateLimits.Network(http.Connection.RemoteIpAddress);
}
