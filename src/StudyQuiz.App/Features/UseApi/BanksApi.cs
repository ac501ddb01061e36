using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;
using StudyQuiz.App.Commands;
using StudyQuiz.App.Features.ExchangeQuestions;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.App.Features.GenerateBank;
using StudyQuiz.App.Features.KeepBank;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.UseApi;

/// <summary>A bank in a list.</summary>
/// <param name="Open">Drafts and those under review.</param>
public sealed record ApiBank(string Slug, string Title, string Publisher, DateOnly? PublishedOn, string Language, int Questions, int Published, int Open);

/// <summary>A text to make a bank of.</summary>
/// <param name="Slug">Null takes one that is proposed.</param>
public sealed record ApiNewBank(string Text, string? Title = null, string? Publisher = null, DateOnly? PublishedOn = null, string? Slug = null, long Seed = 1);

/// <summary>How far a bank that is being made of a text is.</summary>
/// <param name="State">waiting, working, storing, done or failed.</param>
/// <param name="Bank">Its slug, once it is done.</param>
/// <param name="Why">The name of what failed.</param>
public sealed record ApiGeneration(Guid Id, string State, string? Bank, string? Why);

/// <summary>A key point.</summary>
/// <param name="Parent">Null at the top.</param>
public sealed record ApiKeyPoint(long Id, string Label, string Heading, int Weight, long? Parent);

/// <summary>Banks: their list, making one of a text, files in and out.</summary>
internal static class BanksApi
{
    private static readonly TimeSpan _shortWait = TimeSpan.FromSeconds(10);

    public static void Map(RouteGroupBuilder api)
    {
        var banks = api.MapGroup("/banks").WithTags("Banks");
        banks.MapGet("", ListAsync).Needs(ApiScopes.BanksRead, ApiScopes.Editors).WithName("ListBanks").WithSummary("Banks, the newest first.");
        banks.MapPost("", MakeAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).RequireRateLimiting(RateLimits.ApiHeavy).WithName("MakeBank")
            .WithSummary("Makes a bank of draft questions from a text. It answers when that is done, or after ten seconds with how far it is.");
        banks.MapGet("/generations/{id:guid}", Generation).Needs(ApiScopes.BanksRead, ApiScopes.Editors).WithName("GetGeneration").WithSummary("How far a bank is that you are making of a text.");
        banks.MapGet("/{slug}/key-points", KeyPointsAsync).Needs(ApiScopes.BanksRead, ApiScopes.Editors).WithName("ListKeyPoints").WithSummary("The key points of a bank, in the order of its text.");
        banks.MapPost("/{slug}/import", ImportAsync).Needs(ApiScopes.BanksWrite, ApiScopes.Editors).RequireRateLimiting(RateLimits.ApiHeavy).Accepts<Stream>("application/octet-stream").WithName("ImportQuestions")
            .WithSummary("Brings the questions of a file into a bank, or with preview=true says what that would do, row by row.");
        banks.MapGet("/{slug}/export", ExportAsync).Needs(ApiScopes.BanksRead, ApiScopes.Editors).RequireRateLimiting(RateLimits.ApiHeavy).Produces<Stream>(StatusCodes.Status200OK, "application/octet-stream", [.. QuestionFormat.All.Select(format => format.ContentType.Split(';')[0]).Distinct()]).WithName("ExportQuestions").WithSummary("A bank as a file.");
    }

    private static async Task<Ok<ApiPage<ApiBank>>> ListAsync(NpgsqlDataSource db, string? words = null, long? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync();
        var size = ApiResults.Limit(limit);
        var rows = await ListBanks.OfAsync(connection, words, after, size + 1);
        return TypedResults.Ok(ApiResults.Page(rows, size, bank => new ApiBank(bank.Slug, bank.Title, bank.Publisher, bank.Published, bank.Language, bank.Questions, bank.Asked, bank.Open), bank => bank.Id.ToString(CultureInfo.InvariantCulture)));
    }

    private static async Task<Results<Created<ApiGeneration>, Accepted<ApiGeneration>, ProblemHttpResult>> MakeAsync(ApiNewBank body, HttpContext http, NpgsqlDataSource db, Generations generations)
    {
        // As the page's form says it, so that the same rules hold
        var form = new FormCollection(new Dictionary<string, Microsoft.Extensions.Primitives.StringValues>(StringComparer.Ordinal)
        {
            ["id"] = Guid.CreateVersion7().ToString(),
            ["text"] = body.Text,
            ["title"] = body.Title,
            ["publisher"] = body.Publisher,
            ["published"] = body.PublishedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["slug"] = body.Slug,
            ["seed"] = body.Seed.ToString(CultureInfo.InvariantCulture),
        });
        var (entered, wanted, refusals) = await NewBankForm.ReadAsync(form, http.RequestAborted);
        if (wanted is null) return ApiResults.Invalid("invalid", "The text or what is said of it can't be taken.", refusals.Select(refusal => new { refusal.Field, why = refusal.Name }));
        await using (var connection = await db.OpenConnectionAsync(http.RequestAborted))
        {
            if (wanted.Slug is { } slug && await connection.QuerySingleAsync<bool>("select exists (select 1 from source where slug = @slug)", new { slug })) return ApiResults.Conflict("slugTaken", "There is a bank of that name.");
        }

        var job = generations.Start(wanted, entered, Viewer.Of(http.User).AccountId!.Value);
        if (job.Wanted.Id != wanted.Id) return ApiResults.Conflict("oneAtATime", "You are making another bank; wait until that is done.");
        await Task.WhenAny(job.Ended, Task.Delay(_shortWait, http.RequestAborted));
        var told = Tell(job);
        return job.State switch
        {
            JobState.Done done => TypedResults.Created($"/api/v1/banks/{Uri.EscapeDataString(done.Slug)}/questions", told),
            JobState.Failed failed => ApiResults.Invalid("failed", "No bank could be made of this text.", new { why = failed.Why.Name }),
            _ => TypedResults.Accepted($"/api/v1/banks/generations/{wanted.Id}", told),
        };
    }

