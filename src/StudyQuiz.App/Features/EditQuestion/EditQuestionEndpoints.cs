using System.Globalization;
using Npgsql;
using StudyQuiz.App.Features.AppealVerdicts;
using StudyQuiz.App.Platform;
using StudyQuiz.Generation.Gates;

namespace StudyQuiz.App.Features.EditQuestion;

/// <summary>An editor changes what a question says. Every change is a new version that passes what an import must pass.</summary>
public static class EditQuestionEndpoints
{
    /// <summary>Where a question is changed.</summary>
    /// <param name="back">The local address that its page leads back to.</param>
    public static string PathOf(string bank, long question, string? back = null) => string.Create(
        CultureInfo.InvariantCulture, $"/banks/{Uri.EscapeDataString(bank)}/questions/{question}/edit{(back is null ? "" : "?back=" + Uri.EscapeDataString(back))}");

    public static void Map(IEndpointRouteBuilder app)
    {
        var question = app.MapGroup("/banks/{slug}/questions/{id:long}/edit").RequireAuthorization(Policies.EditBanks);
        question.MapGet("", ShowAsync);
        question.MapPost("", SaveAsync);
    }

    private static async Task<IResult> ShowAsync(string slug, long id, HttpContext http, NpgsqlDataSource db, string? back = null, string? saved = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await EditedQuestion.FindAsync(connection, slug, id) is { } row
            ? await PageAsync(connection, row, back, QuestionForm.Of(row.Question), notice: saved is null ? null : "Saved")
            : Pages.NotFound();
    }

    private static async Task<IResult> SaveAsync(string slug, long id, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await EditedQuestion.FindAsync(connection, slug, id) is not { } row) return Pages.NotFound();
        if (!long.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var seen)) return Results.BadRequest();

        var (typed, back) = (QuestionForm.Of(form), form["back"].ToString() is { Length: > 0 } path ? path : null);
        var (question, errors) = typed.Read(row.Question);
        if (question is null) return await PageAsync(connection, row, back, typed, errors, seen: seen);
        var (faults, others) = SaveQuestion.Check(row, question, await row.ParagraphsAsync(connection));
        if (faults.Count > 0) return await PageAsync(connection, row, back, typed, faults: faults, seen: seen);
        var asked = new Dictionary<string, string>(StringComparer.Ordinal);
        if (typed.MeaningChanged is null && QuestionForm.ChangesKey(row.Question, question)) asked[QuestionForm.Fields.Meaning] = "KeyChanged";
        // Of another meaning, earlier answers were not given to what is asked now
        var regrading = typed.MeaningChanged == true ? null : await Regrading.ByEditAsync(connection, row.Version, question);
        if (typed.Regrade is null && regrading is { Changes.Count: > 0 }) asked[QuestionForm.Fields.Regrade] = "RegradeAsked";
        if (asked.Count > 0) return await PageAsync(connection, row, back, typed, asked, seen: seen, regrading: regrading);

        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        var person = Viewer.Of(http.User).AccountId!.Value;
        if (!await SaveQuestion.RunAsync(connection, row, question, seen, typed.MeaningChanged == true, typed.Why, person))
            return await PageAsync(connection, (await EditedQuestion.FindAsync(connection, slug, id))!, back, typed, notice: "Conflict", status: StatusCodes.Status409Conflict);
        // What is graded meanwhile waits for the question; what was graded before it was held is looked at here
        if (regrading is not null && typed.Regrade != false) await RegradeByEdit.RunAsync(connection, row, await Regrading.ByEditAsync(connection, row.Version, question), typed.Why, person, clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        // Who has nothing more to hear goes on with what they were at
        return Results.LocalRedirect(others.Count == 0 && back is not null ? LocalPath.Of(back) : PathOf(slug, id, back) + (back is null ? "?saved=1" : "&saved=1"));
    }

    /// <param name="seen">The version that a refused form was made from; the current one otherwise.</param>
    private static async Task<IResult> PageAsync(
        NpgsqlConnection connection, EditedQuestion row, string? back, QuestionForm form, IReadOnlyDictionary<string, string>? errors = null,
        IReadOnlyList<GateFinding>? faults = null, string? notice = null, long? seen = null, int? status = null, Regrading? regrading = null)
    {
        var paragraphs = await row.ParagraphsAsync(connection);
        return Pages.Render<EditQuestionPage>(
            new
            {
                Row = row,
                Form = form,
                Seen = seen ?? row.Version,
                Errors = errors ?? new Dictionary<string, string>(StringComparer.Ordinal),
                Faults = faults ?? [],
                Others = notice == "Saved" ? SaveQuestion.Check(row, row.Question, paragraphs).Others : [],
                Paragraphs = paragraphs.ToDictionary(paragraph => paragraph.Label, paragraph => paragraph.Text, StringComparer.Ordinal),
                Notice = notice,
                Regrading = regrading,
                Back = back is null ? null : LocalPath.Of(back),
            },
            status ?? (errors is { Count: > 0 } || faults is { Count: > 0 } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK));
    }
}
