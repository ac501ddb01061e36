using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.GenerateBank;

/// <summary>Reads one question of a bank with everything that a reviewer decides by.</summary>
internal static class ReviewBank
{
    // More key points than this are shown around the one at hand only
    private const int MostKeyPoints = 120;

    public static async Task<ReviewedBank?> FindAsync(NpgsqlConnection connection, string slug) =>
        await connection.QuerySingleOrDefaultAsync<ReviewedBank>(
            """
            select s.id, s.slug, s.title, s.publisher, s.published, s.language, g.summary::text as summary_json,
              (select count(*) from question q where q.source_id = s.id and q.status in ('draft', 'review'))::int as open,
              (select count(*) from question q where q.source_id = s.id and q.status = 'published')::int as accepted,
              (select count(*) from question q where q.source_id = s.id and q.status = 'retired')::int as rejected
            from source s
            left join lateral (select summary from generation g where g.source_id = s.id order by made_at desc limit 1) g on true
            where s.slug = @slug and s.current_version_id is not null
            """,
            new { slug });

    /// <summary>A question of a bank; the first undecided one where none is asked for, the first of all where every one is decided.</summary>
    public static async Task<ReviewedItem?> ItemAsync(NpgsqlConnection connection, long source, long? asked)
    {
        var id = asked ?? await FirstOpenAsync(connection, source, after: 0) ?? await connection.QuerySingleAsync<long?>("select min(id) from question where source_id = @source", new { source });
        var row = await connection.QuerySingleOrDefaultAsync<ItemRow>(
            """
            select q.id, q.slug, q.type, q.status, q.origin, q.current_version_id as version, v.source_version_id as text, v.body::text as body,
              k.id as key_point, k.label as key_point_label, k.heading as key_point_heading,
              (select count(*) from question b where b.source_id = @source and b.id <= q.id)::int as position,
              (select max(b.id) from question b where b.source_id = @source and b.id < q.id) as previous,
              (select min(b.id) from question b where b.source_id = @source and b.id > q.id) as next,
              (select count(*) from question b where b.source_id = @source and b.key_point_id = q.key_point_id and b.status in ('draft', 'review'))::int as open_of_key_point,
              (select count(*) from question b where b.source_id = @source and b.type = q.type and b.status in ('draft', 'review'))::int as open_of_type
            from question q
            join question_version v on v.id = q.current_version_id
            join key_point k on k.id = q.key_point_id
            where q.id = @id and q.source_id = @source
            """,
            new { id, source });
        if (row is null) return null;
        var question = JsonSerializer.Deserialize<Question>(row.Body, DomainJson.Options)!;
        var paragraphs = await connection.QueryAsync<(string Label, string Text)>(
            "select label, text from paragraph where source_version_id = @Text and label = any(@labels)",
            new { row.Text, labels = question.Evidence.Select(evidence => evidence.Paragraph).ToArray() });
        return new ReviewedItem(row, question, paragraphs.ToDictionary(p => p.Label, p => p.Text, StringComparer.Ordinal));
    }

    /// <summary>The next undecided question in the bank's order, from the beginning again after the last; null when every one is decided.</summary>
    public static Task<long?> FirstOpenAsync(NpgsqlConnection connection, long source, long after) =>
        connection.QuerySingleAsync<long?>(
            """
            select coalesce(
              (select min(id) from question where source_id = @source and status in ('draft', 'review') and id > @after),
              (select min(id) from question where source_id = @source and status in ('draft', 'review')))
            """,
            new { source, after });

    /// <summary>Key points in the order of the text, those around one of them where there are many.</summary>
    public static async Task<IReadOnlyList<KeyPointLine>> TreeAsync(NpgsqlConnection connection, long source, long? around, GenerationSummary? summary)
    {
        var rows = (await connection.QueryAsync<KeyPointLine>(
            """
            select k.id, k.label, k.heading, k.parent_id as parent, count(q.id)::int as questions,
              count(q.id) filter (where q.status in ('draft', 'review'))::int as open, min(q.id) as first,
              min(q.id) filter (where q.status in ('draft', 'review')) as first_open
            from key_point k left join question q on q.key_point_id = k.id
            where k.source_id = @source
            group by k.id order by k.position, k.id
            """,
            new { source })).AsList();
        var byId = rows.ToDictionary(row => row.Id);
        foreach (var row in rows)
        {
            row.Depth = row.Parent is { } parent && byId.TryGetValue(parent, out var above) ? above.Depth + 1 : 0;
            row.Missing = summary?.Shortfalls.GetValueOrDefault(row.Label) ?? 0;
        }

        if (rows.Count <= MostKeyPoints) return rows;
        var at = Math.Clamp(rows.FindIndex(row => row.Id == around) - MostKeyPoints / 2, 0, rows.Count - MostKeyPoints);
        return rows.GetRange(at, MostKeyPoints);
    }