    private static Results<Ok<ApiGeneration>, ProblemHttpResult> Generation(Guid id, HttpContext http, Generations generations) =>
        generations.Find(Viewer.Of(http.User).AccountId!.Value, id) is { } job ? TypedResults.Ok(Tell(job)) : ApiResults.NotFound();

    private static ApiGeneration Tell(GenerationJob job) => new(
        job.Wanted.Id, job.State switch { JobState.Waiting => "waiting", JobState.Working => "working", JobState.Storing => "storing", JobState.Done => "done", _ => "failed" },
        (job.State as JobState.Done)?.Slug, (job.State as JobState.Failed)?.Why.Name);

    private static async Task<Results<Ok<ApiPage<ApiKeyPoint>>, ProblemHttpResult>> KeyPointsAsync(string slug, NpgsqlDataSource db, string? after = null, int? limit = null)
    {
        await using var connection = await db.OpenConnectionAsync();
        if (await KeptBank.FindAsync(connection, slug) is not { } bank) return ApiResults.NotFound();
        var points = (await connection.QueryAsync<ApiKeyPoint>("select id, label, heading, weight, parent_id as Parent from key_point where source_id = @Id order by position, id", new { bank.Id })).AsList();
        return TypedResults.Ok(ApiResults.PageOf(points, after, limit, point => point.Id.ToString(CultureInfo.InvariantCulture), point => point));
    }

    private static async Task<Results<Ok<QuestionFileReport>, ProblemHttpResult>> ImportAsync(string slug, HttpContext http, NpgsqlDataSource db, PendingQuestionFiles files, Clock clock, string? format = null, string? name = null, bool preview = false)
    {
        if (format is not null && QuestionFormat.Find(format)?.Read is null) return ApiResults.Invalid("format", "There is no such format to read.", QuestionFormat.All.Where(one => one.Read is not null).Select(one => one.Name));
        if (await ReadAsync(http, GivenFile.Largest) is not { } bytes) return ApiResults.Problem(StatusCodes.Status413PayloadTooLarge, "large", "A file has 20 MB at most.");
        var given = new GivenFile(bytes, RowText.Beginning(Path.GetFileName(name ?? "")));
        QuestionFile file;
        await files.Places.WaitAsync(http.RequestAborted);
        try
        {
            file = await Task.Run(() => ReadQuestions.Of(given, format, clock.Now), http.RequestAborted);
        }
        finally
        {
            files.Places.Release();
        }

        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var store = !preview && !file.IsRefused;
        var result = store
            ? await ImportQuestions.StoreAsync(db, file, slug, (_, row) => ImportQuestions.Usual(row), Viewer.Of(http.User).AccountId, clock.Now, http.RequestAborted)
            : await ImportQuestions.PreviewAsync(connection, file, slug);
        if (result is null) return ApiResults.NotFound();
        var report = QuestionFileReport.Of(given.Name, file, slug, result, store);
        return report.IsRefused ? ApiResults.Invalid("refused", "Nothing of this file can be taken.", report.Refused) : TypedResults.Ok(report);
    }

    /// <summary>A body of bytes; null for one that has more than the most.</summary>
    internal static async Task<byte[]?> ReadAsync(HttpContext http, int most)
    {
        if (http.Request.ContentLength > most) return null;
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
        {
            if (bytes.Length + read > most) return null;
            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    private static async Task<IResult> ExportAsync(string slug, NpgsqlDataSource db, Clock clock, string format, bool all = false)
    {
        if (QuestionFormat.Find(format) is not { } chosen) return ApiResults.Invalid("format", "There is no such format to write.", QuestionFormat.All.Select(one => one.Name));
        await using var connection = await db.OpenConnectionAsync();
        return await ExportedBank.LoadAsync(connection, slug) is { } bank ? TypedResults.File(ExportQuestions.Of(chosen, bank, all, clock.Now).Bytes, chosen.ContentType, slug + chosen.Extension) : ApiResults.NotFound();
    }
}
