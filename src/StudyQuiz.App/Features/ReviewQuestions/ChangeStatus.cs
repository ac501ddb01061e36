using Dapper;
using Npgsql;
using StudyQuiz.App.Features.AppealVerdicts;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ReviewQuestions;

/// <summary>What somebody wants a question's status to be.</summary>
/// <param name="Seen">The version that was on the screen; null where it makes no difference. Of a change that waits, it is that change which is published.</param>
/// <param name="From">The status that was on the screen; null where it makes no difference.</param>
/// <param name="Waiver">Why it may be published without evidence.</param>
public sealed record StatusWish(long Question, QuestionStatus To, long? Seen = null, QuestionStatus? From = null, string? Waiver = null);

/// <summary>What became of a wish.</summary>
/// <param name="From">What the status was, which an undo leads back to; null for what there is not.</param>
/// <param name="Refusal">Null where it is now as it was wished, by this wish or before it.</param>
public sealed record StatusOutcome(long Question, QuestionStatus? From, QuestionStatus To, WorkflowRefusal? Refusal)
{
    public bool IsChange => Refusal is null && From != To;
}

/// <summary>The only way by which people change the status of questions, one or thousands: by <see cref="QuestionWorkflow"/>, and on record.</summary>
internal static class ChangeStatus
{
    public const int LongestWaiver = 500;

    /// <summary>Changes what may be changed, in the caller's transaction; what is refused does not keep back the others.</summary>
    /// <param name="wishes">One for a question.</param>
    /// <param name="person">Null for a command on the server: it wrote nothing itself.</param>
    /// <param name="why">Goes on record; null for none.</param>
    /// <returns>One for each wish, in the order of the wishes.</returns>
    public static async Task<IReadOnlyList<StatusOutcome>> RunAsync(NpgsqlConnection connection, IReadOnlyList<StatusWish> wishes, Guid? person, DateTimeOffset now, string? why = null)
    {
        var (outcomes, rows) = await DecideAsync(connection, wishes, person);
        var changed = wishes.Zip(outcomes).Where(pair => pair.Second.IsChange).Select(pair => (Wish: pair.First, Row: rows[pair.First.Question].For(pair.First))).ToList();
        // What several wrote is agreed to part by part
        var agreed = wishes.Zip(outcomes).Where(pair => pair.Second.Refusal is WorkflowRefusal.OwnPart or WorkflowRefusal.OwnWaiver).Select(pair => (Wish: pair.First, Row: rows[pair.First.Question].For(pair.First))).ToList();
        if (agreed.Count > 0) await AgreeAsync(connection, agreed, person, now);
        await WaiveAsync(connection, [.. changed, .. agreed], person, now);
        if (changed.Count == 0) return outcomes;
        await StoreAsync(connection, changed, person, now, why);
        var published = changed.Where(one => one.Wish.To == QuestionStatus.Published).Select(one => one.Row.Id).ToArray();
        // What earlier answers waited for
        if (published.Length > 0) await RegradeByEdit.RunAsync(connection, published, person, now);
        return outcomes;
    }

    /// <summary>What would become of a wish. The question is held until the caller's transaction ends.</summary>
    public static async Task<StatusOutcome> TryAsync(NpgsqlConnection connection, StatusWish wish, Guid? person) => (await DecideAsync(connection, [wish], person)).Outcomes[0];

    /// <summary>Whether somebody wrote all that a question says today, so that another person must publish it: for a page, which holds nothing.</summary>
    public static async Task<bool> IsOwnAsync(NpgsqlConnection connection, long question, Guid? person) =>
        (await DecideAsync(connection, [new StatusWish(question, QuestionStatus.Published)], person, holds: false)).Outcomes[0].Refusal == WorkflowRefusal.OwnWording;

