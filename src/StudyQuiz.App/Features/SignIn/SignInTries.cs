using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.SignIn;

/// <summary>Limits how often a password may be guessed for one name: a few times from one network, more often from all of them together.</summary>
/// <remarks>
/// By network, so that nobody keeps a teacher out from elsewhere by guessing wrong; altogether too, so that many networks are no way round.
/// Not Identity's lockout: that counts for accounts only, so that the number of tries left tells which names exist, and it counts
/// after the password was looked at, so that a hundred guesses sent at once count as one.
/// </remarks>
public sealed class SignInTries(NpgsqlDataSource db, Clock clock)
{
    /// <summary>Tries for a name from one network.</summary>
    public const int Most = 5;

    /// <summary>Tries for a name from all networks.</summary>
    public const int MostAnywhere = 50;

    public static TimeSpan Lock { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Takes one try, before the password is looked at.</summary>
    /// <param name="typedName">The name as it was typed, of an account or not.</param>
    /// <param name="network">Where it comes from, as <see cref="RateLimits.Network"/> has it.</param>
    /// <param name="stop">The request's end.</param>
    public async Task<SignInTry> TakeAsync(string typedName, string network, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);

        // The network's first: one that is locked takes nothing from what all have together.
        var here = await TakeAsync(connection, Hash(typedName, network), Most, stop);
        if (here.LockedFor is not null) return here;
        var anywhere = await TakeAsync(connection, Hash(typedName), MostAnywhere, stop);
        return anywhere.Left < here.Left || anywhere.LockedFor is not null ? anywhere : here;
    }

    /// <summary>Forgets the tries of a name here and altogether after the right password, and all that no longer count.</summary>
    public async Task ForgetAsync(string typedName, string network, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from sign_in_try where name_hash = any(@names) or counts_until <= @now",
            new { names = new[] { Hash(typedName, network), Hash(typedName) }, now = clock.Now },
            cancellationToken: stop));
    }

    private async Task<SignInTry> TakeAsync(NpgsqlConnection connection, byte[] name, int most, CancellationToken stop)
    {
        var values = new { name, now = clock.Now, until = clock.Now + Lock, most };
        var taken = await connection.QuerySingleOrDefaultAsync<int?>(new CommandDefinition(
            """
            insert into sign_in_try as known (name_hash, tries, counts_until) values (@name, 1, @until)
            on conflict (name_hash) do update
            set tries = case when known.counts_until <= @now then 1 else known.tries + 1 end, counts_until = @until
            where known.tries < @most or known.counts_until <= @now
            returning tries
            """,
            values,
            cancellationToken: stop));
        if (taken is { } tries) return new SignInTry(most - tries, null);

        var seconds = await connection.QuerySingleOrDefaultAsync<double?>(new CommandDefinition(
            "select extract(epoch from counts_until - @now)::float8 from sign_in_try where name_hash = @name", values, cancellationToken: stop));
        return new SignInTry(0, TimeSpan.FromSeconds(seconds ?? 0));
    }

    // No name that can be typed holds what stands between name and network: the values of a request hold no U+0000.
    private static byte[] Hash(string typedName, string? network = null)
    {
        var key = UserName.Key(UserName.Clean(typedName) ?? typedName);
        return SecretToken.Hash(network is null ? key : $"{key}\0{network}");
    }
}

/// <param name="Left">How many more tries there are after this one.</param>
/// <param name="LockedFor">How long no password is looked at; null when this try counts.</param>
public sealed record SignInTry(int Left, TimeSpan? LockedFor);
