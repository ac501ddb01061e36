using Dapper;
using Npgsql;
using StudyQuiz.Domain.Attempts;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Features.TakeSelfTest;

/// <summary>By what the questions of an attempt are picked. Stored by these names.</summary>
public static class Selections
{
    /// <summary>Key points in turn, types evenly, by a seed.</summary>
    public const string Mixed = "mixed";

    /// <summary>What this learner is likely to miss first.</summary>
    public const string Weak = "weak";

    /// <summary>As the source goes, from where the last attempt of this kind ended.</summary>
    public const string Order = "order";

    /// <summary>What this learner marked.</summary>
    public const string Favourites = "favourites";

    /// <summary>Questions that were named, or an earlier attempt's that were not right.</summary>
    public const string Chosen = "chosen";

    /// <summary>Five that this learner is likely to miss, the same all day.</summary>
    public const string Daily = "daily";

    /// <summary>A mock exam: sections by type, points a question.</summary>
    public const string Mock = "mock";

    /// <summary>Those that the start page offers.</summary>
    public static IReadOnlyList<string> Offered { get; } = [Mixed, Weak, Order, Favourites];
}

/// <summary>What an attempt is to ask about.</summary>
/// <param name="Types">What may be asked.</param>
/// <param name="KeyPoints">Those below a chosen one among them; empty for all.</param>
/// <param name="Reading">Whether answers are shown: then "in order" goes on from the last reading, else from the last test.</param>
internal sealed record Scope(long Source, IReadOnlyList<string> Types, IReadOnlyList<long> KeyPoints, bool Reading);

/// <summary>Picks the questions of an attempt.</summary>
internal static class PickQuestions
{
    // Some hold nothing that is asked, or only enemies of what is
    private const int KeyPointsToSpare = 16;

    /// <param name="learner">Null where this browser has begun nothing: then nothing is weak and nothing was marked.</param>
    /// <param name="today">The learner's study day.</param>
    public static async Task<IReadOnlyList<long>> OfAsync(
        NpgsqlConnection connection, Scope scope, string selection, Guid? learner, DateOnly today, int number, long seed)
    {
        if (selection == Selections.Favourites)
            return learner is { } own ? await InOrderAsync(connection, number, most => FavouritesAsync(connection, own, scope, most)) : [];

        var points = await DrawQuestions.PointsAsync(connection, scope);
        if (selection == Selections.Mixed) return await MixedAsync(connection, points, scope.Types, number, seed);
        if (selection == Selections.Order)
        {
            var last = learner is { } reader ? await LastAsync(connection, scope, reader) : null;
            return await InOrderAsync(connection, number, most => DrawQuestions.InOrderAsync(connection, points, scope.Types, last, most));
        }

        var weakest = await WeakPoints.OfAsync(connection, scope, learner, today, points, number, seed);
        return await ApartAsync(connection, enemies => QuestionSelection.TakeInOrder(weakest, enemies, number));
    }

    // Of more key points than there are questions to ask the seed takes some, and further ones where those hold too few
    private static async Task<IReadOnlyList<long>> MixedAsync(NpgsqlConnection connection, IReadOnlyList<long> points, IReadOnlyList<string> types, int number, long seed)
    {
        var inTurn = DrawQuestions.Shuffled(points, seed);
        for (var count = number + KeyPointsToSpare; ; count *= 4)
        {
            var candidates = await DrawQuestions.OfAsync(connection, [.. inTurn.Take(count)], types, seed);
            var picked = await ApartAsync(connection, enemies => QuestionSelection.SelectQuestions(candidates, enemies, number, seed));
            if (picked.Count == number || count >= inTurn.Count) return picked;
        }
    }

    // What stands in an order is read as far as it takes
    private static async Task<IReadOnlyList<long>> InOrderAsync(NpgsqlConnection connection, int number, Func<int, Task<IReadOnlyList<long>>> first)
    {
        for (var most = number + KeyPointsToSpare; ; most *= 4)
        {
            var candidates = await first(most);
            var picked = await ApartAsync(connection, enemies => QuestionSelection.TakeInOrder(candidates, enemies, number));
            if (picked.Count == number || candidates.Count < most) return picked;
        }
    }

    /// <summary>Picks with enemies kept apart. They are asked for of what is picked only, until a pick meets none that is not known.</summary>
    internal static async Task<IReadOnlyList<long>> ApartAsync(NpgsqlConnection connection, Func<IReadOnlyCollection<Enemies>, IReadOnlyList<long>> pick)
    {
        var (known, asked) = (new HashSet<Enemies>(), new HashSet<long>());
        while (true)
        {
            var picked = pick(known);
            var fresh = picked.Where(asked.Add).ToArray();
            var count = known.Count;
            if (fresh.Length > 0) known.UnionWith(await EnemiesAsync(connection, fresh));
            if (known.Count == count) return picked;
        }
    }

