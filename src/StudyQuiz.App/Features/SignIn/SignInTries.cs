using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;

namespace StudyQuiz.App.Features.SignIn;

/// <summary>Limits how often a password may be guessed for one name.</summary>
/// <remarks>
/// Not Identity's lockout: that counts for accounts only, so that the number of tries left tells which names exist, and it counts
/// after the password was looked at, so that a hundred guesses sent at once count as one.
/// </remarks>
public sealed class SignInTries(NpgsqlDataSource db, Clock clock)
{
    public const int Most = 5;

    public static TimeSpan Lock { get; } = TimeSpan.FromMinutes(15);

    /// <summary>Takes one try, before the password is looked at.</summary>
    /// <param name="typedName">The name as it was typed, of an account or not.</param>
    /// <param name="stop">The request's end.</param>
    public async Task<SignInTry> TakeAsync(string typedName, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        var values = new { name = Hash(typedName), now = clock.Now, until = clock.Now + Lock, most = Most };
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
        if (taken is { } tries) return new SignInTry(Most - tries, null);

        var seconds = await connection.QuerySingleOrDefaultAsync<double?>(new CommandDefinition(
            "select extract(epoch from counts_until - @now)::float8 from sign_in_try where name_hash = @name", values, cancellationToken: stop));
        return new SignInTry(0, TimeSpan.FromSeconds(seconds ?? 0));
    }

    /// <summary>Forgets the tries of a name after the right password, and those of any name that no longer count.</summary>
    public async Task ForgetAsync(string typedName, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        await connection.ExecuteAsync(new CommandDefinition(
            "delete from sign_in_try where name_hash = @name or counts_until <= @now",
            new { name = Hash(typedName), now = clock.Now },
            cancellationToken: stop));
    }

    private static byte[] Hash(string typedName) => SecretToken.Hash(UserName.Key(UserName.Clean(typedName) ?? typedName));
}

/// <param name="Left">How many more tries there are after this one.</param>
/// <param name="LockedFor">How long no password is looked at; null when this try counts.</param>
public sealed record SignInTry(int Left, TimeSpan? LockedFor);
