using System.Globalization;
using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.KeepBank;

/// <summary>
/// Changes many questions of a bank at once: status, tags, difficulty, key point. What each was before is kept, so that one press takes all of it
/// back, but for what somebody has changed again since.
/// </summary>
internal static class ChangeMany
{
    public const string Status = "status";
    public const string Tag = "tag";
    public const string Untag = "untag";
    public const string Difficulty = "difficulty";
    public const string Move = "move";

    public const int LongestTag = 40;

    /// <summary>So many at once.</summary>
    public const int Most = 1000;

    /// <param name="id">Made by the form: sent twice, it is done once.</param>
    /// <param name="value">The status, the tag, 1 to 3, or a key point's id.</param>
    /// <returns>False where the value is none.</returns>
    public static async Task<bool> RunAsync(NpgsqlConnection connection, Guid id, KeptBank bank, string kind, string value, IReadOnlyList<long> chosen, Guid person, DateTimeOffset now)
    {
        if (!await IsValidAsync(connection, bank.Id, kind, value)) return false;
        await using var transaction = await connection.BeginTransactionAsync();
        // Whoever sends it at the same time waits here and finds it done
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@id::text, 0))", new { id });
        if (await FindAsync(connection, bank.Id, id) is not null) return true;
        // The bank's own only, held so that what is kept is what was
        var ids = (await connection.QueryAsync<long>(
            "select id from question where source_id = @Id and id = any(@ids) and status <> 'private' and trashed_at is null order by id limit @Most for no key update", new { bank.Id, ids = chosen.ToArray(), Most })).ToArray();
        IReadOnlyList<WorkflowRefusal> refused = [];
        IReadOnlyList<Was> before;
        if (kind == Status) (before, refused) = await StatusAsync(connection, [.. ids.Select(question => new StatusWish(question, StatusOf(value)))], person, now);
        else before = await ChangeAsync(connection, kind, ids, value, person);
        await connection.ExecuteAsync(
            "insert into bulk_change (id, source_id, made_by, made_at, kind, value, before, refused) values (@id, @bank, @person, @now, @kind, @value, @before::jsonb, @refused::jsonb)",
            new { id, bank = bank.Id, person, now, kind, value, before = Json(before), refused = Json(refused.CountBy(why => why).ToDictionary(why => why.Key.ToString(), why => why.Value)) });
        // Each change of a status is on record by itself
        if (kind != Status && before.Count > 0) await Audit.AddAsync(connection, person, AuditActs.BankChanged, AuditActs.OfBank(bank.Slug), new { change = kind, value, questions = before.Count, ids = before.Select(was => was.Question).ToArray() }, now);
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Takes a change back where its questions are still what it made of them.</summary>
    public static async Task UndoAsync(NpgsqlConnection connection, KeptBank bank, Guid id, Guid person, DateTimeOffset now)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var row = await connection.QuerySingleOrDefaultAsync<Row?>(
            "update bulk_change set undone_at = @now where id = @id and source_id = @bank and undone_at is null returning kind, value, before::text, made_at", new { id, bank = bank.Id, now });
        if (row is null) return;
        var before = JsonSerializer.Deserialize<Was[]>(row.Before, DomainJson.Options)!;
        await connection.ExecuteAsync("select 1 from question where id = any(@ids) order by id for no key update", new { ids = before.Select(was => was.Question).ToArray() });
        var (back, refused) = row.Kind == Status ? await UndoStatusAsync(connection, row, before, person, now) : (await UndoOthersAsync(connection, row, before, person), []);
        // What gave no reason is no longer what this change made of it
        Dictionary<string, int> why = refused.CountBy(one => one).ToDictionary(one => one.Key.ToString(), one => one.Value);
        if (before.Length - back - refused.Count is > 0 and var changed) why[nameof(WorkflowRefusal.Changed)] = why.GetValueOrDefault(nameof(WorkflowRefusal.Changed)) + changed;
        await connection.ExecuteAsync("update bulk_change set undone = @back, refused = @why::jsonb where id = @id", new { id, back, why = Json(why) });
        if (row.Kind != Status) await Audit.AddAsync(connection, person, AuditActs.BankChangeUndone, AuditActs.OfBank(bank.Slug), new { change = row.Kind, value = row.Value, questions = back }, now);
        await transaction.CommitAsync();
    }

    // A status that somebody has settled since is theirs, also where it is the same again
    private static async Task<(int Back, IReadOnlyList<WorkflowRefusal> Refused)> UndoStatusAsync(NpgsqlConnection connection, Row row, Was[] before, Guid person, DateTimeOffset now)
    {
        var settled = (await connection.QueryAsync<string>(
            $"select distinct object from audit where object = any(@objects) and act in ('{AuditActs.StatusChanged}', '{AuditActs.Withdrawn}') and at > @MadeAt",
            new { objects = before.Select(was => AuditActs.OfQuestion(was.Question)).ToArray(), MadeAt = new DateTimeOffset(row.MadeAt, TimeSpan.Zero) })).ToHashSet(StringComparer.Ordinal);
        var wishes = before.Where(was => !settled.Contains(AuditActs.OfQuestion(was.Question))).Select(was => new StatusWish(was.Question, StatusOf(was.Value), From: StatusOf(row.Value)));
        var (back, refused) = await StatusAsync(connection, [.. wishes], person, now);
        return (back.Count, refused);
    }

    private static async Task<int> UndoOthersAsync(NpgsqlConnection connection, Row row, Was[] before, Guid person)
    {
        var back = 0;
        foreach (var equal in before.GroupBy(was => was.Value))
            back += (await ChangeAsync(connection, row.Kind switch { Tag => Untag, Untag => Tag, var kind => kind }, [.. equal.Select(was => was.Question)], equal.Key, person, only: row.Value)).Count;
        return back;
    }

    public static Task<BulkChange?> FindAsync(NpgsqlConnection connection, long source, Guid? id) => connection.QuerySingleOrDefaultAsync<BulkChange?>(
        """
        select id, kind, case when kind = 'move' then (select heading from key_point where id = value::bigint) else value end as value, coalesce(undone, jsonb_array_length(before)) as changed, refused::text as refused_json, undone_at is not null as is_undone
        from bulk_change where id = @id and source_id = @source
        """,
        new { id, source });

    private static async Task<bool> IsValidAsync(NpgsqlConnection connection, long source, string kind, string value) => kind switch
    {
        Status => QuestionFilter.Statuses.Contains(value, StringComparer.Ordinal),
        Tag or Untag => value.Length is > 0 and <= LongestTag && StorableText.Is(value) && !value.Any(char.IsControl),
        Difficulty => value is "1" or "2" or "3",
        Move => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var point)
            && await connection.QuerySingleAsync<bool>("select exists (select from key_point where id = @point and source_id = @source)", new { point, source }),
        _ => false,
    };

    private static async Task<(IReadOnlyList<Was> Before, IReadOnlyList<WorkflowRefusal> Refused)> StatusAsync(NpgsqlConnection connection, IReadOnlyList<StatusWish> wishes, Guid person, DateTimeOffset now)
    {
        var outcomes = await ChangeStatus.RunAsync(connection, wishes, person, now);
        return (
            [.. outcomes.Where(outcome => outcome.IsChange).Select(outcome => new Was(outcome.Question, outcome.From!.Value.ToString().ToLowerInvariant()))],
            [.. outcomes.Select(outcome => outcome.Refusal).OfType<WorkflowRefusal>()]);
    }

    /// <param name="only">Where not null, what they must be now to be changed.</param>
    /// <returns>What those that changed were before.</returns>
    private static async Task<IReadOnlyList<Was>> ChangeAsync(NpgsqlConnection connection, string kind, long[] ids, string value, Guid person, string? only = null) =>
        (await connection.QueryAsync<Was>(
            kind switch
            {
                Tag => "insert into question_tag (question_id, tag) select id, @value from unnest(@ids) as i (id) on conflict do nothing returning question_id as question, tag as value",
                Untag => "delete from question_tag where question_id = any(@ids) and tag = @value returning question_id as question, tag as value",
                Move => """
                    update question q set key_point_id = @value::bigint from (select id, key_point_id from question where id = any(@ids)) o
                    where q.id = o.id and o.key_point_id <> @value::bigint and (@only::text is null or o.key_point_id = @only::bigint) returning q.id as question, o.key_point_id::text as value
                    """,
                // A new version of the same wording, by today's key: whose it was it stays, and who approved it has approved it still
                _ => """
                    with old as (
                      select q.id, v.id as version, v.fork, v.source_version_id, v.created_by, coalesce(c.body, v.body) as body
                      from question q join question_version v on v.id = q.current_version_id left join key_correction c on c.question_version_id = v.id
                      where q.id = any(@ids) and v.body ->> 'difficulty' <> @value and (@only::text is null or v.body ->> 'difficulty' = @only)),
                    made as (
                      insert into question_version (question_id, version, fork, source_version_id, body, reason, created_by, copies_id)
                      select id, (select max(n.version) + 1 from question_version n where n.question_id = old.id), fork, source_version_id, jsonb_set(body, '{difficulty}', to_jsonb(@value::int)), 'difficulty', created_by, version from old returning id, question_id)
                    update question q set current_version_id = m.id, approved_version_id = case when q.approved_version_id = o.version then m.id else q.approved_version_id end,
                      publish_version_id = case when q.publish_version_id = o.version then m.id else q.publish_version_id end,
                      origin = case when q.origin = 'generated' then 'edited' else q.origin end
                    from made m join old o on o.id = m.question_id where q.id = m.question_id returning q.id as question, o.body ->> 'difficulty' as value
                    """,
            },
            new { ids, value, person, only })).AsList();

    private static QuestionStatus StatusOf(string name) => Enum.Parse<QuestionStatus>(name, ignoreCase: true);

    private static string Json(object value) => JsonSerializer.Serialize(value, DomainJson.Options);

    /// <summary>What a question was before a change.</summary>
    private sealed record Was(long Question, string Value);

    private sealed record Row(string Kind, string Value, string Before, DateTime MadeAt);
}

/// <summary>What became of a change of many.</summary>
public sealed record BulkChange
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }

    /// <summary>A key point by its heading.</summary>
    public required string Value { get; init; }
    public required int Changed { get; init; }
    public required string RefusedJson { get; init; }
    public required bool IsUndone { get; init; }

    /// <summary>How many were left as they were, by why.</summary>
    public IReadOnlyDictionary<WorkflowRefusal, int> Refused => JsonSerializer.Deserialize<Dictionary<WorkflowRefusal, int>>(RefusedJson, DomainJson.Options)!;
}