    private static async Task<(IReadOnlyList<StatusOutcome> Outcomes, IReadOnlyDictionary<long, Row> Rows)> DecideAsync(NpgsqlConnection connection, IReadOnlyList<StatusWish> wishes, Guid? person, bool holds = true)
    {
        var rules = await WorkflowSettings.RulesAsync(connection);
        // Held first: what is read of what waits beside them afterwards is what there is
        var ids = wishes.Select(wish => wish.Question).ToArray();
        if (holds) await connection.ExecuteAsync("select 1 from question where id = any(@ids) order by id for no key update", new { ids });
        var rows = (await connection.QueryAsync<Row>(
            """
            select q.id, q.status, q.current_version_id as version, q.trashed_at is not null as is_trashed, v.body->'evidence' <> '[]' as has_evidence,
              w.fork is not null as is_waived, w.waived_by, n.fork is not null as proposed_is_waived, n.waived_by as proposed_waived_by,
              q.approved_version_id is not distinct from q.current_version_id as was_approved,
              p.version_id as proposed, p.from_version_id is distinct from q.current_version_id as is_outdated, c.body->'evidence' <> '[]' as proposed_has_evidence, @person::uuid as person,
              -- who had a draft made of a text answers for it as its author
              array(select distinct coalesce(o.created_by, g.made_by) from question_version o left join generation g on g.source_id = q.source_id and o.reason = 'import' and q.origin <> 'written'
                    where o.question_id = q.id and o.copies_id is null and o.id > coalesce(q.approved_version_id, 0) and o.id <= v.id and coalesce(o.created_by, g.made_by) is not null) as authors,
              array(select a.account_id from question_approval a where a.version_id = v.id) as approvers,
              array(select distinct o.created_by from question_version o where o.question_id = q.id and o.copies_id is null and o.id >= coalesce(p.since_version_id, p.from_version_id + 1) and o.id <= c.id and o.created_by is not null) as proposed_authors,
              array(select a.account_id from question_approval a where a.version_id = c.id) as proposed_approvers
            from question q join question_version v on v.id = q.current_version_id
            left join question_proposal p on p.question_id = q.id and p.returned_at is null left join question_version c on c.id = p.version_id
            left join question_waiver w on w.question_id = q.id and w.fork = v.fork left join question_waiver n on n.question_id = q.id and n.fork = c.fork
            where q.id = any(@ids)
            """,
            new { ids, person })).ToDictionary(row => row.Id);
        return ([.. wishes.Select(wish => Decide(rows.GetValueOrDefault(wish.Question)?.For(wish), wish, rules))], rows);
    }

