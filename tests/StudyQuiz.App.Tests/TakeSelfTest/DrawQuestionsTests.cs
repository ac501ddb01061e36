using Dapper;
using Npgsql;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>Picking from a source that is too large to be looked at as a whole. Of smaller ones everything is a candidate; see <see cref="SelfTestTests"/>.</summary>
public sealed class DrawQuestionsTests(TestApp app) : IClassFixture<TestApp>, IAsyncLifetime
{
    // Of each of 20 key points 400 questions of seven types
    private const int Questions = 8000;
    private static readonly DateOnly _today = new(2026, 11, 24);

    private NpgsqlConnection _connection = null!;
    private long _source;
    private Guid _learner;

    public async ValueTask InitializeAsync()
    {
        _connection = await app.Database.OpenConnectionAsync();
        if (await _connection.QuerySingleAsync<int>("select count(*)::int from source") == 0)
        {
            await StudiedBank.FillAsync(_connection, new StudiedBankSize(Sources: 1, QuestionsPerSource: Questions, Learners: 1, ReviewsPerCard: 1), _today, isLarge: false);
            await _connection.ExecuteAsync(
                """
                insert into question_enemy (question_id, enemy_id)
                select pair.* from question q, lateral (values (q.id, q.id + 1), (q.id + 1, q.id)) as pair (one, other) where q.id % 2 = 1 and exists (select from question r where r.id = q.id + 1)
                on conflict do nothing
                """);
        }

        _source = await _connection.QuerySingleAsync<long>("select id from source");
        _learner = await _connection.QuerySingleAsync<Guid>("select id from learner limit 1");
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    [Fact]
    public async Task A_seed_decides_and_key_points_and_types_have_their_turns_without_enemies()
    {
        var picked = await PickAsync(Selections.Mixed, 50, seed: 1);
        Assert.Equal(picked, await PickAsync(Selections.Mixed, 50, seed: 1));
        Assert.NotEqual(picked.Order(), (await PickAsync(Selections.Mixed, 50, seed: 2)).Order());
        Assert.Equal(50, picked.Distinct().Count());
        Assert.DoesNotContain(picked, question => question % 2 == 1 && picked.Contains(question + 1));
        var held = (await _connection.QueryAsync<(long Point, string Type)>("select key_point_id, type from question where id = any(@picked)", new { picked = picked.ToArray() })).AsList();
        Assert.All(held.CountBy(one => one.Point), point => Assert.InRange(point.Value, 2, 3));
        Assert.Equal(20, held.DistinctBy(one => one.Point).Count());
        Assert.All(QuestionTypes.Graded, type => Assert.InRange(held.Count(one => one.Type == type), 7, 10));
    }

    [Fact]
    public async Task Every_question_is_drawn_about_equally_often()
    {
        var points = await DrawQuestions.PointsAsync(_connection, Scope());
        var drawn = new Dictionary<long, int>();
        const int seeds = 120;
        for (var seed = 0; seed < seeds; seed++)
        {
            var candidates = await DrawQuestions.OfAsync(_connection, points, QuestionTypes.Graded, seed);
            Assert.InRange(candidates.Count, 1400, 1600);
            foreach (var one in candidates) drawn[one.Question] = drawn.GetValueOrDefault(one.Question) + 1;
        }

        // A window of 13 of some 57: 27 times each, give or take what chance and the gaps between lots make
        var all = await _connection.QuerySingleAsync<int>("select count(*)::int from question where type <> 'flashcard'");
        var mean = (double)drawn.Values.Sum() / all;
        Assert.Equal(all, drawn.Count);
        Assert.All(drawn, one => Assert.InRange(one.Value, mean * 0.1, mean * 2.8));
        Assert.True(Math.Sqrt(drawn.Values.Average(times => Math.Pow(times - mean, 2))) < mean * 0.4);
    }

    [Fact]
    public async Task What_stands_in_order_goes_round_and_meets_everything_once()
    {
        var points = await DrawQuestions.PointsAsync(_connection, Scope());
        var types = new[] { QuestionTypes.Cloze };
        var inText = (await _connection.QueryAsync<(long Question, long Point)>(
            "select q.id, q.key_point_id from question q join key_point k on k.id = q.key_point_id where q.type = 'cloze' order by k.position, q.id")).AsList();
        foreach (var from in new[] { 0, 1, 57, 600, inText.Count - 1 })
        {
            var round = inText.Skip(from + 1).Concat(inText.Take(from + 1)).Select(one => one.Question);
            Assert.Equal(round, await DrawQuestions.InOrderAsync(_connection, points, types, inText[from], most: Questions));
            Assert.Equal(round.Take(70), await DrawQuestions.InOrderAsync(_connection, points, types, inText[from], most: 70));
        }
    }

    [Fact]
    public async Task What_is_likely_to_be_missed_comes_by_its_recall_and_the_unseen_in_between()
    {
        // All are known well; one was nearly lost, one is as good as forgotten, and of one key point nothing was ever answered
        var fresh = await _connection.QuerySingleAsync<long>("select key_point_id from question order by id limit 1");
        await _connection.ExecuteAsync(
            """
            update card set stability = 1000, last_day = @_today, due_day = @later;
            delete from card c using question q where q.id = c.question_id and q.key_point_id = @fresh
            """,
            new { _today, later = _today.AddDays(900), fresh });
        var (lost, faint) = await _connection.QuerySingleAsync<(long, long)>(
            "select min(q.id), max(q.id) from question q where type = 'cloze' and key_point_id <> @fresh", new { fresh });
        await _connection.ExecuteAsync("update card set stability = 0.1, last_day = @ago, due_day = @ago where question_id = @lost; update card set stability = 5, last_day = @ago, due_day = @ago where question_id = @faint",
            new { lost, faint, ago = _today.AddDays(-200) });

        var picked = await PickAsync(Selections.Weak, 5, seed: 3);
        Assert.Equal([lost, faint], picked.Take(2));
        Assert.Equal(3, await _connection.QuerySingleAsync<int>("select count(*)::int from question where id = any(@picked) and key_point_id = @fresh", new { picked = picked.ToArray(), fresh }));
        var known = await PickAsync(Selections.Weak, 5, seed: 3, Scope() with { KeyPoints = [.. (await DrawQuestions.PointsAsync(_connection, Scope())).Where(point => point != fresh)] });
        Assert.Equal([lost, faint], known.Take(2));
        Assert.Equal(5, known.Count);
    }

    private Scope Scope() => new(_source, QuestionTypes.Graded, [], Reading: false);

    private Task<IReadOnlyList<long>> PickAsync(string selection, int number, long seed, Scope? scope = null) =>
        PickQuestions.OfAsync(_connection, scope ?? Scope(), selection, _learner, _today, number, seed);
}
