using System.Net;
using System.Text.RegularExpressions;
using Dapper;
using StudyQuiz.App.Features.ShowProgress;
using StudyQuiz.App.Features.StudyCards;
using StudyQuiz.App.Tests.StudyCards;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain.Scheduling;

namespace StudyQuiz.App.Tests.ShowProgress;

/// <summary>What a learner's own days, time and self-tests come to on their page.</summary>
public sealed class ProgressTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_streak_goes_by_the_learners_own_days_and_over_one_that_was_missed()
    {
        using var learner = new CardLearner(app);
        var cards = (await learner.PackAsync()).Cards;
        using (await learner.SaveAsync(("zone", "Europe/Berlin"), ("rollover", "4"))) { }
        Assert.Contains("数据不足", await PageAsync(learner.Browser), StringComparison.Ordinal);
        var midnight = new DateTimeOffset(app.Time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);

        // At 3:30 in Berlin the evening's day is not over: two days in a row, though the dates leave one out
        await RateAsync(learner, cards[0].Version, midnight.AddDays(1).AddHours(12));
        await RateAsync(learner, cards[1].Version, midnight.AddDays(3).AddHours(2.5));
        var page = await PageAsync(learner.Browser);
        Assert.Contains("<b>2 <small>天</small></b>", page, StringComparison.Ordinal);
        Assert.Contains("连续学习，可漏 1 天", page, StringComparison.Ordinal);

        // A day is missed and told; what stands stays as it was stored when the learner moves to another zone
        await RateAsync(learner, cards[2].Version, midnight.AddDays(4).AddHours(12));
        var missed = DateOnly.FromDateTime(midnight.UtcDateTime).AddDays(3);
        foreach (var zone in (string[])["Europe/Berlin", "America/New_York", "Pacific/Auckland"])
        {
            using (await learner.SaveAsync(("zone", zone))) { }
            page = await PageAsync(learner.Browser);
            Assert.Contains("<b>3 <small>天</small></b>", page, StringComparison.Ordinal);
            Assert.Contains($"{missed:M/d} 没学，不算断", page, StringComparison.Ordinal);
            Assert.Contains($"{missed:yyyy年M月d日}：没学，不算断", page, StringComparison.Ordinal);
            Assert.DoesNotContain("可漏", page, StringComparison.Ordinal);
        }

        // Every day of the calendar says its value
        Assert.Contains($"{missed.AddDays(1):yyyy年M月d日}：1 次，不到 1 分", page, StringComparison.Ordinal);
        Assert.Contains("最近 14 周：学了 3 天，答了 3 次", page, StringComparison.Ordinal);

        app.Time.Advance(TimeSpan.FromDays(3));
        page = await PageAsync(learner.Browser);
        Assert.Contains("<b>0 <small>天</small></b>", page, StringComparison.Ordinal);
        Assert.Contains("哪天学，就从哪天算起", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_is_told_as_it_is_known_and_scores_lead_to_their_results()
    {
        using var exam = await Attempting.StartAsync(app, ("mode", "exam"));
        var asked = await exam.AskedAsync();
        foreach (var one in asked) await exam.SaveAsync(one.Position, Attempting.Right(one));
        app.Time.Advance(TimeSpan.FromMinutes(4));
        await exam.HandInAsync();

        // One minute, and no more than three for what took ten; nothing was answered in a third one, which runs
        using var started = await exam.Browser.SubmitAsync("/self-test", "/self-test", ("number", "all"), ("mode", "practice"));
        using var practice = new Attempting(app, exam.Browser, Attempting.IdOf(started));
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await practice.SaveAsync(1, Attempting.Right((await practice.AskedAsync())[0]));
        app.Time.Advance(TimeSpan.FromMinutes(10));
        await practice.SaveAsync(2, Attempting.Right((await practice.AskedAsync())[1]));
        await practice.HandInAsync();
        using var third = await exam.Browser.SubmitAsync("/self-test", "/self-test", ("number", "all"), ("minutes", "10"), ("mode", "exam"));
        var running = Attempting.IdOf(third);

        var page = await PageAsync(exam.Browser);
        Assert.Contains("最近七天 8 分，平均每周 <1 分", page, StringComparison.Ordinal);
        Assert.Contains("<td>0</td><td>8</td>", page, StringComparison.Ordinal);
        Assert.Contains("<b>0 <small>时</small> 8 <small>分</small></b>", page, StringComparison.Ordinal);
        Assert.Equal(
            [($"{exam.Path}/result", "限时", "100%"), ($"{practice.Path}/result", "练习", $"{100 * 2 / SelfTestBank.Count}%"), ($"/self-test/{running}", "限时", "进行中")], Scores(page));

        // Left alone it is closed by whoever looks, counts what was answered and takes no time
        app.Time.Advance(TimeSpan.FromMinutes(11));
        page = await PageAsync(exam.Browser);
        Assert.Equal(($"/self-test/{running}/result", "限时", "0%"), Scores(page)[^1]);
        Assert.Contains("最近七天 8 分", page, StringComparison.Ordinal);

        // Page by page to the first one, and nobody else's
        await using var connection = await app.Database.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            insert into attempt (id, learner_id, source_id, mode, seed, started_at)
            select gen_random_uuid(), learner_id, source_id, 'practice', 1, started_at - interval '1 day' from attempt, generate_series(1, 20) where id = @Id
            """,
            new { exam.Id });
        var first = Scores(await PageAsync(exam.Browser));
        var seen = new List<string>();
        for (var path = "/progress"; path is not null;)
        {
            page = await PageAsync(exam.Browser, path);
            seen.AddRange(Scores(page).Select(score => score.Link).Reverse());
            path = Regex.Match(page, "href=\"(?<path>/progress\\?before=[^#\"]+)", RegexOptions.None, TimeSpan.FromSeconds(1)) is { Success: true } earlier ? earlier.Groups["path"].Value : null;
        }

        Assert.Equal((AttemptHistory.PageSize, 23, 23), (first.Count, seen.Count, seen.Distinct().Count()));
        using var other = await Attempting.StartAsync(app);
        Assert.Equal(first, Scores(await PageAsync(exam.Browser, $"/progress?before={other.Id}")));
    }

    [Fact]
    public async Task What_came_back_is_counted_by_day_as_the_log_makes_it()
    {
        using var learner = new CardLearner(app);
        var cards = (await learner.PackAsync()).Cards;
        var start = app.Time.GetUtcNow();
        var wrong = Guid.NewGuid();
        foreach (var card in cards.Take(3)) await RateAsync(learner, card.Version, start);
        app.Time.Advance(TimeSpan.FromDays(20));
        await learner.RateAsync(learner.Review(cards[0].Version, Rating.Again, wrong), learner.Review(cards[1].Version, Rating.Again), learner.Review(cards[2].Version, Rating.Good));
        app.Time.Advance(TimeSpan.FromMinutes(20));
        await learner.RateAsync(learner.Review(cards[1].Version, Rating.Good), learner.Undo(cards[0].Version, wrong));
        app.Time.Advance(TimeSpan.FromDays(20));
        await learner.RateAsync(learner.Review(cards[0].Version, Rating.Good), learner.Review(cards[1].Version, Rating.Again), learner.Review(cards[2].Version, Rating.Good));

        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var log = await connection.QueryAsync<(long Question, Guid Id, DateTime At, DateTime Received, DateOnly Day, string Kind, short? Rating, Guid? Replaces)>(
            "select question_id, client_id, reviewed_at, received_at, day, kind, rating, replaces from review where learner_id = @Id", new { learner.Id });
        var (scheduler, fsrs) = (new Scheduler(SchedulingSettings.Default), SchedulingSettings.Default.Model());
        var made = log.GroupBy(row => row.Question).SelectMany(card => RecallHistory.Tests(
            card.Select(row => new LoggedReview(
                row.Id, new DateTimeOffset(row.At, TimeSpan.Zero), new DateTimeOffset(row.Received, TimeSpan.Zero), row.Day, Enum.Parse<ReviewKind>(row.Kind, ignoreCase: true), (Rating)(row.Rating ?? 0), row.Replaces)),
            scheduler, fsrs)).Select(test => (test.Day, test.IsRight)).Order();
        var kept = await connection.QueryAsync<(DateOnly Day, bool IsRight)>(
            """
            select day, true from card, unnest(recalled_days) as day where learner_id = @Id
            union all select day, false from card, unnest(forgotten_days) as day where learner_id = @Id
            """,
            new { learner.Id });
        Assert.Equal(made, kept.Order());

        // The undone miss is none; two of three were recalled on the last day, three of five on both
        var today = DateOnly.FromDateTime(app.Time.GetUtcNow().UtcDateTime.AddHours(8 - 4));
        var progress = await Progress.OfAsync(connection, new Today(learner.Id, Today.Nobody with { Id = learner.Id }, today, CardPace.Usual), today, withCurve: true);
        Assert.Equal((new Share(2, 3), new Share(3, 5), 5), (progress.Week, progress.Month, progress.Curve!.Answers));
    }

    private async Task RateAsync(CardLearner learner, long version, DateTimeOffset at)
    {
        app.Time.Advance(at - app.Time.GetUtcNow());
        await learner.RateAsync(learner.Review(version, Rating.Easy));
    }

    private static async Task<string> PageAsync(TestBrowser browser, string path = "/progress") => WebUtility.HtmlDecode(await browser.ReadAsync(path));

    private static IReadOnlyList<(string Link, string Mode, string Score)> Scores(string page) =>
    [
        .. Regex.Matches(page[page.IndexOf("<ol class=\"scores\">", StringComparison.Ordinal)..], """<a href="(?<link>[^"]+)">.*?<span class="mode">(?<mode>[^<]+)</span>.*?<b>(?<score>[^<]+)</b>""", RegexOptions.Singleline, TimeSpan.FromSeconds(1))
            .Select(match => (match.Groups["link"].Value, match.Groups["mode"].Value, match.Groups["score"].Value)),
    ];
}