    /// <summary>Changes one, in a transaction of its own.</summary>
    public static async Task<StatusOutcome> OneAsync(NpgsqlConnection connection, StatusWish wish, Guid? person, DateTimeOffset now, string? why = null)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var outcome = (await RunAsync(connection, [wish], person, now, why))[0];
        await transaction.CommitAsync();
        return outcome;
    }

    /// <summary>A reason for doing without evidence as a form sends it; empty for none, null for one that is too long.</summary>
    public static string? WaiverOf(string? typed) => typed is null ? "" : StorableText.Clean(typed).ReplaceLineEndings(" ").Trim() is { Length: <= LongestWaiver } waiver && StorableText.Is(waiver) ? waiver : null;

    private static StatusOutcome Decide(Row? row, StatusWish wish, WorkflowRules rules)
    {
        if (row is null) return new StatusOutcome(wish.Question, null, wish.To, WorkflowRefusal.NotFound);
        // A repeat is no change, whatever its page had shown
        var isStale = wish.Seen is { } seen && seen != row.Version || (wish.From is { } from && from != row.Standing.Status && row.Standing.Status != wish.To);
        return new StatusOutcome(
            row.Id, row.Standing.Status, wish.To,
            isStale ? WorkflowRefusal.Changed : QuestionWorkflow.Refuses(row.StandingWith(wish.Waiver), wish.To, rules));
    }

    private static async Task AgreeAsync(NpgsqlConnection connection, IReadOnlyList<(StatusWish Wish, Row Row)> agreed, Guid? person, DateTimeOffset now) =>
        await connection.ExecuteAsync(
            $"""
            with agreed as (
              insert into question_approval (version_id, account_id, approved_at) select v, @person, @now from unnest(@versions) as v on conflict do nothing returning version_id)
            insert into audit (actor, act, object, details, at)
            select @person, '{AuditActs.Agreed}', 'question/' || v.question_id, jsonb_build_object('version', v.id), @now from agreed a join question_version v on v.id = a.version_id order by v.id
            """,
            new { versions = agreed.Select(one => one.Row.Version).ToArray(), person, now });

    // Of the meaning that the wording has; what has evidence needs none. Who sends it to review may say why at once: whoever publishes it reads that
    private static async Task WaiveAsync(NpgsqlConnection connection, IReadOnlyList<(StatusWish Wish, Row Row)> done, Guid? person, DateTimeOffset now)
    {
        var waived = done.Where(one => one.Wish.To is QuestionStatus.Published or QuestionStatus.Review && one.Row.Waives(one.Wish.Waiver)).ToList();
        if (waived.Count == 0) return;
        await connection.ExecuteAsync(
            """
            insert into question_waiver (question_id, fork, reason, waived_by, waived_at)
            select v.question_id, v.fork, w.waiver, @person, @now from unnest(@versions, @waivers) as w (version, waiver) join question_version v on v.id = w.version
            on conflict (question_id, fork) do update set reason = excluded.reason, waived_by = excluded.waived_by, waived_at = excluded.waived_at
            """,
            new { versions = waived.Select(one => one.Row.Version).ToArray(), waivers = waived.Select(one => one.Wish.Waiver).ToArray(), person, now });
    }

    private static Task StoreAsync(NpgsqlConnection connection, IReadOnlyList<(StatusWish Wish, Row Row)> changed, Guid? person, DateTimeOffset now, string? why) =>
        connection.ExecuteAsync(
            $"""
            with wished as (
              select * from unnest(@ids, @froms, @tos, @versions, @waivers, @agreed) as w (id, came, "to", version, waiver, agreed)
            ), recorded as (
              insert into audit (actor, act, object, details, at)
              select @person, '{AuditActs.StatusChanged}', 'question/' || id, jsonb_strip_nulls(jsonb_build_object('from', came, 'to', "to", 'version', version, 'waiver', waiver, 'reason', @why::text)), @now from wished order by id
            ), approved as (
              delete from question_proposal p using wished w where p.question_id = w.id and p.version_id = w.version and w."to" = 'published'
            ), again as (
              update withdrawal d set done_at = @now from wished w where d.question_id = w.id and w."to" = 'published' and d.done_at is null
            )
            update question q set status = w."to", withdrawn_at = case when w."to" = 'published' then null else q.withdrawn_at end,
              publish_at = null, publish_version_id = null, publish_by = null,
              current_version_id = v.id, origin = case when q.origin = 'generated' and v.id <> q.current_version_id then 'edited' else q.origin end,
              approved_version_id = case when w."to" = 'published' and w.agreed then v.id else q.approved_version_id end
            from wished w join question_version v on v.id = w.version
            where q.id = w.id
            """,
            new
            {
                ids = changed.Select(one => one.Row.Id).ToArray(),
                froms = changed.Select(one => one.Row.Status).ToArray(),
                tos = changed.Select(one => Names.Of(one.Wish.To)).ToArray(),
                versions = changed.Select(one => one.Row.Version).ToArray(),
                agreed = changed.Select(one => !one.Row.IsOwn).ToArray(),
                waivers = changed.Select(one => one.Wish.To is QuestionStatus.Published or QuestionStatus.Review && one.Row.Waives(one.Wish.Waiver) ? one.Wish.Waiver : null).ToArray(),
                person,
                now,
                why,
            });

    private sealed record Row
    {
        public required long Id { get; init; }
        public required string Status { get; init; }
        public required long Version { get; init; }
        public required bool IsTrashed { get; init; }
        public required bool HasEvidence { get; init; }
        public required bool IsWaived { get; init; }
        public required Guid? WaivedBy { get; init; }
        public required bool ProposedIsWaived { get; init; }
        public required Guid? ProposedWaivedBy { get; init; }
        public required Guid? Person { get; init; }
        public required Guid[] Authors { get; init; }
        public required Guid[] Approvers { get; init; }
        public required Guid[] ProposedAuthors { get; init; }
        public required Guid[] ProposedApprovers { get; init; }
        public required bool WasApproved { get; init; }

        /// <summary>The change that waits beside it; null for none.</summary>
        public required long? Proposed { get; init; }
        public required bool IsOutdated { get; init; }
        public required bool? ProposedHasEvidence { get; init; }
        public bool IsProposal { get; init; }

        /// <summary>What a wish is about: the question as it is asked, or the change that waits beside it, which is in review.</summary>
        public Row For(StatusWish wish) => wish.To == QuestionStatus.Published && wish.Seen is { } seen && seen == Proposed
            ? this with { Status = Names.Of(QuestionStatus.Review), Version = seen, HasEvidence = ProposedHasEvidence == true, IsWaived = ProposedIsWaived, WaivedBy = ProposedWaivedBy, Authors = ProposedAuthors, Approvers = ProposedApprovers, WasApproved = false, IsProposal = true }
            : this;

        /// <summary>Whether it holds a part to which only its author would have agreed. Whoever asks agrees to all that others wrote.</summary>
        public bool IsOwn => Authors.Any(author => author == Person && Approvers.All(approver => approver == author));

        /// <summary>Whether a reason is kept: none over another person's by an author, who has read that one.</summary>
        public bool Waives(string? waiver) => waiver is { Length: > 0 } && !HasEvidence && !(IsAuthor && IsWaived && WaivedBy != Person);

        public QuestionStanding StandingWith(string? waiver) => Standing with { IsWaived = IsWaived || Waives(waiver), IsOwnWaiver = IsAuthor && (Waives(waiver) || (IsWaived && WaivedBy == Person)) };

        private bool IsAuthor => Person is { } person && Authors.Contains(person);

        public QuestionStanding Standing => new()
        {
            IsPrivate = !Enum.TryParse<QuestionStatus>(Status, ignoreCase: true, out var status),
            Status = status,
            IsTrashed = IsTrashed,
            HasEvidence = HasEvidence,
            IsWaived = IsWaived,
            IsOwn = IsOwn,
            IsShared = Authors.Any(author => author != Person),
            WasApproved = WasApproved,
            IsOutdated = IsProposal && IsOutdated,
        };
    }
}
