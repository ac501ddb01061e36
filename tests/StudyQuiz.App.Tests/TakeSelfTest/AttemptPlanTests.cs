using Dapper;
using Npgsql;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.Domain.Questions;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>The small form of StudyQuiz.Load's <c>attempts</c>, which has 5,000,000 reviews and looks at times too.</summary>
public sealed class AttemptPlanTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly string[] _tables = ["review", "card", "question", "question_version", "question_mark", "question_enemy", "key_point", "attempt", "attempt_question", "attempt_answer"];

    [Fact]
    public async Task From_its_start_to_its_result_an_attempt_never_reads_a_whole_table()
    {
        var today = new DateOnly(2026, 11, 24);
        var now = app.Time.GetUtcNow();
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await StudiedBank.FillAsync(connection, new StudiedBankSize(Sources: 20, QuestionsPerSource: 100, Learners: 31, ReviewsPerCard: 5), today, isLarge: false);
        var (learner, source) = await connection.QueryFirstAsync<(Guid, long)>("select c.learner_id, q.source_id from card c join question q on q.id = c.question_id order by 1 desc limit 1");
        await connection.ExecuteAsync(
            "insert into question_mark (learner_id, question_id, favourite, favourite_at) select @learner, id, true, now() from question where source_id = @source", new { learner, source });
        await connection.ExecuteAsync("analyze question_mark");

        // few pages are read fastest one after another: what must be shown is that every table has an index that serves
        await connection.ExecuteAsync("set enable_seqscan = off; set enable_bitmapscan = off");
        var heard = await ExecutedStatements.ListenAsync(connection);
        var scope = new Scope(source, QuestionTypes.Graded, [], Reading: false);
        var point = (await DrawQuestions.PointsAsync(connection, scope))[0];
        await PickedBy(Selections.Mixed, scope, "question_lot", "question_enemy_pkey");
        await PickedBy(Selections.Mixed, scope with { KeyPoints = [point] }, "question_lot");
        // Of a source that is drawn whole, what is due elsewhere is not asked for
        await PickedBy(Selections.Weak, scope, "question_lot", "card_recall", "question_version_forked");
        await PickedBy(Selections.Order, scope, "key_point_in_order", "question_in_point", "attempt_in_order");
        await PickedBy(Selections.Favourites, scope, "question_mark_favourite");

        foreach (var (mode, selection) in new[] { (AttemptModes.Exam, Selections.Mixed), (AttemptModes.Practice, Selections.Order) })
        {
            var id = Guid.NewGuid();
            var picked = await PickQuestions.OfAsync(connection, scope, selection, learner, today, 20, seed: 2);
            await StartSelfTest.InsertAsync(
                connection, id, learner, new StartSelfTest.Pick(source, picked, true), new StartForm(null, mode, selection, "20", "45", scope.Types, [], null), 2, now,
                mode == AttemptModes.Exam ? TimeSpan.FromMinutes(45) : null);
            var attempt = (await Attempt.FindAsync(connection, id, [learner]))!;
            Assert.Equal(20, (await Asked.OfAsync(connection, id)).Count);
            var asked = (await Asked.FindAsync(connection, id, 3))!;
            var right = Grading.Key(asked.Question)!;
            Assert.True(mode == AttemptModes.Exam
                ? (await SaveAnswer.StoreAsync(connection, id, 3, new SaveAnswer.Change(Guid.NewGuid(), 1, right), now)) is { Stored: true }
                : await PracticeAnswer.StoreAsync(connection, attempt, asked, Guid.NewGuid(), 1, right, now));
            await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
            {
                Assert.True(await AttemptClosing.LockOpenAsync(connection, id));
                await AttemptClosing.GradeAsync(connection, id, now);
                await transaction.CommitAsync(TestContext.Current.CancellationToken);
            }

            Assert.True(Assert.Single(await ShowResult.AnswersAsync(connection, id), answer => answer.Position == 3).IsRight);
            ReadNothingWhole(heard.Take());
            Assert.Equal(
                PostgresErrorCodes.ForeignKeyViolation,
                (await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync("delete from question_version where id = @Version", new { asked.Version }))).SqlState);
        }

        async Task PickedBy(string selection, Scope of, params string[] indexes)
        {
            heard.Take();
            Assert.Equal(4, (await PickQuestions.OfAsync(connection, of, selection, learner, today, 4, seed: 1)).Distinct().Count());
            var ran = heard.Take();
            ReadNothingWhole(ran);
            Assert.All(indexes, index => Assert.Contains(ran, statement => statement.Plan.Contains(index, StringComparison.Ordinal)));
        }
    }

    private static void ReadNothingWhole(IReadOnlyList<ExecutedStatement> ran)
    {
        Assert.NotEmpty(ran);
        Assert.All(ran, statement => Assert.False(statement.ScansAll(_tables), statement.Plan));
    }
}
