using Dapper;
using Npgsql;
using StudyQuiz.App.Features.KeepNotebook;
using StudyQuiz.App.Features.StudyCards;

namespace StudyQuiz.App.Features.SignIn;

/// <summary>What was done on this device before anyone signed in.</summary>
public sealed record DeviceHistory(Guid Learner, long Attempts, long Reviews);

/// <summary>
/// Gives an account that has a history of its own what this device did without one. Only on demand: a device may be somebody else's. All of it
/// moves in one transaction; where both sides answered a question, the union of the reviews makes the card.
/// </summary>
public static class ClaimDevice
{
    /// <summary>What could be claimed; null where this device did nothing without an account, or the account has it already.</summary>
    internal static async Task<DeviceHistory?> FindAsync(NpgsqlConnection connection, IReadOnlyList<Guid> own, Guid account) =>
        await connection.QuerySingleOrDefaultAsync<DeviceHistory?>(
            """
            select l.id as Learner, (select count(*) from attempt where learner_id = l.id) as Attempts, (select count(*) from review where learner_id = l.id and origin = 'cards') as Reviews
            from learner l
            where l.id = any(@own) and l.account_id is null and l.merged_into is null
              and exists (select 1 from learner where account_id = @account)
              and (exists (select 1 from attempt where learner_id = l.id) or exists (select 1 from review where learner_id = l.id))
            """,
            new { own = own.ToArray(), account });

    /// <summary>Moves everything of a device's learner to the account's.</summary>
    internal static async Task MergeAsync(NpgsqlConnection connection, Guid from, Guid account)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var to = await connection.QuerySingleAsync<Guid>("select id from learner where account_id = @account", new { account });
        // Both locked, in one order for everyone; whoever comes second finds it done
        await connection.ExecuteAsync("select 1 from learner where id in (@from, @to) order by id for update", new { from, to });
        var moved = await connection.ExecuteAsync("update learner set merged_into = @to where id = @from and account_id is null and merged_into is null", new { from, to });
        if (moved == 0) return;

        await connection.ExecuteAsync(
            """
            update attempt set learner_id = @to where learner_id = @from;
            update game_seat set learner_id = @to where learner_id = @from;

            insert into review (learner_id, client_id, question_id, fork, question_version_id, kind, rating, origin, reviewed_at, received_at, day, took_ms, replaces)
            select @to, client_id, question_id, fork, question_version_id, kind, rating, origin, reviewed_at, received_at, day, took_ms, replaces
            from review where learner_id = @from on conflict do nothing;
            delete from review where learner_id = @from;
            -- folded anew below; what it keeps is the day that a plan to catch up gave a card
            update card c set learner_id = @to
            where c.learner_id = @from and not exists (select 1 from card o where o.learner_id = @to and o.question_id = c.question_id and o.fork = c.fork);
            delete from card where learner_id = @from;

            insert into learner_weights (learner_id, model, weights, fitted_at, reviews, log_loss_before, log_loss_after)
            select @to, model, weights, fitted_at, reviews, log_loss_before, log_loss_after from learner_weights where learner_id = @from on conflict do nothing;
            delete from learner_weights where learner_id = @from;

            insert into question_flag (learner_id, client_id, question_id, question_version_id, reason, words, flagged_at)
            select @to, client_id, question_id, question_version_id, reason, words, flagged_at from question_flag where learner_id = @from on conflict do nothing;
            delete from question_flag where learner_id = @from;

            insert into deck (learner_id, source_id, new_per_day, reviews_per_day, retention, maximum_interval, exam_day, new_lifted_until, key_points, types, tags)
            select @to, source_id, new_per_day, reviews_per_day, retention, maximum_interval, exam_day, new_lifted_until, key_points, types, tags from deck where learner_id = @from on conflict do nothing;
            delete from deck where learner_id = @from;
            """,
            new { from, to });
        await QuestionMarks.MoveAsync(connection, from, to);
        await NotebookMarks.MoveAsync(connection, from, to);
        await CardLog.RebuildAllAsync(connection, to);
        await transaction.CommitAsync();
    }
}
