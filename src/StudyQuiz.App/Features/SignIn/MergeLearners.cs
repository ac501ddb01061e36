using Dapper;
using Npgsql;
using StudyQuiz.App.Features.KeepNotebook;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Features.TakeSelfTest;

namespace StudyQuiz.App.Features.SignIn;

/// <summary>Makes one learner of two: all of one's history becomes the other's. Where both answered a question, the union of the reviews makes the card.</summary>
internal static class MergeLearners
{
    /// <summary>Moves everything, in the caller's transaction.</summary>
    /// <param name="from">A learner without an account.</param>
    /// <param name="to">A learner with an account or without.</param>
    /// <returns>False where one of them is not there any more as it was: claimed, merged or deleted in between. Nothing was moved then.</returns>
    public static async Task<bool> MoveAsync(NpgsqlConnection connection, Guid from, Guid to)
    {
        await AttemptClosing.LockAllOpenAsync(connection, from);
        // Both locked, in one order for everyone; whoever comes second finds it done
        await connection.ExecuteAsync("select 1 from learner where id in (@from, @to) order by id for update", new { from, to });
        var moved = await connection.ExecuteAsync(
            """
            update learner set merged_into = @to
            where id = @from and id <> @to and account_id is null and merged_into is null
              and exists (select 1 from learner where id = @to and merged_into is null)
            """,
            new { from, to });
        if (moved == 0) return false;

        await connection.ExecuteAsync(
            """
            update attempt set learner_id = @to where learner_id = @from;
            update game_seat set learner_id = @to where learner_id = @from;
            update learner t set extra_time = greatest(t.extra_time, f.extra_time) from learner f where t.id = @to and f.id = @from;
            -- Whose history went to this one goes on here; browsers without an account stay this learner's, to an account one has to sign in
            update learner set merged_into = @to where merged_into = @from;
            update learner_device set learner_id = @to where learner_id = @from and exists (select 1 from learner where id = @to and account_id is null);

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

            insert into question_flag (learner_id, client_id, question_id, question_version_id, reason, words, flagged_at, resolved_at, resolved_by)
            select @to, client_id, question_id, question_version_id, reason, words, flagged_at, resolved_at, resolved_by from question_flag where learner_id = @from on conflict do nothing;
            delete from question_flag where learner_id = @from;

            insert into deck (learner_id, source_id, new_per_day, reviews_per_day, retention, maximum_interval, exam_day, new_lifted_until, catch_up_by, key_points, types, tags)
            select @to, source_id, new_per_day, reviews_per_day, retention, maximum_interval, exam_day, new_lifted_until, catch_up_by, key_points, types, tags from deck where learner_id = @from on conflict do nothing;
            delete from deck where learner_id = @from;
            """,
            new { from, to });
        await QuestionMarks.MoveAsync(connection, from, to);
        await NotebookMarks.MoveAsync(connection, from, to);
        await CardLog.RebuildAllAsync(connection, to);
        return true;
    }
}
