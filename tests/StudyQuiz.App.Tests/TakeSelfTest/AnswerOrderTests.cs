using System.Net;
using Dapper;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>What an exam keeps follows from its answers and the server's clock: not from the order in which a network delivers them, nor from a device's clock.</summary>
public sealed class AnswerOrderTests(TestApp app) : IClassFixture<TestApp>
{
    // Sequences that devices make of a clock that is right, far behind, far ahead, and of a counter
    public static TheoryData<long, long> Clocks { get; } = new() { { 1, 1 }, { 2, 1_700_000_000_000 }, { 3, 1 << 20 }, { 4, 9_007_199_253_000_000 } };

    [Theory]
    [MemberData(nameof(Clocks))]
    public async Task Any_order_and_repeats_keep_the_answer_of_the_highest_sequence(long seed, long clock)
    {
        using var attempt = await Attempting.StartAsync(app, ("mode", "exam"));
        var asked = (await attempt.AskedAsync()).Where(one => one.Question is SingleChoice or MultipleChoice or TrueFalse).ToList();
        var changes = asked.SelectMany((one, i) => Enumerable.Range(1, 5).Select(n => new Change(
            one.Position, clock + n * (1 + Math.Abs(Shuffle.Derive(seed, i * 10 + n) % 50)) + n, Guid.NewGuid(), Answer(one.Question, Shuffle.Derive(seed, 500 + i * 10 + n))))).DistinctBy(change => (change.Position, change.Sequence)).ToList();
        // Each one arrives once or twice, and all of it in an order of the seed
        var arrivals = changes.Concat(changes.Where((_, i) => Shuffle.Derive(seed, 900 + i) % 2 == 0)).ToList();
        var newest = new Dictionary<int, Change>();
        foreach (var place in Shuffle.Positions(arrivals.Count, seed))
        {
            var change = arrivals[place];
            if (!newest.TryGetValue(change.Position, out var standing) || change.Sequence >= standing.Sequence) newest[change.Position] = change;
            var (status, receipt) = await attempt.SaveAsync(change.Position, change.Answer, change.Sequence, change.Id);
            Assert.Equal((HttpStatusCode.OK, newest[change.Position] == change, newest[change.Position].Sequence), (status, receipt.GetProperty("saved").GetBoolean(), receipt.GetProperty("sequence").GetInt64()));
        }

        foreach (var one in await attempt.AskedAsync())
        {
            if (!newest.TryGetValue(one.Position, out var kept)) continue;
            Assert.Equal(kept.Sequence, one.Sequence);
            Assert.Equal(changes.Where(change => change.Position == one.Position).MaxBy(change => change.Sequence), kept);
            Assert.Equal(Grading.Grade(one.Question, one.Presentation.ToAuthored(kept.Answer)), Grading.Grade(one.Question, one.Answer));
        }

        // The deadline is the server's, whatever a device counts
        var (_, deadline, _) = await attempt.StandingAsync();
        Assert.Equal(app.Time.GetUtcNow().UtcDateTime.AddMinutes(10), deadline);
        app.Time.Advance(TimeSpan.FromMinutes(10.1));
        var late = await attempt.SaveAsync(asked[0].Position, changes[0].Answer, clock + 1_000_000);
        Assert.Equal((HttpStatusCode.Conflict, "afterDeadline"), (late.Status, late.Body.GetProperty("code").GetString()));
        await attempt.Browser.ReadAsync($"{attempt.Path}/result");
        await using var connection = await app.Database.OpenConnectionAsync();
        foreach (var one in await attempt.AskedAsync())
        {
            var expected = newest.TryGetValue(one.Position, out var kept) ? Grading.Grade(one.Question, one.Presentation.ToAuthored(kept.Answer)).Credit : 0;
            Assert.Equal(expected, await connection.QuerySingleAsync<decimal>("select credit from attempt_question where attempt_id = @Id and position = @Position", new { attempt.Id, one.Position }));
        }
    }

    [Fact]
    public async Task A_sequence_that_leaves_no_room_for_the_next_change_is_refused_by_name()
    {
        using var attempt = await Attempting.StartAsync(app, ("mode", "exam"));
        var statement = await attempt.AskedAsync<TrueFalse>();
        var right = (Judged)Attempting.Right(statement);
        foreach (var sequence in new[] { long.MaxValue, (1L << 53) - 1 })
        {
            var (status, body) = await attempt.SaveAsync(statement.Position, new Judged(!right.Value), sequence);
            Assert.Equal((HttpStatusCode.BadRequest, "sequenceTooHigh"), (status, body.GetProperty("code").GetString()));
            Assert.Contains("没有保存", body.GetProperty("title").GetString(), StringComparison.Ordinal);
        }

        // Nothing is spoiled: what comes next counts
        Assert.True((await attempt.SaveAsync(statement.Position, right)).Body.GetProperty("saved").GetBoolean());
        Assert.Equal(right, (await attempt.AskedAsync<TrueFalse>()).Shown);
    }

    private static GivenAnswer Answer(Question question, long seed) => question switch
    {
        TrueFalse => new Judged(seed % 2 == 0),
        _ => new Chosen([(int)Math.Abs(seed % question.Shuffled)]),
    };

    private sealed record Change(int Position, long Sequence, Guid Id, GivenAnswer Answer);
}
