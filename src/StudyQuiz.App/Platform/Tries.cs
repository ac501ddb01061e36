using Dapper;
using Npgsql;

namespace StudyQuiz.App.Platform;

/// <summary>
/// Counts how often something was tried, in the database: by all hosts, through a restart, and one by one where many are sent at once. What is
/// counted is named by a hash, for it may hold what somebody typed.
/// </summary>
public static class Tries
{
    /// <summary>Takes one try, before what is tried is looked at. The count begins anew when nothing was tried for the whole time.</summary>
    public static async Task<Try> TakeAsync(NpgsqlConnection connection, byte[] name, int most, TimeSpan time, DateTimeOffset now, CancellationToken stop)
    {
        var values = new { name, now, until = now + time, most };
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
        if (taken is { } tries) return new Try(most - tries, null);

        var seconds = await connection.QuerySingleOrDefaultAsync<double?>(new CommandDefinition(
            "select extract(epoch from counts_until - @now)::float8 from sign_in_try where name_hash = @name", values, cancellationToken: stop));
        return new Try(0, TimeSpan.FromSeconds(seconds ?? 0));
    }

    /// <summary>Forgets these counts, and all that no longer count.</summary>
    public static Task ForgetAsync(NpgsqlConnection connection, byte[][] names, DateTimeOffset now, CancellationToken stop) =>
        connection.ExecuteAsync(new CommandDefinition(
            "delete from sign_in_try where name_hash = any(@names) or counts_until <= @now", new { names, now }, cancellationToken: stop));
}

/// <param name="Left">How many more tries there are after this one.</param>
/// <param name="LockedFor">How long nothing is looked at; null when this try counts.</param>
public sealed record Try(int Left, TimeSpan? LockedFor);
