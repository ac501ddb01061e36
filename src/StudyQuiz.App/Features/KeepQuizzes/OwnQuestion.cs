using System.Globalization;
using System.Text.Json;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.EditQuestion;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.KeepQuizzes;

/// <summary>Questions that a host writes for own quizzes: no review, no key point, no evidence; in no bank and nobody else's.</summary>
internal static class OwnQuestion
{
    /// <summary>Stands in the name of a source that holds a host's own questions.</summary>
    private const string Prefix = "own-";

    public static IReadOnlyList<string> Types { get; } = [QuestionTypes.SingleChoice, QuestionTypes.MultipleChoice, QuestionTypes.TrueFalse, QuestionTypes.Cloze, QuestionTypes.Ordering];

    public static string NewPathOf(Guid quiz, int section, string type) => $"{EditSection.PathOf(quiz, section)}/own?type={type}";

    public static string PathOf(Guid quiz, int section, long question) => string.Create(CultureInfo.InvariantCulture, $"{EditSection.PathOf(quiz, section)}/own/{question}");

    public static void Map(IEndpointRouteBuilder quizzes)
    {
        quizzes.MapGet("/{id:guid}/sections/{section:int}/own", ShowNewAsync);
        quizzes.MapPost("/{id:guid}/sections/{section:int}/own", AddAsync);
        quizzes.MapGet("/{id:guid}/sections/{section:int}/own/{question:long}", ShowAsync);
        quizzes.MapPost("/{id:guid}/sections/{section:int}/own/{question:long}", ChangeAsync);
    }

