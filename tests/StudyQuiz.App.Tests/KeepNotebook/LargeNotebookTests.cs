using System.Text.RegularExpressions;
using Dapper;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Tests.TakeSelfTest;

namespace StudyQuiz.App.Tests.KeepNotebook;

/// <summary>More than a page shows and a self-test takes.</summary>
public sealed class LargeNotebookTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_page_shows_50_questions_and_a_self_test_takes_the_first_100()
    {
        await TestBank.SeedAsync(app.Database, 120);
        using var learner = await NotebookLearner.BeginAsync(app);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var versions = await connection.QueryAsync<long>("select q.current_version_id from question q join source s on s.id = q.source_id where s.slug = @Slug order by q.id", new { TestBank.Slug });
        await using (var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken))
        {
            var now = app.Time.GetUtcNow();
            await CardLog.AddAsync(connection, learner.Id, ReviewOrigins.SelfTest, [.. versions.Select((version, i) => CardLog.Assessed(Guid.NewGuid(), version, isRight: false, now.AddSeconds(-i)))], now);
            await transaction.CommitAsync(TestContext.Current.CancellationToken);
        }

        var first = await learner.ReadAsync();
        Assert.Contains("120 题", first, StringComparison.Ordinal);
        Assert.Contains("练前 100 题", first, StringComparison.Ordinal);
        Assert.Contains("第 1 页，共 3 页", first, StringComparison.Ordinal);
        var form = Regex.Match(first, """<form method="post" action="/self-test">.*?</form>""", RegexOptions.Singleline, TimeSpan.FromSeconds(1)).Value;
        Assert.Equal(100, Regex.Count(form, "name=\"question\"", RegexOptions.None, TimeSpan.FromSeconds(1)));
        var pages = new List<string>();
        for (var page = 1; page <= 3; page++) pages.AddRange(await learner.StemsAsync($"?page={page}"));
        Assert.Equal(Enumerable.Range(1, 120).Select(i => TestBank.Question(i).Stem), pages);
        Assert.Equal(20, (await learner.StemsAsync("?page=99")).Count);

        // What is done on a page leads back to it
        var question = await connection.QuerySingleAsync<long>("select q.id from question q join source s on s.id = q.source_id where s.slug = @Slug and q.slug = 'q120'", new { TestBank.Slug });
        Assert.Equal($"/notebook?source=small&page=3&done=removed&question={question}", await learner.MarkAsync(question, "removed", "?page=3"));

        // A source of which nothing was missed
        var other = await learner.ReadAsync("?source=" + SelfTestBank.Slug);
        Assert.Contains("这里没有错题", other, StringComparison.Ordinal);
        Assert.Contains("<span>119</span>", other, StringComparison.Ordinal);
    }
}
