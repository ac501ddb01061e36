using Dapper;
using Npgsql;

namespace StudyQuiz.App.Features.StudyCards;

/// <summary>
/// An exam that has passed caps nothing any more, not even what was answered before it: else all that it pulled forward would be overdue
/// from the day after it.
/// </summary>
internal static class PassedExams
{
    /// <summary>
    /// Folds the cards of a deck anew at the first look at any after its exam, once. What a card is stays a fold of its answers by settings:
    /// that the exam is over is one of them.
    /// </summary>
    public static async Task SettleAsync(NpgsqlConnection connection, Guid learner, DateOnly today)
    {
        if (!await connection.QuerySingleAsync<bool>("select exists (select 1 from deck where learner_id = @learner and exam_day < @today and not exam_over)", new { learner, today })) return;
        await using var transaction = await connection.BeginTransactionAsync();
        await StudyLearner.LockAsync(connection, learner);
        // of two looks at once the second finds nothing left to do
        var sources = await connection.QueryAsync<long>(
            "update deck set exam_over = true where learner_id = @learner and exam_day < @today and not exam_over returning source_id", new { learner, today });
        foreach (var source in sources) await CardLog.RebuildSourceAsync(connection, learner, source);
        await transaction.CommitAsync();
    }
}
