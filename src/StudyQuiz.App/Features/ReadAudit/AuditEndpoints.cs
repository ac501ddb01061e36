using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Platform.Identity;
using StudyQuiz.Domain;

namespace StudyQuiz.App.Features.ReadAudit;

/// <summary>The record of what people with a role did to what is everyone's, for admins. It is only read here.</summary>
public static class AuditEndpoints
{
    public const string Path = "/audit";

    // More than anybody reads, and no more than a server has room for
    private const int MostExported = 50_000;

    private static readonly JsonSerializerOptions _readable = new(DomainJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Map(IEndpointRouteBuilder app)
    {
        var audit = app.MapGroup(Path).RequireAuthorization(Policies.ManagePeople);
        audit.MapGet("", ShowAsync);
        audit.MapGet("export.csv", ExportCsvAsync);
        audit.MapGet("export.json", ExportJsonAsync);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var filter = await AuditFilter.ReadAsync(connection, http.Request.Query);
        return Pages.Render<AuditPage>(new { Record = await AuditRecord.OfAsync(connection, filter), Asked = long.TryParse(http.Request.Query["row"], NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : (long?)null });
    }

    private static async Task<IResult> ExportCsvAsync(HttpContext http, NpgsqlDataSource db, IStringLocalizer<AuditText> text)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var csv = new StringBuilder(DelimitedText.CsvLine([text["Column.at"], text["Column.who"], text["Column.act"], text["Column.object"], text["Column.details"]]));
        foreach (var row in await AuditRecord.RowsAsync(connection, await AuditFilter.ReadAsync(connection, http.Request.Query), MostExported))
            csv.Append(DelimitedText.CsvLine([row.At.ToString("u", CultureInfo.InvariantCulture), row.ActorName ?? text["Nobody"], row.Act, row.Object, row.Details]));
        return Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv.ToString())], "text/csv; charset=utf-8", "audit.csv");
    }

    private static async Task<IResult> ExportJsonAsync(HttpContext http, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var rows = await AuditRecord.RowsAsync(connection, await AuditFilter.ReadAsync(connection, http.Request.Query), MostExported);
        var entries = rows.Select(row => new { row.Id, row.At, row.Actor, Name = row.ActorName, row.Act, row.Object, Details = JsonDocument.Parse(row.Details).RootElement });
        return Results.File(JsonSerializer.SerializeToUtf8Bytes(entries, _readable), "application/json", "audit.json");
    }
}

/// <summary>What of the record is asked for, as the address says it.</summary>
/// <param name="Of">What it was done to; null for everything.</param>
/// <param name="By">Who did it; null for everyone.</param>
/// <param name="Before">Rows before this one; null for the newest.</param>
public sealed record AuditFilter(string? Of, Guid? By, long? Before)
{
    /// <summary>One of <see cref="AuditActs.Kinds"/>; null for everything that was done.</summary>
    public string? What { get; init; }

    /// <summary>From this day on, by the reader's clock; null from the beginning.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>Up to this day, which counts too; null to the end.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>A name that was typed and nobody has.</summary>
    public string? Unknown { get; init; }

    public string Href => AuditEndpoints.Path + Query;

    public bool IsNarrow => Of is not null || By is not null || What is not null || Since is not null || Until is not null || Unknown is not null;

    /// <summary>The address of a file with all of it.</summary>
    public string FileOf(string kind) => $"{AuditEndpoints.Path}/export.{kind}{(this with { Before = null }).Query}";

    private QueryString Query => QueryString.Create(
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["of"] = Of,
            ["by"] = By?.ToString(),
            ["what"] = What,
            ["since"] = Since?.ToString("O", CultureInfo.InvariantCulture),
            ["until"] = Until?.ToString("O", CultureInfo.InvariantCulture),
            ["before"] = Before?.ToString(CultureInfo.InvariantCulture),
        }.Where(part => part.Value is not null));

    /// <summary>What an address asks for. A name is looked up; what can't be read asks for nothing.</summary>
    internal static async Task<AuditFilter> ReadAsync(NpgsqlConnection connection, IQueryCollection query)
    {
        var (of, name) = (query["of"].ToString().Trim(), query["who"].ToString().Trim());
        var by = Guid.TryParse(query["by"], out var actor) ? actor
            : name.Length == 0 ? null : await connection.QuerySingleOrDefaultAsync<Guid?>("select id from account where normalized_user_name = @name and erased_at is null", new { name = UserName.SearchKey(name) });
        return new AuditFilter(
            of is { Length: > 0 and <= 100 } && StorableText.Is(of) ? of : null, by,
            long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null)
        {
            What = AuditActs.Kinds.ContainsKey(query["what"].ToString()) ? query["what"].ToString() : null,
            Since = Day(query["since"]),
            Until = Day(query["until"]),
            Unknown = name.Length > 0 && by is null ? name : null,
        };
    }

    private static DateOnly? Day(string? typed) => DateOnly.TryParseExact(typed, "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
