using System.Globalization;
using Dapper;
using Microsoft.Extensions.Localization;
using Npgsql;
using StudyQuiz.App.Components;
using StudyQuiz.App.Features.KeepQuizzes;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.PrintPaper;

/// <summary>A host prints a quiz: on A4 from the browser, or as a Word file.</summary>
public static class PaperEndpoints
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var quiz = app.MapGroup("/quizzes/{id:guid}").RequireAuthorization(Policies.HostGames);
        quiz.MapGet("/print", (Guid id, HttpContext http, NpgsqlDataSource db, IStringLocalizer<QuizText> text, IStringLocalizer<QuestionText> words) =>
            SheetAsync(id, http, db, text, words, sheet => Pages.Render<PaperPage>(new { Sheet = sheet })));
        quiz.MapGet("/paper.docx", (Guid id, HttpContext http, NpgsqlDataSource db, IStringLocalizer<QuizText> text, IStringLocalizer<QuestionText> words, IStringLocalizer<PaperText> paper) =>
            SheetAsync(id, http, db, text, words, sheet => Results.File(
                PaperDocument.Write(sheet, paper), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", $"{FileName(sheet.Title)}.docx")));
    }

    private static async Task<IResult> SheetAsync(
        Guid id, HttpContext http, NpgsqlDataSource db, IStringLocalizer<QuizText> text, IStringLocalizer<QuestionText> words, Func<PaperSheet, IResult> show)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Quiz.FindAsync(connection, id, EditQuiz.Owner(http)) is not { } quiz) return Pages.NotFound();
        var items = await QuizContent.OfAsync(connection, quiz.Plan, await QuizItem.OfAsync(connection, id), quiz.Seed);
        http.Response.Headers.CacheControl = "private, no-store";
        return show(PaperSheet.Of(quiz, items, await OriginAsync(connection, items, words), text, words));
    }

    // Quoted and attributed: who published what it asks about, and when
    private static async Task<string> OriginAsync(NpgsqlConnection connection, IReadOnlyList<QuizItem> items, IStringLocalizer<QuestionText> words)
    {
        var sources = await connection.QueryAsync<(string Title, string Publisher, DateTime? Published)>(
            "select distinct s.title, s.publisher, s.published::timestamp from question q join source s on s.id = q.source_id where q.id = any(@ids) and s.owner_id is null order by s.title",
            new { ids = items.Select(item => item.Question?.Id).OfType<long>().ToArray() });
        return string.Join("  ", sources.Select(source => source.Published is { } day && source.Publisher.Length > 0
            ? $"{source.Title} ({words["Attribution", source.Publisher, day.ToString(words["DateFormat"], CultureInfo.CurrentCulture)].Value})"
            : source.Title));
    }

    private static string FileName(string title)
    {
        var name = string.Concat(title.Select(c => char.IsLetterOrDigit(c) || c is '-' or '_' or ' ' ? c : '_'));
        return name[..Math.Min(name.Length, 80)];
    }
}
