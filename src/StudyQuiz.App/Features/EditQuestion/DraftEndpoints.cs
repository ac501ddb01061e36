using System.Globalization;
using Npgsql;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>Keeps what an editor types, and lets go of it.</summary>
internal static class DraftEndpoints
{
    /// <summary>The page's name for what is typed in it.</summary>
    public static Guid? IdOf(IFormCollection form) => Guid.TryParse(form["draft"], out var id) ? id : null;

    /// <summary>The version that a form was made from; 0 for a new question.</summary>
    public static long? SeenBy(IFormCollection form) => long.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen) ? seen : null;

    public static async Task<IResult> KeepAsync(EditedQuestion? row, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        if (row is null) return Results.NotFound();
        if (IdOf(form) is not { } id || SeenBy(form) is null || !long.TryParse(form["sequence"], NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)) return Results.BadRequest();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await QuestionDrafts.KeepAsync(connection, id, row, Viewer.Of(http.User).AccountId!.Value, sequence, form, clock.Now) ? Results.NoContent() : Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
    }

    public static async Task<IResult> DiscardAsync(EditedQuestion? row, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        if (row is null) return Pages.NotFound();
        if (IdOf(form) is not { } id) return Results.BadRequest();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await QuestionDrafts.CloseAsync(connection, row, Viewer.Of(http.User).AccountId!.Value, id, clock.Now);
        var back = form["back"].ToString();
        return Results.LocalRedirect(row.IsNew ? NewQuestion.PathOf(row.BankSlug) : EditQuestionEndpoints.PathOf(row.BankSlug, row.Id, back.Length > 0 ? back : null));
    }
}
