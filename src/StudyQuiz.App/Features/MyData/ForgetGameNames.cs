using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.MyData;

/// <summary>
/// Erases what players of a game were called, a year after it or as long as <c>Names__KeptDays</c> says: nicknames, units, numbers and the host's
/// list. Answers, points and ranks stay, under the seats' numbers.
/// </summary>
public sealed class ForgetGameNames(NpgsqlDataSource db, Clock clock, IConfiguration settings, ILogger<ForgetGameNames> log) : BackgroundService
{
    private const int UsualDays = 365;
    private const int MostDays = 36_500;

    /// <summary>Games whose names go in one transaction, so that nobody waits for it.</summary>
    private const int ABatch = 20;

    private static readonly TimeSpan LookEvery = TimeSpan.FromHours(1);

    /// <summary>How long names are kept after a game.</summary>
    public TimeSpan After { get; } = Read(settings["Names:KeptDays"]);

    /// <summary>Erases all that is due.</summary>
    /// <returns>Of how many games.</returns>
    public async Task<int> RunAsync(CancellationToken stop = default)
    {
        var (all, batch) = (0, 0);
        do
        {
            batch = await EraseBatchAsync(stop);
            all += batch;
        }
        while (batch == ABatch);
        return all;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Repeatedly.DoAsync(
        LookEvery,
        async stop =>
        {
            if (await RunAsync(stop) is > 0 and var games) log.LogInformation("The names of {Games} games were erased after {Days} days", games, After.TotalDays);
        },
        failed => log.LogError(failed, "The names of old games could not be erased; it is tried again within an hour"),
        stoppingToken);

    private static TimeSpan Read(string? days) => string.IsNullOrWhiteSpace(days) ? TimeSpan.FromDays(UsualDays)
        : int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= MostDays ? TimeSpan.FromDays(number)
        : throw new SettingException($"Names__KeptDays is {days}, which is no number of days from 1 to {MostDays}. Correct the setting, or leave it out for {UsualDays}.");

    // A game that was never ended is over with its PIN, hours after it began
    private async Task<int> EraseBatchAsync(CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var now = clock.Now;
        var games = (await connection.QueryAsync<Guid>(new CommandDefinition(
            """
            update game set names_erased_at = @now
            where id in (
              select id from game where names_erased_at is null and coalesce(ended_at, created_at) < @before
              order by coalesce(ended_at, created_at) limit @ABatch for update skip locked)
            returning id
            """,
            new { now, before = now - After, ABatch },
            cancellationToken: stop))).AsList();
        await connection.ExecuteAsync(new CommandDefinition(
            $"""
            delete from game_seat_token where game_id = any(@games);
            delete from game_roster where game_id = any(@games);
            {EraseMyData.UnnameSeats} where game_id = any(@games);
            """,
            new { games },
            cancellationToken: stop));
        await transaction.CommitAsync(stop);
        return games.Count;
    }
}
