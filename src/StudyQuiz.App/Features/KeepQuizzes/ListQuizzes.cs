using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.KeepQuizzes;

/// <summary>A host's quizzes, and a new one.</summary>
internal static class ListQuizzes
{
    private const int Page = 20;

    public static void Map(IEndpointRouteBuilder quizzes)
    {
        quizzes.MapGet("", (HttpContext http, NpgsqlDataSource db, string? words, string? page) => ShowAsync(http, db, words, page, null));
        quizzes.MapPost("", MakeAsync);
    }

    /// <summary>Banks that can be drawn from, with how many questions each has that are graded.</summary>
    internal static async Task<IReadOnlyList<QuizBank>> BanksAsync(NpgsqlConnection connection) =>
        (await connection.QueryAsync<QuizBank>(
            """
            select s.id, s.title, s.language, count(*)::int as Questions
            from source s join question q on q.source_id = s.id
            where s.owner_id is null and q.status = 'published' and q.type = any(@types) group by s.id order by s.title, s.id
            """,
            new { types = QuestionTypes.Graded.ToArray() })).AsList();

    /// <summary>A seed that nobody can guess.</summary>
    internal static long NewSeed() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    /// <summary>Stores a new quiz; false where one of that id is there already.</summary>
    internal static async Task<bool> InsertAsync(NpgsqlConnection connection, Guid id, Guid owner, string title, QuizPlan plan, long seed, DateTimeOffset now) =>
        await connection.ExecuteAsync(
            "insert into quiz (id, owner_id, title, plan, seed, created_at, changed_at) values (@id, @owner, @title, @plan::jsonb, @seed, @now, @now) on conflict (id) do nothing",
            new { id, owner, title, plan = Quiz.Write(plan), seed, now }) == 1;

    private static async Task<IResult> ShowAsync(HttpContext http, NpgsqlDataSource db, string? words, string? page, string? error)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var number = int.TryParse(page, NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? Math.Clamp(wanted, 1, 1000) : 1;
        var rows = (await connection.QueryAsync<Row>(
            """
            select q.id, q.title, q.plan::text as Plan, q.changed_at as ChangedAt, (select count(*)::int from game g where g.quiz_id = q.id) as Games
            from quiz q
            where q.owner_id = @owner and q.deleted_at is null and (@words = '' or position(lower(@words) in lower(q.title)) > 0)
            order by q.changed_at desc, q.id limit @most offset @skip
            """,
            new { owner = Viewer.Of(http.User).AccountId, words = words?.Trim() ?? "", most = Page + 1, skip = (number - 1) * Page })).AsList();
        return Pages.Render<QuizzesPage>(
            new
            {
                Quizzes = (IReadOnlyList<ListedQuiz>)[.. rows.Take(Page).Select(row => new ListedQuiz(row.Id, row.Title, Quiz.ReadPlan(row.Plan), row.ChangedAt, row.Games))],
                Banks = await BanksAsync(connection),
                Words = words?.Trim() ?? "",
                Number = number,
                HasMore = rows.Count > Page,
                Error = error,
                New = Guid.CreateVersion7(),
            },
            error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> MakeAsync(HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        if (!Guid.TryParse(form["id"], out var id) || id == Guid.Empty) return Results.BadRequest();
        var sources = form["source"].Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var source) ? source : 0).Where(source => source > 0).Distinct().ToList();
        var number = int.TryParse(form["number"], NumberStyles.None, CultureInfo.InvariantCulture, out var wanted) ? Math.Min(wanted, QuizPlan.MostQuestions) : 10;

        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await StoreNewAsync(connection, id, Viewer.Of(http.User).AccountId!.Value, form["title"], form["shape"].ToString(), sources, number, clock.Now) is null
            ? await ShowAsync(http, db, null, null, "Error.Title")
            : Results.LocalRedirect(Quiz.PathOf(id));
    }

    /// <summary>Makes a quiz of a shape and draws its questions, once.</summary>
    /// <param name="shape">quiz, paper or empty.</param>
    /// <returns>Null where the title is none.</returns>
    internal static async Task<Quiz?> StoreNewAsync(NpgsqlConnection connection, Guid id, Guid owner, string? typed, string shape, IReadOnlyList<long> sources, int number, DateTimeOffset now)
    {
        var title = StorableText.Clean(typed ?? "").Trim();
        if (title.Length is 0 or > Quiz.LongestTitle || !StorableText.Is(title)) return null;
        await using var transaction = await connection.BeginTransactionAsync();
        var plan = shape == "paper" ? QuizPlan.Paper(sources) : QuizPlan.Mixed(sources, shape == "empty" ? 0 : Math.Clamp(number, 0, QuizPlan.MostQuestions));
        if (await InsertAsync(connection, id, owner, title, plan, NewSeed(), now)) await DrawQuiz.FillAsync(connection, (await Quiz.LockAsync(connection, id, owner))!);
        var made = await Quiz.FindAsync(connection, id, owner);
        await transaction.CommitAsync();
        return made;
    }

    private sealed record Row(Guid Id, string Title, string Plan, DateTime ChangedAt, int Games);
}

/// <summary>A bank to draw from.</summary>
public sealed record QuizBank(long Id, string Title, string Language, int Questions);

/// <summary>A quiz in a line.</summary>
/// <param name="Games">How many games were opened from it.</param>
public sealed record ListedQuiz(Guid Id, string Title, QuizPlan Plan, DateTime ChangedAt, int Games);
