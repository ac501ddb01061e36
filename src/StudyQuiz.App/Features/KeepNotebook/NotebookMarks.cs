using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;

namespace StudyQuiz.App.Features.KeepNotebook;

/// <summary>What a learner does to their notebook by hand. The last change of a question counts, and one of a later fork over one of an earlier.</summary>
internal static class NotebookMarks
{
    public const string Removed = "removed";
    public const string Restored = "restored";

    private const string LastCounts =
        """
        on conflict (learner_id, question_id) do update set fork = excluded.fork, act = excluded.act, marked_at = excluded.marked_at, day = excluded.day
        where (excluded.fork, excluded.marked_at) >= (m.fork, m.marked_at)
        """;

    /// <returns>False where nobody ever missed it, or it is no question that is asked.</returns>
    public static async Task<bool> StoreAsync(NpgsqlConnection connection, Guid learner, long question, string act, DateTimeOffset at, DateOnly day)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var fork = await connection.QuerySingleOrDefaultAsync<int?>(
            $"""
            insert into notebook_mark as m (learner_id, question_id, fork, act, marked_at, day)
            select @learner, q.id, v.fork, @act, @at, @day
            from question q join question_version v on v.id = q.current_version_id
            where q.id = @question and q.status = 'published'
              and exists (select 1 from review r where r.learner_id = @learner and r.question_id = q.id and r.fork = v.fork and r.rating = 1)
            {LastCounts}
            returning fork
            """,
            new { learner, question, act, at, day });
        if (fork is null) return false;
        await CardLog.RebuildCardAsync(connection, learner, question, fork.Value);
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>On how many days a question must be right to leave.</summary>
    public static async Task SetDaysAsync(NpgsqlConnection connection, Guid learner, int days)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("update learner set notebook_days = @days where id = @learner", new { learner, days });
        await CardLog.RebuildMissedAsync(connection, learner);
        await transaction.CommitAsync();
    }

    /// <summary>Gives one learner's marks to another, and the number of days where the other has chosen none, in the caller's transaction.</summary>
    public static Task MoveAsync(NpgsqlConnection connection, Guid from, Guid to) =>
        connection.ExecuteAsync(
            $"""
            insert into notebook_mark as m (learner_id, question_id, fork, act, marked_at, day)
            select @to, question_id, fork, act, marked_at, day from notebook_mark where learner_id = @from
            {LastCounts};
            delete from notebook_mark where learner_id = @from;
            update learner t set notebook_days = f.notebook_days from learner f where t.id = @to and f.id = @from and t.notebook_days is null;
            """,
            new { from, to });
}
