using System.Net;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.ReadSource;

public sealed class ReadSourceTests(TestApp app) : IClassFixture<TestApp>
{
    private const string Path = $"/sources/{SelfTestBank.Slug}";

    [Fact]
    public async Task The_only_source_opens_at_once_with_its_key_points_at_their_words()
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var browser = app.Browser();
        using var list = await browser.GetAsync("/sources");
        Assert.Equal(Path, list.Headers.Location?.ToString());

        var page = await browser.ReadAsync(Path);
        Assert.Contains("来源：某报，2020年8月22日。2 段，2 个要点。", page, StringComparison.Ordinal);
        Assert.Contains("id=\"P01\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("大要点", page, StringComparison.Ordinal);
        // Two key points overlap in the first paragraph: three pieces, the middle one both's.
        Assert.Matches("第一段<span[^>]*>第一句。</span><span[^>]*>(<span[^>]*>)?第一段第二句(</span>)?</span><span[^>]*>，分两半</span>。", page);
        Assert.Matches("data-for=\"k\\d+-P01\"", page);
    }

    [Fact]
    public async Task A_questions_evidence_is_marked_in_place_but_not_while_it_is_being_asked()
    {
        using var attempt = await Attempting.StartAsync(app);
        var statement = await attempt.AskedAsync<TrueFalse>();
        var marked = $"{Path}?mark={statement.Version}";
        Assert.DoesNotContain("<mark>", await attempt.Browser.ReadAsync(marked), StringComparison.Ordinal);
        await attempt.HandInAsync();
        Assert.Contains($"<mark>{TestBank.Secret}在此句中</mark>", await attempt.Browser.ReadAsync(marked), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?mark=x")]
    [InlineData("?mark=-1")]
    [InlineData("?mark=99999999999999999999")]
    public async Task A_mark_that_is_none_changes_nothing(string query)
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var browser = app.Browser();
        Assert.DoesNotContain("<mark>", await browser.ReadAsync(Path + query), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_that_is_none_is_not_found()
    {
        using var browser = app.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/sources/nowhere")).StatusCode);
    }
}
