using System.Net;
using Dapper;
using StudyQuiz.App.Features.TakeSelfTest;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.AppealVerdicts;

/// <summary>A learner who answered one question and may say that it should count.</summary>
internal sealed class Appealing(TestApp app, Attempting attempt, Asked asked) : IDisposable
{
    public Attempting Attempt { get; } = attempt;

    public Asked Asked { get; } = asked;

    public string Result => $"{Attempt.Path}/result";

    public string Form => $"{Attempt.Path}/answers/{Asked.Position}/appeal";

    /// <summary>A self-test in which the first question of a type is answered.</summary>
    /// <param name="answer">On the screen; made of the question and how it is shown.</param>
    /// <param name="handIn">Else it goes on.</param>
    /// <param name="browser">Of somebody who has been here before.</param>
    /// <param name="slug">Of the only question; null for a paper of all.</param>
    public static async Task<Appealing> AnswerAsync<TQuestion>(TestApp app, Func<Asked, GivenAnswer> answer, string mode = "exam", bool handIn = true, TestBrowser? browser = null, string? slug = null)
    {
        await SelfTestBank.SeedAsync(app.Database);
        browser ??= app.Browser();
        (string, string)[] only = slug is null ? [] : [("question", await QuestionAsync(app, slug))];
        using var started = await browser.SubmitAsync("/self-test", "/self-test", [("number", "all"), ("minutes", "10"), ("mode", mode), .. only]);
        Assert.Equal(HttpStatusCode.Redirect, started.StatusCode);
        var attempt = new Attempting(app, browser, Attempting.IdOf(started));
        var asked = await attempt.AskedAsync<TQuestion>();
        var (status, body) = await attempt.SaveAsync(asked.Position, answer(asked));
        Assert.Equal((HttpStatusCode.OK, true), (status, body.GetProperty("saved").GetBoolean()));
        if (handIn) await attempt.HandInAsync();
        return new Appealing(app, attempt, asked);
    }

    public async Task AppealAsync(string words = "")
    {
        using var sent = await Attempt.Browser.SubmitAsync(Result, Form, ("words", words));
        Assert.Equal($"{Result}#q{Asked.Position}", sent.Headers.Location?.ToString());
    }

    public async Task<string> ResultAsync() => WebUtility.HtmlDecode(await Attempt.Browser.ReadAsync(Result + "?show=all"));

    /// <summary>What the result says of the question.</summary>
    public async Task<string> ReviewAsync()
    {
        var page = await ResultAsync();
        var review = page[page.IndexOf($"id=\"q{Asked.Position}\"", StringComparison.Ordinal)..];
        return review[..review.IndexOf("</article>", StringComparison.Ordinal)];
    }

    public async Task<(decimal Credit, Outcome Outcome)> VerdictAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        var (credit, outcome) = await connection.QuerySingleAsync<(decimal, int)>("select credit, outcome from attempt_question where attempt_id = @Id and position = @Position", new { Attempt.Id, Asked.Position });
        return (credit, (Outcome)outcome);
    }

    public async Task<Guid> LearnerAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<Guid>("select learner_id from attempt where id = @Id", new { Attempt.Id });
    }

    /// <summary>The log's rows of the question, as they were added.</summary>
    public async Task<IReadOnlyList<(string Kind, short? Rating, bool Replaces)>> LogAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return (await connection.QueryAsync<(string, short?, bool)>(
            "select r.kind, r.rating, r.replaces is not null from review r join question_version v on v.id = @Version and v.question_id = r.question_id where r.learner_id = @learner order by r.reviewed_at, r.replaces nulls first",
            new { Asked.Version, learner = await LearnerAsync() })).AsList();
    }

    private static async Task<string> QuestionAsync(TestApp app, string slug)
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        return await connection.QuerySingleAsync<string>("select id::text from question where slug = @slug", new { slug });
    }

    public void Dispose() => Attempt.Dispose();
}
