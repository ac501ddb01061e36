using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.GenerateBank;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Features.KeepBank;

/// <summary>A bank as its editors find it.</summary>
public sealed record KeptBank
{
    public required long Id { get; init; }
    public required string Slug { get; init; }
    public required string Title { get; init; }
    public required string Publisher { get; init; }
    public required DateOnly? Published { get; init; }
    public required string Language { get; init; }

    /// <summary>Of its text, from 1.</summary>
    public required int Version { get; init; }
    public required string? SummaryJson { get; init; }

    /// <summary>In the trash, with its questions.</summary>
    public required bool IsTrashed { get; init; }

    public string Path => PathOf(Slug);

    /// <summary>Null for a bank that came in as a file.</summary>
    public GenerationSummary? Summary => field ??= SummaryJson is null ? null : JsonSerializer.Deserialize<GenerationSummary>(SummaryJson, DomainJson.Options);

    public static string PathOf(string slug) => $"/banks/{Uri.EscapeDataString(slug)}";

    internal static Task<KeptBank?> FindAsync(NpgsqlConnection connection, string slug) => connection.QuerySingleOrDefaultAsync<KeptBank?>(
        """
        select s.id, s.slug, s.title, s.publisher, s.published, s.language, v.version, g.summary::text as summary_json, s.trashed_at is not null as is_trashed
        from source s
        join source_version v on v.id = s.current_version_id
        left join lateral (select summary from generation g where g.source_id = s.id order by made_at desc limit 1) g on true
        where s.slug = @slug and s.owner_id is null
        """,
        new { slug });
}
