using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Domain.Notebooks;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.KeepNotebook;

/// <summary>What a question's row in the notebook says, as it is kept with the card.</summary>
/// <param name="Review">The last wrong answer.</param>
/// <param name="MissedDay">The learner's study day then.</param>
/// <param name="Misses">How often it was answered wrong.</param>
/// <param name="RightDays">On how many days it was answered right since.</param>
/// <param name="Needed">On how many it must be, to leave.</param>
/// <param name="LeftOn">The day on which it left; null while it is in.</param>
public sealed record KeptEntry(
    Guid Review, DateTimeOffset MissedAt, DateOnly MissedDay, int Misses, int RightDays, int Needed, NotebookState State, DateOnly? LeftOn)
{
    /// <summary>How many right days it still takes; 0 for what has been learned.</summary>
    public int Left => Math.Max(0, Needed - RightDays);
}

/// <summary>
/// Keeps what <see cref="NotebookEntry"/> makes of a learner's answers with the cards that they make, so that a look at the notebook reads no log:
/// folded anew whenever the log grows, something is done by hand, or the number of days changes.
/// </summary>
internal static class KeptEntries
{
    // Another number has everyone's entries folded anew at their next look
    private const int Rules = 1;

    /// <summary>Folds the logs of some cards; those that were never answered wrong have no entry.</summary>
    public static async Task<IReadOnlyDictionary<(long Question, int Fork), NotebookEntry>> FoldAsync(
        NpgsqlConnection connection, Guid learner, IEnumerable<IGrouping<(long Question, int Fork), LoggedReview>> logs)
    {
        var missed = logs.Where(log => log.Any(row => row.Rating == Rating.Again)).ToList();
        var entries = new Dictionary<(long, int), NotebookEntry>();
        if (missed.Count == 0) return entries;
        var needed = await connection.QuerySingleAsync<int?>("select notebook_days from learner where id = @learner", new { learner }) ?? NotebookEntry.UsualDays;
        var marks = await NotebookMarks.OfAsync(connection, learner, [.. missed.Select(log => log.Key.Question)]);
        foreach (var log in missed)
        {
            if (NotebookEntry.Of(log, needed, marks.GetValueOrDefault(log.Key)) is { } entry) entries[log.Key] = entry;
        }

        return entries;
    }

    /// <summary>Folds everything that was ever missed, unless it was folded by these rules already.</summary>
    public static async Task EnsureAsync(NpgsqlConnection connection, Guid learner)
    {
        if (await connection.QuerySingleAsync<int?>("select notebook_rules from learner where id = @learner", new { learner }) == Rules) return;
        await using var transaction = await connection.BeginTransactionAsync();
        await CardLog.RebuildMissedAsync(connection, learner);
        await connection.ExecuteAsync("update learner set notebook_rules = @Rules where id = @learner", new { learner, Rules });
        await transaction.CommitAsync();
    }
}
