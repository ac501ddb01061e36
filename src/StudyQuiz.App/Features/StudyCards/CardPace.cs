using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>How long a learner takes for an answer.</summary>
/// <param name="Seconds">The median.</param>
/// <param name="IsOwn">Measured; else what most people take.</param>
public sealed record CardPace(double Seconds, bool IsOwn)
{
    /// <summary>Where nothing has been measured yet.</summary>
    public static CardPace Usual { get; } = new(12, false);

    // Fewer answers than this say little
    private const int Enough = 5;

    /// <summary>Of the last three months.</summary>
    internal static async Task<CardPace> OfAsync(NpgsqlConnection connection, Guid learner, DateOnly today)
    {
        var (count, median) = await connection.QuerySingleAsync<(long Count, double? Median)>(
            """
            select count(*), percentile_cont(0.5) within group (order by took_ms)
            from review where learner_id = @learner and day > @from and kind = 'rated' and took_ms is not null and replaces is null and client_id <> all(@undone)
            """,
            new { learner, from = today.AddDays(-90), undone = await CardLog.UndoneAsync(connection, learner) });
        return count >= Enough && median is { } ms ? new CardPace(ms / 1000, true) : Usual;
    }

    /// <summary>Whole minutes for so many answers: at least one where there is anything to do.</summary>
    public int Minutes(double answers) => answers <= 0 ? 0 : Math.Max(1, (int)Math.Ceiling(answers * Seconds / 60 - 1e-9));
}
