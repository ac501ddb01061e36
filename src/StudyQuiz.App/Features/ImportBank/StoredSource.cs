using Dapper;
using Npgsql;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ImportBank;

/// <summary>A source as it is stored, with its current text.</summary>
internal sealed record StoredSource(long Id, long VersionId, int Version, string? ImportedHash, string Hash, string TextHash)
{
    /// <summary>Null when there is no source of this slug.</summary>
    public static async Task<StoredSource?> FindAsync(NpgsqlConnection connection, string slug)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            """
            select s.id, s.title, s.publisher, s.published::text as published, s.language, s.imported_hash,
                   v.id as version_id, v.version, v.sha256
            from source s join source_version v on v.id = s.current_version_id
            where s.slug = @slug
            """,
            new { slug });
        if (row is null) return null;
        var paragraphs = (await connection.QueryAsync<BankParagraph>(
            "select label as id, text from paragraph where source_version_id = @VersionId order by position", row)).ToList();
        return new StoredSource(
            row.Id, row.VersionId, row.Version, row.ImportedHash,
            ItemHash.OfSource(row.Title, row.Publisher, row.Published, row.Language, row.Sha256, paragraphs),
            ItemHash.OfText(row.Sha256, paragraphs));
    }

    private sealed record Row(
        long Id, string Title, string Publisher, string? Published, string Language, string? ImportedHash, long VersionId, int Version, string Sha256);
}
