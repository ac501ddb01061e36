using System.Globalization;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ReadAudit;

/// <summary>The record of what people with a role did to what is everyone's, for admins. It is only read here.</summary>
public static class AuditEndpoints
{
    public const string Path = "/audit";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet(Path, ShowAsync).RequireAuthorization(Policies.ManagePeople);

    private static async Task<IResult> ShowAsync(HttpContext http, NpgsqlDataSource db, string? of = null, string? by = null, string? before = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var filter = new AuditFilter(
            of is { Length: > 0 and <= 100 } ? of : null, Guid.TryParse(by, out var actor) ? actor : null,
            long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null);
        return Pages.Render<AuditPage>(new { Record = await AuditRecord.OfAsync(connection, filter) });
    }
}

/// <summary>What of the record is asked for, as the address says it.</summary>
/// <param name="Of">What it was done to; null for everything.</param>
/// <param name="By">Who did it; null for everyone.</param>
/// <param name="Before">Rows before this one; null for the newest.</param>
public sealed record AuditFilter(string? Of, Guid? By, long? Before)
{
    public string Href => AuditEndpoints.Path + QueryString.Create(
        new Dictionary<string, string?>(StringComparer.Ordinal) { ["of"] = Of, ["by"] = By?.ToString(), ["before"] = Before?.ToString(CultureInfo.InvariantCulture) }.Where(part => part.Value is not null));
}
