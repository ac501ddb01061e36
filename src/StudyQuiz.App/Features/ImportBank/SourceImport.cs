using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ImportBank;

/// <summary>Brings a source and its text to what the file says.</summary>
internal static class SourceImport
{
    /// <summary>The source to import into.</summary>
    /// <param name="VersionId">The text that the file's quotes are taken from.</param>
    public sealed record Target(long Id, long VersionId, ImportDecision Decision);

    public static async Task<Target> RunAsync(NpgsqlConnection connection, BankFile bank, string raw)
    {
        var source = bank.Source;
        var published = source.Published?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var hash = ItemHash.OfSource(source.Title, source.Publisher, published, source.Language, source.Sha256, bank.Paragraphs);
        var stored = await StoredSource.FindAsync(connection, source.Slug);
        var decision = ThreeWay.Decide(hash, stored?.ImportedHash, stored?.Hash);
        if (stored is not null && decision is ImportDecision.Unchanged or ImportDecision.Conflict) return new Target(stored!.Id, stored.VersionId, decision);

        var id = await connection.QuerySingleAsync<long>(
            """
            insert into source (slug, title, publisher, published, language, imported_hash)
            values (@Slug, @Title, @Publisher, @published::date, @Language, @hash)
            on conflict (slug) do update set
              title = excluded.title, publisher = excluded.publisher, published = excluded.published,
              language = excluded.language, imported_hash = excluded.imported_hash
            returning id
            """,
            new { source.Slug, source.Title, source.Publisher, published, source.Language, hash });
        var version = stored is not null && stored.TextHash == ItemHash.OfText(source.Sha256, bank.Paragraphs)
            ? stored.VersionId
            : await AddVersionAsync(connection, id, (stored?.Version ?? 0) + 1, bank, raw);
        return new Target(id, version, decision);
    }

    private static async Task<long> AddVersionAsync(NpgsqlConnection connection, long source, int version, BankFile bank, string raw)
    {
        var id = await connection.QuerySingleAsync<long>(
            "insert into source_version (source_id, version, sha256, raw) values (@source, @version, @Sha256, @raw) returning id",
            new { source, version, bank.Source.Sha256, raw });
        await connection.ExecuteAsync(
            """
            insert into paragraph (source_version_id, position, label, text)
            select @id, p.position, p.label, p.text
            from unnest(@labels, @texts) with ordinality as p (label, text, position)
            """,
            new { id, labels = bank.Paragraphs.Select(p => p.Id).ToArray(), texts = bank.Paragraphs.Select(p => p.Text).ToArray() });
        await connection.ExecuteAsync("update source set current_version_id = @id where id = @source", new { id, source });
        return id;
    }
}
