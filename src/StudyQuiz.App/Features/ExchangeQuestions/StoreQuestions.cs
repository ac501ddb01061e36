using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.EditQuestion;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ExchangeQuestions;

/// <summary>Stores what was chosen of a file's rows. All of it is in the caller's transaction.</summary>
internal static class StoreQuestions
{
    /// <param name="bank">As it was read in this transaction, after <see cref="BankImporter.TakeTurnAsync"/>.</param>
    /// <param name="rows">What is to be stored: new, changed and, where somebody chose so, conflicting ones.</param>
    /// <param name="account">Who does it; null for a command.</param>
    /// <returns>Lines of rows that could not be stored since their question was changed meanwhile; and of those that wait for a second person.</returns>
    public static async Task<(IReadOnlyList<int> Missed, IReadOnlyList<int> Waiting)> RunAsync(NpgsqlConnection connection, ChosenBank bank, IReadOnlyList<MatchedQuestion> rows, Guid? account)
    {
        var keyPoints = await KeyPointsAsync(connection, bank, rows);
        // What one editor brings in a file waits as what one editor types does; who has the server's console needs nobody
        var asksSecond = account is not null && (await WorkflowSettings.RulesAsync(connection)).AsksSecond;
        var ids = bank.Questions.ToDictionary(question => question.Key, question => question.Value.Id, StringComparer.Ordinal);
        await AddAsync(connection, bank, [.. rows.Where(row => row.Before is null)], keyPoints, account, asksSecond, ids);
        var (missed, waiting) = (new List<int>(), new List<int>(asksSecond ? rows.Where(row => row.Before is null && row.Result!.Status == QuestionStatus.Published).Select(row => row.Row.Line) : []));
        var written = new List<BankQuestion>();
        foreach (var row in rows)
        {
            var saved = row.Before is { } before ? await ChangeAsync(connection, row, before, keyPoints[row.Result!.KeyPoint], account, asksSecond) : SavedAs.Served;
            if (saved == SavedAs.Conflict)
            {
                missed.Add(row.Row.Line);
                continue;
            }

            if (saved == SavedAs.Proposed) waiting.Add(row.Row.Line);
            written.Add(row.Result!);
        }

        foreach (var question in written.Where(question => question.Enemies.Count > 0 || rows.Any(row => row.Before?.Slug == question.Id && row.Before.Enemies is not null)))
            await QuestionImport.SetEnemiesAsync(connection, ids[question.Id], [.. question.Enemies.Where(ids.ContainsKey).Select(enemy => ids[enemy])]);
        foreach (var question in written.Where(question => question.Tags.Count > 0 || rows.Any(row => row.Before?.Slug == question.Id && row.Before.Tags is not null)))
            await QuestionImport.SetTagsAsync(connection, ids[question.Id], [.. question.Tags]);
        return (missed, waiting);
    }

    private static async Task<Dictionary<string, long>> KeyPointsAsync(NpgsqlConnection connection, ChosenBank bank, IReadOnlyList<MatchedQuestion> rows)
    {
        if (rows.Any(row => row.Result!.KeyPoint == MatchQuestions.ImportedKeyPoint))
        {
            await connection.ExecuteAsync(
                """
                insert into key_point (source_id, label, position, heading, weight, evidence)
                select @Id, @label, coalesce(max(position), 0) + 1, @heading, 1, '[]' from key_point where source_id = @Id
                on conflict (source_id, label) do nothing
                """,
                new { bank.Id, label = MatchQuestions.ImportedKeyPoint, heading = bank.IsChinese ? "导入" : "Imported" });
        }

        return (await connection.QueryAsync<(string Label, long Id)>("select label, id from key_point where source_id = @Id", new { bank.Id })).ToDictionary(point => point.Label, point => point.Id, StringComparer.Ordinal);
    }

