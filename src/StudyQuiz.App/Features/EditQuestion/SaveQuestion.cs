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

    /// <param name="seen">The version that the change was made from.</param>
    /// <param name="isRuling">An appeal was decided by it: the question is asked on.</param>
    /// <param name="meaningChanged">Begins a new fork: cards of the old one are not asked any more.</param>
    /// <returns>False when the question was changed since: nothing was stored then. A repeat, and a change that changes nothing, is none.</returns>
    public static async Task<bool> RunAsync(NpgsqlConnection connection, EditedQuestion row, Question question, long seen, bool meaningChanged, string why, Guid person, DateTimeOffset now, bool isRuling = false)
    {
        var body = JsonSerializer.Serialize(question, DomainJson.Options);
        if (AreSame(question, row.Question)) return true;
        // What learners meet is looked at by a second person first, where one is asked for
        var ifPublished = Names.Of(isRuling ? QuestionStatus.Published : QuestionWorkflow.AfterEdit(QuestionStatus.Published, await WorkflowSettings.RulesAsync(connection)));
        return await connection.ExecuteAsync(
            $"""
            with current as (
              select q.id, v.fork, v.source_version_id from question q join question_version v on v.id = q.current_version_id
              where q.id = @Id and q.current_version_id = @seen
              for no key update of q
            ), added as (
              insert into question_version (question_id, version, fork, source_version_id, body, reason, created_by)
              select c.id, (select max(version) + 1 from question_version where question_id = c.id),
                     case when @meaningChanged then (select max(fork) + 1 from question_version where question_id = c.id) else c.fork end,
                     c.source_version_id, @body::jsonb, coalesce(nullif(@why, ''), 'edit'), @person
              from current c
              returning id, question_id
            ), recorded as (
              insert into audit (actor, act, object, details, at)
              select @person, '{AuditActs.Edited}', @subject, jsonb_strip_nulls(jsonb_build_object('before', @seen, 'after', id, 'meaning', case when @meaningChanged then true end, 'reason', nullif(@why, ''))), @now from added
            )
            update question q set current_version_id = a.id, origin = case when q.origin = 'generated' then 'edited' else q.origin end,
              status = case when q.status = 'published' then @ifPublished else q.status end
            from added a where q.id = a.question_id
            """,
            new { row.Id, seen, meaningChanged, body, why, person, now, ifPublished, subject = AuditActs.OfQuestion(row.Id) }) == 1;
    }
}
