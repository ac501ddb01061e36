using System.Globalization;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Features.ExchangeQuestions.Formats;
using StudyQuiz.App.Live;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.People;

namespace StudyQuiz.App.Features.KeepGroups;

/// <summary>The report of a group, drawn and as files.</summary>
internal static class GroupReportEndpoints
{
    public static string PathOf(Guid group) => $"{Group.PathOf(group)}/report";

    public static void Map(IEndpointRouteBuilder groups)
    {
        groups.MapGet("/{id:guid}/report", (Guid id, HttpContext http, NpgsqlDataSource db, GameLoading loading) =>
            OfAsync(id, http, db, loading, (group, figures) => Pages.Render<GroupReportPage>(new { Group = group, Figures = figures })));
        groups.MapGet("/{id:guid}/report.{kind:regex(^(csv|xlsx)$)}", (Guid id, string kind, HttpContext http, NpgsqlDataSource db, GameLoading loading, IStringLocalizer<GroupText> text) =>
            OfAsync(id, http, db, loading, (group, figures) => File(kind, Rows(figures, text), text["ReportTitle", group.Name])));
        groups.MapGet("/{id:guid}/people.{kind:regex(^(csv|xlsx)$)}", async (Guid id, string kind, HttpContext http, NpgsqlDataSource db, IStringLocalizer<GroupText> text) =>
        {
            await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
            if (await Group.FindAsync(connection, id, GroupScope.Of(http)) is not { } group) return Pages.NotFound();
            http.Response.Headers.CacheControl = "private, no-store";
            // The whole path, so that the file can come back and finds everybody where they are
            var tree = await Group.TreeAsync(connection, id);
            return File(kind, [[text["Name"], text["Number"], text["Unit"]], .. (await GroupList.OfAsync(connection, id)).Select(person => (IReadOnlyList<object?>)[person.Name, person.Code, string.Join('/', RosterPlan.PathOf(person.Group, id, tree))])], group.Name);
        });
    }

    private static async Task<IResult> OfAsync(Guid id, HttpContext http, NpgsqlDataSource db, GameLoading loading, Func<Group, IReadOnlyList<HeldFigures>, IResult> show)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var scope = GroupScope.Of(http);
        if (await Group.FindAsync(connection, id, scope) is not { } group) return Pages.NotFound();
        http.Response.Headers.CacheControl = "private, no-store";
        return show(group, await GroupReport.OfAsync(connection, loading, scope, id));
    }

    private static IReadOnlyList<IReadOnlyList<object?>> Rows(IReadOnlyList<HeldFigures> figures, IStringLocalizer<GroupText> text) =>
    [
        [text["Event"].Value, text["Kind"].Value, text["Day"].Value, text["For"].Value, text["TookPart"].Value, text["Absent"].Value, text["MeanShare"].Value, text["Passed"].Value, text["AbsentNames"].Value],
        .. figures.Select(row => (IReadOnlyList<object?>)
        [
            row.Event.Title, text[row.Event.IsGame ? "Kind.Game" : "Kind.Assignment"].Value, LearnerDay.Of(row.Event.At).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row.Event.For, row.Took, row.Absent.Count,
            row.Mean is { } mean ? Math.Round(100 * (decimal)mean, 1) : null, row.Passed, string.Join(text["ListSeparator"].Value, row.Absent),
        ]),
    ];

    private static IResult File(string kind, IReadOnlyList<IReadOnlyList<object?>> rows, string sheet) => kind == "xlsx"
        ? Results.File(Spreadsheet.Write([(sheet.Length > 31 ? sheet[..31] : sheet, rows)]), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "group.xlsx")
        : Results.File(Grid.ToCsv(rows.Select(row => (IReadOnlyList<string>)[.. row.Select(cell => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "")])), "text/csv; charset=utf-8", "group.csv");
}
