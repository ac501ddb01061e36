using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ReviewQuestions;

/// <summary>Publishes questions at the time that an editor settled, in that editor's name and by the rules of that moment.</summary>
public sealed class ScheduledPublishing(NpgsqlDataSource db, Clock clock, ILogger<ScheduledPublishing> log) : BackgroundService
{
    private const int AtOnce = 100;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(15);

    /// <summary>Settles when a wording is published. By the same rules as publishing it now.</summary>
    /// <returns>Why it can't be; null where it is settled.</returns>
    internal static async Task<WorkflowRefusal?> SetAsync(NpgsqlConnection connection, long question, long seen, DateTimeOffset at, string waiver, Guid person, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var outcome = await ChangeStatus.TryAsync(connection, new StatusWish(question, QuestionStatus.Published, seen, Waiver: waiver), person);
        if (outcome.Refusal is { } refusal) return refusal;
        await connection.ExecuteAsync(
            """
            insert into question_waiver (question_id, fork, reason, waived_by, waived_at)
            select @question, fork, @waiver, @person, @now from question_version where id = @seen and body->'evidence' = '[]' and @waiver <> ''
            on conflict (question_id, fork) do update set reason = excluded.reason, waived_by = excluded.waived_by, waived_at = excluded.waived_at;
            update question set publish_at = @at, publish_version_id = @seen, publish_by = @person where id = @question
            """,
            new { question, seen, at, person, waiver, now });
        await Audit.AddAsync(connection, person, AuditActs.Scheduled, AuditActs.OfQuestion(question), new { version = seen, at }, now);
        await transaction.CommitAsync();
        return null;
    }

    /// <summary>Leaves it to people again.</summary>
    internal static async Task CancelAsync(NpgsqlConnection connection, long question, Guid person, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        if (await connection.ExecuteAsync("update question set publish_at = null, publish_version_id = null, publish_by = null where id = @question and publish_at is not null", new { question }) == 1)
            await Audit.AddAsync(connection, person, AuditActs.Scheduled, AuditActs.OfQuestion(question), new { }, now);
        await transaction.CommitAsync();
    }

    /// <summary>Publishes what is due. What may not be published any more is left as it is, and that is on record.</summary>
    public async Task RunAsync(CancellationToken stop = default)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var now = clock.Now;
        var due = (await connection.QueryAsync<(long Question, long Version, Guid? By)>(
            """
            with due as (select id, publish_version_id, publish_by from question where publish_at <= @now order by publish_at, id limit @AtOnce for no key update skip locked)
            update question q set publish_at = null, publish_version_id = null, publish_by = null
            from due d where q.id = d.id returning q.id, d.publish_version_id, d.publish_by
            """,
            new { now, AtOnce })).AsList();
        var editors = (await connection.QueryAsync<Guid>(
            $"""
            select a.id from account a
            where a.id = any(@people) and a.erased_at is null and a.disabled_at is null and exists (select from account_role r where r.account_id = a.id and r.role in ('{Roles.Editor}', '{Roles.Admin}'))
            """,
            new { people = due.Select(one => one.By).OfType<Guid>().Distinct().ToArray() })).ToHashSet();
        // Whose account is gone decides nothing any more; nor does one that is switched off or edits no banks now, and that is on record
        foreach (var by in due.Where(one => one.By is not null).GroupBy(one => one.By!.Value))
        {
            if (!editors.Contains(by.Key))
            {
                foreach (var (question, _, _) in by) await Audit.AddAsync(connection, by.Key, AuditActs.NotPublished, AuditActs.OfQuestion(question), new { why = "NoEditor" }, now);
                continue;
            }

            var outcomes = await ChangeStatus.RunAsync(connection, [.. by.Select(one => new StatusWish(one.Question, QuestionStatus.Published, one.Version))], by.Key, now);
            foreach (var refused in outcomes.Where(outcome => outcome.Refusal is not null))
                await Audit.AddAsync(connection, by.Key, AuditActs.NotPublished, AuditActs.OfQuestion(refused.Question), new { why = refused.Refusal.ToString() }, now);
        }

        await transaction.CommitAsync(stop);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Repeatedly.DoAsync(
        LookEvery, RunAsync, failed => log.LogError(failed, "Scheduled questions could not be published; they are tried again in a few seconds"), stoppingToken);
}