    /// <summary>A question that was just decided, so that it can be taken back.</summary>
    public static Task<DecidedItem?> DecidedAsync(NpgsqlConnection connection, long source, long? id) =>
        connection.QuerySingleOrDefaultAsync<DecidedItem?>(
            """
            select q.id, q.status, q.current_version_id as version,
              (select count(*) from question b where b.source_id = @source and b.id <= q.id)::int as position
            from question q where q.id = @id and q.source_id = @source and q.status in ('published', 'retired')
            """,
            new { id, source });

    public static async Task<IReadOnlyList<UnfinishedBank>> UnfinishedAsync(NpgsqlConnection connection) =>
        (await connection.QueryAsync<UnfinishedBank>(
            """
            select s.slug, s.title, s.language, o.open
            from source s
            join lateral (select count(*)::int as open from question q where q.source_id = s.id and q.status in ('draft', 'review')) o on o.open > 0
            where s.current_version_id is not null
            order by s.id desc limit 20
            """)).AsList();
}

/// <summary>A bank under review.</summary>
public sealed record ReviewedBank
{
    public required long Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string Publisher { get; init; }
    public required DateOnly? Published { get; init; }
    public required string Language { get; init; }
    public required string? SummaryJson { get; init; }
    public required int Open { get; init; }
    public required int Accepted { get; init; }
    public required int Rejected { get; init; }

    public int Total => Open + Accepted + Rejected;

    /// <summary>Null for a bank that came in as a file.</summary>
    public GenerationSummary? Summary => field ??= SummaryJson is null ? null : JsonSerializer.Deserialize<GenerationSummary>(SummaryJson, DomainJson.Options);

    public string Path => KeepBank.KeptBank.PathOf(Slug);
}

/// <summary>A question's row, with where it stands in its bank.</summary>
public sealed record ItemRow
{
    public required long Id { get; init; }
    public required string Slug { get; init; }
    public required string Type { get; init; }
    public required string Status { get; init; }
    public required string Origin { get; init; }
    public required long Version { get; init; }
    public required long Text { get; init; }
    public required string Body { get; init; }
    public required long KeyPoint { get; init; }
    public required string KeyPointLabel { get; init; }
    public required string KeyPointHeading { get; init; }
    public required int Position { get; init; }
    public required long? Previous { get; init; }
    public required long? Next { get; init; }
    public required int OpenOfKeyPoint { get; init; }
    public required int OpenOfType { get; init; }

    public bool IsOpen => Status is "draft" or "review";
}

/// <summary>A question under review.</summary>
/// <param name="Paragraphs">Those that its evidence is taken from, by label.</param>
public sealed record ReviewedItem(ItemRow Row, Question Question, IReadOnlyDictionary<string, string> Paragraphs);

/// <summary>A key point with how far its questions are.</summary>
public sealed record KeyPointLine
{
    public required long Id { get; init; }
    public required string Label { get; init; }
    public required string Heading { get; init; }
    public required long? Parent { get; init; }

    /// <summary>Its own, not those of the points below it.</summary>
    public required int Questions { get; init; }
    public required int Open { get; init; }
    public required long? First { get; init; }
    public required long? FirstOpen { get; init; }

    public int Depth { get; set; }

    /// <summary>Facts of it that no question asks about.</summary>
    public int Missing { get; set; }

    public int Percent => Questions == 0 ? 0 : 100 * Questions / (Questions + Missing);
}

/// <summary>A question that was decided.</summary>
public sealed record DecidedItem
{
    public required long Id { get; init; }
    public required string Status { get; init; }
    public required long Version { get; init; }
    public required int Position { get; init; }
}

/// <summary>A bank with questions that nobody has decided on.</summary>
public sealed record UnfinishedBank(string Slug, string Title, string Language, int Open);
