using System.Net;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.Live;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain.Games;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.ReviewQuestions;

/// <summary>A withdrawn question leaves what is open, and counts for nobody.</summary>
public sealed class WithdrawTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Open_attempts_go_on_without_it_and_what_was_handed_in_stands()
    {
        using var done = await Attempting.StartAsync(app, ("source", SelfTestBank.Slug));
        using var exam = await Attempting.StartAsync(app, ("source", SelfTestBank.Slug));
        var statement = await exam.AskedAsync<TrueFalse>();
        await exam.SaveAsync(statement.Position, Attempting.Right(statement));
        var single = await exam.AskedAsync<SingleChoice>();
        await exam.SaveAsync(single.Position, Attempting.Right(single));
        await done.HandInAsync();
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        // Of this question alone: nothing is left of it then
        using var practice = await Attempting.StartAsync(
            app, ("source", SelfTestBank.Slug), ("mode", "practice"), ("question", $"{await connection.QuerySingleAsync<long>("select question_id from question_version where id = @Version", new { statement.Version })}"));
        // As if it were a paper: what it takes to pass shrinks with what can be earned
        await connection.ExecuteAsync("update attempt set pass_mark = 60 where id = @Id; update attempt_question set points = 10 where attempt_id = @Id", new { exam.Id });

        await WithdrawAsync(statement.Version);
        Assert.Equal(SelfTestBank.Count - 1, (await exam.AskedAsync()).Count);
        Assert.Equal(SelfTestBank.Count, (await done.AskedAsync()).Count);
        Assert.Equal(50, await connection.QuerySingleAsync<decimal>("select pass_mark from attempt where id = @Id", new { exam.Id }));
        Assert.Equal(((TrueFalse)statement.Question).Answer, await connection.QuerySingleAsync<bool>("select (answer->>'value')::boolean from withdrawn_answer where attempt_id = @Id", new { exam.Id }));

        // Its place stays, empty, in both kinds of page; a page that was open is told when it saves
        foreach (var attempt in new[] { exam, practice })
        {
            var page = WebUtility.HtmlDecode(await attempt.Browser.ReadAsync(attempt.Path));
            Assert.Contains("这一题被编辑撤下了", page, StringComparison.Ordinal);
            Assert.DoesNotContain(statement.Question.Stem, page, StringComparison.Ordinal);
        }

        var (status, body) = await exam.SaveAsync(statement.Position, new Judged(true), sequence: 2);
        Assert.Equal((HttpStatusCode.Conflict, "withdrawn"), (status, body.GetProperty("code").GetString()));
        Assert.Equal(statement.Position, JsonDocument.Parse(await exam.Browser.ReadAsync($"/api/attempts/{exam.Id}")).RootElement.GetProperty("withdrawn")[0].GetInt32());
        var result = WebUtility.HtmlDecode(await exam.HandInAsync());
        Assert.Contains("<dt>撤下，不计分</dt><dd>1 题</dd>", result, StringComparison.Ordinal);
        Assert.Contains("10<small> / 50</small>", result, StringComparison.Ordinal);
        Assert.Contains("<dt>撤下，不计分</dt><dd>1 题</dd>", WebUtility.HtmlDecode(await practice.HandInAsync()), StringComparison.Ordinal);

        // A card that its learner had is gone from the next pack, which says so
        await WithdrawAsync(single.Version);
        using (var pack = await exam.Browser.PostJsonAsync($"/api/cards/decks/{SelfTestBank.Slug}/pack", new { }))
        using (var read = JsonDocument.Parse(await pack.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)))
        {
            Assert.Equal([single.Question.Stem], read.RootElement.GetProperty("withdrawn").EnumerateArray().Select(stem => stem.GetString()));
            Assert.DoesNotContain(read.RootElement.GetProperty("cards").EnumerateArray(), card => card.GetProperty("version").GetInt64() == single.Version);
        }

        // Nobody is asked it again, until it is published again
        using var later = await Attempting.StartAsync(app, ("source", SelfTestBank.Slug));
        Assert.DoesNotContain(await later.AskedAsync(), asked => asked.Version == statement.Version);
    }

    [Fact]
    public async Task A_challenge_goes_on_with_its_next_question()
    {
        using var run = await Attempting.StartAsync(app, ("source", SelfTestBank.Slug), ("mode", "challenge"));
        using (await run.Browser.SubmitAsync(run.Path, $"{run.Path}/open", ("position", "1"))) Assert.Single(await run.AskedAsync());
        var version = (await run.AskedAsync())[0].Version;
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var question = await connection.QuerySingleAsync<long>("select question_id from question_version where id = @version", new { version });
        await WithdrawAsync(version);
        var page = WebUtility.HtmlDecode(await run.Browser.ReadAsync(run.Path));
        Assert.Contains("有一题被编辑撤下了", page, StringComparison.Ordinal);
        Assert.DoesNotContain("data-remaining-ms", page, StringComparison.Ordinal);
        using (await run.Browser.SubmitAsync(run.Path, $"{run.Path}/open")) Assert.Equal(2, Assert.Single(await run.AskedAsync()).Position);
        var second = (await run.AskedAsync())[0];
        Assert.True((await run.SaveAsync(2, Attempting.Right(second))).Body.GetProperty("saved").GetBoolean());
        Assert.Contains("连对 1", WebUtility.HtmlDecode(await run.Browser.ReadAsync(run.Path)), StringComparison.Ordinal);

        // Published again it is as if nothing had been, for whoever begins from now on
        var outcome = await ChangeStatus.OneAsync(connection, new StatusWish(question, QuestionStatus.Published), await EditorAsync(), app.Time.GetUtcNow());
        Assert.True(outcome.IsChange);
        Assert.Equal((false, true), await connection.QuerySingleAsync<(bool, bool)>(
            "select q.withdrawn_at is not null, w.done_at is not null from question q join withdrawal w on w.question_id = q.id where q.id = @question", new { question }));
    }

    [Fact]
    public async Task An_open_game_skips_its_round_and_tells_the_host()
    {
        var game = await TestGame.OpenAsync(app, rounds: 3);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var version = await connection.QuerySingleAsync<long>("select question_version_id from game_round where game_id = @Id and round = 2", new { game.Id });
        await WithdrawAsync(version);
        var view = (await game.Grain.AttachHost(game.Host, StudyQuiz.App.Live.HostScreen.Remote)).View!;
        Assert.Equal([RoundFix.None, RoundFix.Withdrawn, RoundFix.None], view.Console!.Rounds.Select(round => round.Fix));
        Assert.Equal(1, await connection.QuerySingleAsync<int>("select count(*) from game_round where game_id = @Id and voided_at is not null", new { game.Id }));
        Assert.Equal(1, await connection.QuerySingleAsync<int>("select games from withdrawal w join question_version v on v.question_id = w.question_id where v.id = @version", new { version }));

        // Looked at again it finds nothing, and after a while it is done
        app.Time.Advance(TimeSpan.FromMinutes(3));
        await app.Services.GetRequiredService<Withdrawals>().RunAsync(TestContext.Current.CancellationToken);
        Assert.True(await connection.QuerySingleAsync<bool>("select done_at is not null from withdrawal w join question_version v on v.question_id = w.question_id where v.id = @version", new { version }));
    }

    private async Task WithdrawAsync(long version)
    {
        var person = await EditorAsync();
        await using var connection = await app.Database.OpenConnectionAsync();
        var question = await connection.QuerySingleAsync<long>("select question_id from question_version where id = @version", new { version });
        Assert.Null(await WithdrawQuestion.RunAsync(connection, question, version, "答案错了", person, app.Time.GetUtcNow()));
        await app.Services.GetRequiredService<Withdrawals>().RunAsync(TestContext.Current.CancellationToken);
    }

    private async Task<Guid> EditorAsync()
    {
        await using var connection = await app.Database.OpenConnectionAsync();
        if (await connection.QuerySingleOrDefaultAsync<Guid?>("select id from account where user_name = 'withdrawer'") is { } known) return known;
        using var browser = await app.SignedInAsync("withdrawer", Roles.Editor);
        return await app.AccountIdAsync("withdrawer");
    }
}
