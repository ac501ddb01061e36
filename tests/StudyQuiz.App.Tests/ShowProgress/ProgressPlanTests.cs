using Dapper;
using StudyQuiz.App.Features.ShowProgress;
using StudyQuiz.Domain.Scheduling;
using StudyQuiz.Tests.Shared;

namespace StudyQuiz.App.Tests.ShowProgress;

/// <summary>A look at one's progress reads one's own rows, however many others have.</summary>
public sealed class ProgressPlanTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task What_the_page_asks_never_reads_a_whole_table()
    {
        var today = new DateOnly(2026, 11, 24);
        await using var connection = await app.Database.OpenConnectionAsync();
        await StudiedBank.FillAsync(connection, new StudiedBankSize(Sources: 20, QuestionsPerSource: 100, Learners: 31, ReviewsPerCard: 5), today, isLarge: false);
        var learner = await connection.QuerySingleAsync<Guid>("select learner_id from review group by learner_id order by count(*) desc limit 1");

        // few pages are read fastest one after another: what must be shown is that every table has an index that serves
        await connection.ExecuteAsync("set enable_seqscan = off");
        var heard = await ExecutedStatements.ListenAsync(connection);
        var days = await StudiedDay.AllAsync(connection, learner, new StudyCalendar(TimeZoneInfo.Utc), []);
        Assert.Equal(5000, days.Sum(day => day.Answers));
        await AttemptHistory.OfAsync(connection, learner, "UTC", null);
        var ran = heard.Take();
        Assert.All(ran, statement => Assert.False(statement.ScansAll("review", "card", "question", "attempt", "attempt_question", "attempt_answer"), statement.Plan));
        Assert.Contains(ran, statement => statement.Plan.Contains("Index Only Scan using review_day", StringComparison.Ordinal));
    }
}
