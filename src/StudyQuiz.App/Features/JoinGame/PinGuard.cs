using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.JoinGame;

/// <summary>
/// Makes guessing PINs slow. A school shares one address, so only failed look-ups count; whose address has used them up can't join
/// by PIN, not even with the right one, until a second has passed without a further failure, but can scan the code. All app hosts of a
/// database count together.
/// </summary>
/// <remarks>
/// A bucket of <see cref="Tries"/> that regains one each <see cref="Regain"/>, kept as the moment at which it is full again. PINs have eight
/// digits: at this rate an address needs years to come upon a running game's, and one pupil with a script keeps a class out only while it runs.
/// </remarks>
public sealed class PinGuard(NpgsqlDataSource db, Clock clock)
{
    /// <summary>Failed look-ups that an address has at once: more than one pupil types.</summary>
    public const int Tries = 600;

    /// <summary>How long it takes to have one more.</summary>
    public static readonly TimeSpan Regain = TimeSpan.FromSeconds(1);

    // Each failure may add one network, so that what is over never piles up
    private const int ForgottenAtOnce = 10;

    private static readonly TimeSpan _most = Tries * Regain;

    public async Task<bool> IsBlockedAsync(HttpContext http)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await connection.QuerySingleAsync<bool>(
            "select exists (select from pin_failure where network = @network and spent_until > @now + @least)",
            new { network = NetworkOf(http), now = clock.Now, least = _most - Regain });
    }

    public async Task FailedAsync(HttpContext http)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await connection.ExecuteAsync(
            """
            insert into pin_failure as f (network, spent_until) values (@network, @now + @Regain)
            on conflict (network) do update set spent_until = least(greatest(f.spent_until, @now) + @Regain, @now + @most);
            delete from pin_failure where network in (select network from pin_failure where spent_until <= @now order by spent_until limit @ForgottenAtOnce for update skip locked)
            """,
            new { network = NetworkOf(http), now = clock.Now, Regain, most = _most, ForgottenAtOnce });
    }

    private static string NetworkOf(HttpContext http) => RateLimits.Network(http.Connection.RemoteIpAddress);
}
