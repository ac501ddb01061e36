using System.Globalization;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Notebooks;

namespace StudyQuiz.App.Features.KeepNotebook;

/// <summary>Takes a question out of the notebook, puts it back, or says on how many days one must be right to leave.</summary>
internal static class ChangeNotebook
{
    public const string Marks = NotebookEndpoints.Path + "/marks";
    public const string Settings = NotebookEndpoints.Path + "/settings";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapPost(Marks, MarkAsync);
        app.MapPost(Settings, SetAsync);
    }

    private static async Task<IResult> MarkAsync(HttpContext http, IFormCollection form, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        var act = form["act"].ToString();
        if (act is not (NotebookMarks.Removed or NotebookMarks.Restored) || !long.TryParse(form["question"], NumberStyles.None, CultureInfo.InvariantCulture, out var question)) return Results.BadRequest();
        if (await learners.FindAsync(http) is not { } learner) return Back(form, "gone", question);
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var day = (await StudyLearner.LoadAsync(connection, learner)).Calendar.DayOf(clock.Now);
        return Back(form, await NotebookMarks.StoreAsync(connection, learner, question, act, clock.Now, day) ? act : "gone", question);
    }

    private static async Task<IResult> SetAsync(HttpContext http, IFormCollection form, NpgsqlDataSource db, Learners learners)
    {
        if (!int.TryParse(form["days"], NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days is < 1 or > NotebookEntry.MostDays) return Back(form, "days");
        if (await learners.FindAsync(http) is not { } learner) return Back(form, "days");
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await NotebookMarks.SetDaysAsync(connection, learner, days);
        return Back(form, "set");
    }

    // To the view that the form was on, which is told what came of it
    private static IResult Back(IFormCollection form, string done, long? question = null)
    {
        var path = LocalPath.Of(form["back"]);
        if (path.Split('?')[0] != NotebookEndpoints.Path) path = NotebookEndpoints.Path;
        var said = string.Create(CultureInfo.InvariantCulture, $"done={done}{(question is { } id ? $"&question={id}" : "")}");
        return Results.LocalRedirect($"{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{said}");
    }
}
