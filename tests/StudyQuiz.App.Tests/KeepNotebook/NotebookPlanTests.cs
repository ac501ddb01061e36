using Dapper;
using StudyQuiz.App.Features.KeepNotebook;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.KeepNotebook;

/// <summary>A look at a notebook reads the learner's own rows, however many others have.</summary>
public sealed class NotebookPlanTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Looking_at_a_notebook_among_20_000_reviews_never_reads_a_whole_table()
    {
        var today = new DateOnly(2026, 11, 24);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await StudiedBank.FillAsync(connection, new StudiedBankSize(Sources: 20, QuestionsPerSource: 100, Learners: 31, ReviewsPerCard: 5), today, isLarge: false);
        var learner = await connection.QuerySingleAsync<Guid>("select learner_id from review group by learner_id order by count(*) desc limit 1");

        // few pages are read fastest one after another: what must be shown is that every table has an index that serves
        await connection.ExecuteAsync("set enable_seqscan = off");
        var heard = await ExecutedStatements.ListenAsync(connection);
        var notebook = await Notebook.OfAsync(connection, learner, today);
        Assert.NotEmpty(notebook.Items);
        var items = notebook.Items.Take(ShowNotebook.PageSize).ToList();
        await MissedAnswers.OfAsync(connection, learner, [.. items.Select(item => item with { Origin = ReviewOrigins.SelfTest }), .. items.Select(item => item with { Origin = ReviewOrigins.Game })]);
        var ran = heard.Take();
        Assert.All(ran, statement => Assert.False(
            statement.ScansAll("review", "question", "question_version", "notebook_mark", "attempt", "attempt_question", "attempt_answer", "game", "game_seat", "game_round", "game_answer"), statement.Plan));
        Assert.Contains(ran, statement => statement.Plan.Contains("review_missed", StringComparison.Ordinal));
        Assert.Contains(ran, statement => statement.Plan.Contains("review_card", StringComparison.Ordinal));
    }
}
