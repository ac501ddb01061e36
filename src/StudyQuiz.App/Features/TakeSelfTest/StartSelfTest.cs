using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
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
        HttpContext http, NpgsqlDataSource db, Learners learners, Clock clock, string? source = null, string? number = null, string? minutes = null, string? mode = null, string? from = null) =>
        await PageAsync(
            http, db, learners, clock,
            new StartForm(source, StartForm.ModeOf(mode), Selections.Offered.Contains(from) ? from! : Selections.Mixed, number ?? "10", minutes ?? "10", [], [], null),
            error: null);

    private static async Task<IResult> BeginAsync(HttpContext http, IFormCollection form, NpgsqlDataSource db, Learners learners, Clock clock)
    {
        if (!Guid.TryParse(form["id"], out var id) || id == Guid.Empty) return Results.BadRequest();
        await using var connection = await db.OpenConnectionAsync(http.RequestAborted);
        var (begun, error, wanted) = await RunAsync(connection, id, form, http, learners, clock);
        return begun is { } attempt ? Results.LocalRedirect($"/self-test/{attempt}{(wanted is null ? "" : $"?wanted={wanted}")}") : await PageAsync(http, db, learners, clock, StartForm.Of(form), error);
    }

    /// <summary>Begins what a form wishes, once.</summary>
    /// <returns>The attempt, and how many questions were wished for where there are fewer; or the name of what is wrong.</returns>
    internal static async Task<(Guid? Attempt, string? Error, int? Wanted)> RunAsync(NpgsqlConnection connection, Guid id, IFormCollection form, HttpContext http, Learners learners, Clock clock)
    {
        var wish = StartForm.Of(form);
        if ((wish.Mode == AttemptModes.Challenge ? MostQuestions : Number(wish.Number)) is not { } number) return (null, "NumberInvalid", null);
        var minutes = Minutes(wish.Minutes);
        if (wish.Mode == AttemptModes.Exam && minutes is null) return (null, "MinutesInvalid", null);

        var learner = await learners.FindAsync(http);
        var seed = wish.Paper is { } paper ? SeedOf(paper) : BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));
        var pick = await PickAsync(connection, wish, learner, number, seed, form, await learners.FindAllAsync(http), clock.Now);
        if (pick is not { Questions.Count: > 0 }) return (null, wish.Selection == Selections.Favourites ? "NoFavourites" : wish.Asked.Count == 0 ? "OnlySelfRated" : "NothingToAsk", null);

        var begun = await learners.FindOrBeginAsync(http, Filled(form["device"]));
        // A day has its five once: whoever asks again goes on with them
        if (wish.Selection == Selections.Daily) id = CardLog.IdOf(Selections.Daily, begun, (await TodayAsync(connection, begun, clock.Now)).DayNumber, pick.Source);
        await InsertAsync(connection, id, begun, pick, wish, seed, clock.Now, wish.Mode != AttemptModes.Exam ? null : pick.Points is { } points ? MockExam.TimeFor(points.Sum()) : TimeSpan.FromMinutes(minutes!.Value));
        return (id, null, pick.IsOfWish && wish.Mode != AttemptModes.Challenge && number < int.MaxValue && pick.Questions.Count < number ? number : null);
    }

    /// <summary>What was picked of a source.</summary>
    /// <param name="IsOfWish">By number and selection; else the questions were named.</param>
    /// <param name="Points">What each is worth; null where they simply count.</param>
    internal sealed record Pick(long Source, IReadOnlyList<long> Questions, bool IsOfWish, IReadOnlyList<decimal>? Points = null);

    private static async Task<Pick?> PickAsync(
        NpgsqlConnection connection, StartForm wish, Guid? learner, int number, long seed, IFormCollection form, IReadOnlyList<Guid> own, DateTimeOffset now)
    {
        if (Guid.TryParse(form["redo"], out var earlier)) return Named(await PickQuestions.MissedAsync(connection, earlier, own, StartForm.TypesOf(wish.Mode)));
        var questions = form["question"].Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0).Distinct().Take(MostQuestions).ToList();
        if (questions.Count > 0) return Named(await PickQuestions.NamedAsync(connection, questions, StartForm.TypesOf(wish.Mode)));

        if (await connection.QuerySingleOrDefaultAsync<long?>("select id from source where slug = @slug", new { slug = wish.Source ?? "" }) is not { } source) return null;
        if (wish.Selection == Selections.Mock)
        {
            var paper = await PickQuestions.MockAsync(connection, source, seed);
            return new Pick(source, [.. paper.Select(one => one.Question)], true, [.. paper.Select(one => one.Points)]);
        }

        var today = await TodayAsync(connection, learner, now);
        var scope = new Scope(source, wish.Asked, wish.KeyPoints, wish.Mode == AttemptModes.Read);
        return new Pick(source, await PickQuestions.OfAsync(connection, scope, wish.Selection, learner, today, Math.Min(number, MostQuestions), seed), true);

        // of one source, which the attempt belongs to
        static Pick? Named(IReadOnlyList<(long Source, long Question)> found) =>
            found.Count == 0 ? null : new Pick(found[0].Source, [.. found.Where(one => one.Source == found[0].Source).Select(one => one.Question)], false);
    }

    private static async Task<DateOnly> TodayAsync(NpgsqlConnection connection, Guid? learner, DateTimeOffset now) =>
        (learner is { } known ? await StudyLearner.LoadAsync(connection, known) : Today.Nobody).Calendar.DayOf(now);

    // Whoever types the same words gets the same paper, as long as the bank stays as it is
    private static long SeedOf(string paper) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(TypedText.Normalize(paper))));

    // The form made the attempt's id when it was rendered: sent twice, it begins one attempt.
    internal static async Task InsertAsync(
        NpgsqlConnection connection, Guid id, Guid learner, Pick pick, StartForm wish, long seed, DateTimeOffset now, TimeSpan? time)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        var extra = await ExtraTime.OfAsync(connection, learner);
        var deadline = time is { } given ? now + AttemptClock.With(extra, given) : (DateTimeOffset?)null;
        var inserted = await connection.ExecuteAsync(
            """
            insert into attempt (id, learner_id, source_id, mode, selection, seed, started_at, deadline, extra_time, pass_mark)
            values (@id, @learner, @source, @Mode, @selection, @seed, @now, @deadline, @extra, @pass)
            on conflict (id) do nothing
            """,
            new { id, learner, source = pick.Source, wish.Mode, selection = pick.IsOfWish ? wish.Selection : Selections.Chosen, seed, now, deadline, extra, pass = pick.Points is { } worth ? MockExam.PassMark(worth.Sum()) : (decimal?)null });
        if (inserted == 0) return;

        var positions = Enumerable.Range(1, pick.Questions.Count).ToArray();
        await connection.ExecuteAsync(
            """
            insert into attempt_question (attempt_id, position, question_version_id, seed, points)
            select @id, p.position, q.current_version_id, p.seed, p.points
            from unnest(@positions, @questions, @seeds, @points) as p (position, question, seed, points)
            join question q on q.id = p.question
            """,
            new
            {
                id,
                positions,
                questions = pick.Questions.ToArray(),
                seeds = positions.Select(p => Shuffle.Derive(seed, p)).ToArray(),
                points = positions.Select(p => pick.Points?[p - 1]).ToArray(),
            });
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
            new { types = QuestionTypes.All.ToArray() })).AsList();
        var learner = await learners.FindAsync(http);
        if (learner is { } known) await AttemptClosing.CloseOverdueAsync(connection, known, clock.Now);
        var attempts = await AttemptSummary.LastAsync(connection, learner, 5);
        var slugs = available.Select(row => row.Slug).Distinct(StringComparer.Ordinal).ToList();
        var points = await connection.QueryAsync<ChoicePoint>(
            """
            select k.id, k.heading, s.language
            from source s join key_point k on k.source_id = s.id and k.parent_id is null
            where s.slug = @slug order by k.position
            """,
            new { slug = slugs.Count == 1 ? slugs[0] : form.Source });
        return Pages.Render<StartPage>(
            new
            {
                Sources = (IReadOnlyList<AvailableSource>)[.. available.GroupBy(row => (row.Slug, row.Title)).Select(AvailableSource.Of)],
                Form = form,
                Error = error,
                Attempts = attempts,
                Points = points.AsList(),
                Device = learner is null ? SecretToken.Create() : null,
                Reading = learner is { } reader ? await Reading.LastAsync(connection, reader) : null,
                Extra = await ExtraTime.OfAsync(connection, learner),
                IsExtraSet = http.Request.Query["extra"] == "set",
            },
            error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    internal static string? Filled(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    private static int? Minutes(string value) => Whole(value) is >= 1 and <= LongestMinutes and var minutes ? minutes : null;

    private static int? Number(string value) => value == "all" ? int.MaxValue : Whole(value) is >= 1 and <= MostQuestions and var number ? number : null;

    private static int? Whole(string value) => int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var whole) ? whole : null;
}

