using System.Net;
using Dapper;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>Flashcard questions in a practice: remembered, then judged by their learner beside the back.</summary>
public sealed class SelfCheckTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly (string Name, string Value)[] _cards = [("mode", "practice"), ("type", "flashcard")];

    [Theory]
    [InlineData(true, 3, "自评：会")]
    [InlineData(false, 1, "自评：不会")]
    public async Task The_back_is_shown_once_something_was_remembered_and_the_learners_word_is_the_review(bool knew, int rating, string says)
    {
        using var attempt = await Attempting.StartAsync(app, _cards);
        var card = Assert.Single(await attempt.AskedAsync());
        Assert.DoesNotContain(TestBank.Secret, await attempt.Browser.ReadAsync(attempt.Path), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await attempt.Browser.GetAsync(Told(attempt))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await attempt.SaveAsync(1, new SelfRated("", [], true))).Status);

        Assert.True((await attempt.SaveAsync(1, new Recalled("我记得的"))).Body.GetProperty("saved").GetBoolean());
        var days = "";
        foreach (var path in new[] { Told(attempt), attempt.Path })
        {
            var shown = WebUtility.HtmlDecode(await attempt.Browser.ReadAsync(path));
            Assert.Contains("我记得的", shown, StringComparison.Ordinal);
            Assert.Contains(((Flashcard)card.Question).Back, shown, StringComparison.Ordinal);
            Assert.DoesNotContain("data-verdict", shown, StringComparison.Ordinal);
            days = shown.Split(" 天后再见")[0].Split('>')[^1];
        }

        // What was remembered stays as it was, whoever says otherwise
        Assert.False((await attempt.SaveAsync(1, new Recalled("后来想起的"), 2)).Body.GetProperty("saved").GetBoolean());
        Assert.Empty(await RatingsAsync(attempt));
        Assert.True((await attempt.SaveAsync(1, new SelfRated("偷改的", [0], knew), 3)).Body.GetProperty("saved").GetBoolean());
        Assert.False((await attempt.SaveAsync(1, new SelfRated("", [0], !knew), 4)).Body.GetProperty("saved").GetBoolean());
        Assert.Equal([(short)rating], await RatingsAsync(attempt));
        // It comes back when the button said
        await using (var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken))
            Assert.Equal(knew ? days : "1", await connection.QuerySingleAsync<string>("select (c.due_day - c.last_day)::text from card c join attempt a using (learner_id) where a.id = @Id", new { attempt.Id }));
        Assert.Contains(says, WebUtility.HtmlDecode(await attempt.Browser.ReadAsync(Told(attempt))), StringComparison.Ordinal);

        await attempt.HandInAsync();
        var result = WebUtility.HtmlDecode(await attempt.Browser.ReadAsync($"{attempt.Path}/result?show=all"));
        foreach (var expected in new[] { says, "我记得的", "说到了" }) Assert.Contains(expected, result, StringComparison.Ordinal);
        Assert.DoesNotContain("偷改的", result, StringComparison.Ordinal);
        Assert.Equal([(short)rating], await RatingsAsync(attempt));
    }

    [Fact]
    public async Task Without_script_two_forms_do_it_and_what_is_not_judged_is_not_answered()
    {
        using var attempt = await Attempting.StartAsync(app, _cards);
        var path = $"{attempt.Path}/answers/1";
        using (var remembered = await attempt.Browser.SubmitAsync(attempt.Path, path, ("a1", ""))) Assert.Equal(HttpStatusCode.Redirect, remembered.StatusCode);
        Assert.Contains("data-selfcheck", await attempt.Browser.ReadAsync(attempt.Path), StringComparison.Ordinal);
        using var other = await Attempting.StartAsync(app, _cards);
        using (var seen = await other.Browser.SubmitAsync(other.Path, $"{other.Path}/answers/1", ("a1", "x"))) Assert.Equal(HttpStatusCode.Redirect, seen.StatusCode);
        Assert.Contains("没有自评", WebUtility.HtmlDecode(await other.HandInAsync()) + WebUtility.HtmlDecode(await other.Browser.ReadAsync($"{other.Path}/result?show=all")), StringComparison.Ordinal);
        Assert.Empty(await RatingsAsync(other));

        using (var judged = await attempt.Browser.SubmitAsync(attempt.Path, path, (AnswerFields.Said(1), "0"), (AnswerFields.Knew(1), "true"))) Assert.Equal(HttpStatusCode.Redirect, judged.StatusCode);
        Assert.Contains("data-verdict=\"Right\"", await attempt.Browser.ReadAsync(attempt.Path), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exam")]
    [InlineData("challenge")]
    public async Task Where_points_are_earned_against_a_clock_they_are_left_out_and_that_is_said(string mode)
    {
        await SelfTestBank.SeedAsync(app.Database);
        using var browser = app.Browser();
        using var refused = await browser.SubmitAsync("/self-test", "/self-test", ("mode", mode), ("type", "flashcard"), ("number", "10"), ("minutes", "10"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("简答由自己评判", WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        using var mixed = await Attempting.StartAsync(app, ("mode", mode), ("type", "flashcard"), ("type", "cloze"));
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            ["cloze"],
            await connection.QueryAsync<string>(
                "select q.type from attempt_question aq join question_version v on v.id = aq.question_version_id join question q on q.id = v.question_id where aq.attempt_id = @Id", new { mixed.Id }));
    }

    private static string Told(Attempting attempt) => $"{attempt.Path}/told/1";

    private async Task<IEnumerable<short>> RatingsAsync(Attempting attempt)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.QueryAsync<short>("select r.rating from review r join attempt a on a.learner_id = r.learner_id where a.id = @Id", new { attempt.Id });
    }
}
