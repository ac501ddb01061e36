using Dapper;
using Npgsql;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Domain.Attempts;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Domain.Scheduling;

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
    /// <param name="learner">Null where this browser has begun nothing: then nothing is weak and nothing was marked.</param>
    /// <param name="today">The learner's study day.</param>
    public static async Task<IReadOnlyList<long>> OfAsync(
        NpgsqlConnection connection, Scope scope, string selection, Guid? learner, DateOnly today, int number, long seed)
    {
        var candidates = (await CandidatesAsync(connection, scope)).AsList();
        var enemies = await EnemiesAsync(connection, scope.Source);
        if (selection == Selections.Mixed) return QuestionSelection.SelectQuestions([.. candidates.OrderBy(one => one.Question)], enemies, number, seed);

        var ids = candidates.Select(one => one.Question).ToHashSet();
        IReadOnlyList<long> inOrder = selection switch
        {
            Selections.Order => await FromLastAsync(connection, scope, learner, [.. candidates.Select(one => one.Question)]),
            Selections.Favourites => learner is { } own ? [.. (await FavouritesAsync(connection, own, scope.Source)).Where(ids.Contains)] : [],
            _ => await WeakestAsync(connection, learner, today, candidates, seed),
        };
        return QuestionSelection.TakeInOrder(inOrder, enemies, number);
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
    public static async Task<IReadOnlyList<(long Source, long Question)>> MissedAsync(NpgsqlConnection connection, Guid attempt, IReadOnlyList<Guid> learners) =>
        (await connection.QueryAsync<(long Source, long Question)>(
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

    // As the source goes
    private static Task<IEnumerable<Candidate>> CandidatesAsync(NpgsqlConnection connection, Scope scope) =>
        connection.QueryAsync<Candidate>(
            """
            with recursive chosen as (
              select id from key_point where source_id = @Source and id = any(@points)
              union select k.id from key_point k join chosen on k.parent_id = chosen.id)
            select q.id as Question, q.key_point_id as KeyPoint, q.type
            from question q join key_point k on k.id = q.key_point_id
            where q.source_id = @Source and q.status = 'published' and q.type = any(@types) and q.current_version_id is not null
              and (cardinality(@points::bigint[]) = 0 or q.key_point_id in (select id from chosen))
            order by k.position, q.id
            """,
            new
            {
                scope.Source,
                points = scope.KeyPoints.ToArray(),
                types = scope.Types.ToArray(),
            });

    private static async Task<IReadOnlyCollection<Enemies>> EnemiesAsync(NpgsqlConnection connection, long source) =>
        (await connection.QueryAsync<Enemies>(
            """
            select e.question_id as One, e.enemy_id as Other
            from question q join question_enemy e on e.question_id = q.id
            where q.source_id = @source and e.question_id < e.enemy_id
            """,
            new { source })).AsList();

    private static Task<IEnumerable<long>> FavouritesAsync(NpgsqlConnection connection, Guid learner, long source) =>
        connection.QueryAsync<long>(
            """
            select m.question_id from question_mark m join question q on q.id = m.question_id
            where m.learner_id = @learner and m.favourite and q.source_id = @source
            order by m.favourite_at desc, m.question_id
            """,
            new { learner, source });

    // Round and round through the bank: after its end its beginning
    private static async Task<IReadOnlyList<long>> FromLastAsync(NpgsqlConnection connection, Scope scope, Guid? learner, IReadOnlyList<long> inOrder)
    {
        var last = learner is null ? null : await connection.QuerySingleOrDefaultAsync<long?>(
            """
            select v.question_id
            from (select id from attempt where learner_id = @learner and source_id = @Source and selection = 'order' and (mode = 'read') = @Reading order by started_at desc limit 1) a
            join attempt_question q on q.attempt_id = a.id
            join question_version v on v.id = q.question_version_id
            order by q.position desc limit 1
            """,
            new { learner, scope.Source, scope.Reading });
        var from = last is { } asked ? inOrder.ToList().IndexOf(asked) + 1 : 0;
        return [.. inOrder.Skip(from), .. inOrder.Take(from)];
    }

    /// <summary>
    /// What was answered before comes by predicted recall, the faintest first; what was never answered stands among it as if it were known by
    /// even chance, in an order of the seed.
    /// </summary>
    private static async Task<IReadOnlyList<long>> WeakestAsync(NpgsqlConnection connection, Guid? learner, DateOnly today, IReadOnlyList<Candidate> candidates, long seed)
    {
        const double unseen = 0.5;
        var recall = new Dictionary<long, double>();
        if (learner is { } own)
        {
            var weights = await connection.QuerySingleOrDefaultAsync<double[]?>("select weights from learner_weights where learner_id = @own and model = 'FSRS-6'", new { own });
            var fsrs = new Fsrs(LearnerWeights.Read(weights));
            foreach (var card in await connection.QueryAsync<CardRow>(
                         $"""
                          select {CardRow.Columns}
                          from unnest(@questions) as n (id)
                          join question q on q.id = n.id
                          join question_version v on v.id = q.current_version_id
                          join card c on c.learner_id = @own and c.question_id = q.id and c.fork = v.fork
                          """,
                         new { own, questions = candidates.Select(one => one.Question).ToArray() }))
            {
                recall[card.Question] = Recall.On(today, card.Read().Card, fsrs);
            }
        }

        var shuffled = Domain.Shuffle.Positions(candidates.Count, seed).Select(place => candidates[place].Question);
        return [.. shuffled.OrderBy(question => recall.GetValueOrDefault(question, unseen))];
    }
}
