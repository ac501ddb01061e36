using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.ImportBank;
using StudyQuiz.App.Features.ReadAudit;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Generation;

namespace StudyQuiz.App.Features.GenerateBank;

/// <summary>Stores a generated bank as drafts together with its report, whole or not at all.</summary>
internal sealed class StoreGeneration(NpgsqlDataSource db, BankImporter importer)
{
    // So many banks named alike in the time that one takes to be stored are no accident
    private const int MostNames = 20;

    public static GenerationSettings Settings(NewBank wanted, string slug, string? title) =>
        new(slug, FileOf(slug), Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(wanted.Raw))), wanted.Seed)
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

    /// <summary>Stores all of it, or nothing. Where the name was only proposed and another bank has taken it since, the next free one is taken.</summary>
    /// <returns>The name it is stored under, or why nothing was.</returns>
    public async Task<(string? Slug, FormRefusal? Refusal)> RunAsync(NewBank wanted, GeneratedBank generated, Guid person, DateTimeOffset now, CancellationToken stop)
    {
        var proposed = generated.Bank.Source.Slug;
        for (var tries = 1; ; tries++)
        {
            var slug = generated.Bank.Source.Slug;
            var report = await importer.AddAsync(generated.Bank, wanted.Raw, (connection, source) => InsertAsync(connection, source, wanted, generated, person, now), stop);
            if (report is not null) return report.Refused.Count == 0 ? (slug, null) : (null, new FormRefusal("", "Refused", report.Refused[0].ToString()));
            if (wanted.Slug is not null || tries == MostNames) return (null, new FormRefusal("slug", "SlugTaken", slug));
            generated = Renamed(generated, await FreeSlugAsync(proposed, stop));
        }
    }

    private static GeneratedBank Renamed(GeneratedBank generated, string slug)
    {
        var source = generated.Bank.Source;
        // a text without a title of its own is called by its name
        var title = source.Title == source.Slug ? slug : source.Title;
        return generated with { Bank = generated.Bank with { Source = source with { Slug = slug, Title = title, File = FileOf(slug) } } };
    }

    private static string FileOf(string slug) => $"sources/{slug}.txt";

    private static async Task InsertAsync(NpgsqlConnection connection, long source, NewBank wanted, GeneratedBank generated, Guid person, DateTimeOffset now)
    {
        await Audit.AddAsync(connection, person, AuditActs.BankMade, AuditActs.OfBank(generated.Bank.Source.Slug), new { text = generated.Bank.Source.Sha256, questions = generated.Bank.Questions.Count }, now);
        await connection.ExecuteAsync(
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
}
