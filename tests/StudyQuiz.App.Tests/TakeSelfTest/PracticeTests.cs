using System.Net;
using Dapper;
using StudyQuiz.App.Tests.StudyCards;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>A practice: each answer is final and told at once; and what an attempt is made of.</summary>
public sealed class PracticeTests(TestApp app) : IClassFixture<TestApp>
{
    private static readonly (string Name, string Value) _practice = ("mode", "practice");

    [Fact]
    public async Task An_answer_is_told_at_once_and_nothing_before()
    {
        using var attempt = await Attempting.StartAsync(app, _practice);
        var page = await attempt.Browser.ReadAsync(attempt.Path);
        Assert.Contains("<sq-practice", page, StringComparison.Ordinal);
        Assert.DoesNotContain(TestBank.Secret, page, StringComparison.Ordinal);
        Assert.Null(await DeadlineAsync(attempt.Id));
        var single = await attempt.AskedAsync<SingleChoice>();
        Assert.Equal(HttpStatusCode.NotFound, (await attempt.Browser.GetAsync(Told(attempt, single.Position))).StatusCode);

        // Nor does the text show the sentence of a question that is still open
        var sentence = $"/sources/{SelfTestBank.Slug}?mark={single.Version}";
        Assert.DoesNotContain("<mark", await attempt.Browser.ReadAsync(sentence), StringComparison.Ordinal);

        var (status, receipt) = await attempt.SaveAsync(single.Position, Attempting.Right(single));
        Assert.Equal((HttpStatusCode.OK, true), (status, receipt.GetProperty("saved").GetBoolean()));
        var told = WebUtility.HtmlDecode(await attempt.Browser.ReadAsync(Told(attempt, single.Position)));
        Assert.Contains("data-verdict=\"Right\"", told, StringComparison.Ordinal);
        Assert.Contains("单乙", told, StringComparison.Ordinal);
        Assert.Contains(TestBank.Secret, told, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", told, StringComparison.Ordinal);
        Assert.Contains("<mark", await attempt.Browser.ReadAsync(sentence), StringComparison.Ordinal);

        // The page after a reload tells this one and no other
        page = WebUtility.HtmlDecode(await attempt.Browser.ReadAsync(attempt.Path));
        Assert.Equal(1, page.Split("data-verdict=").Length - 1);
        using var stranger = app.Browser();
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(Told(attempt, single.Position))).StatusCode);
    }

    [Fact]
    public async Task The_first_answer_counts_and_is_remembered_at_once_and_once()
    {
        using var attempt = await Attempting.StartAsync(app, _practice);
        var judged = await attempt.AskedAsync<TrueFalse>();
        var wrong = new Judged(!((Judged)Attempting.Right(judged)).Value);
        var id = Guid.NewGuid();
        for (var again = 0; again < 2; again++)
        {
            var (_, receipt) = await attempt.SaveAsync(judged.Position, wrong, clientId: id);
            Assert.True(receipt.GetProperty("saved").GetBoolean());
        }

        var (_, second) = await attempt.SaveAsync(judged.Position, Attempting.Right(judged), sequence: 9);
        Assert.False(second.GetProperty("saved").GetBoolean());
        Assert.Equal(HttpStatusCode.BadRequest, (await attempt.SaveAsync(judged.Position, null, sequence: 10)).Status);
        Assert.Contains("data-verdict=\"Wrong\"", await attempt.Browser.ReadAsync(Told(attempt, judged.Position)), StringComparison.Ordinal);
        Assert.Equal([("assessed", (short)1)], await ReviewsAsync(attempt.Id));

        // Ending it leaves the rest open, and nothing is written twice
        app.Time.Advance(TimeSpan.FromDays(3));
        var result = WebUtility.HtmlDecode(await attempt.HandInAsync());
        Assert.Contains("0<small> / 6</small>", result, StringComparison.Ordinal);
        Assert.DoesNotContain("用时", result, StringComparison.Ordinal);
        Assert.Equal([("assessed", (short)1)], await ReviewsAsync(attempt.Id));
        Assert.Equal(HttpStatusCode.Conflict, (await attempt.SaveAsync((await attempt.AskedAsync<SingleChoice>()).Position, new Chosen([0]))).Status);
    }

    [Fact]
    public async Task Without_script_each_question_is_a_form_and_the_page_tells_what_it_was_worth()
    {
        using var attempt = await Attempting.StartAsync(app, _practice);
        var cloze = await attempt.AskedAsync<Cloze>();
        using var answered = await attempt.Browser.SubmitAsync(attempt.Path, $"{attempt.Path}/answers/{cloze.Position}", ($"a{cloze.Position}", ((Cloze)cloze.Question).Accepted[1]));
        Assert.Equal($"{attempt.Path}#q{cloze.Position}", answered.Headers.Location?.ToString());
        var page = await attempt.Browser.ReadAsync(attempt.Path);
        Assert.Contains("data-verdict=\"Right\"", page, StringComparison.Ordinal);

        // an exam has no such form
        using var exam = await Attempting.StartAsync(app);
        using var refused = await exam.Browser.PostFormAsync($"{exam.Path}/answers/1", [.. await exam.Browser.FillInAsync(exam.Path, exam.Submit, ("a1", "0"))]);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
    }

    [Fact]
    public async Task In_order_goes_on_where_the_last_one_ended()
    {
        using var first = await Attempting.StartAsync(app, _practice, ("from", "order"), ("number", "4"));
        var one = await QuestionsAsync(first.Id);
        using var started = await first.Browser.SubmitAsync("/self-test", "/self-test", _practice, ("from", "order"), ("number", "4"), ("minutes", "10"));
        var two = await QuestionsAsync(Attempting.IdOf(started));
        Assert.Equal(4, one.Count);
        // the last three of seven, then the first again
        Assert.Equal(one[0], two[^1]);
        Assert.Empty(one.Intersect(two.Take(3)));
    }

    [Fact]
    public async Task What_was_missed_comes_before_what_was_never_seen_and_what_is_known_comes_last()
    {
        using var attempt = await Attempting.StartAsync(app);
        var asked = await attempt.AskedAsync();
        var (missed, known) = (asked.First(one => one.Question is TrueFalse), asked.First(one => one.Question is SingleChoice));
        await attempt.SaveAsync(missed.Position, new Judged(!((Judged)Attempting.Right(missed)).Value));
        await attempt.SaveAsync(known.Position, Attempting.Right(known));
        await attempt.HandInAsync();
        var (ofMissed, ofKnown) = (await QuestionOfAsync(missed.Version), await QuestionOfAsync(known.Version));
        // At once, when all of it has just been read, and on a later day
        foreach (var later in (int[])[0, 2])
        {
            app.Time.Advance(TimeSpan.FromDays(later));
            using var started = await attempt.Browser.SubmitAsync("/self-test", "/self-test", _practice, ("from", "weak"), ("number", "all"), ("minutes", "10"));
            var weak = await QuestionsAsync(Attempting.IdOf(started));
            Assert.Equal((ofMissed, ofKnown), (weak[0], weak[^1]));
        }
    }

    [Fact]
    public async Task Times_are_told_by_the_clock_of_whoever_looks()
    {
        using var browser = app.Browser();
        browser.Cookies.Add(new Cookie("zone", "America%2FNew_York", "/", browser.Address.Host));
        using var started = await browser.SubmitAsync("/self-test", "/self-test", _practice, ("number", "5"), ("minutes", "10"));
        var there = TimeZoneInfo.ConvertTime(app.Time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("America/New_York"));
        Assert.Contains($"练习 · {there:M月d日 HH:mm}", WebUtility.HtmlDecode(await browser.ReadAsync("/self-test")), StringComparison.Ordinal);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal("America/New_York", await connection.QuerySingleAsync<string>("select l.time_zone from learner l join attempt a on a.learner_id = l.id where a.id = @id", new { id = Attempting.IdOf(started) }));
    }

    [Fact]
    public async Task Favourites_are_practised_and_where_there_are_none_that_is_said()
    {
        using var learner = new CardLearner(app);
        var card = (await learner.PackAsync()).Cards.First(one => one.Face.Type == "cloze");
        using (var none = await learner.Browser.SubmitAsync("/self-test", "/self-test", _practice, ("from", "favourites"), ("number", "10"), ("minutes", "10")))
        {
            Assert.Equal(HttpStatusCode.BadRequest, none.StatusCode);
            Assert.Contains("还没有收藏的题", WebUtility.HtmlDecode(await none.Content.ReadAsStringAsync()), StringComparison.Ordinal);
        }

        await learner.SendAsync([], [new { id = Guid.NewGuid(), question = card.Question, at = app.Time.GetUtcNow(), favourite = true }]);
        using var started = await learner.Browser.SubmitAsync("/self-test", "/self-test", _practice, ("from", "favourites"), ("number", "10"), ("minutes", "10"));
        Assert.Equal([card.Question], await QuestionsAsync(Attempting.IdOf(started)));
    }

    [Fact]
    public async Task The_same_words_make_the_same_paper_for_everybody()
    {
        using var one = await Attempting.StartAsync(app, ("paper", " 三班 5 月 "), ("number", "4"));
        using var other = await Attempting.StartAsync(app, ("paper", "三班五月"), ("number", "4"), ("from", "weak"));
        using var another = await Attempting.StartAsync(app, ("paper", "四班"), ("number", "6"));
        Assert.Equal(
            (await one.AskedAsync()).Select(asked => (asked.Version, string.Join(' ', asked.Presentation.Order))),
            (await other.AskedAsync()).Select(asked => (asked.Version, string.Join(' ', asked.Presentation.Order))));
        Assert.NotEqual((await one.AskedAsync()).Select(asked => asked.Version), (await another.AskedAsync()).Take(4).Select(asked => asked.Version));
    }

    [Fact]
    public async Task A_day_has_its_five_once()
    {
        using var learner = new CardLearner(app);
        await learner.PackAsync();
        var first = await DailyAsync();
        Assert.Equal(5, (await QuestionsAsync(first)).Count);
        Assert.Equal(first, await DailyAsync());
        app.Time.Advance(TimeSpan.FromDays(1));
        Assert.NotEqual(first, await DailyAsync());

        async Task<Guid> DailyAsync()
        {
            using var started = await learner.Browser.SubmitAsync("/self-test", "/self-test", ("from", "daily"));
            Assert.Equal(HttpStatusCode.Redirect, started.StatusCode);
            return Attempting.IdOf(started);
        }
    }

    [Fact]
    public async Task Named_questions_and_key_points_are_asked_and_nothing_else()
    {
        using var learner = new CardLearner(app);
        var cards = (await learner.PackAsync()).Cards;
        var named = cards.Where(card => card.Face.Type is "ordering" or "cloze").Select(card => card.Question).Reverse().ToList();
        using var started = await learner.Browser.SubmitAsync(
            "/self-test", "/self-test", [_practice, ("number", "10"), ("minutes", "10"), .. named.Select(id => ("question", $"{id}")), ("question", "999999"), ("question", "x")]);
        Assert.Equal(named, await QuestionsAsync(Attempting.IdOf(started)));

        await using var connection = await app.Database.OpenConnectionAsync();
        var point = await connection.QuerySingleAsync<long>("select id from key_point where heading = '小要点一'");
        using var ofPoint = await Attempting.StartAsync(app, _practice, ("point", $"{point}"));
        var asked = await QuestionsAsync(ofPoint.Id);
        Assert.Equal(3, asked.Count);
        Assert.Equal([point], await connection.QueryAsync<long>("select distinct key_point_id from question where id = any(@ids)", new { ids = asked.ToArray() }));
    }

    private static string Told(Attempting attempt, int position) => $"{attempt.Path}/told/{position}";

    private async Task<DateTime?> DeadlineAsync(Guid attempt)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<DateTime?>("select deadline from attempt where id = @attempt", new { attempt });
    }

    private async Task<IReadOnlyList<(string Kind, short Rating)>> ReviewsAsync(Guid attempt)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<(string, short)>("select r.kind, r.rating from review r join attempt a on a.learner_id = r.learner_id where a.id = @attempt", new { attempt })).AsList();
    }

    private async Task<IReadOnlyList<long>> QuestionsAsync(Guid attempt)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<long>(
            "select v.question_id from attempt_question q join question_version v on v.id = q.question_version_id where q.attempt_id = @attempt order by q.position", new { attempt })).AsList();
    }

    private async Task<long> QuestionOfAsync(long version)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<long>("select question_id from question_version where id = @version", new { version });
    }
}
