using Dapper;
using Npgsql;
using StudyQuiz.Domain.Notebooks;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>
/// What <see cref="NotebookEntry"/> makes of a learner's answers, kept with the cards that they make, so that a look at the notebook reads no log: folded
/// anew whenever the log grows, something is done by hand, or the number of days changes.
/// </summary>
internal static class NotebookFold
{
    /// <summary>Folds the logs of some cards; those that were never answered wrong have no entry.</summary>
    public static async Task<IReadOnlyDictionary<(long Question, int Fork), NotebookEntry>> OfAsync(
        NpgsqlConnection connection, Guid learner, IEnumerable<IGrouping<(long Question, int Fork), LoggedReview>> logs)
    {
        var missed = logs.Where(log => log.Any(row => row.Rating == Rating.Again)).ToList();
        var entries = new Dictionary<(long, int), NotebookEntry>();
        if (missed.Count == 0) return entries;
        var needed = await connection.QuerySingleAsync<int?>("select notebook_days from learner where id = @learner", new { learner }) ?? NotebookEntry.UsualDays;
        var marks = await MarksAsync(connection, learner, [.. missed.Select(log => log.Key.Question)]);
        foreach (var log in missed)
        {
            if (NotebookEntry.Of(log, needed, marks.GetValueOrDefault(log.Key)) is { } entry) entries[log.Key] = entry;
        }

        return entries;
    }

    // What was done by hand to some questions, each for the fork that it was done to
    private static async Task<IReadOnlyDictionary<(long Question, int Fork), NotebookMark>> MarksAsync(NpgsqlConnection connection, Guid learner, long[] questions) =>
        (await connection.QueryAsync<(long Question, int Fork, bool IsRemoval, DateTime At, DateOnly Day)>(
            "select question_id, fork, act = 'removed', marked_at, day from notebook_mark where learner_id = @learner and question_id = any(@questions)", new { learner, questions }))
        .ToDictionary(mark => (mark.Question, mark.Fork), mark => new NotebookMark(mark.IsRemoval, new DateTimeOffset(mark.At, TimeSpan.Zero), mark.Day));
}
