using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>Stores a changed question as its next version. Older versions stay, for whoever was asked them.</summary>
internal static class SaveQuestion
{
    /// <summary>What the gates find in a question by itself.</summary>
    /// <returns>
    /// What keeps the change from being stored: faults that would keep a bank from being imported, in a gate that found fewer in the question as it was,
    /// for who mends one thing need not mend all. And everything else that could be better.
    /// </returns>
    public static (IReadOnlyList<GateFinding> Faults, IReadOnlyList<GateFinding> Others) Check(EditedQuestion row, Question changed, IReadOnlyList<TextParagraph> paragraphs)
    {
        var before = (row.IsNew ? [] : Findings(row, row.Question, paragraphs)).CountBy(finding => finding.Gate, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal);
        var after = Findings(row, changed, paragraphs).ToList();
        var worse = after.CountBy(finding => finding.Gate, StringComparer.Ordinal).Where(gate => gate.Value > before.GetValueOrDefault(gate.Key)).Select(gate => gate.Key).ToHashSet(StringComparer.Ordinal);
        var found = after.ToLookup(finding => worse.Contains(finding.Gate) && BankGates.All.First(gate => gate.Name == finding.Gate).ForImport && !MayLack(finding.Gate));
        return ([.. found[true]], [.. found[false]]);

        // A draft may wait for its evidence; nobody meets it before
        bool MayLack(string gate) => gate == "evidence" && changed.Evidence.Count == 0 && row.Status == "draft";
    }

    /// <summary>Whether two questions say the same, word for word.</summary>
    public static bool AreSame(Question one, Question other) => JsonSerializer.Serialize(one, DomainJson.Options) == JsonSerializer.Serialize(other, DomainJson.Options);

    /// <summary>A question as gates look at it: by its words, for stress does not change what they say.</summary>
    internal static BankQuestion InBank(EditedQuestion row, Question question) => new(
        row.Slug, row.KeyPointLabel, QuestionOrigin.Edited, QuestionStatus.Published, question with { Stem = MarkedText.Plain(question.Stem), Explanation = MarkedText.Plain(question.Explanation) }, []);

    private static IEnumerable<GateFinding> Findings(EditedQuestion row, Question question, IReadOnlyList<TextParagraph> paragraphs)
    {
        var bank = new BankFile(
            new BankSource(row.BankSlug, row.BankTitle, "", null, row.Language, "", ""),
            [.. paragraphs.Select(paragraph => new BankParagraph(paragraph.Label, paragraph.Text))],
            [new BankKeyPoint(row.KeyPointLabel, row.KeyPointHeading, 1, question.Evidence, [])],
            [InBank(row, question)]);
        return BankGates.Check(bank).Where(finding => finding.Item == row.Slug);
    }

    /// <summary>Stores a new question as a draft.</summary>
    /// <returns>Its id; that of the first where the same form comes again.</returns>
    public static async Task<long> AddAsync(NpgsqlConnection connection, EditedQuestion row, Question question, string why, Guid person, DateTimeOffset now) =>
        await connection.QuerySingleOrDefaultAsync<long?>(
            $"""
            with added as (
              insert into question (source_id, slug, key_point_id, type, status, origin) values (@Source, @Slug, @KeyPoint, @type, 'draft', 'written')
              on conflict (source_id, slug) do nothing returning id
            ), version as (
              insert into question_version (question_id, version, source_version_id, body, reason, created_by, created_at)
              select id, 1, @Text, @body::jsonb, @why, @person, @now from added
              returning id, question_id
            ), recorded as (
              insert into audit (actor, act, object, details, at) select @person, '{AuditActs.Written}', 'question/' || question_id, jsonb_build_object('version', id), @now from version
            )
            select question_id from version
            """,
            new { row.Source, row.Slug, row.KeyPoint, row.Text, type = QuestionTypes.Of(question), body = JsonSerializer.Serialize(question, DomainJson.Options), why = why.Length == 0 ? "new" : why, person, now }) is { } id
            ? await PointAtFirstAsync(connection, id)
            : await connection.QuerySingleAsync<long>("select id from question where source_id = @Source and slug = @Slug", new { row.Source, row.Slug });

    // A row that a statement added is not there yet for another part of it
    private static async Task<long> PointAtFirstAsync(NpgsqlConnection connection, long id)
    {
        await connection.ExecuteAsync("update question q set current_version_id = v.id from question_version v where v.question_id = q.id and q.id = @id", new { id });
        return id;
    }

    /// <summary>Keeps a question apart from others: no quiz, paper or self-test asks both.</summary>
    public static Task KeepApartAsync(NpgsqlConnection connection, EditedQuestion row, long question, IReadOnlyList<long> enemies) =>
        enemies.Count == 0
            ? Task.CompletedTask
            : connection.ExecuteAsync(
                """
                insert into question_enemy (question_id, enemy_id)
                select e.one, e.other from question q, lateral (values (@question, q.id), (q.id, @question)) e (one, other)
                where q.id = any(@enemies) and q.source_id = @Source and q.id <> @question
                on conflict do nothing
                """,
                new { row.Source, question, enemies = enemies.ToArray() });