/// <summary>What the start form says.</summary>
/// <param name="Source">A slug.</param>
/// <param name="Mode">One of <see cref="AttemptModes"/>.</param>
/// <param name="Selection">One of <see cref="Selections"/>.</param>
/// <param name="Number">How many questions, or "all".</param>
/// <param name="Types">Empty for every type.</param>
/// <param name="KeyPoints">Empty for all.</param>
/// <param name="Paper">Words from which a whole class gets one paper; null for a paper of one's own.</param>
public sealed record StartForm(
    string? Source, string Mode, string Selection, string Number, string Minutes, IReadOnlyList<string> Types, IReadOnlyList<long> KeyPoints, string? Paper)
{
    public const int LongestPaper = 40;

    /// <summary>The types that are asked: those chosen, as far as the mode has them; none chosen means all that the server grades, in a reading all.</summary>
    internal IReadOnlyList<string> Asked => Types.Count > 0
        ? [.. TypesOf(Mode).Intersect(Types, StringComparer.Ordinal)]
        : Mode == AttemptModes.Read ? QuestionTypes.All : QuestionTypes.Graded;

    /// <summary>The types that a mode can have: where a score is to be earned against a clock, a learner's own word earns none.</summary>
    internal static IReadOnlyList<string> TypesOf(string mode) => mode is AttemptModes.Read or AttemptModes.Practice ? QuestionTypes.All : QuestionTypes.Graded;

    /// <summary>A mode by its name; practice where it says nothing.</summary>
    internal static string ModeOf(string? name) => name is AttemptModes.Exam or AttemptModes.Challenge or AttemptModes.Read ? name : AttemptModes.Practice;

    internal static StartForm Of(IFormCollection form)
    {
        var selection = form["from"].ToString();
        var paper = StartSelfTest.Filled(form["paper"]);
        // A paper for all can't be made of what one learner misses or marked; a mock exam is drawn by a seed alone
        if ((paper is not null && selection != Selections.Mock) || (selection is not (Selections.Daily or Selections.Mock) && !Selections.Offered.Contains(selection))) selection = Selections.Mixed;
        return new StartForm(
            form["source"], selection == Selections.Daily ? AttemptModes.Practice : selection != Selections.Mock && form.ContainsKey("mode") ? ModeOf(form["mode"]) : AttemptModes.Exam, selection,
            selection switch { Selections.Daily => "5", Selections.Mock => "all", _ => form["number"].ToString() },
            selection == Selections.Mock ? "45" : StartSelfTest.Filled(form["otherMinutes"]) ?? form["minutes"].ToString(),
            [.. form["type"].OfType<string>()],
            [.. form["point"].Select(text => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)],
            paper is { Length: > LongestPaper } ? paper[..LongestPaper] : paper);
    }
}

/// <summary>A key point to choose by.</summary>
public sealed record ChoicePoint(long Id, string Heading, string Language);

/// <summary>How many questions of a type a source holds.</summary>
public sealed record AvailableRow(string Slug, string Title, string Type, long Count);

/// <summary>A source that can be tested on.</summary>
public sealed record AvailableSource(string Slug, string Title, IReadOnlyDictionary<string, long> ByType)
{
    /// <summary>What the server grades: a flashcard is judged by its learner.</summary>
    public long Count => QuestionTypes.Graded.Sum(type => ByType.GetValueOrDefault(type));

    /// <summary>What a mock exam on it can hold.</summary>
    public IReadOnlyList<PaperSection> Mock => MockExam.Of(ByType);

    internal static AvailableSource Of(IGrouping<(string Slug, string Title), AvailableRow> rows) =>
        new(rows.Key.Slug, rows.Key.Title, rows.ToDictionary(row => row.Type, row => row.Count, StringComparer.Ordinal));
}
