using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.ImportBank;

/// <summary>A question as it is stored, in its current version.</summary>
/// <param name="Enemies">Slugs with spaces between; null where there are none.</param>
/// <param name="Tags">A line each; null where there are none.</param>
/// <param name="VersionId">Of the current version.</param>
/// <param name="LatestVersion">The highest version number given out.</param>
/// <param name="ImportedVersionId">The version that an import made last; null where none did. Where it is not the current one, somebody edited it here.</param>
/// <param name="TextVersion">The version of the source that it quotes.</param>
internal sealed record StoredQuestion(
    long Id, string Slug, string KeyPoint, string Origin, string Status, string Body, string? Enemies, string? Tags, string? ImportedHash,
    long VersionId, int LatestVersion, int Fork, long? ImportedVersionId, long TextVersion, bool IsTrashed)
{
    public Question Question { get; } = JsonSerializer.Deserialize<Question>(Body, DomainJson.Options)!;

    public string Hash => ItemHash.OfQuestion(KeyPoint, Origin, Status, Question, Enemies?.Split(' ') ?? [], Tags?.Split('\n') ?? []);

    /// <summary>All questions of a source by slug.</summary>
    public static async Task<IReadOnlyDictionary<string, StoredQuestion>> OfSourceAsync(NpgsqlConnection connection, long source) =>
        (await connection.QueryAsync<StoredQuestion>(
            """
            select q.id, q.slug, k.label as key_point, q.origin, q.status, v.body::text as body,
                   (select string_agg(e.slug, ' ') from question_enemy x join question e on e.id = x.enemy_id where x.question_id = q.id) as enemies,
                   (select string_agg(t.tag, E'\n') from question_tag t where t.question_id = q.id) as tags,
                   q.imported_hash, v.id as version_id,
                   (select max(version) from question_version l where l.question_id = q.id) as latest_version, v.fork,
                   q.imported_version_id, v.source_version_id as text_version, q.trashed_at is not null as is_trashed
            from question q
            join key_point k on k.id = q.key_point_id
            join question_version v on v.id = q.current_version_id
            where q.source_id = @source
            """,
            new { source })).ToDictionary(question => question.Slug, StringComparer.Ordinal);
}
