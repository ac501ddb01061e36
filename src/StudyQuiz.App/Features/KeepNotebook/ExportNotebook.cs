using System.Globalization;
using System.Text;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Components;
using StudyQuiz.App.Features.ExchangeCards;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.KeepNotebook;

/// <summary>What a filter of the notebook holds, as a table and on paper.</summary>
internal static class ExportNotebook
{
    public const string Csv = NotebookEndpoints.Path + "/export.csv";
    public const string Print = NotebookEndpoints.Path + "/print";

    /// <summary>The most questions on paper: more nobody works through, and a browser would take long over it.</summary>
    public const int MostPrinted = 300;

    private static readonly string[] Columns = ["Stem", "Type", "Group", "Point", "Source", "Answer", "Explanation", "Where", "Day", "Misses", "RightDays", "Left"];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Csv, CsvAsync);
        app.MapGet(Print, PrintAsync);
    }

    private static async Task<IResult> CsvAsync(
        HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, IStringLocalizer<NotebookText> text, IStringLocalizer<QuestionText> words)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var filter = NotebookFilter.Of(http.Request.Query);
        if (await ShowNotebook.FindAsync(http, connection, learners, clock) is not var (learner, notebook) || notebook.SourceOf(filter) is not { } source) return Pages.NotFound();

        var rows = await NotebookRow.OfAsync(connection, learner, notebook.Of(filter));
        var csv = new StringBuilder(DelimitedText.CsvLine(Columns.Select(column => text["Column." + column].Value)));
        foreach (var row in rows)
        {
            var (item, face) = (row.Item, row.Face);
            csv.Append(DelimitedText.CsvLine(
            [
                Front(face), words["Type." + item.Type], item.Group.Heading, item.Point.Heading, source.Title, string.Join('\n', Key(face, words)), face.Explanation ?? "",
                row.Missed?.Game ?? text["Where." + row.Review.Origin], item.Entry.MissedDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                Number(item.Entry.Misses), Number(item.Entry.RightDays), Number(item.Entry.Left),
            ]));
        }

        http.Response.Headers.CacheControl = "no-store";
        // without its mark Excel reads Chinese as something else
        return Results.File([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(csv.ToString())], "text/csv; charset=utf-8", $"notebook-{source.Slug}.csv");
    }

    private static async Task<IResult> PrintAsync(HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var filter = NotebookFilter.Of(http.Request.Query) with { Page = 1 };
        if (await ShowNotebook.FindAsync(http, connection, learners, clock) is not var (learner, notebook) || notebook.SourceOf(filter) is not { } source) return Pages.NotFound();
        var items = notebook.Of(filter);
        return Pages.Render<PrintPage>(new
        {
            Source = source,
            Day = notebook.Today,
            Filter = filter,
            All = items.Count,
            Rows = await NotebookRow.OfAsync(connection, learner, [.. items.Take(MostPrinted)]),
        });
    }

    /// <summary>The stem and what it lists, lettered.</summary>
    private static string Front(CardFace face) => string.Join('\n', (face.Choices ?? []).Select((choice, i) => $"{Letter(i)}. {choice}").Prepend(face.Stem));

    /// <summary>The right answer in lines.</summary>
    public static IEnumerable<string> Key(CardFace face, IStringLocalizer<QuestionText> words)
    {
        var answer = face.Answer;
        if (answer.Judgement is { } judgement) yield return words[judgement ? "True" : "False"];
        foreach (var right in answer.Right ?? []) yield return $"{Letter(right)}. {face.Choices![right]}";
        for (var i = 0; i < (answer.Lines?.Count ?? 0); i++) yield return answer.IsNumbered ? $"{Number(i + 1)}. {answer.Lines![i]}" : answer.Lines![i];
        foreach (var also in answer.Also ?? []) yield return also;
    }

    public static string Letter(int place) => ((char)('A' + place)).ToString();

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
