using System.Net;
using Dapper;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>The mock exam on a bank that is too small for a whole paper.</summary>
public sealed class MockExamPageTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_smaller_bank_gives_a_smaller_paper_with_points_a_pass_mark_and_time_in_proportion()
    {
        await SeedAsync();
        using var browser = app.Browser();
        var start = WebUtility.HtmlDecode(await browser.ReadAsync($"/self-test?source={TestBank.Slug}"));
        Assert.Contains("20 题，40 分，18 分钟，24 分及格", start, StringComparison.Ordinal);
        Assert.Contains("按现有的题缩小", start, StringComparison.Ordinal);

        using var started = await browser.SubmitAsync("/self-test", "/self-test", ("from", "mock"), ("source", TestBank.Slug));
        using var exam = new Attempting(app, browser, Attempting.IdOf(started));
        var page = WebUtility.HtmlDecode(await browser.ReadAsync(exam.Path));
        Assert.Contains($"data-remaining-ms=\"{18 * 60_000}\"", page, StringComparison.Ordinal);
        Assert.Contains("全卷 40 分，24 分及格", page, StringComparison.Ordinal);
        var asked = await exam.AskedAsync();
        Assert.Equal(20, asked.Count);
        for (var position = 1; position <= 12; position++) await exam.SaveAsync(position, Attempting.Right(asked[position - 1]));
        var result = WebUtility.HtmlDecode(await exam.HandInAsync());
        Assert.Contains("24<small> / 40</small>", result, StringComparison.Ordinal);
        Assert.Contains("data-passed=\"true\"", result, StringComparison.Ordinal);
        Assert.Contains("24 / 40", await browser.ReadAsync("/self-test"), StringComparison.Ordinal);

        app.Time.Advance(TimeSpan.FromHours(1));
        using var again = await browser.SubmitAsync("/self-test", "/self-test", ("from", "mock"), ("source", TestBank.Slug));
        using var second = new Attempting(app, browser, Attempting.IdOf(again));
        var one = (await second.AskedAsync())[0];
        await second.SaveAsync(1, new Chosen([((Chosen)Attempting.Right(one)).Options[0]]));
        result = WebUtility.HtmlDecode(await second.HandInAsync());
        Assert.Contains("不及格", result, StringComparison.Ordinal);
        Assert.Contains("24 / 40", result, StringComparison.Ordinal); // the last time
    }

    [Fact]
    public async Task The_same_words_give_a_class_the_same_mock_exam_and_other_words_another()
    {
        await SeedAsync();
        var papers = new List<IReadOnlyList<(long Version, string Key)>>();
        foreach (var words in (string[])["三班 周五", "  三班　周五 ", "四班"])
        {
            using var browser = app.Browser();
            using var started = await browser.SubmitAsync($"/self-test?source={TestBank.Slug}", "/self-test", ("from", "mock"), ("source", TestBank.Slug), ("paper", words));
            using var exam = new Attempting(app, browser, Attempting.IdOf(started));
            Assert.Contains("全卷 40 分", WebUtility.HtmlDecode(await browser.ReadAsync(exam.Path)), StringComparison.Ordinal);
            papers.Add([.. (await exam.AskedAsync()).Select(asked => (asked.Version, Attempting.Right(asked).Form))]);
        }

        Assert.Equal(papers[0], papers[1]);
        Assert.NotEqual(papers[0], papers[2]);
    }

    [Fact]
    public async Task A_bank_that_is_no_exam_is_offered_none()
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var browser = app.Browser();
        Assert.DoesNotContain("value=\"mock\"", await browser.ReadAsync($"/self-test?source={SelfTestBank.Slug}"), StringComparison.Ordinal);
    }

    private async Task SeedAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        if (!await connection.QuerySingleAsync<bool>("select exists (select 1 from source where slug = @Slug)", new { TestBank.Slug })) await TestBank.SeedAsync(app.Database, 25);
    }
}