    private static async Task<IResult> ShowNewAsync(Guid id, int section, HttpContext http, NpgsqlDataSource db, string? type = null)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        if (await Quiz.FindAsync(connection, id, EditQuiz.Owner(http)) is not { } quiz || quiz.Plan.Find(section) is not { } found) return Pages.NotFound();
        return Template(found.Type ?? type) is { } blank ? PageOf(quiz, section, null, blank, QuestionForm.Of(blank), null) : Pages.NotFound();
    }

    private static async Task<IResult> AddAsync(Guid id, int section, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        var owner = EditQuiz.Owner(http);
        if (await Quiz.LockAsync(connection, id, owner) is not { } quiz || quiz.Plan.Find(section) is not { } found) return Pages.NotFound();
        if (Template(found.Type ?? form["type"]) is not { } blank || !Guid.TryParse(form["id"], out var made)) return Results.BadRequest();
        var typed = QuestionForm.Of(form);
        var (question, errors) = Read(typed, blank);
        if (question is null) return PageOf(quiz, section, null, blank, typed, errors);

        await StoreAsync(connection, quiz, found, made, question, clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        return Results.LocalRedirect(EditSection.PathOf(id, section) + "#held");
    }

    /// <summary>Puts a question of the host's own into a section of a quiz that is held; sent twice it is there once.</summary>
    /// <param name="made">Names it for good.</param>
    internal static async Task StoreAsync(NpgsqlConnection connection, Quiz quiz, QuizSection section, Guid made, Question question, DateTimeOffset now)
    {
        var (source, text, point) = await BankOfAsync(connection, quiz.Owner);
        var stored = await connection.QuerySingleOrDefaultAsync<long?>(
            """
            insert into question (source_id, slug, key_point_id, type, status, origin) values (@source, @slug, @point, @type, 'private', 'written')
            on conflict (source_id, slug) do nothing returning id
            """,
            new { source, slug = made.ToString("N"), point, type = QuestionTypes.Of(question) });
        if (stored is { } fresh)
        {
            await AddVersionAsync(connection, fresh, 1, text, question, quiz.Owner, now);
            await DrawQuiz.AddAsync(connection, quiz.Id, section.Id, [fresh], isDrawn: false);
            await EditSection.GrowAsync(connection, quiz, section, now);
        }
    }

    private static async Task<IResult> ShowAsync(Guid id, int section, long question, HttpContext http, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await FindAsync(connection, id, section, question, EditQuiz.Owner(http)) is var (quiz, own)
            ? PageOf(quiz, section, own, own.Body, QuestionForm.Of(own.Body), null)
            : Pages.NotFound();
    }

    // A new version: what was asked before stays what it was
    private static async Task<IResult> ChangeAsync(Guid id, int section, long question, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        var owner = EditQuiz.Owner(http);
        if (await FindAsync(connection, id, section, question, owner) is not var (quiz, own)) return Pages.NotFound();
        var typed = QuestionForm.Of(form);
        var (changed, errors) = Read(typed, own.Body);
        if (changed is null) return PageOf(quiz, section, own, own.Body, typed, errors);
        await StoreChangeAsync(connection, question, changed, owner, clock.Now);
        await transaction.CommitAsync(http.RequestAborted);
        return Results.LocalRedirect(EditSection.PathOf(id, section) + "#held");
    }

    /// <summary>Stores a new version of one, in the caller's transaction.</summary>
    internal static async Task StoreChangeAsync(NpgsqlConnection connection, long question, Question changed, Guid owner, DateTimeOffset now)
    {
        await connection.ExecuteAsync("select 1 from question where id = @question for update", new { question });
        var (version, text) = await connection.QuerySingleAsync<(int, long)>("select version + 1, source_version_id from question_version where question_id = @question order by version desc limit 1", new { question });
        await AddVersionAsync(connection, question, version, text, changed, owner, now);
    }

    private static async Task<(Quiz Quiz, QuizQuestion Question)?> FindAsync(NpgsqlConnection connection, Guid id, int section, long question, Guid owner) =>
        await Quiz.FindAsync(connection, id, owner) is { } quiz
        && (await QuizItem.OfAsync(connection, id)).FirstOrDefault(item => item.Section == section && item.Question is { IsOwn: true } own && own.Id == question) is { Question: { } found }
            ? (quiz, found)
            : null;

    private static Task AddVersionAsync(NpgsqlConnection connection, long question, int version, long text, Question body, Guid owner, DateTimeOffset now) =>
        connection.ExecuteAsync(
            """
            with made as (
              insert into question_version (question_id, version, source_version_id, body, reason, created_by, created_at)
              values (@question, @version, @text, @body::jsonb, '', @owner, @now) returning id)
            update question set current_version_id = made.id from made where question.id = @question
            """,
            new { question, version, text, body = JsonSerializer.Serialize(body, DomainJson.Options), owner, now });

    // Made with the first question; a host has one
    private static async Task<(long Source, long Text, long Point)> BankOfAsync(NpgsqlConnection connection, Guid owner)
    {
        await connection.ExecuteAsync("select pg_advisory_xact_lock(hashtextextended(@owner::text, 50))", new { owner });
        const string Find = "select s.id, s.current_version_id, k.id from source s join key_point k on k.source_id = s.id where s.owner_id = @owner";
        if (await connection.QuerySingleOrDefaultAsync<(long, long, long)?>(Find, new { owner }) is { } known) return known;
        await connection.ExecuteAsync(
            """
            with bank as (
              insert into source (slug, title, publisher, language, owner_id) values (@slug, @slug, '', @language, @owner) returning id),
            text as (
              insert into source_version (source_id, version, sha256, raw) select id, 1, '', '' from bank returning id)
            insert into key_point (source_id, label, position, heading, weight, evidence) select id, 'K1', 1, '', 1, '[]' from bank
            """,
            new { slug = Prefix + Guid.NewGuid().ToString("N"), language = Language.Current, owner });
        await connection.ExecuteAsync("update source s set current_version_id = v.id from source_version v where v.source_id = s.id and s.owner_id = @owner", new { owner });
        return await connection.QuerySingleAsync<(long, long, long)>(Find, new { owner });
    }

    /// <summary>Reads one as it was typed. Why it is right may stay unsaid.</summary>
    /// <returns>The question; or the name of what is wrong, by field.</returns>
    internal static (Question? Question, IReadOnlyDictionary<string, string> Errors) Read(QuestionForm typed, Question current)
    {
        var (question, errors) = (typed with { Explanation = typed.Explanation.Length == 0 ? "." : typed.Explanation }).Read(current);
        return (question is null ? null : question with { Explanation = typed.Explanation, AlsoCounts = null }, errors);
    }

    /// <summary>What a new one begins with; null for a type that hosts do not write.</summary>
    internal static Question? Template(string? type) => Types.Contains(type, StringComparer.Ordinal) ? BlankQuestion.Of(type) : null;

    private static IResult PageOf(Quiz quiz, int section, QuizQuestion? own, Question current, QuestionForm typed, IReadOnlyDictionary<string, string>? errors) =>
        Pages.Render<OwnQuestionPage>(
            new { Quiz = quiz, Section = section, Own = own, Current = current, Form = typed, Errors = errors ?? new Dictionary<string, string>(StringComparer.Ordinal) },
            errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
