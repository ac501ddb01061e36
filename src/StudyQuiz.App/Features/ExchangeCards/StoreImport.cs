using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ExchangeCards;

/// <summary>Carries a file over: the history of known cards into the learner's log, and for editors its new rows into a bank as drafts.</summary>
internal static class StoreImport
{
    private const string KeyPointLabel = "imported";

    /// <summary>What would become of each row, with nothing stored.</summary>
    /// <param name="drafts">Whether somebody looks who may add drafts.</param>
    public static async Task<IReadOnlyList<RowReport>> PreviewAsync(NpgsqlConnection connection, ImportedFile file, ChosenBank? bank, Guid? learner, bool drafts)
    {
        var rows = await MatchRows.OfAsync(connection, file, bank, learner);
        if (!drafts || bank is null) return [.. rows.Select(row => row.Report)];
        var fresh = rows.Where(row => row.State == RowState.New).ToList();
        var stored = await StoredAsync(connection, bank, fresh, "");
        return [.. rows.Select(row => row.State == RowState.New && StateOf(row.Row, stored.GetValueOrDefault(row.Slug)) is not RowState.Added and var state ? row.Report with { State = state } : row.Report)];
    }

    /// <param name="editor">The account that may add drafts; null for everybody else, and where they are not wanted.</param>
    /// <returns>What became of each row.</returns>
    public static async Task<IReadOnlyList<RowReport>> RunAsync(
        NpgsqlConnection connection, ImportedFile file, ChosenBank? bank, Guid learner, Guid? editor, DateTimeOffset now)
    {
        var rows = await MatchRows.OfAsync(connection, file, bank, learner);
        var added = await CardLog.AddAsync(connection, learner, ReviewOrigins.Import, [.. rows.SelectMany(row => row.Reviews)], now);
        var drafts = bank is { } target && editor is { } account
            ? await DraftsAsync(connection, target, account, [.. rows.Where(row => row.State == RowState.New)])
            : [];
        return
        [
            .. rows.Select(row => row.State switch
            {
                RowState.New => row.Report with { State = drafts.GetValueOrDefault(row.Slug, RowState.Left) },
                RowState.Known when row.Reviews.Count(review => added.Contains(review.ClientId)) is var reviews => row.Report with { Reviews = reviews, Already = row.Row.Reviews.Count - reviews },
                _ => row.Report,
            }),
        ];
    }

    private static async Task<Dictionary<string, RowState>> DraftsAsync(NpgsqlConnection connection, ChosenBank bank, Guid account, IReadOnlyList<MatchedRow> rows)
    {
        if (rows.Count == 0) return [];
        // One import into a bank at a time: two of the same file would make the same drafts
        await connection.ExecuteAsync("select 1 from source where id = @Id for no key update", new { bank.Id });
        var stored = await StoredAsync(connection, bank, rows, "for no key update of q");
        var states = rows.ToDictionary(row => row.Slug, row => StateOf(row.Row, stored.GetValueOrDefault(row.Slug)), StringComparer.Ordinal);

        var fresh = rows.Where(row => states[row.Slug] == RowState.Added).ToList();
        if (fresh.Count > 0) await AddAsync(connection, bank, account, fresh);
        var changed = rows.Where(row => states[row.Slug] == RowState.Updated).Select(row => (row.Row, Draft: stored[row.Slug])).ToList();
        if (changed.Count > 0)
        {
            await AddVersionsAsync(
                connection, bank.Id, account, [.. changed.Select(one => one.Draft.Id)], [.. changed.Select(one => one.Draft.Latest + 1)], [.. changed.Select(one => one.Draft.Fork)], [.. changed.Select(one => Body(one.Row))]);
        }

        return states;
    }

    private static async Task<Dictionary<string, StoredDraft>> StoredAsync(NpgsqlConnection connection, ChosenBank bank, IReadOnlyList<MatchedRow> rows, string lockClause) =>
        (await connection.QueryAsync<StoredDraft>(
            $"""
            select q.id, q.slug, q.status, q.current_version_id as CurrentVersion, q.imported_version_id as ImportedVersion, v.body::text as Body, v.fork,
                   (select max(version) from question_version l where l.question_id = q.id) as Latest
            from question q join question_version v on v.id = q.current_version_id
            where q.source_id = @Id and q.slug = any(@slugs)
            {lockClause}
            """,
            new { bank.Id, slugs = rows.Select(row => row.Slug).ToArray() })).ToDictionary(draft => draft.Slug, StringComparer.Ordinal);

    private static RowState StateOf(ImportedRow row, StoredDraft? draft)
    {
        if (draft is null) return RowState.Added;
        var (stem, back) = JsonSerializer.Deserialize<Question>(draft.Body, DomainJson.Options) is Flashcard card ? (card.Stem, card.Back) : ("", "");
        if (stem == row.Front && back == row.Back) return RowState.Unchanged;
        return draft.Status == "draft" && draft.CurrentVersion == draft.ImportedVersion ? RowState.Updated : RowState.Conflict;
    }

    private static async Task AddAsync(NpgsqlConnection connection, ChosenBank bank, Guid account, IReadOnlyList<MatchedRow> rows)
    {
        var keyPoint = await connection.QuerySingleAsync<long>(
            """
            insert into key_point (source_id, label, position, heading, weight, evidence)
            select @Id, @label, coalesce(max(position), 0) + 1, @heading, 1, '[]' from key_point where source_id = @Id
            on conflict (source_id, label) do update set label = excluded.label
            returning id
            """,
            new { bank.Id, label = KeyPointLabel, heading = bank.Language.StartsWith("zh", StringComparison.Ordinal) ? "导入" : "Imported" });
        var ids = (await connection.QueryAsync<(string Slug, long Id)>(
            """
            insert into question (source_id, slug, key_point_id, type, status, origin)
            select @Id, slug, @keyPoint, @type, 'draft', 'written' from unnest(@slugs) with ordinality as r (slug, place) order by place
            returning slug, id
            """,
            new { bank.Id, keyPoint, type = QuestionTypes.Flashcard, slugs = rows.Select(row => row.Slug).ToArray() })).ToDictionary(row => row.Slug, row => row.Id, StringComparer.Ordinal);
        await AddVersionsAsync(connection, bank.Id, account, [.. rows.Select(row => ids[row.Slug])], [.. rows.Select(_ => 1)], [.. rows.Select(_ => 1)], [.. rows.Select(row => Body(row.Row))]);
    }

    private static Task AddVersionsAsync(NpgsqlConnection connection, long bank, Guid account, long[] questions, int[] versions, int[] forks, string[] bodies) =>
        connection.ExecuteAsync(
            """
            with made as (
              insert into question_version (question_id, version, fork, source_version_id, body, reason, created_by)
              select r.question, r.version, r.fork, s.current_version_id, r.body::jsonb, 'import', @account
              from unnest(@questions, @versions, @forks, @bodies) as r (question, version, fork, body), source s
              where s.id = @bank
              returning id, question_id)
            update question q set current_version_id = made.id, imported_version_id = made.id from made where q.id = made.question_id
            """,
            new { bank, account, questions, versions, forks, bodies });

    private static string Body(ImportedRow row) =>
        JsonSerializer.Serialize<Question>(new Flashcard { Stem = row.Front, Back = row.Back, Explanation = "", Evidence = [], Difficulty = 1 }, DomainJson.Options);

    private sealed record StoredDraft(long Id, string Slug, string Status, long CurrentVersion, long? ImportedVersion, string Body, int Fork, int Latest);
}
