using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ImportBank;

/// <summary>Brings a source's questions to what the file says, item by item.</summary>
internal sealed class QuestionImport(NpgsqlConnection connection, SourceImport.Target source, IReadOnlyDictionary<string, long> keyPoints)
{
    public async Task RunAsync(BankFile bank, ImportLog log)
    {
        var stored = await StoredQuestion.OfSourceAsync(connection, source.Id);
        var ids = stored.ToDictionary(question => question.Key, question => question.Value.Id, StringComparer.Ordinal);
        var written = new List<BankQuestion>();
        var wishes = new List<StatusWish>();
        foreach (var question in bank.Questions)
        {
            var row = stored.GetValueOrDefault(question.Id);
            var hash = ItemHash.OfQuestion(question.KeyPoint, Names.Of(question.Origin), Names.Of(question.Status), question.Body, question.Enemies, question.Tags);
            var decision = ThreeWay.Decide(hash, row?.ImportedHash, row?.Hash);
            if (decision == ImportDecision.New) ids[question.Id] = await AddAsync(question, hash);
            // an editor may have been faster than this import since the row was read
            if (decision is ImportDecision.Changed or ImportDecision.Agreed && !await ChangeAsync(row!, question, hash)) decision = ImportDecision.Conflict;
            if (decision is ImportDecision.New or ImportDecision.Changed) written.Add(question);
            if (decision == ImportDecision.Changed) wishes.Add(new StatusWish(row!.Id, question.Status, From: Enum.Parse<QuestionStatus>(row.Status, ignoreCase: true)));
            log.Add(question.Id, decision);
        }

        foreach (var question in written)
        {
            await SetEnemiesAsync(connection, ids[question.Id], [.. question.Enemies.Select(enemy => ids[enemy])]);
            await SetTagsAsync(connection, ids[question.Id], [.. question.Tags]);
        }

        // What was there already changes its status by the one rule and on record, which also settles what hangs on it: timing, withdrawal, earlier answers
        if (wishes.Count > 0) await ChangeStatus.RunAsync(connection, wishes, person: null, new DateTimeOffset(await connection.QuerySingleAsync<DateTime>("select now()"), TimeSpan.Zero), "import");
        log.Missing(stored.Keys.Except(bank.Questions.Select(question => question.Id), StringComparer.Ordinal));
    }

    private async Task<long> AddAsync(BankQuestion question, string hash)
    {
        var id = await connection.QuerySingleAsync<long>(
            """
            insert into question (source_id, slug, key_point_id, type, status, origin, imported_hash)
            values (@source, @slug, @keyPoint, @type, @status, @origin, @hash) returning id
            """,
            Values(question, hash));
        await PointAtAsync(id, await AddVersionAsync(id, version: 1, fork: 1, question.Body));
        return id;
    }

    /// <summary>False when the question was changed here since it was read: then nothing was done.</summary>
    private async Task<bool> ChangeAsync(StoredQuestion row, BankQuestion question, string hash)
    {
        var changed = await connection.ExecuteAsync(
            """
            update question set key_point_id = @keyPoint, type = @type, origin = @origin, imported_hash = @hash
            where id = @id and current_version_id = @seenVersion and status = @seenStatus
            """,
            Values(question, hash, row));
        if (changed == 0) return false;
        // what learners are asked is the same where only the status, the key point, the tags or the enemies changed: no new version then
        var same = Json(row.Question) == Json(question.Body);
        await PointAtAsync(row.Id, same ? row.VersionId : await AddVersionAsync(row.Id, row.LatestVersion + 1, row.Fork, question.Body));
        return true;
    }

    private object Values(BankQuestion question, string hash, StoredQuestion? seen = null) => new
    {
        source = source.Id,
        slug = question.Id,
        keyPoint = keyPoints[question.KeyPoint],
        type = QuestionTypes.Of(question.Body),
        status = StatusOfNew(question),
        origin = Names.Of(question.Origin),
        hash,
        id = seen?.Id,
        seenVersion = seen?.VersionId,
        seenStatus = seen?.Status,
    };

    // What is new in a file is nobody's own wording; without evidence it stays a draft as any other does
    private static string StatusOfNew(BankQuestion question) => Names.Of(
        QuestionWorkflow.Refuses(new QuestionStanding { Status = QuestionStatus.Draft, HasEvidence = question.Body.Evidence.Count > 0 }, question.Status, new WorkflowRules(TwoPeople: false, Editors: 0)) is null ? question.Status : QuestionStatus.Draft);

    private Task<long> AddVersionAsync(long question, int version, int fork, Question body) => connection.QuerySingleAsync<long>(
        """
        insert into question_version (question_id, version, fork, source_version_id, body, reason)
        values (@question, @version, @fork, @text, @body::jsonb, 'import') returning id
        """,
        new { question, version, fork, text = source.VersionId, body = Json(body) });

    private Task PointAtAsync(long question, long version) => connection.ExecuteAsync(
        "update question set current_version_id = @version, imported_version_id = @version, publish_at = case when current_version_id = @version then publish_at end, publish_version_id = case when current_version_id = @version then publish_version_id end, publish_by = case when current_version_id = @version then publish_by end where id = @question", new { question, version });

    /// <summary>Both ways, so that a query finds them from either side.</summary>
    public static Task SetEnemiesAsync(NpgsqlConnection connection, long id, long[] enemies) => connection.ExecuteAsync(
        """
        delete from question_enemy
        where (question_id = @id and enemy_id <> all (@enemies)) or (enemy_id = @id and question_id <> all (@enemies));
        insert into question_enemy (question_id, enemy_id)
        select @id, e from unnest(@enemies) e union select e, @id from unnest(@enemies) e
        on conflict do nothing
        """,
        new { id, enemies });

    public static Task SetTagsAsync(NpgsqlConnection connection, long id, string[] tags) => connection.ExecuteAsync(
        """
        delete from question_tag where question_id = @id and tag <> all (@tags);
        insert into question_tag (question_id, tag) select @id, t from unnest(@tags) t on conflict do nothing
        """,
        new { id, tags });

    private static string Json(Question body) => JsonSerializer.Serialize(body, DomainJson.Options);
}
