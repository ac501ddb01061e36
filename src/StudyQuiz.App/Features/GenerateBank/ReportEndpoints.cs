using System.Globalization;
using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Generation;

namespace StudyQuiz.App.Features.GenerateBank;

/// <summary>How a bank came about, and what is said of its text.</summary>
internal static class ReportEndpoints
{
    public static void Map(IEndpointRouteBuilder banks)
    {
        banks.MapGet("/{slug}/report", ShowAsync);
        banks.MapGet("/{slug}/report.json", DownloadAsync);
        banks.MapPost("/{slug}/report", SaveDetailsAsync);
    }

    private static async Task<IResult> ShowAsync(string slug, HttpContext http, NpgsqlDataSource db, string? saved = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await PageAsync(connection, slug, null, [], saved is not null);
    }

    private static async Task<IResult> DownloadAsync(string slug, HttpContext http, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await FindAsync(connection, slug) is { } made
            ? Results.File(System.Text.Encoding.UTF8.GetBytes(made.Report), "application/json", $"{slug}.report.json")
            : Pages.NotFound();
    }

    private static async Task<IResult> SaveDetailsAsync(string slug, HttpContext http, IFormCollection form, NpgsqlDataSource db)
    {
        var details = new SourceDetails(form["title"].ToString().Trim(), form["publisher"].ToString().Trim(), form["published"].ToString().Trim());
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var refusals = details.Refusals().ToList();
        if (refusals.Count > 0) return await PageAsync(connection, slug, details, refusals, isSaved: false);

        // The page showed these three: where they differ by now, somebody else's change is kept
        var saved = await connection.ExecuteAsync(
            """
            update source set title = @Title, publisher = @Publisher, published = @Published::date
            where slug = @slug and title = @seenTitle and publisher = @seenPublisher and coalesce(published::text, '') = @seenPublished
            """,
            new
            {
                slug,
                details.Title,
                details.Publisher,
                Published = details.Published.Length == 0 ? null : details.Published,
                seenTitle = form["seenTitle"].ToString(),
                seenPublisher = form["seenPublisher"].ToString(),
                seenPublished = form["seenPublished"].ToString(),
            });
        return saved == 1
            ? Results.LocalRedirect($"/banks/{Uri.EscapeDataString(slug)}/report?saved=1")
            : await PageAsync(connection, slug, null, [new FormRefusal("", "DetailsChanged")], isSaved: false);
    }

    private static async Task<IResult> PageAsync(NpgsqlConnection connection, string slug, SourceDetails? entered, IReadOnlyList<FormRefusal> refusals, bool isSaved)
    {
        if (await ReviewBank.FindAsync(connection, slug) is not { } bank) return Pages.NotFound();
        var made = await FindAsync(connection, slug);
        return Pages.Render<ReportPage>(
            new
            {
                Bank = bank,
                Report = made is null ? null : JsonSerializer.Deserialize<GenerationReport>(made.Report, DomainJson.Options),
                Made = made,
                Tree = await ReviewBank.TreeAsync(connection, bank.Id, null, bank.Summary),
                Seen = new SourceDetails(bank.Title, bank.Publisher, bank.Published?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? ""),
                Entered = entered,
                Refusals = refusals,
                IsSaved = isSaved,
            },
            refusals.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static Task<MadeBank?> FindAsync(NpgsqlConnection connection, string slug) =>
        connection.QuerySingleOrDefaultAsync<MadeBank?>(
            """
            select g.made_at, nullif(a.user_name, '') as made_by, g.seed, g.report::text as report
            from generation g join source s on s.id = g.source_id left join account a on a.id = g.made_by
            where s.slug = @slug order by g.made_at desc limit 1
            """,
            new { slug });
}

/// <summary>A generation as it is stored.</summary>
public sealed record MadeBank
{
    public required DateTimeOffset MadeAt { get; init; }

    /// <summary>Null once the account is gone.</summary>
    public required string? MadeBy { get; init; }
    public required long Seed { get; init; }
    public required string Report { get; init; }
}

/// <summary>What a page says of a text, as a form has it.</summary>
public sealed record SourceDetails(string Title, string Publisher, string Published)
{
    internal IEnumerable<FormRefusal> Refusals()
    {
        if (Title.Length == 0 || !NewBankForm.IsLine(Title, NewBankForm.LongestTitle)) yield return new FormRefusal("title", "BadTitle", NewBankForm.LongestTitle);
        if (!NewBankForm.IsLine(Publisher, NewBankForm.LongestPublisher)) yield return new FormRefusal("publisher", "BadPublisher", NewBankForm.LongestPublisher);
        if (Published.Length > 0 && !DateOnly.TryParseExact(Published, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)) yield return new FormRefusal("published", "BadDay");
    }
}
