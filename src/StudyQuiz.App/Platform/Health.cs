using Npgsql;

namespace StudyQuiz.App.Platform;

/// <summary><c>/live</c>: the process answers. <c>/ready</c>: it is warmed up and the database takes writes.</summary>
public static class Health
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/live", () => Results.Text("live"));
        app.MapGet("/ready", async (NpgsqlDataSource db, Warmup warmup, HttpContext http) =>
            (warmup.IsDone ? await WhyNotWritableAsync(db, http.RequestAborted) : "warming up") is { } why
                ? Results.Text("not ready: " + why, statusCode: StatusCodes.Status503ServiceUnavailable)
                : Results.Text("ready"));
    }

    /// <summary>Null when the database takes writes, else one line that says why not.</summary>
    public static async Task<string?> WhyNotWritableAsync(NpgsqlDataSource db, CancellationToken stop)
    {
        try
        {
            // Not only cancelled: to cancel, Npgsql asks the database too, and one that hangs does not answer that either
            await BeatAsync(db, stop).WaitAsync(Patience, stop);
            return null;
        }
        catch (PostgresException refused)
        {
            return $"the database refuses writes ({refused.SqlState}: {refused.MessageText})";
        }
        catch (Exception unreachable) when (unreachable is NpgsqlException or TimeoutException or OperationCanceledException)
        {
            return "the database does not answer";
        }
    }

    private static async Task BeatAsync(NpgsqlDataSource db, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        // A temporary row would be written even where the disk of the real tables is full, so this touches a real one.
        await using var command = db.CreateCommand("insert into heartbeat (id, beat_at) values (1, now()) on conflict (id) do update set beat_at = now()");
        await command.ExecuteNonQueryAsync(patience.Token);
    }
}
