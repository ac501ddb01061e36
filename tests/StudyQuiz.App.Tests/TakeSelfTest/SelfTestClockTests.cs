using System.Net;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>The deadline is the server's, and what comes after it is kept and not scored.</summary>
[Collection<OneAppForSelfTests>]
public sealed class SelfTestClockTests(TestApp app)
{
    [Fact]
    public async Task Answers_count_until_the_grace_after_the_deadline_and_the_server_closes_by_itself()
    {
        using var attempt = await Attempting.StartAsync(app);
        var statement = await attempt.AskedAsync<TrueFalse>();
        var cloze = await attempt.AskedAsync<Cloze>();

        app.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1.9));
        Assert.Equal(HttpStatusCode.OK, (await attempt.SaveAsync(statement.Position, Attempting.Right(statement))).Status);
        app.Time.Advance(TimeSpan.FromSeconds(0.2));
        var (status, body) = await attempt.SaveAsync(cloze.Position, Attempting.Right(cloze), 2);
        Assert.Equal((HttpStatusCode.Conflict, "afterDeadline"), (status, body.GetProperty("code").GetString()));

        using var shown = await attempt.Browser.GetAsync(attempt.Path);
        Assert.Equal($"{attempt.Path}/result", shown.Headers.Location?.ToString());
        var (submitted, deadline, credit) = await attempt.StandingAsync();
        Assert.Equal((deadline, 1m), (submitted, credit));
        Assert.Equal("afterDeadline", (await attempt.SaveAsync(cloze.Position, new Typed("第三次"), 3)).Body.GetProperty("code").GetString());
    }

    [Fact]
    public async Task What_was_queued_past_the_deadline_is_kept_and_shown_as_late_beside_what_counts()
    {
        using var attempt = await Attempting.StartAsync(app);
        var (statement, cloze) = (await attempt.AskedAsync<TrueFalse>(), await attempt.AskedAsync<Cloze>());
        var right = (Judged)Attempting.Right(statement);
        await attempt.SaveAsync(statement.Position, right, 1);
        app.Time.Advance(TimeSpan.FromMinutes(11));
        await app.Services.GetRequiredService<OverdueAttempts>().CloseAsync(TestContext.Current.CancellationToken);

        // The last thing said comes late, what is older comes after it, and what says the same as what counts is not late
        await attempt.SaveAsync(cloze.Position, new Typed("晚了一步"), 5);
        await attempt.SaveAsync(cloze.Position, new Typed("更早的"), 4);
        await attempt.SaveAsync(statement.Position, right, 6);
        var result = WebUtility.HtmlDecode(await attempt.Browser.ReadAsync($"{attempt.Path}/result?show=all"));
        Assert.Contains("1<small> / 6</small>", result, StringComparison.Ordinal);
        Assert.Contains("晚了一步", result, StringComparison.Ordinal);
        Assert.DoesNotContain("更早的", result, StringComparison.Ordinal);
        Assert.Single(result.Split("data-late").Skip(1));
        Assert.Equal(1m, (await attempt.StandingAsync()).Credit);
    }

    [Fact]
    public async Task The_server_closes_an_exam_that_nobody_looks_at_and_its_reviews_are_those_of_its_deadline()
    {
        using var attempt = await Attempting.StartAsync(app);
        var statement = await attempt.AskedAsync<TrueFalse>();
        await attempt.SaveAsync(statement.Position, Attempting.Right(statement));
        app.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        var closing = app.Services.GetRequiredService<OverdueAttempts>();
        await closing.CloseAsync(TestContext.Current.CancellationToken);
        Assert.Null((await attempt.StandingAsync()).Submitted);
        app.Time.Advance(TimeSpan.FromHours(1));
        await closing.CloseAsync(TestContext.Current.CancellationToken);
        var (submitted, deadline, credit) = await attempt.StandingAsync();
        Assert.Equal((deadline, 1m), (submitted, credit));
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal([deadline], await connection.QueryAsync<DateTime>("select r.reviewed_at from review r join attempt a on a.learner_id = r.learner_id where a.id = @Id", new { attempt.Id }));
    }

    [Fact]
    public async Task Fields_that_come_after_the_deadline_do_not_count()
    {
        using var attempt = await Attempting.StartAsync(app);
        var statement = await attempt.AskedAsync<TrueFalse>();
        var token = SelfTestPages.Token(await attempt.Browser.ReadAsync(attempt.Path));
        app.Time.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(3));
        using var late = await attempt.Browser.PostFormAsync(attempt.Submit, ("__RequestVerificationToken", token), ("take", "all"), ($"a{statement.Position}", "false"));
        Assert.Equal(HttpStatusCode.Redirect, late.StatusCode);
        Assert.Equal(0m, (await attempt.StandingAsync()).Credit);
        Assert.Contains("data-late", await attempt.Browser.ReadAsync($"{attempt.Path}/result"), StringComparison.Ordinal);

        // sent twice it is kept once, and a second hand-in in time keeps nothing
        using var again = await attempt.Browser.PostFormAsync(attempt.Submit, ("__RequestVerificationToken", token), ("take", "all"), ($"a{statement.Position}", "false"));
        Assert.Equal(HttpStatusCode.Redirect, again.StatusCode);
        using var inTime = await Attempting.StartAsync(app);
        var fields = (await inTime.Browser.FillInAsync(inTime.Path, inTime.Submit, ($"a{(await inTime.AskedAsync<TrueFalse>()).Position}", "false"))).ToArray();
        for (var i = 0; i < 2; i++)
        {
            using var handedIn = await inTime.Browser.PostFormAsync(inTime.Submit, fields);
            Assert.Equal(HttpStatusCode.Redirect, handedIn.StatusCode);
        }

        Assert.DoesNotContain("data-late", await inTime.Browser.ReadAsync($"{inTime.Path}/result?show=all"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_left_is_the_servers()
    {
        using var attempt = await Attempting.StartAsync(app);
        app.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Contains("data-remaining-ms=\"360000\"", await attempt.Browser.ReadAsync(attempt.Path), StringComparison.Ordinal);
        var told = JsonElement.Parse(await attempt.Browser.ReadAsync($"/api/attempts/{attempt.Id}"));
        Assert.Equal((false, 360_000), (told.GetProperty("submitted").GetBoolean(), told.GetProperty("remainingMs").GetInt32()));
    }
}
