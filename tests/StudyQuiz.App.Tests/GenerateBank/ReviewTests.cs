using System.Net;
using System.Text.Json;

namespace StudyQuiz.App.Tests.GenerateBank;

/// <summary>Drafts are the editors' alone until they accept them, one by one or together.</summary>
public sealed class ReviewTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Learners_see_nothing_of_a_bank_until_a_question_is_accepted()
    {
        using var editor = await Editor.SignInAsync(app, "visibility");
        var review = await editor.MakeAsync("canteen", "只此一篇");
        using var learner = app.Browser();
        foreach (var page in (string[])["/", "/self-test"]) Assert.DoesNotContain("只此一篇", WebUtility.HtmlDecode(await learner.ReadAsync(page)), StringComparison.Ordinal);
        using var hidden = await learner.GetAsync("/sources/canteen");
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        using var list = await learner.GetAsync("/sources");
        Assert.DoesNotContain("canteen", list.Headers.Location?.ToString() ?? await list.TextAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("只此一篇", WebUtility.HtmlDecode(await editor.Browser.ReadAsync("/host")), StringComparison.Ordinal);
        Assert.Contains("只此一篇", WebUtility.HtmlDecode(await editor.Browser.ReadAsync("/sources/canteen")), StringComparison.Ordinal);
        // the start page has a form only where some source can be tested on
        using var begun = await learner.PostFormAsync("/self-test", [.. await learner.FillInAsync("/sign-in", "/sign-in"), ("source", "canteen"), ("number", "5"), ("minutes", "10"), ("id", Guid.NewGuid().ToString())]);
        Assert.Equal(HttpStatusCode.BadRequest, begun.StatusCode);

        foreach (var (id, _) in await editor.QuestionsAsync("canteen"))
        {
            using var accepted = await editor.DecideAsync(review, id, "accept");
            Assert.Equal(HttpStatusCode.Found, accepted.StatusCode);
            if ((await editor.QuestionsAsync("canteen")).Count(question => question.Status == "published") == 3) break;
        }

        Assert.Contains("只此一篇", WebUtility.HtmlDecode(await learner.ReadAsync("/")), StringComparison.Ordinal);
        Assert.Contains("只此一篇", WebUtility.HtmlDecode(await learner.ReadAsync("/sources/canteen")), StringComparison.Ordinal);
        Assert.Contains("收下 3，不要 0", WebUtility.HtmlDecode(await editor.Browser.ReadAsync(review)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_leads_to_the_next_question_and_can_be_taken_back()
    {
        using var editor = await Editor.SignInAsync(app, "steps");
        var review = await editor.MakeAsync("steps");
        var ids = (await editor.QuestionsAsync("steps")).Select(question => question.Id).ToList();
        using var rejected = await editor.DecideAsync(review, ids[0], "reject");
        Assert.Equal($"{review}?done={ids[0]}&q={ids[1]}", rejected.Headers.Location?.ToString());
        var page = WebUtility.HtmlDecode(await editor.Browser.ReadAsync(rejected.Headers.Location!.ToString()));
        Assert.Contains("第 1 题不要了", page, StringComparison.Ordinal);
        Assert.Contains("第 2 题", page, StringComparison.Ordinal);
        Assert.Contains("收下 0，不要 1", page, StringComparison.Ordinal);

        using var undone = await editor.Browser.SubmitAsync(rejected.Headers.Location.ToString(), $"{review}/{ids[0]}", ("decision", "undo"));
        Assert.Equal($"{review}?q={ids[0]}", undone.Headers.Location?.ToString());
        Assert.All(await editor.QuestionsAsync("steps"), question => Assert.Equal("draft", question.Status));

        // the last one leads back to those that were skipped, and after all are decided there is an end
        using var last = await editor.DecideAsync(review, ids[^1], "accept");
        Assert.EndsWith($"&q={ids[0]}", last.Headers.Location?.ToString(), StringComparison.Ordinal);
        foreach (var id in ids.SkipLast(1))
        {
            using var done = await editor.DecideAsync(review, id, "reject");
        }

        Assert.Contains("都审完了", WebUtility.HtmlDecode(await editor.Browser.ReadAsync(review)), StringComparison.Ordinal);
        Assert.Contains($"收下 1，不要 {ids.Count - 1}，还剩 0", WebUtility.HtmlDecode(await editor.Browser.ReadAsync(review)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_two_decisions_at_once_one_holds_and_the_other_is_told()
    {
        using var first = await Editor.SignInAsync(app, "first");
        var review = await first.MakeAsync("contested");
        using var second = await Editor.SignInAsync(app, "second");
        foreach (var (id, _) in (await first.QuestionsAsync("contested")).Take(5))
        {
            var path = $"{review}/{id}";
            (string, string)[] yes = [.. await first.Browser.FillInAsync($"{review}?q={id}", path, ("decision", "accept"))];
            (string, string)[] no = [.. await second.Browser.FillInAsync($"{review}?q={id}", path, ("decision", "reject"))];
            var answers = await Task.WhenAll(first.Browser.PostFormAsync(path, yes), second.Browser.PostFormAsync(path, no));
            Assert.Equal([HttpStatusCode.Found, HttpStatusCode.Conflict], answers.Select(answer => answer.StatusCode).Order());
            var winner = answers[0].StatusCode == HttpStatusCode.Found ? "published" : "retired";
            Assert.Contains("你的决定没有记下", await answers.Single(answer => answer.StatusCode == HttpStatusCode.Conflict).TextAsync(), StringComparison.Ordinal);
            Assert.Equal(winner, (await first.QuestionsAsync("contested")).Single(question => question.Id == id).Status);
            // sent twice, it is the same decision
            using var repeated = winner == "published" ? await first.Browser.PostFormAsync(path, yes) : await second.Browser.PostFormAsync(path, no);
            Assert.Equal(HttpStatusCode.Found, repeated.StatusCode);
        }
    }

    [Fact]
    public async Task The_rest_of_a_key_point_or_type_is_accepted_after_a_question_and_spares_what_was_decided()
    {
        using var editor = await Editor.SignInAsync(app, "rest");
        var review = await editor.MakeAsync("rest");
        var ids = (await editor.QuestionsAsync("rest")).Select(question => question.Id).ToList();
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var cards = await Dapper.SqlMapper.QueryAsync<long>(connection, "select q.id from question q join source s on s.id = q.source_id where s.slug = 'rest' and q.type = 'flashcard' order by q.id");
        var expected = cards.ToList();
        Assert.True(expected.Count > 2);
        using var rejected = await editor.DecideAsync(review, expected[0], "reject");
        var ask = $"{review}/rest?type=flashcard";
        Assert.Contains($"简答还有 {expected.Count - 1} 题没定", WebUtility.HtmlDecode(await editor.Browser.ReadAsync(ask)), StringComparison.Ordinal);
        Assert.DoesNotContain(await editor.QuestionsAsync("rest"), question => question.Status == "published");
        using var accepted = await editor.Browser.SubmitAsync(ask, $"{review}/rest");
        Assert.Equal($"{review}?rest={expected.Count - 1}", accepted.Headers.Location?.ToString());
        Assert.Equal(expected.Skip(1), (await editor.QuestionsAsync("rest")).Where(question => question.Status == "published").Select(question => question.Id));
        foreach (var query in (string[])["", "?type=essay", "?keyPoint=1&type=cloze", "?keyPoint=x"])
        {
            using var none = await editor.Browser.GetAsync($"{review}/rest{query}");
            Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        }
    }

    [Fact]
    public async Task The_report_stays_with_the_bank_and_details_are_mended_unless_someone_was_faster()
    {
        using var editor = await Editor.SignInAsync(app, "reporter");
        await editor.MakeAsync("reported");
        const string report = "/banks/reported/report";
        var page = WebUtility.HtmlDecode(await editor.Browser.ReadAsync(report));
        foreach (var words in (string[])["把好食材关", "写出", "没有过关的", "reporter 于", "标题、来源、时间行"]) Assert.Contains(words, page, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await editor.Browser.ReadAsync(report + ".json"));
        Assert.True(json.RootElement.GetProperty("types").GetArrayLength() == 7);

        (string, string)[] stale = [.. await editor.Browser.FillInAsync(report, report, ("title", "后来的"), ("publisher", ""), ("published", ""))];
        using var saved = await editor.Browser.SubmitAsync(report, report, ("title", "改过的标题"), ("publisher", ""), ("published", ""));
        Assert.Equal($"{report}?saved=1", saved.Headers.Location?.ToString());
        Assert.Contains("改过的标题", WebUtility.HtmlDecode(await editor.Browser.ReadAsync(report)), StringComparison.Ordinal);
        using var refused = await editor.Browser.PostFormAsync(report, stale);
        Assert.Contains("刚才有人改过这几项", await refused.TextAsync(), StringComparison.Ordinal);
        using var empty = await editor.Browser.SubmitAsync(report, report, ("title", ""), ("publisher", ""), ("published", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.StatusCode);
    }

    [Fact]
    public async Task Numbers_in_an_address_that_mean_nothing_show_nothing()
    {
        using var editor = await Editor.SignInAsync(app, "odd-address");
        var review = await editor.MakeAsync("odd-address");
        foreach (var q in (string[])["abc", "99999999999999999999", "-1"])
        {
            using var lost = await editor.Browser.GetAsync($"{review}?q={q}");
            Assert.Equal(HttpStatusCode.NotFound, lost.StatusCode);
        }

        Assert.DoesNotContain("收下了 99999", WebUtility.HtmlDecode(await editor.Browser.ReadAsync(review + "?rest=99999")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/banks/nowhere/review")]
    [InlineData("/banks/nowhere/report")]
    [InlineData("/banks/nowhere/report.json")]
    [InlineData("/banks/found/review?q=99999999")]
    [InlineData("/banks/found/review/99999999", HttpStatusCode.Found)]
    public async Task What_is_not_there_is_not_found(string path, HttpStatusCode status = HttpStatusCode.NotFound)
    {
        using var editor = await Editor.SignInAsync(app, $"lost-{Guid.NewGuid():N}"[..16]);
        using var answer = await editor.Browser.GetAsync(path);
        Assert.Equal(status, answer.StatusCode);
    }
}