    /// <summary>The questions of a mock exam.</summary>
    public static async Task<IReadOnlyList<PaperQuestion>> MockAsync(NpgsqlConnection connection, long source, long seed)
    {
        var inTurn = DrawQuestions.Shuffled(await DrawQuestions.PointsAsync(connection, new Scope(source, [], [], false)), seed);
        for (var count = 64; ; count *= 4)
        {
            var candidates = new List<Candidate>();
            foreach (var section in MockExam.Sections) candidates.AddRange(await DrawQuestions.OfAsync(connection, [.. inTurn.Take(count)], [section.Type], seed));
            IReadOnlyList<PaperQuestion> paper = [];
            await ApartAsync(connection, enemies => [.. (paper = MockExam.Draw(candidates, enemies, seed)).Select(one => one.Question)]);
            if (paper.Count == MockExam.Sections.Sum(section => section.Number)) return paper;
            if (count >= inTurn.Count) return MockExam.Fullest(paper, candidates, [.. await EnemiesAsync(connection, [.. candidates.Select(one => one.Question)])], seed);
        }
    }

    /// <summary>Named questions that can still be asked, in the order given.</summary>
    public static async Task<IReadOnlyList<(long Source, long Question)>> NamedAsync(NpgsqlConnection connection, IReadOnlyList<long> questions, IReadOnlyList<string> types) =>
        (await connection.QueryAsync<(long Source, long Question)>(
            """
            select q.source_id, q.id
            from unnest(@questions) with ordinality as n (id, place)
            join question q on q.id = n.id and q.status = 'published' and q.current_version_id is not null and q.type = any(@types)
            order by n.place
            """,
            new { questions = questions.ToArray(), types = types.ToArray() })).AsList();

    /// <summary>What an earlier attempt missed, in its order, where it is still asked.</summary>
    public static async Task<IReadOnlyList<(long Source, long Question)>> MissedAsync(NpgsqlConnection connection, Guid attempt, IReadOnlyList<Guid> learners, IReadOnlyList<string> types) =>
        (await connection.QueryAsync<(long Source, long Question)>(
            """
            select a.source_id, q.id
            from attempt a
            join attempt_question aq on aq.attempt_id = a.id
            join question_version v on v.id = aq.question_version_id
            join question q on q.id = v.question_id
            where a.id = @attempt and a.learner_id = any(@learners) and a.submitted_at is not null
              and aq.outcome <> @right and q.type = any(@types) and q.status = 'published' and q.current_version_id is not null
            order by aq.position
            """,
            new { attempt, learners = learners.ToArray(), types = types.ToArray(), right = (int)Outcome.Right })).AsList();

    private static Task<IEnumerable<Enemies>> EnemiesAsync(NpgsqlConnection connection, long[] questions) =>
        connection.QueryAsync<Enemies>("select question_id as One, enemy_id as Other from question_enemy where question_id = any(@questions)", new { questions });

    // One by one, the latest first, until there are enough: for many of them a plan would rather read all of the source
    private static async Task<IReadOnlyList<long>> FavouritesAsync(NpgsqlConnection connection, Guid learner, Scope scope, int most) =>
        (await connection.QueryAsync<long>(
            $"""
            select m.question_id
            from question_mark m
            cross join lateral (
              select from question q
              where q.id = m.question_id and q.status = 'published' and q.current_version_id is not null and q.type = any(@types)
                {(scope.KeyPoints.Count == 0 ? "" : "and q.key_point_id = any(@points)")} offset 0) q
            where m.learner_id = @learner and m.source_id = @Source and m.favourite
            order by m.favourite_at desc, m.question_id
            limit @most
            """,
            new { learner, scope.Source, types = scope.Types.ToArray(), points = scope.KeyPoints.Count == 0 ? [] : (await DrawQuestions.PointsAsync(connection, scope)).ToArray(), most })).AsList();

    // The last one asked in this order, with its key point
    private static Task<(long Question, long KeyPoint)?> LastAsync(NpgsqlConnection connection, Scope scope, Guid learner) =>
        connection.QuerySingleOrDefaultAsync<(long, long)?>(
            """
            select v.question_id, o.key_point_id
            from (select id from attempt where learner_id = @learner and source_id = @Source and selection = 'order' and (mode = 'read') = @Reading order by started_at desc limit 1) a
            cross join lateral (select question_version_id from attempt_question where attempt_id = a.id order by position desc limit 1) q
            join question_version v on v.id = q.question_version_id
            join question o on o.id = v.question_id
            """,
            new { learner, scope.Source, scope.Reading });
}
