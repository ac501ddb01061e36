using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>Beginning a self-test: what is asked, what cannot be, and a form that is sent twice.</summary>
[Collection<OneAppForSelfTests>]
public sealed class SelfTestStartTests(TestApp app)
{
    [Fact]
    public async Task Enemies_never_meet_and_a_wish_for_too_many_is_told()
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var browser = app.Browser();
        using var started = await browser.SubmitAsync("/self-test", "/self-test", ("number", "20"), ("minutes", "5"));
        var page = await browser.ReadAsync(started.Headers.Location!.ToString());
        Assert.Contains("想要 20 题，符合条件的只有 6 题", page, StringComparison.Ordinal);
        Assert.NotEqual(page.Contains("对头题干", StringComparison.Ordinal), page.Contains("判断题干", StringComparison.Ordinal));
        Assert.DoesNotContain("草稿题干", page, StringComparison.Ordinal);
        Assert.DoesNotContain("卡片正面", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Types_and_number_are_kept_to()
    {
        using var attempt = await Attempting.StartAsync(app, ("number", "1"), ("type", "cloze"), ("type", "ordering"));
        var asked = Assert.Single(await attempt.AskedAsync());
        Assert.True(asked.Question is Cloze or Ordering);
    }

    [Theory]
    [InlineData("number", "0", "题数请选")]
    [InlineData("number", "101", "题数请选")]
    [InlineData("number", "-5", "题数请选")]
    [InlineData("number", "", "题数请选")]
    [InlineData("otherMinutes", "0", "时间请填")]
    [InlineData("otherMinutes", "121", "时间请填")]
    [InlineData("otherMinutes", "十", "时间请填")]
    [InlineData("source", "nowhere", "没有符合这些条件的题")]
    [InlineData("type", "flashcard", "简答由自己评判")]
    [InlineData("redo", "00000000-0000-0000-0000-000000000001", "没有符合这些条件的题")]
    public async Task A_start_that_cannot_be_says_why(string field, string value, string says)
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var browser = app.Browser();
        (string, string)[] usual = [.. new[] { ("number", "10"), ("minutes", "10") }.Where(f => f.Item1 != field), (field, value)];
        using var response = await browser.SubmitAsync("/self-test", "/self-test", usual);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(says, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_sent_twice_at_once_by_a_new_visitor_begins_one_attempt_that_is_theirs()
    {
        await SelfTestBank.SeedAsync(app.Database);
        for (var round = 0; round < 5; round++)
        {
            using var browser = app.Browser();
            var page = await browser.ReadAsync("/self-test");
            string Value(string name) => Regex.Match(page, $"name=\"{name}\" value=\"(?<value>[^\"]*)\"", RegexOptions.None, TimeSpan.FromSeconds(1)).Groups["value"].Value;
            (string, string)[] fields = [("id", Value("id")), ("device", Value("device")), ("source", SelfTestBank.Slug), ("number", "5"), ("minutes", "5"), ("__RequestVerificationToken", SelfTestPages.Token(page))];
            // The form's token is bound to a cookie that the page has set; the two presses share nothing else.
            var presses = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => browser.PostFormAsync("/self-test", fields)));
            Assert.All(presses, press => Assert.Equal(HttpStatusCode.Redirect, press.StatusCode));
            await browser.ReadAsync($"/self-test/{Value("id")}");
            await using var connection = await app.Database.OpenConnectionAsync();
            Assert.Equal(5, await connection.ExecuteScalarAsync<int>("select count(*) from attempt_question where attempt_id = @id", new { id = Guid.Parse(Value("id")) }));
        }
    }
}
