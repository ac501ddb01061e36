using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Components;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.ReadReports;

/// <summary>A host reads what a game came to: on the screen, on paper, as files. Nobody else's.</summary>
public static class ReadReportEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var host = app.MapGroup("/host/{game:guid}").RequireAuthorization(Policies.HostGames);
        host.MapGet("/report", (Guid game, HttpContext http, NpgsqlDataSource db, GameLoading loading, string? view) =>
            OfGameAsync(game, http, db, loading, report => Pages.Render<ReportPage>(new { Report = report, ByPerson = view == "people" })));
        host.MapGet("/report/print", (Guid game, HttpContext http, NpgsqlDataSource db, GameLoading loading) =>
            OfGameAsync(game, http, db, loading, report => Pages.Render<ReportPrintPage>(new { Report = report })));
        host.MapGet("/report/{part:regex(^(polls|groups)$)}.csv", (Guid game, string part, HttpContext http, NpgsqlDataSource db, GameLoading loading, IStringLocalizer<ReportText> text, IStringLocalizer<QuestionText> words) =>
            OfGameAsync(game, http, db, loading, report => File(http, part, new ReportFiles(report, text, words))));
        host.MapGet("/report.{kind:regex(^(csv|xlsx|json)$)}", (Guid game, string kind, HttpContext http, NpgsqlDataSource db, GameLoading loading, IStringLocalizer<ReportText> text, IStringLocalizer<QuestionText> words) =>
            OfGameAsync(game, http, db, loading, report => File(http, kind, new ReportFiles(report, text, words))));
    }

    /// <summary>A report as a file that no cache keeps.</summary>
    internal static IResult File(HttpContext http, string kind, ReportFiles files)
    {
        http.Response.Headers.CacheControl = "private, no-store";
        return kind switch { "csv" => files.Csv(), "polls" => files.PollsCsv(), "groups" => files.GroupsCsv(), "xlsx" => files.Xlsx(), _ => files.Json() };
    }

    private static async Task<IResult> OfGameAsync(Guid game, HttpContext http, NpgsqlDataSource db, GameLoading loading, Func<Report, IResult> show)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await GameReport.FindAsync(connection, loading, game, Viewer.Of(http.User).AccountId!.Value) is { } report ? show(report) : Pages.NotFound();
    }
}
