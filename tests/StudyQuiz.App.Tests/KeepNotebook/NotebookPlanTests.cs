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
        // The first look folds all of the learner's cards; the next ones read what that left with them
        Assert.NotEmpty((await Notebook.OfAsync(connection, learner, today, new HashSet<long>())).Items);
        var folding = heard.Take();
        NothingIsReadWhole(folding);
        Assert.Contains(folding, statement => statement.Plan.Contains("review_card", StringComparison.Ordinal));

        var notebook = await Notebook.OfAsync(connection, learner, today, new HashSet<long>());
        var looking = heard.Take();
        Assert.Contains(looking, statement => statement.Plan.Contains("card_missed", StringComparison.Ordinal));
        Assert.DoesNotContain(looking, statement => statement.Plan.Contains(" on review ", StringComparison.Ordinal));
        var reviews = (await MissedAnswers.ReviewsAsync(connection, learner, notebook.Items.Take(ShowNotebook.PageSize).Select(item => item.Entry.Review))).Values.ToList();
        await MissedAnswers.OfAsync(connection, learner, [.. reviews.Select(review => review with { Origin = ReviewOrigins.SelfTest }), .. reviews.Select(review => review with { Origin = ReviewOrigins.Game })]);
        NothingIsReadWhole([.. looking, .. heard.Take()]);
    }

    private static void NothingIsReadWhole(IReadOnlyList<ExecutedStatement> ran)
    {
        Assert.NotEmpty(ran);
        Assert.All(ran, statement => Assert.False(
            statement.ScansAll("review", "card", "question", "question_version", "notebook_mark", "attempt", "attempt_question", "attempt_answer", "game", "game_seat", "game_round", "game_answer"), statement.Plan));
    }
}
