using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.AppealVerdicts;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ReviewQuestions;

/// <summary>
/// A change of a published question that waits for a second person, or is back with its author. Approving it is a change of status like any other
/// (<see cref="ChangeStatus"/>); what else can become of it is here. The published version is served whatever happens to it.
/// </summary>
public sealed record ProposedChange
{
    public required long Id { get; init; }
    public required long Version { get; init; }

    /// <summary>The published version that it was made from.</summary>
    public required long From { get; init; }
    public required long Served { get; init; }
    public required string Body { get; init; }
    public required string ServedBody { get; init; }

    /// <summary>Memories of the published wording would not count for this one.</summary>
    public required bool ChangesMeaning { get; init; }
    public required string Reason { get; init; }
    public required Guid? Author { get; init; }
    public required string? By { get; init; }
    public required DateTime At { get; init; }

    /// <summary>Who is to look at it; null for nobody in particular.</summary>
    public required string? AssignedTo { get; init; }
    public required DateTime? ReturnedAt { get; init; }
    public required string? ReturnedBy { get; init; }
    public required string? ReturnedFor { get; init; }

    /// <summary>The version whose answers are graded anew with it; null where earlier verdicts stand.</summary>
    public required long? Regrades { get; init; }

    /// <summary>Whoever may approve it: those who may edit banks and have not written it. The first few, by name.</summary>
    public required string[] Others { get; init; }

    /// <summary>Whoever wrote a part of it.</summary>
    public required Guid[] Authors { get; init; }

    public Question Question => field ??= JsonSerializer.Deserialize<Question>(Body, DomainJson.Options)!;

    public Question ServedQuestion => field ??= JsonSerializer.Deserialize<Question>(ServedBody, DomainJson.Options)!;

    /// <summary>The published version has changed since: the two are merged first.</summary>
    public bool IsOutdated => From != Served;

    /// <summary>What changed is only the text that the published wording quotes, where the quotes of this one were not found.</summary>
    public required bool IsTextReplaced { get; init; }

    /// <summary>Why its meaning may be asked without evidence.</summary>
    public required string? Waiver { get; init; }
    public required string? WaivedBy { get; init; }

    /// <summary>Whether somebody wrote all of it, and so waits for another.</summary>
    public bool IsAllOf(Guid? person) => Authors is [var one] && one == person;

    public bool IsReturned => ReturnedAt is not null;

    /// <summary>Why it was made; null where nobody said.</summary>
    public string? Why => EditQuestion.VersionReason.Written(Reason);

    internal static async Task<ProposedChange?> FindAsync(NpgsqlConnection connection, long question) => (await OfAsync(connection, [question])).GetValueOrDefault(question);

    /// <summary>The changes of some questions, by question.</summary>
    internal static async Task<IReadOnlyDictionary<long, ProposedChange>> OfAsync(NpgsqlConnection connection, long[] questions) =>
        (await connection.QueryAsync<ProposedChange>(
            $"""
            select q.id, v.id as version, p.from_version_id as "from", s.id as served, v.body::text as body, s.body::text as served_body, v.fork <> s.fork as changes_meaning, v.reason,
              w.reason as waiver, nullif(y.user_name, '') as waived_by,
              f.source_version_id <> s.source_version_id and f.id <> s.id and {EditQuestion.EditedQuestion.Repeats("s.id", "f.id")} as is_text_replaced,
              v.created_by as author, nullif(a.user_name, '') as by, v.created_at as at, nullif(t.user_name, '') as assigned_to, p.returned_at, nullif(b.user_name, '') as returned_by, p.returned_for,
              (select g.from_version_id from question_regrade g where g.question_id = q.id) as regrades,
              array(select o.user_name from account o
                    where o.id is distinct from v.created_by and o.erased_at is null and o.disabled_at is null and exists (select from account_role r where r.account_id = o.id and r.role in ('{Roles.Editor}', '{Roles.Admin}'))
                    order by o.normalized_user_name limit 4) as others,
              array(select distinct o.created_by from question_version o where o.question_id = q.id and o.copies_id is null and o.id >= coalesce(p.since_version_id, p.from_version_id + 1) and o.id <= v.id and o.created_by is not null) as authors
            from question_proposal p
            join question q on q.id = p.question_id
            join question_version v on v.id = p.version_id
            join question_version s on s.id = q.current_version_id
            join question_version f on f.id = p.from_version_id
            left join question_waiver w on w.question_id = q.id and w.fork = v.fork
            left join account y on y.id = w.waived_by
            left join account a on a.id = v.created_by
            left join account t on t.id = q.assigned_to and t.id is distinct from v.created_by
            left join account b on b.id = p.returned_by
            where p.question_id = any(@questions)
            """,
            new { questions })).ToDictionary(change => change.Id);

    /// <summary>What approving it would do to earlier answers; null where they stand.</summary>
    internal async Task<Regrading?> RegradingAsync(NpgsqlConnection connection) =>
        Regrades is { } answered && !ChangesMeaning ? await Regrading.ByEditAsync(connection, answered, Question) : null;

    /// <summary>Sends it back to its author with a comment: it waits for nobody until it is sent again.</summary>
    /// <param name="seen">The version that was on the screen.</param>
    /// <returns>False where that is not what waits any more.</returns>
    internal static Task<bool> ReturnAsync(NpgsqlConnection connection, long question, long seen, string why, Guid person, DateTimeOffset now) =>
        ChangeAsync(
            connection, question, AuditActs.ProposalReturned, person, now, new { version = seen, reason = why },
            """
            with returned as (
              update question_proposal set returned_at = @now, returned_by = @person, returned_for = @why where question_id = @question and version_id = @seen and returned_at is null returning question_id)
            insert into question_comment (client_id, question_id, author, words, written_at) select gen_random_uuid(), question_id, @person, @why, @now from returned
            """,
            new { question, seen, why, person, now });

    /// <summary>Sends it again as it is.</summary>
    internal static Task<bool> SubmitAsync(NpgsqlConnection connection, long question, long seen, Guid person, DateTimeOffset now) =>
        ChangeAsync(
            connection, question, AuditActs.ProposalSubmitted, person, now, new { version = seen },
            "update question_proposal set returned_at = null, returned_by = null, returned_for = null where question_id = @question and version_id = @seen and returned_at is not null",
            new { question, seen });

    /// <summary>Gives it up. It stays among the versions.</summary>
    internal static async Task<bool> DropAsync(NpgsqlConnection connection, long question, long seen, Guid person, DateTimeOffset now)
    {
        var isDropped = await ChangeAsync(
            connection, question, AuditActs.ProposalDropped, person, now, new { version = seen }, "delete from question_proposal where question_id = @question and version_id = @seen", new { question, seen });
        if (isDropped) await RegradeByEdit.SettleAsync(connection, question, null);
        return isDropped;
    }

    private static async Task<bool> ChangeAsync(NpgsqlConnection connection, long question, string act, Guid person, DateTimeOffset now, object details, string change, object values)
    {
        await connection.ExecuteAsync("select 1 from question where id = @question for no key update", new { question });
        if (await connection.ExecuteAsync(change, values) == 0) return false;
        await Audit.AddAsync(connection, person, act, AuditActs.OfQuestion(question), details, now);
        return true;
    }
}
