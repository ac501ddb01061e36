using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Generation.Banks;

namespace StudyQuiz.App.Features.ImportBank;

/// <summary>Brings a source's key points to what the file says, item by item.</summary>
internal static class KeyPointImport
{
    /// <returns>The rows' ids by label, those no longer in the file too.</returns>
    public static async Task<IReadOnlyDictionary<string, long>> RunAsync(NpgsqlConnection connection, long source, BankFile bank, ImportLog log)
    {
        var stored = (await connection.QueryAsync<Row>(
            """
            select k.id, k.label, p.label as parent, k.position, k.heading, k.weight, k.evidence::text as evidence, k.imported_hash
            from key_point k left join key_point p on p.id = k.parent_id
            where k.source_id = @source
            """,
            new { source })).ToDictionary(row => row.Label, StringComparer.Ordinal);
        var ids = stored.ToDictionary(row => row.Key, row => row.Value.Id, StringComparer.Ordinal);

        // a parent comes before its children, so that its row is there when they name it
        var places = bank.KeyPoints.SelectMany(point => Places(point, parent: null)).ToList();
        for (var position = 1; position <= places.Count; position++)
        {
            var (point, parent) = places[position - 1];
            var hash = ItemHash.OfKeyPoint(parent, position, point.Heading, point.Weight, point.Evidence);
            var row = stored.GetValueOrDefault(point.Id);
            var decision = ThreeWay.Decide(hash, row?.ImportedHash, row?.Hash);
            log.Add(point.Id, decision);
            if (decision is ImportDecision.Unchanged or ImportDecision.Conflict) continue;
            ids[point.Id] = await connection.QuerySingleAsync<long>(
                """
                insert into key_point (source_id, label, parent_id, position, heading, weight, evidence, imported_hash)
                values (@source, @Id, @parentId, @position, @Heading, @Weight, @evidence::jsonb, @hash)
                on conflict (source_id, label) do update set
                  parent_id = excluded.parent_id, position = excluded.position, heading = excluded.heading, weight = excluded.weight,
                  evidence = excluded.evidence, imported_hash = excluded.imported_hash
                returning id
                """,
                new
                {
                    source,
                    point.Id,
                    parentId = parent is null ? (long?)null : ids[parent],
                    position,
                    point.Heading,
                    point.Weight,
                    evidence = JsonSerializer.Serialize(point.Evidence, DomainJson.Options),
                    hash,
                });
        }

        log.Missing(stored.Keys.Except(places.Select(place => place.Point.Id), StringComparer.Ordinal));
        return ids;
    }

    private static IEnumerable<(BankKeyPoint Point, string? Parent)> Places(BankKeyPoint point, string? parent) =>
        point.Points.SelectMany(child => Places(child, point.Id)).Prepend((point, parent));

    private sealed record Row(long Id, string Label, string? Parent, int Position, string Heading, int Weight, string Evidence, string? ImportedHash)
    {
        public string Hash => ItemHash.OfKeyPoint(Parent, Position, Heading, Weight, JsonSerializer.Deserialize<List<Evidence>>(Evidence, DomainJson.Options)!);
    }
}
