using System.Net;
using Dapper;
using StudyQuiz.App.Features.ReadReports;
using StudyQuiz.App.Features.TakeAssignment;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.KeepQuizzes;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.TakeAssignment;

public sealed class AssignmentTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Whoever_has_the_link_takes_it_once_by_name_and_sees_answers_after_the_window()
    {
        using var host = await QuizHost.ComeAsync(app, "assigns");
        var (id, link) = await AssignAsync(host, ("until", Local(TimeSpan.FromHours(2))), ("pass", "3"));
        using var browser = app.Browser();
        var page = WebUtility.HtmlDecode(await browser.ReadAsync(link));
        Assert.Contains("还有 1 次，共 1 次", page, StringComparison.Ordinal);
        using var nameless = await browser.SubmitAsync(link, link, ("name", "王小明"), ("unit", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nameless.StatusCode);
        foreach (var (name, unit) in ((string, string)[])[("习近平", "规划处"), ("王小明", "混蛋处"), ("王\u202e小明", "规划处")])
        {
            using var unfit = await browser.SubmitAsync(link, link, ("name", name), ("unit", unit));
            Assert.Equal(HttpStatusCode.UnprocessableEntity, unfit.StatusCode);
        }


        using var run = await BeginAsync(browser, link, "王小明", "规划处");
        using var again = await browser.PostFormAsync(link, [.. await TokenAsync(browser), ("id", Guid.NewGuid().ToString()), ("name", "王小明"), ("unit", "规划处")]);
        Assert.Equal($"/self-test/{run.Id}", again.Headers.Location!.ToString());
        foreach (var asked in await run.AskedAsync()) await run.SaveAsync(asked.Position, Attempting.Right(asked));
        var result = WebUtility.HtmlDecode(await run.HandInAsync());
        Assert.Contains("答案和解析", result, StringComparison.Ordinal);
        Assert.Contains("data-passed=\"true\"", result, StringComparison.Ordinal);
        Assert.DoesNotContain(TestBank.Secret, result, StringComparison.Ordinal);
        using var printed = await browser.GetAsync($"{run.Path}/result/print");
        Assert.Equal(HttpStatusCode.Redirect, printed.StatusCode);

        page = WebUtility.HtmlDecode(await browser.ReadAsync(link));
        Assert.Contains("次数已用完", page, StringComparison.Ordinal);
        Assert.Contains("王小明", page, StringComparison.Ordinal);
        Assert.Contains("你是第 1 名", page, StringComparison.Ordinal);
        using var none = await browser.PostFormAsync(link, [.. await TokenAsync(browser), ("id", Guid.NewGuid().ToString()), ("name", "王小明"), ("unit", "规划处")]);
        Assert.Equal(HttpStatusCode.OK, none.StatusCode);
        Assert.Contains("规划处", WebUtility.HtmlDecode(await browser.ReadAsync($"{run.Path}/certificate")), StringComparison.Ordinal);

        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var assignment = (await Assignment.OfHostAsync(connection, id, await app.AccountIdAsync("assigns")))!;
        var report = await AssignmentReport.BuildAsync(connection, assignment);
        Assert.Equal(("王小明", "规划处", report.Full, 1), (report.People[0].Name, report.People[0].Unit, report.People[0].Score, report.People[0].Rank));
        Assert.All(report.Questions, question => Assert.Equal(1, question.Of(Outcome.Right)));

        // Its host ends it: that is the end of the window, and answers show
        using var closed = await host.Browser.SubmitAsync(Assignment.PathOf(id), Assignment.PathOf(id) + "/close");
        Assert.Contains(TestBank.Secret, await browser.ReadAsync($"{run.Path}/result?show=all"), StringComparison.Ordinal);
        Assert.Contains("已经结束", WebUtility.HtmlDecode(await browser.ReadAsync(link)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_attempt_that_counts_is_the_one_the_rules_say_and_the_report_is_the_hosts_alone()
    {
        using var host = await QuizHost.ComeAsync(app, "counts");
        var (id, link) = await AssignAsync(host, ("answers", "AtSubmission"), ("attempts", "2"), ("counts", "Last"), ("names", "Nickname"));
        using var browser = app.Browser();
        var first = await BeginAsync(browser, link, "小明", null);
        foreach (var asked in await first.AskedAsync()) await first.SaveAsync(asked.Position, Attempting.Right(asked));
        await first.HandInAsync();
        Assert.Contains(TestBank.Secret, await browser.ReadAsync($"{first.Path}/result?show=all"), StringComparison.Ordinal);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await (await BeginAsync(browser, link, "小明", null)).HandInAsync();
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var report = await AssignmentReport.BuildAsync(connection, (await Assignment.OfHostAsync(connection, id, await app.AccountIdAsync("counts")))!);
        Assert.Equal(0m, Assert.Single(report.People).Score);
        Assert.Contains("计入", WebUtility.HtmlDecode(await browser.ReadAsync(link)), StringComparison.Ordinal);
        Assert.Contains("小明", WebUtility.HtmlDecode(await host.Browser.ReadAsync(AssignmentReport.PathOf(id) + "?view=people")), StringComparison.Ordinal);

        using var other = await QuizHost.ComeAsync(app, "counts-others");
        foreach (var path in new[] { Assignment.PathOf(id), AssignmentReport.PathOf(id), AssignmentReport.PathOf(id) + ".csv", Assignment.PathOf(id) + "/link.svg" })
        {
            using var own = await host.Browser.GetAsync(path);
            using var foreign = await other.Browser.GetAsync(path);
            Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotFound), (own.StatusCode, foreign.StatusCode));
        }
    }

    [Fact]
    public async Task Somebody_whose_device_broke_begins_again_and_only_what_was_not_left_out_counts()
    {
        using var host = await QuizHost.ComeAsync(app, "second-chance");
        var (id, link) = await AssignAsync(host, ("attempts", "1"), ("names", "Nickname"), ("answers", "AtSubmission"), ("pass", "1"));
        using var browser = app.Browser();
        var broken = await BeginAsync(browser, link, "白露", null);
        var begun = (await broken.AskedAsync())[0];
        await broken.SaveAsync(begun.Position, Attempting.Right(begun));
        var path = Assignment.PathOf(id);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var account = await app.AccountIdAsync("second-chance");
        async Task<Report> ReportAsync() => await AssignmentReport.BuildAsync(connection, (await Assignment.OfHostAsync(connection, id, account))!);

        using var stranger = await QuizHost.ComeAsync(app, "no-chance");
        var token = (await stranger.Browser.FillInAsync("/account", "/sign-out"))[0];
        using (var denied = await stranger.Browser.PostFormAsync($"{path}/attempts/{broken.Id}", token, ("do", "leave-out"))) Assert.Equal(HttpStatusCode.NotFound, denied.StatusCode);
        using (await host.Browser.SubmitAsync(path, $"{path}/attempts/{broken.Id}", ("do", "leave-out"))) { }
        using (await host.Browser.SubmitAsync(path, $"{path}/attempts/{broken.Id}", ("do", "leave-out"))) { }
        Assert.Contains("不计入", WebUtility.HtmlDecode(await host.Browser.ReadAsync(path)), StringComparison.Ordinal);
        Assert.Empty((await ReportAsync()).People);
        Assert.NotNull((await broken.StandingAsync()).Submitted);
        var told = WebUtility.HtmlDecode(await browser.ReadAsync($"{broken.Path}/result"));
        Assert.Contains("布置的人让你重新作答", told, StringComparison.Ordinal);
        Assert.DoesNotContain("/certificate", told, StringComparison.Ordinal);
        using (var none = await browser.GetAsync($"{broken.Path}/certificate")) Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);

        // As often as the paper says, and no oftener; what was begun once is not begun again by going back
        Assert.Contains("还有 1 次，共 1 次", WebUtility.HtmlDecode(await browser.ReadAsync(link)), StringComparison.Ordinal);
        using (var back = await browser.PostFormAsync(link, [.. await TokenAsync(browser), ("id", broken.Id.ToString()), ("name", "白露")])) Assert.Equal(broken.Path, back.Headers.Location?.ToString());
        app.Time.Advance(TimeSpan.FromMinutes(1));
        var again = await BeginAsync(browser, link, "白露", null);
        Assert.NotEqual(broken.Id, again.Id);
        foreach (var asked in await again.AskedAsync()) await again.SaveAsync(asked.Position, Attempting.Right(asked));
        await again.HandInAsync();
        Assert.Contains("次数已用完", WebUtility.HtmlDecode(await browser.ReadAsync(link)), StringComparison.Ordinal);
        var report = await ReportAsync();
        Assert.Equal(("白露", report.Full), (Assert.Single(report.People).Name, report.People[0].Score));

        // Taken back: the better of the two counts, as the rules say
        using (await host.Browser.SubmitAsync(path, $"{path}/attempts/{again.Id}", ("do", "leave-out"))) { }
        using (await host.Browser.SubmitAsync(path, $"{path}/attempts/{broken.Id}", ("do", "count"))) { }
        Assert.Equal(1m, Assert.Single((await ReportAsync()).People).Score);
        Assert.Equal(
            ["attempt.left_out", "attempt.left_out", "attempt.counted"],
            await connection.QueryAsync<string>("select act from audit where actor = @account and act like 'attempt.%' order by id", new { account }));
        using var admin = await app.SignedInAsync("sees-chances", Roles.Admin);
        Assert.Contains("让人重新作答", WebUtility.HtmlDecode(await admin.ReadAsync("/audit?what=games")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Partial_credit_is_given_or_not_as_the_paper_says()
    {
        using var host = await QuizHost.ComeAsync(app, "partial");
        var (_, link) = await AssignAsync(host, ("answers", "AtSubmission"), ("partial", "none"), ("names", "Nickname"));
        using var browser = app.Browser();
        using var run = await BeginAsync(browser, link, "半对", null);
        var several = await run.AskedAsync<MultipleChoice>();
        var right = ((Chosen)Attempting.Right(several)).Options;
        Assert.Contains("少选、错选不得分", WebUtility.HtmlDecode(await browser.ReadAsync(run.Path)), StringComparison.Ordinal);
        await run.SaveAsync(several.Position, new Chosen([right[0]]));
        await run.HandInAsync();
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            (0m, (int)Outcome.Partial),
            await connection.QuerySingleAsync<(decimal, int)>("select credit, outcome from attempt_question where attempt_id = @Id and position = @Position", new { run.Id, several.Position }));
    }

    [Fact]
    public async Task An_assignment_opens_and_ends_on_time_and_stays_what_it_was()
    {
        using var host = await QuizHost.ComeAsync(app, "windows");
        var (id, link) = await AssignAsync(host, ("from", Local(TimeSpan.FromHours(1))), ("until", Local(TimeSpan.FromHours(2))), ("minutes", "60"), ("answers", "AtSubmission"), ("names", "Nickname"));
        using var browser = app.Browser();
        Assert.Contains("还没有开始", WebUtility.HtmlDecode(await browser.ReadAsync(link)), StringComparison.Ordinal);
        app.Time.Advance(TimeSpan.FromMinutes(100));

        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var quiz = await connection.QuerySingleAsync<Guid>("select quiz_id from assignment where id = @id", new { id });
        using var changed = await host.SaveAsync(quiz, ("number1", "1"), ("from", ""), ("until", ""));
        using var run = await BeginAsync(browser, link, "准时", null);
        Assert.Equal(SelfTestBank.Count, (await run.AskedAsync()).Count);
        // Less time than the paper has: the window ends first
        Assert.InRange((await run.StandingAsync()).Deadline - app.Time.GetUtcNow().UtcDateTime, TimeSpan.FromMinutes(19), TimeSpan.FromMinutes(20));
        app.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Contains("已经结束", WebUtility.HtmlDecode(await browser.ReadAsync(link)), StringComparison.Ordinal);
        Assert.NotNull((await run.StandingAsync()).Submitted);
    }

    [Fact]
    public async Task An_own_question_is_asked_and_is_nobodys_flashcard()
    {
        using var host = await QuizHost.ComeAsync(app, "own-asked");
        var quiz = await host.MakeAsync("自编卷", "empty");
        await host.WriteOwnAsync(quiz, 1, "只有我们知道？");
        var link = await PublishAsync(host, quiz, ("answers", "AtSubmission"), ("names", "Nickname"));
        using var browser = app.Browser();
        using var run = await BeginAsync(browser, link.Link, "自己人", null);
        var asked = Assert.Single(await run.AskedAsync());
        await run.SaveAsync(asked.Position, Attempting.Right(asked));
        await run.HandInAsync();
        Assert.Contains("只有我们知道？", WebUtility.HtmlDecode(await browser.ReadAsync($"{run.Path}/result?show=all")), StringComparison.Ordinal);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await connection.QuerySingleAsync<int>("select count(*)::int from review r join attempt a on a.learner_id = r.learner_id where a.id = @Id", new { run.Id }));
    }

    [Fact]
    public async Task What_could_never_be_taken_or_told_is_not_assigned()
    {
        using var host = await QuizHost.ComeAsync(app, "refuses");
        var quiz = await host.MakeAsync("空的", "empty");
        using var empty = await host.Browser.SubmitAsync($"/quizzes/{quiz}", $"/quizzes/{quiz}/assign");
        Assert.Contains("notice=nothing", empty.Headers.Location!.ToString(), StringComparison.Ordinal);
        var endless = await host.MakeAsync("没有结束", "quiz");
        using var noEnd = await host.Browser.SubmitAsync($"/quizzes/{endless}", $"/quizzes/{endless}/assign");
        Assert.Contains("notice=noend", noEnd.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("没有结束时间", WebUtility.HtmlDecode(await host.Browser.ReadAsync(noEnd.Headers.Location.ToString())), StringComparison.Ordinal);
        using var anyone = app.Browser();
        using var unknown = await anyone.GetAsync("/a/nobody-made-this");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("/a/…", RequestLog.Redact("/a/secret"));
    }

    private async Task<(Guid Id, string Link)> AssignAsync(QuizHost host, params (string Name, string Value)[] rules) =>
        await PublishAsync(host, await host.MakeAsync("布置的卷", "quiz"), [("number1", $"{SelfTestBank.Count}"), .. rules]);

    private async Task<(Guid Id, string Link)> PublishAsync(QuizHost host, Guid quiz, params (string Name, string Value)[] rules)
    {
        using var saved = await host.SaveAsync(quiz, rules);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        using var assigned = await host.Browser.SubmitAsync($"/quizzes/{quiz}", $"/quizzes/{quiz}/assign");
        Assert.StartsWith("/assignments/", assigned.Headers.Location!.ToString(), StringComparison.Ordinal);
        var id = Guid.Parse(assigned.Headers.Location.ToString().Split('/')[^1]);
        await using var connection = await app.Database.OpenConnectionAsync();
        return (id, "/a/" + await connection.QuerySingleAsync<string>("select link_secret from assignment where id = @id", new { id }));
    }

    private async Task<Attempting> BeginAsync(TestBrowser browser, string link, string name, string? unit)
    {
        using var begun = await browser.SubmitAsync(link, link, [("name", name), .. unit is null ? Array.Empty<(string, string)>() : [("unit", unit)]]);
        Assert.Equal(HttpStatusCode.Redirect, begun.StatusCode);
        return new Attempting(app, browser, Attempting.IdOf(begun));
    }

    private static async Task<IEnumerable<(string, string)>> TokenAsync(TestBrowser browser) =>
        (await browser.FillInAsync("/self-test", "/self-test")).Where(field => field.Name.StartsWith("__", StringComparison.Ordinal));

    // As the host's clock on the wall has it
    private string Local(TimeSpan ahead) => LearnerDay.Of((app.Time.GetUtcNow() + ahead).UtcDateTime).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