    /// <summary>Stores a change as the next version, in the caller's transaction: it is served from now on, or waits beside the published one for a second person.</summary>
    /// <param name="seen">The version that the change was made from.</param>
    /// <param name="isRuling">An appeal was decided by it: the question is asked on, and what waits beside it is merged with it later.</param>
    /// <param name="meaningChanged">Begins a new fork: cards of the old one are not asked any more.</param>
    /// <param name="waiver">Why another meaning, served at once, may do without evidence; empty for none.</param>
    /// <returns>What became of it; a repeat, and a change that changes nothing, is none.</returns>
    public static async Task<SavedAs> RunAsync(
        NpgsqlConnection connection, EditedQuestion row, Question question, long seen, bool meaningChanged, string why, Guid person, DateTimeOffset now, bool isRuling = false, string waiver = "")
    {
        if (AreSame(question, row.Question)) return SavedAs.Unchanged;
        var body = JsonSerializer.Serialize(question, DomainJson.Options);
        // Held first: what is read of its proposal afterwards is what there is
        if (await connection.QuerySingleAsync<bool>("select trashed_at is not null from question where id = @Id for no key update", new { row.Id }) && !isRuling) return SavedAs.Trashed;
        var waits = !isRuling && QuestionWorkflow.Waits(QuestionStatus.Published, await WorkflowSettings.RulesAsync(connection));
        return await connection.QuerySingleOrDefaultAsync<bool?>(
            $"""
            with base as (
              select q.id, q.current_version_id as served, v.fork, v.source_version_id, @waits and q.status = 'published' as waits, q.publish_at is not null as is_scheduled
              from question q
              left join question_proposal p on p.question_id = q.id and p.from_version_id = q.current_version_id and not @isRuling
              join question_version v on v.id = coalesce(p.version_id, q.current_version_id)
              where q.id = @Id and v.id = @seen
            ), added as (
              insert into question_version (question_id, version, fork, source_version_id, body, reason, created_by)
              select b.id, (select max(version) + 1 from question_version where question_id = b.id),
                     case when @meaningChanged then (select max(fork) + 1 from question_version where question_id = b.id) else b.fork end,
                     b.source_version_id, @body::jsonb, coalesce(nullif(@why, ''), 'edit'), @person
              from base b
              returning id, question_id, fork
            ), waived as (
              insert into question_waiver (question_id, fork, reason, waived_by, waived_at) select b.id, a.fork, @waiver, @person, @now from base b, added a where @waiver <> '' and not b.waits
              on conflict (question_id, fork) do update set reason = excluded.reason, waived_by = excluded.waived_by, waived_at = excluded.waived_at
            ), unscheduled as (
              insert into audit (actor, act, object, details, at) select @person, '{AuditActs.Scheduled}', @subject, jsonb_build_object(), @now from base b where b.is_scheduled and not b.waits
            ), recorded as (
              insert into audit (actor, act, object, details, at)
              select @person, '{AuditActs.Edited}', @subject, jsonb_strip_nulls(jsonb_build_object(
                'before', @seen, 'after', a.id, 'meaning', case when @meaningChanged then true end, 'waits', case when b.waits then true end, 'waiver', nullif(@waiver, ''), 'reason', nullif(@why, ''))), @now
              from added a, base b
            ), proposed as (
              insert into question_proposal (question_id, version_id, from_version_id, since_version_id) select b.id, a.id, b.served, a.id from base b, added a where b.waits
              on conflict (question_id) do update set version_id = excluded.version_id, from_version_id = excluded.from_version_id, returned_at = null, returned_by = null, returned_for = null
            ), settled as (
              delete from question_proposal p using base b where p.question_id = b.id and not b.waits and not @isRuling
            ), served as (
              update question q set current_version_id = a.id, origin = case when q.origin = 'generated' then 'edited' else q.origin end,
                publish_at = null, publish_version_id = null, publish_by = null
              from added a, base b where q.id = a.question_id and not b.waits
            )
            select waits from base
            """,
            new { row.Id, seen, meaningChanged, body, why, person, now, waits, isRuling, waiver, subject = AuditActs.OfQuestion(row.Id) }) switch
        {
            null => SavedAs.Conflict,
            true => SavedAs.Proposed,
            false => SavedAs.Served,
        };
    }
}

/// <summary>What became of a change of a question.</summary>
internal enum SavedAs
{
    /// <summary>It changes nothing.</summary>
    Unchanged,

    /// <summary>The question was changed since: nothing was stored.</summary>
    Conflict,

    /// <summary>The question lies in the trash: nothing was stored.</summary>
    Trashed,

    /// <summary>It is what the question says from now on.</summary>
    Served,

    /// <summary>It waits for a second person; the published version is served meanwhile.</summary>
    Proposed,
}
