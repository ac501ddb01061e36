using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Npgsql;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Attempts;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>Choosing what to be tested on, and beginning.</summary>
internal static class StartSelfTest
{
    /// <summary>The most questions of one attempt: all of them are on one page.</summary>
    public const int MostQuestions = 100;

    public const int LongestMinutes = 120;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/self-test", ShowAsync);
        app.MapPost("/self-test", BeginAsync);
    }

    private static async Task<IResult> ShowAsync(
        HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, string? source = null, string? number = null, string? minutes = null) =>
        await PageAsync(http, db, learners, clock, new StartForm(source, number ?? "10", minutes ?? "10", []), error: null);

    private static async Task<IResult> BeginAsync(HttpContext http, IFormCollection form, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        if (!Guid.TryParse(form["id"], out var id) || id == Guid.Empty) return Results.BadRequest();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var wish = new StartForm(form["source"], form["number"].ToString(), Filled(form["otherMinutes"]) ?? form["minutes"].ToString(), [.. form["type"].OfType<string>()]);

        if (Minutes(wish.Minutes) is not { } minutes) return await PageAsync(http, db, learners, clock, wish, "MinutesInvalid");
        if (Number(wish.Number) is not { } number) return await PageAsync(http, db, learners, clock, wish, "NumberInvalid");

        var seed = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        var redo = Guid.TryParse(form["redo"], out var earlier) ? earlier : (Guid?)null;
        var pick = redo is { } again
            ? await MissedAsync(connection, again, await learners.FindAllAsync(http))
            : await PickAsync(connection, wish, number, seed);
        if (pick is not { Questions.Count: > 0 }) return await PageAsync(http, db, learners, clock, wish, "NothingToAsk");

        var learner = await learners.FindOrBeginAsync(http, Filled(form["device"]));
        await InsertAsync(connection, id, learner, pick, seed, clock.Now, TimeSpan.FromMinutes(minutes));
        var fewer = redo is null && number < int.MaxValue && pick.Questions.Count < number ? $"?wanted={number}" : "";
        return Results.LocalRedirect($"/self-test/{id}{fewer}");
    }

    /// <summary>What was picked of a source.</summary>
    private sealed record Pick(long Source, IReadOnlyList<long> Questions);

    private static async Task<Pick?> PickAsync(NpgsqlConnection connection, StartForm wish, int number, long seed)
    {
        var source = await connection.QuerySingleOrDefaultAsync<long?>("select id from source where slug = @slug", new { slug = wish.Source ?? "" });
        if (source is null) return null;

        var types = QuestionTypes.Graded.Where(type => wish.Types.Count == 0 || wish.Types.Contains(type, StringComparer.Ordinal)).ToArray();
        var candidates = await connection.QueryAsync<Candidate>(
            """
            select id as Question, key_point_id as KeyPoint, type from question
            where source_id = @source and status = 'published' and type = any(@types) and current_version_id is not null
            """,
            new { source, types });
        var enemies = await connection.QueryAsync<Enemies>(
            """
            select e.question_id as One, e.enemy_id as Other
            from question q join question_enemy e on e.question_id = q.id
            where q.source_id = @source and e.question_id < e.enemy_id
            """,
            new { source });
        return new Pick(source.Value, QuestionSelection.SelectQuestions([.. candidates.OrderBy(c => c.Question)], enemies.AsList(), Math.Min(number, MostQuestions), seed));
    }

    // What an earlier attempt missed, in its order, where it is still asked.
    private static async Task<Pick?> MissedAsync(NpgsqlConnection connection, Guid attempt, IReadOnlyList<Guid> learners)
    {
        var missed = (await connection.QueryAsync<(long Source, long Question)>(
            """
            select a.source_id, q.id
            from attempt a
            join attempt_question aq on aq.attempt_id = a.id
            join question_version v on v.id = aq.question_version_id
            join question q on q.id = v.question_id
            where a.id = @attempt and a.learner_id = any(@learners) and a.submitted_at is not null
              and aq.outcome <> @right and q.status = 'published' and q.current_version_id is not null
            order by aq.position
            """,
            new { attempt, learners = learners.ToArray(), right = (int)Outcome.Right })).AsList();
        return missed.Count == 0 ? null : new Pick(missed[0].Source, [.. missed.Select(m => m.Question)]);
    }

    // The form made the attempt's id when it was rendered: sent twice, it begins one attempt.
    private static async Task InsertAsync(
        NpgsqlConnection connection, Guid id, Guid learner, Pick pick, long seed, DateTimeOffset now, TimeSpan duration)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var inserted = await connection.ExecuteAsync(
            """
            insert into attempt (id, learner_id, source_id, seed, started_at, deadline)
            values (@id, @learner, @source, @seed, @now, @deadline)
            on conflict (id) do nothing
            """,
            new { id, learner, source = pick.Source, seed, now, deadline = now + duration });
        if (inserted == 0) return;

        var positions = Enumerable.Range(1, pick.Questions.Count).ToArray();
        await connection.ExecuteAsync(
            """
            insert into attempt_question (attempt_id, position, question_version_id, seed)
            select @id, p.position, q.current_version_id, p.seed
            from unnest(@positions, @questions, @seeds) as p (position, question, seed)
            join question q on q.id = p.question
            """,
            new { id, positions, questions = pick.Questions.ToArray(), seeds = positions.Select(p => Shuffle.Derive(seed, p)).ToArray() });
        await transaction.CommitAsync();
    }

    private static async Task<IResult> PageAsync(HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, StartForm form, string? error)
    {
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var available = (await connection.QueryAsync<AvailableRow>(
            """
            select s.slug, s.title, q.type, count(*) as Count
            from source s join question q on q.source_id = s.id
            where q.status = 'published' and q.type = any(@types) and q.current_version_id is not null
            group by s.id, q.type order by s.id, q.type
            """,
            new { types = QuestionTypes.Graded.ToArray() })).AsList();
        var learner = await learners.FindAsync(http);
        if (learner is { } known) await AttemptClosing.CloseOverdueAsync(connection, known, clock.Now);
        var attempts = await AttemptSummary.LastAsync(connection, learner, 5);
        return Pages.Render<StartPage>(
            new
            {
                Sources = (IReadOnlyList<AvailableSource>)[.. available.GroupBy(row => (row.Slug, row.Title)).Select(AvailableSource.Of)],
                Form = form,
                Error = error,
                Attempts = attempts,
                Device = learner is null ? SecretToken.Create() : null,
            },
            error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static string? Filled(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static int? Minutes(string value) => Whole(value) is >= 1 and <= LongestMinutes and var minutes ? minutes : null;

    private static int? Number(string value) => value == "all" ? int.MaxValue : Whole(value) is >= 1 and <= MostQuestions and var number ? number : null;

    private static int? Whole(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null;
}

/// <summary>What the start form says.</summary>
/// <param name="Source">A slug.</param>
/// <param name="Number">How many questions, or "all".</param>
/// <param name="Types">Empty for every type.</param>
public sealed record StartForm(string? Source, string Number, string Minutes, IReadOnlyList<string> Types);

/// <summary>How many questions of a type a source holds.</summary>
public sealed record AvailableRow(string Slug, string Title, string Type, long Count);

/// <summary>A source that can be tested on.</summary>
public sealed record AvailableSource(string Slug, string Title, IReadOnlyDictionary<string, long> ByType)
{
    public long Count => ByType.Values.Sum();

    internal static AvailableSource Of(IGrouping<(string Slug, string Title), AvailableRow> rows) =>
        new(rows.Key.Slug, rows.Key.Title, rows.ToDictionary(row => row.Type, row => row.Count, StringComparer.Ordinal));
}