    private static async Task AddAsync(NpgsqlConnection connection, ChosenBank bank, IReadOnlyList<MatchedQuestion> rows, Dictionary<string, long> keyPoints, Guid? account, bool asksSecond, Dictionary<string, long> ids)
    {
        if (rows.Count == 0) return;
        var added = await connection.QueryAsync<(string Slug, long Id)>(
            """
            insert into question (source_id, slug, key_point_id, type, status, origin, imported_hash)
            select @source, slug, key_point, type, status, origin, hash
            from unnest(@slugs, @points, @types, @statuses, @origins, @hashes) with ordinality as r (slug, key_point, type, status, origin, hash, place) order by place
            returning slug, id
            """,
            new
            {
                source = bank.Id,
                slugs = rows.Select(row => row.Result!.Id).ToArray(),
                points = rows.Select(row => keyPoints[row.Result!.KeyPoint]).ToArray(),
                types = rows.Select(row => QuestionTypes.Of(row.Result!.Body)).ToArray(),
                statuses = rows.Select(row => Names.Of(asksSecond && row.Result!.Status == QuestionStatus.Published ? QuestionStatus.Review : row.Result!.Status)).ToArray(),
                origins = rows.Select(row => Names.Of(row.Result!.Origin)).ToArray(),
                hashes = rows.Select(row => row.Hash).ToArray(),
            });
        foreach (var (slug, id) in added) ids[slug] = id;
        await connection.ExecuteAsync(
            $"""
            with made as (
              insert into question_version (question_id, version, fork, source_version_id, body, reason, created_by)
              select r.question, 1, 1, @TextVersion, r.body::jsonb, 'import', @account from unnest(@questions, @bodies) as r (question, body)
              returning id, question_id
            ), recorded as (
              insert into audit (actor, act, object, details, at)
              select @account, '{AuditActs.Written}', 'question/' || question_id, jsonb_build_object('version', id), now() from made where @account::uuid is not null
            )
            update question q set current_version_id = made.id, imported_version_id = made.id from made where q.id = made.question_id
            """,
            new { bank.TextVersion, account, questions = rows.Select(row => ids[row.Result!.Id]).ToArray(), bodies = rows.Select(row => Json(row.Result!.Body)).ToArray() });
    }

    // A conflict where the question was changed here since it was read, or a change of it waits: then nothing was done
    private static async Task<SavedAs> ChangeAsync(NpgsqlConnection connection, MatchedQuestion row, StoredQuestion before, long keyPoint, Guid? account, bool asksSecond)
    {
        var result = row.Result!;
        var waits = asksSecond && Json(result.Body) != Json(before.Question) && before.Status == Names.Of(QuestionStatus.Published);
        if (waits && await connection.QuerySingleAsync<bool>("select exists (select from question_proposal where question_id = @Id)", new { before.Id })) return SavedAs.Conflict;
        // a bank file goes on comparing with what it gave itself
        var hash = ItemHash.IsOfRow(before.ImportedHash) ? row.Hash : before.ImportedHash;
        var changed = await connection.ExecuteAsync(
            "update question set key_point_id = @keyPoint, origin = @origin, imported_hash = @hash where id = @Id and current_version_id = @VersionId and status = @Status and trashed_at is null",
            new { keyPoint, origin = Names.Of(result.Origin), hash, before.Id, before.VersionId, before.Status });
        if (changed == 0) return SavedAs.Conflict;
        if (Json(result.Body) == Json(before.Question)) return SavedAs.Unchanged;
        await connection.ExecuteAsync(
            $"""
            with made as (
              insert into question_version (question_id, version, fork, source_version_id, body, reason, created_by)
              values (@Id, @version, case when @isOther then (select max(fork) + 1 from question_version where question_id = @Id) else @Fork end, @TextVersion, @body::jsonb, 'import', @account) returning id
            ), proposed as (
              insert into question_proposal (question_id, version_id, from_version_id, since_version_id) select @Id, id, @VersionId, id from made where @waits
            ), recorded as (
              insert into audit (actor, act, object, details, at)
              select @account, '{AuditActs.Edited}', 'question/' || @Id, jsonb_strip_nulls(jsonb_build_object('before', @VersionId, 'after', id, 'waits', case when @waits then true end, 'reason', 'import')), now()
              from made where @account::uuid is not null
            )
            update question set current_version_id = made.id, imported_version_id = made.id, publish_at = null, publish_version_id = null, publish_by = null from made where question.id = @Id and not @waits
            """,
            new { before.Id, before.VersionId, version = before.LatestVersion + 1, before.Fork, before.TextVersion, body = Json(result.Body), account, waits, isOther = QuestionForm.ChangesKey(before.Question, result.Body) });
        return waits ? SavedAs.Proposed : SavedAs.Served;
    }

    private static string Json(Question body) => JsonSerializer.Serialize(body, DomainJson.Options);
}
