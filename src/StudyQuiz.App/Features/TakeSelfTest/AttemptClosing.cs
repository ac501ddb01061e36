using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Domain.Attempts;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>Closes attempts: grades what is stored and writes the verdicts and the learner's reviews, once.</summary>
public static class AttemptClosing
{
    /// <summary>Locks an attempt that is still open until the transaction ends; false where it is closed.</summary>
    internal static async Task<bool> LockOpenAsync(NpgsqlConnection connection, Guid attempt) =>
        await connection.ExecuteScalarAsync<int>("select 1 from attempt where id = @attempt and submitted_at is null for update", new { attempt }) == 1;

    /// <summary>
    /// Locks all of a learner's open attempts, for whoever locks the learner after it: what saves or hands in takes them in this order too, and nobody
    /// waits for each other.
    /// </summary>
    internal static Task LockAllOpenAsync(NpgsqlConnection connection, Guid learner) =>
        connection.ExecuteAsync("select 1 from attempt where learner_id = @learner and submitted_at is null order by id for update", new { learner });

    /// <summary>Grades a locked attempt and closes it, at its deadline when that has passed.</summary>
    internal static async Task GradeAsync(NpgsqlConnection connection, Guid attempt, DateTimeOffset now)
    {
        // What a challenge never came to was not asked
        await connection.ExecuteAsync(
            "delete from attempt_question q using attempt a where q.attempt_id = @attempt and q.opened_at is null and a.id = q.attempt_id and a.mode = 'challenge'", new { attempt });
        await Asked.HoldKeysAsync(connection, attempt);
        var asked = await Asked.OfAsync(connection, attempt);
        var partialCredit = await connection.QuerySingleAsync<bool>("select partial_credit from attempt where id = @attempt", new { attempt });
        var verdicts = asked.Select(a => Grading.Grade(a.Question, a.Answer).Counted(partialCredit)).ToList();
        var (learner, submittedAt) = await connection.QuerySingleAsync<(Guid, DateTime)>(
            """
            with verdict as (
              select * from unnest(@positions, @credits, @outcomes) as v (position, credit, outcome)),
            graded as (
              update attempt_question q set credit = v.credit, outcome = v.outcome
              from verdict v where q.attempt_id = @attempt and q.position = v.position)
            update attempt set submitted_at = least(@now, deadline) where id = @attempt
            returning learner_id, submitted_at
            """,
            new
            {
                attempt,
                now,
                positions = asked.Select(a => a.Position).ToArray(),
                credits = verdicts.Select(v => v.Credit).ToArray(),
                outcomes = verdicts.Select(v => (int)v.Outcome).ToArray(),
            });

        // What was left open says nothing about what is remembered
        var reviews = asked.Zip(verdicts).Where(one => one.Second.Outcome != Outcome.Unanswered).Select(one => CardLog.Assessed(
            CardLog.IdOf(ReviewOrigins.SelfTest, attempt, one.First.Position), one.First.Version, one.Second.Outcome == Outcome.Right, new DateTimeOffset(submittedAt, TimeSpan.Zero)));
        await CardLog.AddAsync(connection, learner, ReviewOrigins.SelfTest, [.. reviews], now);
    }

    /// <summary>Closes an attempt whose time is over: nobody needs to be there for it.</summary>
    internal static async Task CloseAsync(NpgsqlConnection connection, Guid attempt, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (await LockOpenAsync(connection, attempt)) await GradeAsync(connection, attempt, now);
        await transaction.CommitAsync();
    }

    /// <summary>Closes every attempt of a learner whose time is over.</summary>
    public static async Task CloseOverdueAsync(NpgsqlConnection connection, Guid learner, DateTimeOffset now)
    {
        var overdue = await connection.QueryAsync<Guid>(
            "select id from attempt where learner_id = @learner and submitted_at is null and deadline < @now",
            new { learner, now = now - AttemptClock.Grace });
        foreach (var attempt in overdue) await CloseAsync(connection, attempt, now);
    }

    /// <summary>Attempts of anyone whose time is over, the longest first.</summary>
    internal static async Task<IReadOnlyList<Guid>> OverdueAsync(NpgsqlConnection connection, int most, DateTimeOffset now) =>
        (await connection.QueryAsync<Guid>(
            "select id from attempt where submitted_at is null and deadline < @now order by deadline limit @most", new { most, now = now - AttemptClock.Grace })).AsList();
}
