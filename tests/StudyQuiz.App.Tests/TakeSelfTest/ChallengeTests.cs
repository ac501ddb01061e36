using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.TakeSelfTest;

/// <summary>A challenge: until the first miss, a question at a time, by the server's clock alone.</summary>
public sealed class ChallengeTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Questions_are_shown_one_by_one_and_the_first_miss_ends_the_run()
    {
        using var run = await Attempting.StartAsync(app, ("mode", "challenge"));
        var ready = await run.Browser.ReadAsync(run.Path);
        Assert.DoesNotContain("题干", ready, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await run.SaveAsync(1, new Judged(true))).Status);

        for (var position = 1; position <= 2; position++)
        {
            await OpenAsync(run, position);
            var page = await run.Browser.ReadAsync(run.Path);
            Assert.Contains("data-remaining-ms=\"20000\"", page, StringComparison.Ordinal);
            Assert.DoesNotContain(TestBank.Secret, page, StringComparison.Ordinal);
            Assert.Single(page.Split("题干").Skip(1)); // of those told before nothing is left, of those to come nothing is there
            var asked = (await run.AskedAsync())[^1];
            // what comes next can be neither opened nor answered
            await OpenAsync(run, position + 1);
            Assert.Equal(HttpStatusCode.NotFound, (await run.SaveAsync(position + 1, new Judged(true))).Status);
            Assert.True((await run.SaveAsync(position, Attempting.Right(asked))).Body.GetProperty("saved").GetBoolean());
            page = WebUtility.HtmlDecode(await run.Browser.ReadAsync(run.Path));
            Assert.Contains("data-verdict=\"Right\"", page, StringComparison.Ordinal);
            Assert.Contains($"连对 {position}", page, StringComparison.Ordinal);
            Assert.DoesNotContain("data-remaining-ms", page, StringComparison.Ordinal);
        }

        // Reading why takes no time
        app.Time.Advance(TimeSpan.FromHours(3));
        await OpenAsync(run, 3);
        var missed = (await run.AskedAsync())[^1];
        await run.SaveAsync(3, Wrong(missed));
        using var over = await run.Browser.GetAsync(run.Path);
        Assert.Equal($"{run.Path}/result", over.Headers.Location?.ToString());
        var result = WebUtility.HtmlDecode(await run.Browser.ReadAsync($"{run.Path}/result?show=all"));
        Assert.Contains("2 <small>连对</small>", result, StringComparison.Ordinal);
        Assert.Equal(3, result.Split("class=\"review\"").Length - 1);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            [1, 3, 3],
            await connection.QueryAsync<short>(
                "select r.rating from review r join attempt a on a.learner_id = r.learner_id where a.id = @Id order by r.rating", new { run.Id }));

        // The next run knows what there is to beat
        using var next = await run.Browser.SubmitAsync("/self-test", "/self-test", ("mode", "challenge"), ("number", "10"));
        Assert.Contains("最好 2", await run.Browser.ReadAsync($"/self-test/{Attempting.IdOf(next)}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(21.9, true)]
    [InlineData(22.1, false)]
    public async Task An_answer_is_in_time_by_the_servers_clock(double seconds, bool counts)
    {
        using var run = await Attempting.StartAsync(app, ("mode", "challenge"));
        await OpenAsync(run, 1);
        var asked = (await run.AskedAsync())[0];
        app.Time.Advance(TimeSpan.FromSeconds(seconds));
        var (status, body) = await run.SaveAsync(1, Attempting.Right(asked));
        if (counts) Assert.Equal((HttpStatusCode.OK, true), (status, body.GetProperty("saved").GetBoolean()));
        else Assert.Equal(HttpStatusCode.Conflict, status);
        using var shown = await run.Browser.GetAsync(run.Path);
        if (counts)
        {
            Assert.Equal(HttpStatusCode.OK, shown.StatusCode);
            return;
        }

        var result = WebUtility.HtmlDecode(await run.Browser.ReadAsync($"{run.Path}/result"));
        Assert.Contains("0 <small>连对</small>", result, StringComparison.Ordinal);
        Assert.Contains("到得太晚，没有计分", result, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_a_client_sends_moves_the_clock()
    {
        using var run = await Attempting.StartAsync(app, ("mode", "challenge"));
        await OpenAsync(run, 1);
        var asked = (await run.AskedAsync())[0];
        app.Time.Advance(TimeSpan.FromSeconds(15));
        // opened again, looked at, asked for the time, with whatever a client may claim
        await OpenAsync(run, 1, ("openedAt", "2030-01-01T00:00:00Z"), ("seconds", "9999"));
        await run.Browser.ReadAsync(run.Path);
        Assert.Contains("\"remainingMs\":5000", await run.Browser.ReadAsync($"/api/attempts/{run.Id}"), StringComparison.Ordinal);
        app.Time.Advance(TimeSpan.FromSeconds(8));
        var answer = System.Text.Json.JsonSerializer.SerializeToElement(Attempting.Right(asked), Domain.DomainJson.Options);
        using var late = await run.Browser.PostJsonAsync(
            $"/api/attempts/{run.Id}/answers/1", new { clientId = Guid.NewGuid(), sequence = 1, answer, at = "2026-11-24T08:00:01Z", receivedAt = "2026-11-24T08:00:01Z" }.AsBody());
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
    }

    [Fact]
    public async Task The_server_ends_a_run_that_nobody_looks_at_and_writes_no_review_of_what_was_left_open()
    {
        using var run = await Attempting.StartAsync(app, ("mode", "challenge"));
        await OpenAsync(run, 1);
        await run.SaveAsync(1, Attempting.Right((await run.AskedAsync())[0]));
        await OpenAsync(run, 2);
        app.Time.Advance(TimeSpan.FromMinutes(1));
        await app.Services.GetRequiredService<OverdueAttempts>().CloseAsync(TestContext.Current.CancellationToken);
        Assert.NotNull((await run.StandingAsync()).Submitted);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await connection.QuerySingleAsync<int>("select count(*)::int from review r join attempt a on a.learner_id = r.learner_id where a.id = @Id", new { run.Id }));
        Assert.Equal(2, await connection.QuerySingleAsync<int>("select count(*)::int from attempt_question where attempt_id = @Id", new { run.Id }));
    }

    [Fact]
    public async Task Whoever_answers_everything_right_comes_to_the_end()
    {
        using var run = await Attempting.StartAsync(app, ("mode", "challenge"), ("type", "cloze"));
        await OpenAsync(run, 1);
        await run.SaveAsync(1, Attempting.Right((await run.AskedAsync())[0]));
        Assert.Contains("1 <small>连对</small>", WebUtility.HtmlDecode(await run.Browser.ReadAsync($"{run.Path}/result")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_script_forms_are_enough()
    {
        using var run = await Attempting.StartAsync(app, ("mode", "challenge"), ("type", "cloze"), ("type", "true_false"));
        await OpenAsync(run, 1);
        var asked = (await run.AskedAsync())[0];
        var value = asked.Question is Cloze cloze ? cloze.Accepted[0] : ((TrueFalse)asked.Question).Answer ? "true" : "false";
        using var answered = await run.Browser.SubmitAsync(run.Path, $"{run.Path}/answers/1", ("a1", value));
        Assert.Equal(HttpStatusCode.Redirect, answered.StatusCode);
        var page = await run.Browser.ReadAsync(run.Path);
        Assert.Contains("data-verdict=\"Right\"", page, StringComparison.Ordinal);
        // and whoever has had enough ends it there
        using var ended = await run.Browser.SubmitAsync(run.Path, run.Submit);
        Assert.Contains("1 <small>连对</small>", WebUtility.HtmlDecode(await run.Browser.ReadAsync($"{run.Path}/result")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Extra_time_is_set_once_and_holds_for_every_clock()
    {
        using var before = await Attempting.StartAsync(app);
        using var set = await before.Browser.SubmitAsync("/self-test", ExtraTime.Path, ("extra", "1.5"));
        Assert.Equal(HttpStatusCode.Redirect, set.StatusCode);
        using var refused = await before.Browser.SubmitAsync("/self-test", ExtraTime.Path, ("extra", "9"));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        // what runs already keeps its end
        Assert.Contains("data-remaining-ms=\"600000\"", await before.Browser.ReadAsync(before.Path), StringComparison.Ordinal);
        using var exam = await before.Browser.SubmitAsync("/self-test", "/self-test", ("number", "all"), ("minutes", "10"));
        Assert.Contains("data-remaining-ms=\"900000\"", await before.Browser.ReadAsync($"/self-test/{Attempting.IdOf(exam)}"), StringComparison.Ordinal);
        var id = Attempting.IdOf(exam);
        using var handedIn = await before.Browser.SubmitAsync($"/self-test/{id}", $"/self-test/{id}/submit", ("take", "none"));
        var result = WebUtility.HtmlDecode(await before.Browser.ReadAsync($"/self-test/{id}/result"));
        Assert.Contains("1.5 倍", result, StringComparison.Ordinal);
        Assert.Contains("minutes=10&", result, StringComparison.Ordinal);

        using var challenge = await before.Browser.SubmitAsync("/self-test", "/self-test", ("mode", "challenge"), ("number", "10"));
        using var run = new Attempting(app, before.Browser, Attempting.IdOf(challenge));
        await OpenAsync(run, 1);
        Assert.Contains("data-remaining-ms=\"30000\"", await run.Browser.ReadAsync(run.Path), StringComparison.Ordinal);
    }

    private static async Task OpenAsync(Attempting run, int position, params (string Name, string Value)[] more)
    {
        var token = (await run.Browser.FillInAsync("/self-test", "/self-test")).Single(field => field.Name == "__RequestVerificationToken");
        using var opened = await run.Browser.PostFormAsync($"{run.Path}/open", [token, ("position", $"{position}"), .. more]);
        Assert.Equal(HttpStatusCode.Redirect, opened.StatusCode);
    }

    private static GivenAnswer Wrong(Asked asked) => asked.Question switch
    {
        SingleChoice single => asked.Presentation.ToShown(new Chosen([single.Options.Index().First(option => !option.Item.Correct).Index])),
        MultipleChoice multiple => asked.Presentation.ToShown(new Chosen([multiple.Options.Index().First(option => option.Item.Correct).Index])),
        TrueFalse statement => new Judged(!statement.Answer),
        Cloze => new Typed("不是这个"),
        Ordering ordering => asked.Presentation.ToShown(new Ordered([.. Enumerable.Range(0, ordering.Items.Count).Reverse()])),
        Matching matching => asked.Presentation.ToShown(new Paired([.. Enumerable.Range(0, matching.Pairs.Count).Reverse()])),
        _ => throw new NotSupportedException(),
    };
}
