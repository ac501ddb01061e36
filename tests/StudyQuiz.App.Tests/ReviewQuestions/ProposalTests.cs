using System.Net;
using System.Text.Json;
using Dapper;
using StudyQuiz.App.Features.EditQuestion;
using StudyQuiz.App.Platform;
using StudyQuiz.App.Tests.AppealVerdicts;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.ReviewQuestions;

/// <summary>With two-person review a change of a published question changes nothing for learners before somebody else agrees, whatever becomes of it meanwhile.</summary>
public sealed class ProposalTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_change_waits_beside_what_is_served_until_a_second_person_agrees_and_only_then_answers_are_regraded()
    {
        using var learner = await Appealing.AnswerAsync<SingleChoice>(app, asked => asked.Presentation.ToShown(new Chosen([Other((SingleChoice)asked.Question)])));
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        using var author = await app.SignedInAsync("author", Roles.Editor);
        using var second = await app.SignedInAsync("second", Roles.Editor);
        await connection.ExecuteAsync("update workflow_setting set two_people = true");
        var id = await connection.QuerySingleAsync<long>("select question_id from question_version where id = @Version", new { learner.Asked.Version });
        // Other editors of this app may approve it too
        await connection.ExecuteAsync("update question set assigned_to = @second where id = @id", new { id, second = await app.AccountIdAsync("second") });
        var served = learner.Asked.Version;
        var question = (SingleChoice)learner.Asked.Question;
        var mended = question with { Options = [.. question.Options.Index().Select(option => option.Item with { Correct = option.Index == Other(question) })], Explanation = "改过的解析。" };
        var (page, edit) = ($"/banks/{SelfTestBank.Slug}/questions/{id}/review", EditQuestionEndpoints.PathOf(SelfTestBank.Slug, id));

        // Another key by one person: the page says that it waits and for whom; nobody's result moves
        using (var saved = await author.SubmitAsync(edit, edit, [.. TestBank.Form(mended), ("meaning", "same"), ("regrade", "yes")])) Assert.Equal(edit + "?saved=1", saved.Headers.Location?.ToString());
        var told = WebUtility.HtmlDecode(await author.ReadAsync(edit + "?saved=1"));
        Assert.Contains("还没有生效", told, StringComparison.Ordinal);
        Assert.Contains("等 second 批准", told, StringComparison.Ordinal);
        await IsServedAsync("published", served);
        Assert.NotEqual(Outcome.Right, (await learner.VerdictAsync()).Outcome);
        foreach (var shown in (string[])["/review", page, $"/banks/{SelfTestBank.Slug}/questions/{id}"])
        {
            var html = WebUtility.HtmlDecode(await second.ReadAsync(shown));
            Assert.Contains("<dl class=\"qdiff\">", html, StringComparison.Ordinal);
            Assert.Contains("等 second 批准", html, StringComparison.Ordinal);
        }

        Assert.Contains("批准后重判：加分 1，减分 0", WebUtility.HtmlDecode(await second.ReadAsync(page)), StringComparison.Ordinal);
        var first = await WaitingAsync();
        using (var alone = await ApproveAsync(author, first)) Assert.Equal(HttpStatusCode.Conflict, alone.StatusCode);
        // Publishing what is published already says nothing about what waits
        using (await author.PostFormAsync(page.Replace("/review", "/status", StringComparison.Ordinal), [.. await TokenAsync(author), ("version", $"{served}"), ("to", "published")])) await IsServedAsync("published", served);

        // A second edit goes on from what waits; one that began from the published version is merged with it
        Assert.Contains("改过的解析。", await second.ReadAsync(edit), StringComparison.Ordinal);
        using (var late = await second.PostFormAsync(edit, [.. await TokenAsync(second), ("version", $"{served}"), .. TestBank.Form(question with { Explanation = "另一种解析。" })])) Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        using (var saved = await second.SubmitAsync(edit, edit, [.. TestBank.Form(mended with { Difficulty = 3 }), ("regrade", "yes")])) Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        var merged = await WaitingAsync();
        Assert.NotEqual(first, merged);
        using (var own = await ApproveAsync(second, merged)) Assert.Equal(HttpStatusCode.Conflict, own.StatusCode);
        using (var gone = await ApproveAsync(author, first)) Assert.Equal(HttpStatusCode.Conflict, gone.StatusCode);

        // Back to its author with a comment: it waits for nobody, and is not approved as it is
        using (var wordless = await SettleAsync(author, merged, "return")) Assert.Equal(HttpStatusCode.UnprocessableEntity, wordless.StatusCode);
        using (await SettleAsync(author, merged, "return", ("words", "难度不对"))) Assert.DoesNotContain(page, await author.ReadAsync("/review"), StringComparison.Ordinal);
        var returned = WebUtility.HtmlDecode(await second.ReadAsync(edit));
        Assert.Contains("author 退回了：难度不对", returned, StringComparison.Ordinal);
        using (var late = await ApproveAsync(author, merged)) Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        using (await SettleAsync(second, merged, "submit")) Assert.Contains(page, await author.ReadAsync("/review"), StringComparison.Ordinal);
        await IsServedAsync("published", served);

        // Who published another wording meanwhile is not overwritten
        var beneath = await connection.QuerySingleAsync<long>(
            """
            with made as (
              insert into question_version (question_id, version, fork, source_version_id, body, reason)
              select question_id, (select max(version) + 1 from question_version o where o.question_id = v.question_id), fork, source_version_id, jsonb_set(body, '{difficulty}', '2'), 'import' from question_version v where id = @served returning id, question_id)
            update question q set current_version_id = made.id from made where q.id = made.question_id returning q.current_version_id
            """,
            new { served });
        using (var outdated = await ApproveAsync(author, merged)) Assert.Contains("请先合并", await outdated.TextAsync(), StringComparison.Ordinal);
        Assert.Contains($"name=\"version\" value=\"{served}\"", await second.ReadAsync(edit), StringComparison.Ordinal);
        using (var both = await second.SubmitAsync(edit, edit, [.. TestBank.Form(mended with { Difficulty = 3 }), ("regrade", "yes")])) Assert.Equal(HttpStatusCode.Conflict, both.StatusCode);
        using (var again = await second.PostFormAsync(edit, [.. await TokenAsync(second), ("version", $"{beneath}"), .. TestBank.Form(mended with { Difficulty = 3 }), ("meaning", "same"), ("regrade", "yes")])) Assert.Equal(HttpStatusCode.Found, again.StatusCode);
        await IsServedAsync("published", beneath);

        // Withdrawn meanwhile it is asked of nobody; approving the change publishes it, and now the answer counts
        using (await author.SubmitAsync(page, page.Replace("/review", "/withdraw", StringComparison.Ordinal), ("reason", "答案标错了"))) await IsServedAsync("retired", beneath);
        Assert.NotEqual(Outcome.Right, (await learner.VerdictAsync()).Outcome);
        var last = await WaitingAsync();
        // Both wrote of it: each agrees to the other's part
        using (var half = await ApproveAsync(second, last)) Assert.Contains("你自己写的部分还要别人同意", await half.TextAsync(), StringComparison.Ordinal);
        await IsServedAsync("retired", beneath);
        using (var approved = await ApproveAsync(author, last)) Assert.EndsWith("done=approved", approved.Headers.Location?.ToString(), StringComparison.Ordinal);
        await IsServedAsync("published", last);
        Assert.Equal((1m, Outcome.Right), await learner.VerdictAsync());
        Assert.Equal(0, await connection.QuerySingleAsync<int>("select (select count(*) from question_proposal)::int + (select count(*) from question_regrade)::int + (select count(*) from question where withdrawn_at is not null)::int"));
        using var admin = await app.SignedInAsync("admin", Roles.Admin);
        var record = await admin.ReadAsync("/audit");
        Assert.DoesNotContain("Act.", record, StringComparison.Ordinal);
        // Versions are told by the numbers that people know them by, and half an approval is on record too
        Assert.Contains($"<dt>当时的版本</dt><dd>{await connection.QuerySingleAsync<int>("select version from question_version where id = @last", new { last })}</dd>", WebUtility.HtmlDecode(record), StringComparison.Ordinal);
        Assert.Contains("同意了别人写的部分", WebUtility.HtmlDecode(record), StringComparison.Ordinal);

        static int Other(SingleChoice question) => question.Options.Index().First(option => !option.Item.Correct).Index;

        async Task<long> WaitingAsync() => await connection.QuerySingleAsync<long>("select version_id from question_proposal where question_id = @id", new { id });

        async Task IsServedAsync(string status, long version) =>
            Assert.Equal((status, version), await connection.QuerySingleAsync<(string, long)>("select status, current_version_id from question where id = @id", new { id }));

        async Task<HttpResponseMessage> ApproveAsync(TestBrowser who, long version) =>
            await who.PostFormAsync(page.Replace("/review", "/status", StringComparison.Ordinal), [.. await TokenAsync(who), ("version", $"{version}"), ("to", "published")]);

        async Task<HttpResponseMessage> SettleAsync(TestBrowser who, long version, string what, params (string, string)[] fields) =>
            await who.PostFormAsync(page.Replace("/review", "/proposal", StringComparison.Ordinal), [.. await TokenAsync(who), ("version", $"{version}"), ("do", what), .. fields]);
    }

    [Fact]
    public async Task A_change_is_given_up_or_taken_back_and_without_the_rule_takes_effect_at_once()
    {
        await SelfTestBank.SeedAsync(app.Database);
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        using var author = await app.SignedInAsync("settler", Roles.Editor);
        using var second = await app.SignedInAsync("settled", Roles.Editor);
        await connection.ExecuteAsync("update workflow_setting set two_people = true");
        var (id, served, body) = await connection.QuerySingleAsync<(long, long, string)>(
            "select q.id, v.id, v.body::text from question q join question_version v on v.id = q.current_version_id where q.type = 'flashcard' order by q.id limit 1");
        var question = JsonSerializer.Deserialize<Question>(body, DomainJson.Options)!;
        var edit = EditQuestionEndpoints.PathOf(SelfTestBank.Slug, id);
        var versions = edit.Replace("/edit", "/versions", StringComparison.Ordinal);

        // Of another meaning: memories begin anew when it is approved, not before
        await SaveAsync("意思变了。", ("meaning", "changed"));
        Assert.Equal((served, 1), await ServedAsync());
        Assert.Contains("等别人批准", await author.ReadAsync(versions), StringComparison.Ordinal);
        // The published version brought back from the list of versions takes the change back
        using (await author.SubmitAsync(versions, $"{versions}/{served}/restore")) Assert.Null(await WaitingAsync());
        Assert.Equal((served, 1), await ServedAsync());

        await SaveAsync("意思变了。", ("meaning", "changed"));
        var waiting = await WaitingAsync();
        using (await second.PostFormAsync(edit.Replace("/edit", "/proposal", StringComparison.Ordinal), [.. await TokenAsync(second), ("version", $"{waiting}"), ("do", "drop")])) Assert.Null(await WaitingAsync());
        await SaveAsync("意思又变了。", ("meaning", "changed"));
        waiting = await WaitingAsync();
        using (await second.PostFormAsync(edit.Replace("/edit", "/status", StringComparison.Ordinal), [.. await TokenAsync(second), ("version", $"{waiting}"), ("to", "published")])) Assert.Null(await WaitingAsync());
        var approved = await ServedAsync();
        Assert.Equal(waiting, approved.Version);
        Assert.True(approved.Fork > 1);

        // In the trash nothing is changed, by whichever door; what was typed stays in the form
        using (await author.PostFormAsync(edit.Replace("/edit", "/trash", StringComparison.Ordinal), [.. await TokenAsync(author)]))
        using (var refused = await author.SubmitAsync(edit, edit, [.. TestBank.Form(question with { Explanation = "在回收站里改的。" })]))
        {
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
            var said = await refused.TextAsync();
            Assert.Contains("这道题在回收站里：先恢复它", said, StringComparison.Ordinal);
            Assert.Contains("在回收站里改的。", said, StringComparison.Ordinal);
        }

        using (var refused = await author.SubmitAsync(versions, $"{versions}/{served}/restore")) Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        using (await author.PostFormAsync($"/review/restore/{id}", [.. await TokenAsync(author)])) Assert.Equal(approved, await ServedAsync());
        Assert.Null(await WaitingAsync());

        // The rule is given up while something waits: it waits on until somebody says so, and what is saved then is served
        await SaveAsync("等一等。");
        waiting = await WaitingAsync();
        await connection.ExecuteAsync("update workflow_setting set two_people = false");
        Assert.Equal(approved, await ServedAsync());
        using (await author.PostFormAsync(edit.Replace("/edit", "/status", StringComparison.Ordinal), [.. await TokenAsync(author), ("version", $"{waiting}"), ("to", "published")])) Assert.Equal(waiting, (await ServedAsync()).Version);
        await connection.ExecuteAsync("update workflow_setting set two_people = true");
        await SaveAsync("再等一等。");
        await connection.ExecuteAsync("update workflow_setting set two_people = false");
        await SaveAsync("不等了。");
        Assert.Null(await WaitingAsync());
        Assert.Equal("不等了。", await connection.QuerySingleAsync<string>("select v.body->>'explanation' from question q join question_version v on v.id = q.current_version_id where q.id = @id", new { id }));

        async Task SaveAsync(string explanation, params (string, string)[] fields)
        {
            using var saved = await author.SubmitAsync(edit, edit, [.. TestBank.Form(question with { Explanation = explanation }), .. fields]);
            Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        }

        Task<long?> WaitingAsync() => connection.QuerySingleOrDefaultAsync<long?>("select version_id from question_proposal where question_id = @id", new { id });

        Task<(long Version, int Fork)> ServedAsync() => connection.QuerySingleAsync<(long, int)>("select v.id, v.fork from question q join question_version v on v.id = q.current_version_id where q.id = @id", new { id });
    }

    [Fact]
    public async Task A_key_that_an_appeal_changes_waits_for_a_second_person_too()
    {
        using var learner = await Appealing.AnswerAsync<TrueFalse>(app, asked => new Judged(!((TrueFalse)asked.Question).Answer));
        await learner.AppealAsync("应该算对");
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        using var ruling = await app.SignedInAsync("ruling", Roles.Editor);
        using var second = await app.SignedInAsync("agreeing", Roles.Editor);
        await connection.ExecuteAsync("update workflow_setting set two_people = true");
        var (appeal, question) = await connection.QuerySingleAsync<(long, long)>("select id, question_id from appeal where attempt_id = @Id", new { learner.Attempt.Id });
        using (var decided = await ruling.PostFormAsync($"/appeals/{appeal}", [.. await TokenAsync(ruling), ("ruling", "key"), ("seen", $"{learner.Asked.Version}"), ("reason", "")])) Assert.EndsWith("done=proposed&regraded=0", decided.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.NotEqual(Outcome.Right, (await learner.VerdictAsync()).Outcome);
        var waiting = await connection.QuerySingleAsync<long>("select version_id from question_proposal where question_id = @question", new { question });
        using (await second.PostFormAsync($"/banks/{SelfTestBank.Slug}/questions/{question}/status", [.. await TokenAsync(second), ("version", $"{waiting}"), ("to", "published")])) Assert.Equal((1m, Outcome.Right), await learner.VerdictAsync());
        Assert.Equal("accepted", await connection.QuerySingleAsync<string>("select state from appeal where id = @appeal", new { appeal }));
        await connection.ExecuteAsync("update workflow_setting set two_people = false");
    }

    private static async Task<IEnumerable<(string, string)>> TokenAsync(TestBrowser who) => (await who.FillInAsync("/account", "/sign-out")).Where(field => field.Name.StartsWith("__", StringComparison.Ordinal));
}
