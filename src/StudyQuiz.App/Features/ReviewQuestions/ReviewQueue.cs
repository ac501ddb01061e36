using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ReviewQuestions;

/// <summary>What editors have before them. Named in the address.</summary>
public static class ReviewLists
{
    /// <summary>Waits for somebody who publishes it; one's own first.</summary>
    public const string Waiting = "waiting";

    /// <summary>What learners and statistics say is wrong.</summary>
    public const string Flags = "flags";

    /// <summary>Published by itself at its time.</summary>
    public const string Scheduled = "scheduled";

    /// <summary>Withdrawn, and how far that has come.</summary>
    public const string Withdrawn = "withdrawn";

    public const string Trash = "trash";

    public static IReadOnlyList<string> All { get; } = [Waiting, Flags, Scheduled, Withdrawn, Trash];
}

/// <summary>A question in one of the lists.</summary>
public sealed record QueuedQuestion
{
    public required long Id { get; init; }
    public required string Bank { get; init; }
    public required string Title { get; init; }
    public required string Language { get; init; }
    public required string Type { get; init; }
    public required string Status { get; init; }
    public required string Stem { get; init; }

    /// <summary>Who is to look at it; null for nobody in particular.</summary>
    public string? AssignedTo { get; init; }
    public bool IsMine { get; init; }
    public bool HasEvidence { get; init; }

    /// <summary>Comments that nobody has called settled.</summary>
    public int Comments { get; init; }

    /// <summary>When it came into the list, or will leave it.</summary>
    public DateTime? At { get; init; }

    /// <summary>By whom.</summary>
    public string? By { get; init; }

    /// <summary>What is told beside it: a reason.</summary>
    public string? Says { get; init; }

    /// <summary>How many attempts and games a withdrawal has reached, and whether it is done.</summary>
    public int Attempts { get; init; }
    public int Games { get; init; }
    public bool IsDone { get; init; }

    /// <summary>A change of a published question that waits; null for a question that does itself.</summary>
    public ProposedChange? Change { get; init; }
}

/// <summary>What learners marked about one question, and what their answers say.</summary>
/// <param name="Statistics">Of <see cref="Domain.Statistics.ItemFlags"/>.</param>
/// <param name="Reasons">How many gave each; empty where statistics alone ask for a look.</param>
/// <param name="Words">What they wrote.</param>
public sealed record FlaggedQuestion(QueuedQuestion Question, IReadOnlyList<string> Statistics, IReadOnlyList<(string Reason, long Count)> Reasons, IReadOnlyList<string> Words);

/// <summary>Reads the lists of the editors' page, a page at a time.</summary>
internal static class ReviewQueue
{
    public const int APage = 50;

    private const int MostWords = 5;

    private const string Nothing = "{}";

    private const string Columns =
        "q.id, s.slug as bank, s.title, s.language, q.type, q.status, v.body->>'stem' as stem, nullif(a.user_name, '') as assigned_to, q.assigned_to is not distinct from @me as is_mine, v.body->'evidence' <> '[]' as has_evidence, (select count(*)::int from question_comment c where c.question_id = q.id and c.resolved_at is null) as comments";

    // What statistics ask a look for; nobody meets what is retired
    private const string Doubted = "select question_id from question_listing where flags <> '{}' and status <> 'retired'";

    private const string Joins = "join source s on s.id = q.source_id join question_version v on v.id = q.current_version_id left join account a on a.id = q.assigned_to";

    // Questions in review, and published ones with a change that waits
    private const string Waits = "select id from question where status = 'review' union select question_id from question_proposal where returned_at is null";

    /// <summary>How many stand in each list, by its name; none beyond a hundred are counted.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> CountsAsync(NpgsqlConnection connection) =>
        (await connection.QueryAsync<(string Name, int Count)>(
            $"""
            select '{ReviewLists.Waiting}', count(*)::int from (select 1 from ({Waits}) w join question q on q.id = w.id where q.trashed_at is null limit 100) l
            union all select '{ReviewLists.Flags}', count(*)::int from (select 1 from (select question_id from question_flag where resolved_at is null union ({Doubted} limit 100)) f limit 100) l
            union all select '{ReviewLists.Scheduled}', count(*)::int from (select 1 from question where publish_at is not null limit 100) l
            union all select '{ReviewLists.Withdrawn}', count(*)::int from (select 1 from question where withdrawn_at is not null and trashed_at is null limit 100) l
            union all select '{ReviewLists.Trash}', count(*)::int from (select 1 from question where trashed_at is not null limit 100) l
            """)).ToDictionary(list => list.Name, list => list.Count, StringComparer.Ordinal);

