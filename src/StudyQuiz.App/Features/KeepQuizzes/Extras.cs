using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.KeepQuizzes;

/// <summary>Polls and slides of a quiz, for live games: made, changed.</summary>
internal static class Extras
{
    public const string Poll = "poll";
    public const string Slide = "slide";

    public static string NewPathOf(Guid quiz, int section, string kind) => $"{EditSection.PathOf(quiz, section)}/extra?kind={kind}";

    public static string PathOf(Guid quiz, int section, Guid item) => $"{EditSection.PathOf(quiz, section)}/extra/{item}";

    public static void Map(IEndpointRouteBuilder quizzes)
    {
        quizzes.MapGet("/{id:guid}/sections/{section:int}/extra", ShowNewAsync);
        quizzes.MapPost("/{id:guid}/sections/{section:int}/extra", AddAsync);
        quizzes.MapGet("/{id:guid}/sections/{section:int}/extra/{item:guid}", ShowAsync);
        quizzes.MapPost("/{id:guid}/sections/{section:int}/extra/{item:guid}", ChangeAsync);
    }

    private static async Task<IResult> ShowNewAsync(Guid id, int section, HttpContext http, NpgsqlDataSource db, string? kind = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await Quiz.FindAsync(connection, id, EditQuiz.Owner(http)) is { } quiz && quiz.Plan.Find(section) is { Type: null } && kind is Poll or Slide
            ? PageOf(quiz, section, null, new ExtraForm(kind, "", "", []), null)
            : Pages.NotFound();
    }

    private static async Task<IResult> AddAsync(Guid id, int section, HttpContext http, IFormCollection form, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        if (await Quiz.LockAsync(connection, id, EditQuiz.Owner(http)) is not { } quiz || quiz.Plan.Find(section) is not { Type: null }) return Pages.NotFound();
        var typed = ExtraForm.Of(form);
        if (!Guid.TryParse(form["id"], out var item) || typed.Kind is not (Poll or Slide)) return Results.BadRequest();
        if (typed.Read() is not { } extra) return PageOf(quiz, section, null, typed, typed.Error);
        await StoreAsync(connection, id, section, item, extra);
        await transaction.CommitAsync(http.RequestAborted);
        return Results.LocalRedirect(EditSection.PathOf(id, section) + "#held");
    }

    /// <summary>Puts a poll or a slide at the end of a section of a quiz that is held; sent twice it is there once.</summary>
    internal static Task StoreAsync(NpgsqlConnection connection, Guid quiz, int section, Guid item, QuizExtra extra) =>
        connection.ExecuteAsync(
            """
            insert into quiz_item (id, quiz_id, section, place, kind, body)
            select @item, @quiz, @section, 1 + coalesce(max(place), 0), @kind, @body::jsonb from quiz_item where quiz_id = @quiz and section = @section
            on conflict (id) do nothing
            """,
            new { item, quiz, section, kind = extra is Domain.Quizzes.Poll ? Poll : Slide, body = QuizItem.Write(extra) });

    /// <summary>Changes one that is there.</summary>
    internal static Task StoreChangeAsync(NpgsqlConnection connection, Guid item, QuizExtra changed) =>
        connection.ExecuteAsync("update quiz_item set body = @body::jsonb where id = @item", new { item, body = QuizItem.Write(changed) });

    private static async Task<IResult> ShowAsync(Guid id, int section, Guid item, HttpContext http, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await FindAsync(connection, id, section, item, EditQuiz.Owner(http)) is var (quiz, extra)
            ? PageOf(quiz, section, item, ExtraForm.Of(extra), null)
            : Pages.NotFound();
    }

    private static async Task<IResult> ChangeAsync(Guid id, int section, Guid item, HttpContext http, IFormCollection form, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await FindAsync(connection, id, section, item, EditQuiz.Owner(http)) is not var (quiz, extra)) return Pages.NotFound();
        var typed = ExtraForm.Of(form) with { Kind = ExtraForm.Of(extra).Kind };
        if (typed.Read() is not { } changed) return PageOf(quiz, section, item, typed, typed.Error);
        await StoreChangeAsync(connection, item, changed);
        return Results.LocalRedirect(EditSection.PathOf(id, section) + "#held");
    }

    private static async Task<(Quiz Quiz, QuizExtra Extra)?> FindAsync(NpgsqlConnection connection, Guid id, int section, Guid item, Guid owner) =>
        await Quiz.FindAsync(connection, id, owner) is { } quiz && (await QuizItem.OfAsync(connection, id)).FirstOrDefault(one => one.Section == section && one.Id == item) is { Extra: { } extra } ? (quiz, extra) : null;

    private static IResult PageOf(Quiz quiz, int section, Guid? item, ExtraForm typed, string? error) =>
        Pages.Render<ExtraPage>(new { Quiz = quiz, Section = section, Item = item, Form = typed, Error = error }, error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}

/// <summary>A poll's or a slide's form as it was typed.</summary>
/// <param name="Options">Of a poll, without the empty ones.</param>
public sealed record ExtraForm(string Kind, string Title, string Text, IReadOnlyList<string> Options)
{
    /// <summary>The resource that says what is wrong with it; null where nothing is.</summary>
    public string? Error => this switch
    {
        { Title.Length: 0 or > QuizExtra.LongestTitle } => "Error.ExtraTitle",
        { Kind: Extras.Slide, Text.Length: > QuizExtra.LongestText } => "Error.ExtraText",
        { Kind: Extras.Poll } when Options.Count < 2 || Options.Any(option => option.Length > QuizExtra.LongestTitle) => "Error.ExtraOptions",
        _ => null,
    };

    internal static ExtraForm Of(IFormCollection form)
    {
        return new ExtraForm(
            form["kind"].ToString(), Line("title"), Line("text").ReplaceLineEndings("\n"),
            [.. Enumerable.Range(0, Poll.MostOptions).Select(i => Line(string.Create(CultureInfo.InvariantCulture, $"option{i}"))).Where(option => option.Length > 0)]);

        string Line(string field) => StorableText.Clean(form[field].ToString()).Trim();
    }

    internal static ExtraForm Of(QuizExtra extra) => extra switch
    {
        Poll poll => new(Extras.Poll, poll.Title, "", poll.Options),
        Slide slide => new(Extras.Slide, slide.Title, slide.Text, []),
        _ => throw new NotSupportedException($"A {extra.GetType().Name} has no form."),
    };

    internal QuizExtra? Read() => Error is not null ? null : Kind == Extras.Poll ? new Poll { Title = Title, Options = Options } : new Slide { Title = Title, Text = Text };
}
