using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.Domain;
using StudyQuiz.Generation;

namespace StudyQuiz.App.Features.GenerateBank;

/// <summary>Stores a generated bank as drafts together with its report, whole or not at all.</summary>
internal sealed class StoreGeneration(NpgsqlDataSource db, BankImporter importer)
{
    public static GenerationSettings Settings(NewBank wanted, string slug, string? title) =>
        new(slug, $"sources/{slug}.txt", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted.Raw))), wanted.Seed)
        {
            Title = title,
            Publisher = wanted.Publisher,
            Published = wanted.Published,
        };

    /// <summary>A slug that no source has, the one that was proposed or that with a number.</summary>
    public async Task<string> FreeSlugAsync(string proposed, CancellationToken stop)
    {
        await using var connection = await db.OpenConnectionAsync(stop);
        var taken = await connection.QueryAsync<string>("select slug from source where slug = @proposed or slug like @proposed || '-%'", new { proposed });
        return BankSlug.FirstFree(proposed, taken.ToHashSet(StringComparer.Ordinal));
    }

    /// <returns>Why nothing was stored; null when all of it was.</returns>
    public async Task<FormRefusal?> RunAsync(NewBank wanted, GeneratedBank generated, Guid person, DateTimeOffset now, CancellationToken stop)
    {
        var report = await importer.AddAsync(generated.Bank, wanted.Raw, (connection, source) => InsertAsync(connection, source, wanted, generated, person, now), stop);
        if (report is null) return new FormRefusal("slug", "SlugTaken", generated.Bank.Source.Slug);
        return report.Refused.Count == 0 ? null : new FormRefusal("", "Refused", report.Refused[0].ToString());
    }

    private static Task InsertAsync(NpgsqlConnection connection, long source, NewBank wanted, GeneratedBank generated, Guid person, DateTimeOffset now) =>
        connection.ExecuteAsync(
            """
            insert into generation (id, source_id, made_at, made_by, seed, summary, report)
            values (@Id, @source, @now, @person, @Seed, @summary::jsonb, @report::jsonb)
            """,
            new
            {
                wanted.Id,
                source,
                now,
                person,
                wanted.Seed,
                summary = JsonSerializer.Serialize(GenerationSummary.Of(generated), DomainJson.Options),
                report = JsonSerializer.Serialize(generated.Report, DomainJson.Options),
            });
}