    /// <summary>One of the lists but that of flags.</summary>
    /// <param name="after">How many of the list's order are left out.</param>
    /// <param name="size">How many a page holds; one more tells that there are more.</param>
    public static async Task<IReadOnlyList<QueuedQuestion>> OfAsync(NpgsqlConnection connection, string list, Guid me, long after, int size = APage)
    {
        var questions = await RowsAsync(connection, list, me, after, size);
        if (list != ReviewLists.Waiting || questions.Count == 0) return questions;
        var changes = await ProposedChange.OfAsync(connection, [.. questions.Select(question => question.Id)]);
        return
        [
            .. questions.Select(question => changes.GetValueOrDefault(question.Id) is { IsReturned: false } change
                ? question with { Change = change, Stem = change.Question.Stem, HasEvidence = change.Question.Evidence.Count > 0, At = change.At, By = change.By }
                : question),
        ];
    }

    private static async Task<IReadOnlyList<QueuedQuestion>> RowsAsync(NpgsqlConnection connection, string list, Guid me, long after, int size) => (await connection.QueryAsync<QueuedQuestion>(
        list switch
        {
            ReviewLists.Scheduled => $"""
                select {Columns}, q.publish_at as at, nullif(b.user_name, '') as by
                from question q {Joins} left join account b on b.id = q.publish_by
                where q.publish_at is not null order by q.publish_at, q.id offset @after limit @limit
                """,
            ReviewLists.Withdrawn => $"""
                select {Columns}, q.withdrawn_at as at, nullif(b.user_name, '') as by, w.reason as says, w.attempts, w.games, w.done_at is not null as is_done
                from question q {Joins}
                join lateral (select * from withdrawal w where w.question_id = q.id order by w.id desc limit 1) w on true
                left join account b on b.id = w.withdrawn_by
                where q.withdrawn_at is not null and q.trashed_at is null order by q.withdrawn_at desc, q.id offset @after limit @limit
                """,
            ReviewLists.Trash => $"""
                select {Columns}, q.trashed_at as at, nullif(b.user_name, '') as by
                from question q {Joins} left join account b on b.id = q.trashed_by
                where q.trashed_at is not null order by q.trashed_at desc, q.id offset @after limit @limit
                """,
            _ => $"""
                select {Columns}, v.created_at as at, nullif(b.user_name, '') as by
                from ({Waits}) w join question q on q.id = w.id {Joins} left join account b on b.id = v.created_by
                where q.trashed_at is null order by (q.assigned_to is not distinct from @me) desc, q.id offset @after limit @limit
                """,
        },
        new { me, after, limit = size + 1 })).AsList();

    /// <summary>What learners marked, the most often marked first; then what statistics ask a look for.</summary>
    public static async Task<IReadOnlyList<FlaggedQuestion>> FlagsAsync(NpgsqlConnection connection, Guid me, long after, int size = APage)
    {
        var flags = (await connection.QueryAsync<(long Question, string[] Statistics, string? Reason, long Count, string[]? Words)>(
            $"""
            with marked as (select question_id, count(*) as marks from question_flag where resolved_at is null group by question_id),
            first as (
              select i.question_id, coalesce(m.marks, 0) as marks, coalesce(l.flags, '{Nothing}') as statistics, coalesce(l.concern, 0) as concern
              from (select question_id from marked union {Doubted}) i left join marked m using (question_id) left join question_listing l using (question_id)
              order by marks desc, concern desc, i.question_id offset @after limit @limit)
            select first.question_id, first.statistics, f.reason, count(f.question_id), array_agg(f.words order by f.flagged_at) filter (where f.words is not null)
            from first left join question_flag f on f.question_id = first.question_id and f.resolved_at is null
            group by first.marks, first.concern, first.question_id, first.statistics, f.reason order by first.marks desc, first.concern desc, first.question_id, count(f.question_id) desc
            """,
            new { after, limit = size + 1 })).GroupBy(flag => flag.Question).ToList();
        var questions = (await connection.QueryAsync<QueuedQuestion>(
            $"select {Columns} from question q {Joins} where q.id = any(@ids)", new { me, ids = flags.Select(flag => flag.Key).ToArray() })).ToDictionary(question => question.Id);
        return
        [
            .. flags.Where(flag => questions.ContainsKey(flag.Key)).Select(flag => new FlaggedQuestion(
                questions[flag.Key], flag.First().Statistics, [.. flag.Where(one => one.Reason is not null).Select(one => (one.Reason!, one.Count))], [.. flag.SelectMany(one => one.Words ?? []).Take(MostWords)])),
        ];
    }

    /// <summary>Whoever may review, for the choice of whom to ask.</summary>
    public static async Task<IReadOnlyList<Reviewer>> ReviewersAsync(NpgsqlConnection connection) =>
        (await connection.QueryAsync<Reviewer>(
            $"""
            select a.id, a.user_name as name from account a
            where a.erased_at is null and a.disabled_at is null and exists (select 1 from account_role r where r.account_id = a.id and r.role in ('{Roles.Editor}', '{Roles.Admin}'))
            order by a.normalized_user_name limit 200
            """)).AsList();
}

/// <summary>Somebody who may edit banks.</summary>
public sealed record Reviewer(Guid Id, string Name);
