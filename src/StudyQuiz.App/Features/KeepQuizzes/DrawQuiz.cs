using Dapper;
using Npgsql;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.Domain.Quizzes;

namespace StudyQuiz.App.Features.KeepQuizzes;

/// <summary>Fills a quiz from its banks by its blueprint.</summary>
internal static class DrawQuiz
{
    private const int FirstPoints = 64;

    /// <summary>What the sections lack, drawn; of a large bank no more is looked at than it takes.</summary>
    /// <param name="held">What they hold already.</param>
    /// <param name="without">Questions that are not to be drawn.</param>
    public static async Task<IReadOnlyList<DrawnSection>> OfAsync(
        NpgsqlConnection connection, QuizPlan plan, IReadOnlyList<QuizItem> held, long seed, IReadOnlyCollection<long>? without = null)
    {
        var tree = await PointTree.OfAsync(connection, plan.Sources);
        var questions = held.Where(item => item.Question is not null).Select(item => item.Question!).ToList();
        var demands = plan.Sections.Select(section => new SectionDemand(
            section, [.. held.Where(item => item.Section == section.Id && item.Question is not null).Select(item => Of(item.Question!, tree))])).ToList();
        var types = plan.Sections.SelectMany(section => section.Types).Distinct().ToList();
        var shared = plan.Sections.SelectMany(section => section.Shares).Select(share => share.KeyPoint).ToHashSet();
        var inTurn = DrawQuestions.Shuffled(tree.All, seed);
        for (var count = FirstPoints; ; count *= 4)
        {
            var points = inTurn.Take(count).Union(inTurn.Where(point => shared.Contains(tree.TopOf(point)))).ToList();
            var candidates = await CandidatesAsync(connection, tree, points, types, seed, without ?? []);
            IReadOnlyList<DrawnSection> drawn = [];
            await PickQuestions.ApartAsync(connection, enemies =>
            {
                drawn = Blueprint.Draw(demands, candidates, enemies, seed);
                return [.. questions.Select(one => one.Id), .. drawn.SelectMany(section => section.Questions)];
            });
            if (count >= inTurn.Count || drawn.All(section => section.Shortfalls.Count == 0)) return drawn;
        }
    }

    /// <summary>Takes out of a quiz that is held what was drawn and is not needed, and draws what it lacks. One that is drawn for each attempt keeps only what was picked by hand.</summary>
    public static async Task FillAsync(NpgsqlConnection connection, Quiz quiz, IReadOnlyCollection<long>? without = null)
    {
        var items = await QuizItem.OfAsync(connection, quiz.Id);
        var surplus = items.Where(item => quiz.Plan.Find(item.Section) is null || (item.IsDrawn && (quiz.Plan.Rules.DrawnPerAttempt || item.Question?.IsAskable != true)))
            .Concat(quiz.Plan.Sections.SelectMany(section => OverNumber(section, items))).Select(item => item.Id).Distinct().ToArray();
        if (surplus.Length > 0) await connection.ExecuteAsync("delete from quiz_item where id = any(@surplus)", new { surplus });
        if (quiz.Plan.Rules.DrawnPerAttempt) return;
        var kept = items.Where(item => !surplus.Contains(item.Id)).ToList();
        if (quiz.Plan.Sections.All(section => kept.Count(item => item.Section == section.Id && item.Question is not null) >= section.Number)) return;
        foreach (var section in await OfAsync(connection, quiz.Plan, kept, quiz.Seed, without)) await AddAsync(connection, quiz.Id, section.Section, section.Questions, isDrawn: true);
    }

    /// <summary>Adds questions at the end of a section; one that the quiz holds already stays where it is.</summary>
    public static Task<int> AddAsync(NpgsqlConnection connection, Guid quiz, int section, IReadOnlyList<long> questions, bool isDrawn) =>
        connection.ExecuteAsync(
            """
            insert into quiz_item (id, quiz_id, section, place, kind, question_id, drawn)
            select gen_random_uuid(), @quiz, @section, n.place + coalesce((select max(place) from quiz_item where quiz_id = @quiz and section = @section), 0), 'question', n.id, @isDrawn
            from unnest(@questions) with ordinality as n (id, place)
            on conflict (quiz_id, question_id) do nothing
            """,
            new { quiz, section, questions = questions.ToArray(), isDrawn });

    // The last ones drawn go first
    private static IEnumerable<QuizItem> OverNumber(QuizSection section, IReadOnlyList<QuizItem> items)
    {
        var asked = items.Where(item => item.Section == section.Id && item.Question is not null).ToList();
        return asked.Where(item => item.IsDrawn).Reverse().Take(Math.Max(0, asked.Count - section.Number));
    }

    private static BlueprintCandidate Of(QuizQuestion question, PointTree tree) =>
        new(question.Id, question.KeyPoint, tree.TopOf(question.KeyPoint), question.Type, question.Body.Difficulty);

    private static async Task<IReadOnlyList<BlueprintCandidate>> CandidatesAsync(
        NpgsqlConnection connection, PointTree tree, IReadOnlyList<long> points, IReadOnlyList<string> types, long seed, IReadOnlyCollection<long> without)
    {
        var found = await DrawQuestions.OfAsync(connection, points, types, seed);
        var difficulties = (await connection.QueryAsync<(long Question, int Difficulty)>(
            "select q.id, (v.body ->> 'difficulty')::int from question q join question_version v on v.id = q.current_version_id where q.id = any(@ids)",
            new { ids = found.Select(one => one.Question).ToArray() })).ToDictionary(row => row.Question, row => row.Difficulty);
        return [.. found.Where(one => !without.Contains(one.Question)).Select(one => new BlueprintCandidate(one.Question, one.KeyPoint, tree.TopOf(one.KeyPoint), one.Type, difficulties[one.Question]))];
    }
}
