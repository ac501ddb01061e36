using System.Net;
using Dapper;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>Going through questions with their answers shown.</summary>
public sealed class ReadingTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Answers_reasons_and_sentences_are_shown_nothing_is_graded_and_the_place_is_kept()
    {
        using var reading = await Attempting.StartAsync(app, ("mode", "read"), ("from", "order"));
        var page = WebUtility.HtmlDecode(await reading.Browser.ReadAsync(reading.Path));
        Assert.Contains("<sq-reading data-place=\"1\"", page, StringComparison.Ordinal);
        // the flashcard among them
        Assert.Equal(SelfTestBank.Count + 1, page.Split("data-position=").Length - 1);
        Assert.Contains("卡片正面", page, StringComparison.Ordinal);
        Assert.Contains($"这里<mark>{TestBank.Secret}在此句中</mark>", page, StringComparison.Ordinal);

        using var kept = await reading.Browser.SubmitAsync(reading.Path, $"{reading.Path}/place", ("position", "4"));
        Assert.Equal($"{reading.Path}#q4", kept.Headers.Location?.ToString());
        Assert.Contains("data-place=\"4\"", await reading.Browser.ReadAsync(reading.Path), StringComparison.Ordinal);
        Assert.Contains("第 4 题，共 7 题", await reading.Browser.ReadAsync("/self-test"), StringComparison.Ordinal);

        // It is no test: neither listed nor graded, and what it shows may be looked up in the text
        Assert.DoesNotContain($"{reading.Path}/result", await reading.Browser.ReadAsync("/self-test"), StringComparison.Ordinal);
        using var result = await reading.Browser.GetAsync($"{reading.Path}/result");
        Assert.Equal(reading.Path, result.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await reading.SaveAsync(1, new Judged(true))).Status);
        using var handedIn = await reading.Browser.PostFormAsync(reading.Submit, [.. await reading.Browser.FillInAsync(reading.Path, $"{reading.Path}/place")]);
        Assert.Equal(HttpStatusCode.NotFound, handedIn.StatusCode);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await connection.QuerySingleAsync<int>("select count(*)::int from review r join attempt a on a.learner_id = r.learner_id where a.id = @Id", new { reading.Id }));
        var version = await connection.QueryFirstAsync<long>("select question_version_id from attempt_question where attempt_id = @Id", new { reading.Id });
        Assert.Contains("<mark", await reading.Browser.ReadAsync($"/sources/{SelfTestBank.Slug}?mark={version}"), StringComparison.Ordinal);

        // Once it is at its end nothing is to be gone on with
        using var over = await reading.Browser.SubmitAsync(reading.Path, $"{reading.Path}/place", ("position", "7"), ("over", "1"));
        Assert.Equal("/self-test", over.Headers.Location?.ToString());
        Assert.DoesNotContain("第 7 题，共 7 题", await reading.Browser.ReadAsync("/self-test"), StringComparison.Ordinal);
        using var stranger = app.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(reading.Path)).StatusCode);
    }

    [Fact]
    public async Task What_a_running_exam_asks_is_not_told_beside_it()
    {
        using var exam = await Attempting.StartAsync(app, ("type", "single_choice"));
        using var started = await exam.Browser.SubmitAsync("/self-test", "/self-test", ("mode", "read"), ("number", "all"), ("minutes", "10"));
        var reading = $"/self-test/{Attempting.IdOf(started)}";
        var page = WebUtility.HtmlDecode(await exam.Browser.ReadAsync(reading));
        Assert.Single(page.Split("交卷后再看答案").Skip(1));
        Assert.DoesNotContain("单乙", page, StringComparison.Ordinal);
        await exam.HandInAsync();
        Assert.Contains("单乙", WebUtility.HtmlDecode(await exam.Browser.ReadAsync(reading)), StringComparison.Ordinal);
    }
}
