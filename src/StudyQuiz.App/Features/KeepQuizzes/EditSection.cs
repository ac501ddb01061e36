using System.Globalization;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.KeepQuizzes;

/// <summary>What a section holds: looked at, put in order, picked from the banks; and what it draws by.</summary>
internal static class EditSection
{
    private const int Page = 15;

    public static string PathOf(Guid quiz, int section) => string.Create(CultureInfo.InvariantCulture, $"{Quiz.PathOf(quiz)}/sections/{section}");

    public static void Map(IEndpointRouteBuilder quizzes)
    {
        quizzes.MapGet("/{id:guid}/sections/{section:int}", ShowAsync);
        quizzes.MapPost("/{id:guid}/sections/{section:int}", ChangeAsync);
        quizzes.MapPost("/{id:guid}/sections/{section:int}/blueprint", BlueprintAsync);
    }

    private static async Task<IResult> ShowAsync(Guid id, int section, HttpContext http, NpgsqlDataSource db)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        return await Quiz.FindAsync(connection, id, EditQuiz.Owner(http)) is { } quiz && quiz.Plan.Find(section) is { } found
            ? await PageAsync(connection, quiz, found, QuestionSearch.Of(http.Request.Query), null)
            : Pages.NotFound();
    }

    private static async Task<IResult> ChangeAsync(Guid id, int section, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        if (await Quiz.LockAsync(connection, id, EditQuiz.Owner(http)) is not { } quiz || quiz.Plan.Find(section) is not { } found) return Pages.NotFound();
        var act = QuizForm.Act.Read(form);
        var search = QuestionSearch.Of(form);
        var items = await QuizItem.OfAsync(connection, id);
        if (act.Word == "add")
        {
            if (!long.TryParse(act.Of, NumberStyles.None, CultureInfo.InvariantCulture, out var question)) return Results.BadRequest();
            if (await PickAsync(connection, quiz, found, items, question, clock.Now) is { } refusal) return await PageAsync(connection, quiz, found, search, refusal);
        }
        else if (Guid.TryParse(act.Of, out var of) && items.FirstOrDefault(item => item.Id == of && item.Section == section) is { } item)
        {
            await MoveAsync(connection, quiz, found, items, item, act.Word, clock.Now);
        }

        await transaction.CommitAsync(http.RequestAborted);
        return Results.LocalRedirect(PathOf(id, section) + search.Query + (act.Word == "add" ? "#pick" : "#held"));
    }

    /// <summary>Adds something that nobody can pick twice, by hand: it takes the place of one that was drawn, or makes the section longer.</summary>
    internal static async Task GrowAsync(NpgsqlConnection connection, Quiz quiz, QuizSection section, DateTimeOffset now)
    {
        var byHand = (await QuizItem.OfAsync(connection, quiz.Id)).Count(item => item.Section == section.Id && item is { IsDrawn: false, Question: not null });
        await NumberAsync(connection, quiz, section, Math.Max(section.Number, byHand), now);
    }

    /// <summary>Picks a question by hand. What was drawn gives way to what a person wants.</summary>
    /// <returns>The resource that says why not; null where it is there.</returns>
    internal static async Task<string?> PickAsync(NpgsqlConnection connection, Quiz quiz, QuizSection section, IReadOnlyList<QuizItem> items, long question, DateTimeOffset now)
    {
        var held = items.Where(item => item.Question is not null && !(item.IsDrawn && item.Section == section.Id)).Select(item => item.Question!.Id).ToArray();
        if (await QuizQuestion.OfAsync(connection, [question]) is not [{ Status: "published" } asked] || !section.Types.Contains(asked.Type)) return "Refused.Gone";
        if (held.Length >= QuizPlan.MostQuestions) return "Error.TooMany";
        if (await EnemyAsync(connection, question, held)) return "Refused.Enemy";
        await connection.ExecuteAsync(
            "delete from quiz_item i where i.quiz_id = @quiz and i.section = @section and i.drawn and (i.question_id = @question or exists (select 1 from question_enemy e where e.question_id = @question and e.enemy_id = i.question_id))",
            new { quiz = quiz.Id, section = section.Id, question });
        await DrawQuiz.AddAsync(connection, quiz.Id, section.Id, [question], isDrawn: false);
        await GrowAsync(connection, quiz, section, now);
        return null;
    }

    /// <summary>Moves something in its section, takes it away, or draws another in its place.</summary>
    /// <param name="act">up, down, drop or swap.</param>
    internal static async Task MoveAsync(NpgsqlConnection connection, Quiz quiz, QuizSection section, IReadOnlyList<QuizItem> items, QuizItem item, string act, DateTimeOffset now)
    {
        if (act is "up" or "down")
        {
            var order = items.Where(one => one.Section == section.Id).Select(one => one.Id).ToList();
            var (at, to) = (order.IndexOf(item.Id), order.IndexOf(item.Id) + (act == "up" ? -1 : 1));
            if (to < 0 || to >= order.Count) return;
            (order[at], order[to]) = (order[to], order[at]);
            await connection.ExecuteAsync("update quiz_item i set place = o.place from unnest(@order) with ordinality as o (id, place) where i.id = o.id", new { order = order.ToArray() });
            return;
        }

        if (act is not ("drop" or "swap")) return;
        await connection.ExecuteAsync("delete from quiz_item where id = @Id", new { item.Id });
        if (item.Question is not { } question) return;
        if (act == "swap") await DrawQuiz.FillAsync(connection, quiz with { Seed = Domain.Shuffle.Derive(quiz.Seed, (int)(question.Id % int.MaxValue)) }, [question.Id]);
        else if (!quiz.Plan.Rules.DrawnPerAttempt) await NumberAsync(connection, quiz, section, Math.Max(0, section.Number - 1), now);
    }

    private static async Task NumberAsync(NpgsqlConnection connection, Quiz quiz, QuizSection section, int number, DateTimeOffset now)
    {
        var changed = quiz with { Plan = quiz.Plan with { Sections = [.. quiz.Plan.Sections.Select(one => one.Id == section.Id ? one with { Number = number } : one)] } };
        await Quiz.StoreAsync(connection, changed, now);
        await DrawQuiz.FillAsync(connection, changed);
    }

    private static async Task<IResult> BlueprintAsync(Guid id, int section, HttpContext http, IFormCollection form, NpgsqlDataSource db, Clock clock)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        await using var transaction = await connection.BeginTransactionAsync(http.RequestAborted);
        if (await Quiz.LockAsync(connection, id, EditQuiz.Owner(http)) is not { } quiz || quiz.Plan.Find(section) is not { } found) return Pages.NotFound();
        int Wanted(string field) => int.TryParse(form[field].ToString().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Min(number, QuizPlan.MostQuestions) : 0;
        var mix = new DifficultyMix(Wanted("easy"), Wanted("medium"), Wanted("hard"));
        var tree = await PointTree.OfAsync(connection, quiz.Plan.Sources);
        var shares = tree.Tops.Select(point => new KeyPointShare(point.Id, Wanted(string.Create(CultureInfo.InvariantCulture, $"point{point.Id}")))).Where(share => share.Number > 0).ToList();
        if (!await DrawByAsync(connection, quiz, found, mix, shares, clock.Now)) return await PageAsync(connection, quiz, found, QuestionSearch.Nothing, "Refused.Blueprint");
        await transaction.CommitAsync(http.RequestAborted);
        return Results.LocalRedirect(PathOf(id, section));
    }

    /// <summary>Settles by what a section of a quiz that is held draws, and draws it anew.</summary>
    /// <param name="shares">Of key points at the top of the quiz's banks; others are left out.</param>
    /// <returns>False where that is more than the section asks.</returns>
    internal static async Task<bool> DrawByAsync(NpgsqlConnection connection, Quiz quiz, QuizSection section, DifficultyMix mix, IReadOnlyList<KeyPointShare> shares, DateTimeOffset now)
    {
        if (mix.Sum > section.Number || shares.Sum(share => share.Number) > section.Number) return false;
        var changed = quiz with { Plan = quiz.Plan with { Sections = [.. quiz.Plan.Sections.Select(one => one.Id == section.Id ? one with { Mix = mix.Sum == 0 ? null : mix, Shares = shares } : one)] } };
        await connection.ExecuteAsync("delete from quiz_item where quiz_id = @quiz and section = @section and drawn", new { quiz = quiz.Id, section = section.Id });
        await Quiz.StoreAsync(connection, changed, now);
        await DrawQuiz.FillAsync(connection, changed);
        return true;
    }

    private static Task<bool> EnemyAsync(NpgsqlConnection connection, long question, long[] held) =>
        connection.QuerySingleAsync<bool>("select exists (select 1 from question_enemy where question_id = @question and enemy_id = any(@held))", new { question, held });

    private static async Task<IResult> PageAsync(NpgsqlConnection connection, Quiz quiz, QuizSection section, QuestionSearch search, string? error)
    {
        var items = await QuizItem.OfAsync(connection, quiz.Id);
        var tree = await PointTree.OfAsync(connection, quiz.Plan.Sources);
        var found = await search.RunAsync(connection, quiz.Plan.Sources, section.Types, tree, Page);
        var held = items.Where(item => item.Question is not null).ToDictionary(item => item.Question!.Id, item => item.Section);
        var enemies = await connection.QueryAsync<long>(
            "select distinct question_id from question_enemy where question_id = any(@found) and enemy_id = any(@held)",
            new { found = found.Select(question => question.Id).ToArray(), held = items.Where(item => item.Question is not null && !(item.IsDrawn && item.Section == section.Id)).Select(item => item.Question!.Id).ToArray() });
        return Pages.Render<SectionPage>(
            new
            {
                Quiz = quiz,
                Section = section,
                Items = (IReadOnlyList<QuizItem>)[.. items.Where(item => item.Section == section.Id)],
                Banks = (IReadOnlyList<QuizBank>)[.. (await ListQuizzes.BanksAsync(connection)).Where(bank => quiz.Plan.Sources.Contains(bank.Id))],
                Points = tree.Tops,
                Search = search,
                Found = (IReadOnlyList<QuizQuestion>)[.. found.Take(Page)],
                HasMore = found.Count > Page,
                Held = held,
                Enemies = enemies.ToHashSet(),
                Missing = (await EditQuiz.ShortfallsAsync(connection, quiz, items)).GetValueOrDefault(section.Id) ?? [],
                Error = error,
            },
            error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}

/// <summary>What to look for among a bank's published questions.</summary>
/// <param name="Point">A key point at the top of its branch; 0 for all.</param>
/// <param name="Level">A difficulty; 0 for all.</param>
public sealed record QuestionSearch(long Bank, long Point, string Type, int Level, string Words, int Page)
{
    private const int LongestWords = 100;

    public static QuestionSearch Nothing { get; } = new(0, 0, "", 0, "", 1);

    internal static QuestionSearch Of(IFormCollection form) => Of(name => form[name]);

    internal static QuestionSearch Of(IQueryCollection query) => Of(name => query[name]);

    /// <summary>As an address has it.</summary>
    public string Query => string.Create(CultureInfo.InvariantCulture, $"?bank={Bank}&point={Point}&type={Type}&level={Level}&words={Uri.EscapeDataString(Words)}&page={Page}");

    /// <summary>One page of what is found, and one more where there is more.</summary>
    internal async Task<IReadOnlyList<QuizQuestion>> RunAsync(NpgsqlConnection connection, IReadOnlyList<long> banks, IReadOnlyList<string> types, PointTree tree, int most)
    {
        var wanted = Type.Length == 0 ? types : [.. types.Where(type => type == Type)];
        var ids = await connection.QueryAsync<long>(
            $"""
            select q.id from question q join question_version v on v.id = q.current_version_id
            where q.source_id = any(@banks) and q.status = 'published' and q.type = any(@types)
              {(Point == 0 ? "" : "and q.key_point_id = any(@points)")} {(Level == 0 ? "" : "and (v.body ->> 'difficulty')::int = @Level")} {(Words.Length == 0 ? "" : "and position(lower(@Words) in lower(v.body::text)) > 0")}
            order by q.source_id, q.id limit @most offset @skip
            """,
            new
            {
                banks = banks.Where(bank => Bank == 0 || bank == Bank).ToArray(),
                types = wanted.ToArray(),
                points = tree.All.Where(point => tree.TopOf(point) == Point).ToArray(),
                Level,
                Words,
                most = most + 1,
                skip = (Page - 1) * most,
            });
        return await QuizQuestion.OfAsync(connection, ids.AsList());
    }

    internal static QuestionSearch Of(Func<string, string?> field)
    {
        long Number(string name) => long.TryParse(field(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        var words = field("words")?.Trim() ?? "";
        return new(Number("bank"), Number("point"), QuestionTypes.Graded.FirstOrDefault(type => type == field("type")) ?? "", (int)Math.Clamp(Number("level"), 0, 3), words[..Math.Min(words.Length, LongestWords)], (int)Math.Clamp(Number("page"), 1, 10_000));
    }
}
