using System.Net;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using StudyQuiz.App.Features.ReviewQuestions;
using StudyQuiz.App.Platform;

namespace StudyQuiz.App.Tests.ReviewQuestions;

/// <summary>An editor, a second one, an admin and a learner on the way of a question from draft to published and into the trash.</summary>
public sealed class ReviewPagesTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task A_question_goes_from_its_author_through_a_second_person_to_learners_and_back()
    {
        await TestBank.SeedAsync(app.Database, 3);
        using var author = await app.SignedInAsync("author", Roles.Editor);
        using var second = await app.SignedInAsync("second", Roles.Editor);
        using var admin = await app.SignedInAsync("admin", Roles.Admin);
        using var host = await app.SignedInAsync("host", Roles.Host, Roles.Learner);
        foreach (var path in (string[])["/review", "/banks/small/questions/1/review"])
        {
            using var refused = await host.GetAsync(path);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        }

        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        var ids = (await connection.QueryAsync<long>("select id from question order by id")).ToList();
        await connection.ExecuteAsync(
            "update question set status = 'draft' where id = @id", new { id = ids[0] });
        var edit = $"/banks/small/questions/{ids[0]}/edit";
        using (var edited = await author.SubmitAsync(edit, edit, [.. TestBank.Form(TestBank.Question(1)), ("evidence", "1")])) Assert.Equal(HttpStatusCode.Found, edited.StatusCode);
        var page = $"/banks/small/questions/{ids[0]}/review";

        // Only admins settle the rule; with it the author sends to review, and another publishes, with a reason for doing without evidence
        using (var refused = await author.PostFormAsync("/review/setting", ("twoPeople", "on"))) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        using (await admin.SubmitAsync("/review", "/review/setting", ("twoPeople", "on"))) Assert.Contains("自己写的要由别人发布；", WebUtility.HtmlDecode(await author.ReadAsync("/review")), StringComparison.Ordinal);
        using (await PostAsync(author, page, "status", ("to", "review"))) Assert.Equal("review", await StatusAsync(connection, ids[0]));
        await IsRefusedAsync(author, page, "自己写的要由别人发布", ("to", "published"), ("waiver", "常识"));
        var own = WebUtility.HtmlDecode(await author.ReadAsync(page));
        Assert.Contains("这题是你写的，要由别人发布", own, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"published\"", own, StringComparison.Ordinal);
        using (await PostAsync(author, page, "assign", ("to", $"{await app.AccountIdAsync("second")}"))) Assert.Contains("指给你", await second.ReadAsync("/review"), StringComparison.Ordinal);
        using (await PostAsync(second, page, "comments", ("words", "选项二\u202E有歧义"))) Assert.Contains("1 条意见", WebUtility.HtmlDecode(await author.ReadAsync("/review")), StringComparison.Ordinal);
        // What nobody sees is not kept, wherever editors type
        var comment = await connection.QuerySingleAsync<long>("select id from question_comment where words = '选项二有歧义'");
        using (await author.SubmitAsync(page, $"/banks/small/questions/{ids[0]}/comments/{comment}", ("resolved", "true"))) Assert.Contains("author 说已解决", WebUtility.HtmlDecode(await second.ReadAsync(page)), StringComparison.Ordinal);
        await IsRefusedAsync(second, page, "没有依据，没有发布", ("to", "published"));
        using (await PostAsync(second, page, "status", ("to", "published"), ("waiver", "常识\u2066，人人知道"))) Assert.Equal("published", await StatusAsync(connection, ids[0]));

        // Learners are told beside the answer
        using var learner = app.Browser();
        using var started = await learner.SubmitAsync("/self-test", "/self-test", ("number", "all"), ("minutes", "10"), ("question", $"{ids[0]}"));
        var attempt = started.Headers.Location!.ToString().Split('?')[0];
        using (await learner.SubmitAsync(attempt, $"{attempt}/submit", ("take", "none"))) Assert.Contains("这题没有原文依据。编辑的说明： 常识，人人知道", WebUtility.HtmlDecode(await learner.ReadAsync($"{attempt}/result?show=all")), StringComparison.Ordinal);

        // Withdrawn with a reason, listed, and published again by its author, for somebody else has published this wording
        using (var without = await PostAsync(author, page, "withdraw", ("reason", " "))) Assert.Equal(HttpStatusCode.UnprocessableEntity, without.StatusCode);
        using (await PostAsync(author, page, "withdraw", ("reason", "答案有争议"))) Assert.Contains("答案有争议", WebUtility.HtmlDecode(await second.ReadAsync("/review?list=withdrawn")), StringComparison.Ordinal);
        using (await PostAsync(author, page, "status", ("to", "published"))) Assert.Equal("published", await StatusAsync(connection, ids[0]));

        // At its time, in the name of whoever settled it
        using (await PostAsync(second, page, "status", ("to", "draft"))) Assert.Equal("draft", await StatusAsync(connection, ids[0]));
        await IsRefusedAsync(second, page, "时间要在现在之后", "schedule", ("at", "2020-01-01T08:00"));
        using (await PostAsync(second, page, "schedule", ("at", "2026-11-25T08:30"))) Assert.Contains("11月25日 08:30", WebUtility.HtmlDecode(await author.ReadAsync("/review?list=scheduled")), StringComparison.Ordinal);
        var due = app.Services.GetRequiredService<ScheduledPublishing>();
        await due.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal("draft", await StatusAsync(connection, ids[0]));
        app.Time.Advance(TimeSpan.FromDays(1)); // from 08:00 UTC: Shanghai's 08:30 of the next day is over
        await due.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal("published", await StatusAsync(connection, ids[0]));

        // A change ends what was settled for the wording before, and says so
        using (await PostAsync(second, page, "status", ("to", "draft"))) Assert.Equal("draft", await StatusAsync(connection, ids[0]));
        using (await PostAsync(second, page, "schedule", ("at", "2026-11-28T08:30")))
        using (var untimed = await author.SubmitAsync(edit, edit, [.. TestBank.Form(TestBank.Question(1) with { Explanation = "又改了。" }), ("evidence", "1")])) Assert.Contains("原来定的发布时间取消了", await author.ReadAsync(untimed.Headers.Location!.ToString()), StringComparison.Ordinal);
        Assert.DoesNotContain("11月28日", await author.ReadAsync("/review?list=scheduled"), StringComparison.Ordinal);
        using (await PostAsync(second, page, "status", ("to", "published"))) Assert.Equal("published", await StatusAsync(connection, ids[0]));

        // But not in the name of one who edits no more
        using (await PostAsync(second, page, "status", ("to", "draft"))) Assert.Equal("draft", await StatusAsync(connection, ids[0]));
        using (await PostAsync(second, page, "schedule", ("at", "2026-11-26T08:30"))) Assert.Contains("11月26日 08:30", WebUtility.HtmlDecode(await author.ReadAsync("/review?list=scheduled")), StringComparison.Ordinal);
        var by = await connection.QuerySingleAsync<Guid>("select publish_by from question where id = @id", new { id = ids[0] });
        await connection.ExecuteAsync("update account set disabled_at = now() where id = @by", new { by });
        app.Time.Advance(TimeSpan.FromDays(1));
        await due.RunAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync("update account set disabled_at = null where id = @by", new { by });
        Assert.Equal("draft", await StatusAsync(connection, ids[0]));
        Assert.Equal(1, await connection.QuerySingleAsync<int>("select count(*)::int from audit where act = 'question.not_published' and details ->> 'why' = 'NoEditor'"));
        using (await PostAsync(second, page, "status", ("to", "published"))) Assert.Equal("published", await StatusAsync(connection, ids[0]));

        // What a learner marked is a list until an editor has dealt with it
        await connection.ExecuteAsync(
            "insert into question_flag (learner_id, client_id, question_id, question_version_id, reason, words, flagged_at) select l.id, gen_random_uuid(), q.id, q.current_version_id, 'unclear', '看不懂', now() from question q, learner l where q.id = @id limit 1",
            new { id = ids[1] });
        var flags = WebUtility.HtmlDecode(await second.ReadAsync("/review?list=flags"));
        Assert.Contains("说不清 1", flags, StringComparison.Ordinal);
        Assert.Contains("<q>看不懂</q>", flags, StringComparison.Ordinal);
        using (await second.SubmitAsync("/review?list=flags", $"/review/flags/{ids[1]}")) Assert.Contains("没有标记", await second.ReadAsync("/review?list=flags"), StringComparison.Ordinal);

        // So is what answers say is wrong, which only an edit settles
        await connection.ExecuteAsync("update question_listing set flags = '{negative}' where question_id = @id", new { id = ids[2] });
        var doubted = await second.ReadAsync("/review?list=flags");
        Assert.Contains("区分度为负", WebUtility.HtmlDecode(doubted), StringComparison.Ordinal);
        Assert.DoesNotContain($"/review/flags/{ids[2]}", doubted, StringComparison.Ordinal);

        // The trash: nobody is asked what lies there; what was asked is not deleted for good, what never was is
        foreach (var id in ids.Take(2)) using (await PostAsync(second, $"/banks/small/questions/{id}/review", "trash")) Assert.Equal("retired", await StatusAsync(connection, id));
        using (await second.SubmitAsync("/review?list=trash", $"/review/restore/{ids[0]}")) Assert.Equal("published", await StatusAsync(connection, ids[0]));
        using (await PostAsync(second, page, "trash")) Assert.DoesNotContain("彻底删除<", await second.ReadAsync("/review?list=trash"), StringComparison.Ordinal);
        await connection.ExecuteAsync("delete from question_flag");
        using (var kept = await admin.SubmitAsync("/review?list=trash", $"/review/purge/{ids[0]}")) Assert.EndsWith("done=notPurged", kept.Headers.Location?.ToString(), StringComparison.Ordinal);
        using (var gone = await admin.SubmitAsync("/review?list=trash", $"/review/purge/{ids[1]}")) Assert.EndsWith("done=purged", gone.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal([ids[0], ids[2]], await connection.QueryAsync<long>("select id from question order by id"));

        // A whole bank goes and comes back as it was
        using (var thrown = await second.SubmitAsync("/banks/small", "/banks/small/trash")) Assert.EndsWith("done=trashed", thrown.Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.Equal("retired", await StatusAsync(connection, ids[2]));
        Assert.DoesNotContain("href=\"/banks/small\"", await second.ReadAsync("/banks"), StringComparison.Ordinal);
        Assert.Contains("这个题库在回收站里", WebUtility.HtmlDecode(await second.ReadAsync("/banks/small")), StringComparison.Ordinal);
        Assert.Contains("整个题库", await second.ReadAsync("/review?list=trash"), StringComparison.Ordinal);
        using (await second.SubmitAsync("/review?list=trash", "/review/restore-bank/small")) Assert.Equal("published", await StatusAsync(connection, ids[2]));
        Assert.Contains("href=\"/banks/small\"", await second.ReadAsync("/banks"), StringComparison.Ordinal);
        Assert.Equal("retired", await StatusAsync(connection, ids[0]));

        // So does a topic, with what it spans
        var topic = $"/topics/{Guid.CreateVersion7()}";
        using (await second.SubmitAsync("/banks", "/topics", ("id", topic["/topics/".Length..]), ("title", "两年\u200B的讲话"))) Assert.Contains("两年的讲话", await second.ReadAsync("/banks"), StringComparison.Ordinal);
        using (await second.SubmitAsync(topic, topic, ("title", "两年的讲话"), ("source", $"{await connection.QuerySingleAsync<long>("select id from source")}")))
        using (await second.SubmitAsync(topic, topic + "/trash")) Assert.DoesNotContain("两年的讲话", await second.ReadAsync("/banks"), StringComparison.Ordinal);
        using (await second.SubmitAsync("/review?list=trash", topic.Replace("/topics", "/review/restore-topic", StringComparison.Ordinal))) Assert.Contains("1 个来源", WebUtility.HtmlDecode(await second.ReadAsync(topic)), StringComparison.Ordinal);

        // All of it is on record, and the page has words for it
        var acts = (await connection.QueryAsync<string>("select distinct act from audit order by act")).ToList();
        Assert.Equal(
            ["purged", "question.assigned", "question.comment_resolved", "question.commented", "question.edited", "question.flags_resolved", "question.not_published", "question.scheduled", "question.status", "question.withdrawn", "restored", "setting.two_people", "topic.changed", "topic.made", "trashed"], acts);
        Assert.DoesNotContain("Act.", await admin.ReadAsync("/audit"), StringComparison.Ordinal);

        // By who, what and when; as files; and nobody changes it
        var purges = WebUtility.HtmlDecode(await admin.ReadAsync("/audit?who=Admin&what=trash&since=2026-11-01&until=2026-11-30"));
        Assert.Contains("彻底删除了", purges, StringComparison.Ordinal);
        Assert.DoesNotContain("从回收站恢复了", purges, StringComparison.Ordinal);
        Assert.Contains("没有这样的记录", await admin.ReadAsync("/audit?until=2026-11-01"), StringComparison.Ordinal);
        Assert.Contains("没有叫“nobody”的账号", WebUtility.HtmlDecode(await admin.ReadAsync("/audit?who=nobody")), StringComparison.Ordinal);
        var csv = await admin.ReadAsync("/audit/export.csv?what=publishing");
        Assert.Contains(",author,question.withdrawn,", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("purged", csv, StringComparison.Ordinal);
        using (var json = JsonDocument.Parse(await admin.ReadAsync("/audit/export.json"))) Assert.Equal(await connection.QuerySingleAsync<int>("select count(*) from audit"), json.RootElement.GetArrayLength());
        using (var refused = await second.GetAsync("/audit/export.csv")) Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync("delete from audit"));
    }

    private static Task<HttpResponseMessage> PostAsync(TestBrowser browser, string page, string act, params (string, string)[] fields) =>
        browser.SubmitAsync(page, page.Replace("/review", "/" + act, StringComparison.Ordinal), fields);

    private static Task IsRefusedAsync(TestBrowser browser, string page, string why, params (string, string)[] fields) => IsRefusedAsync(browser, page, why, "status", fields);

    private static async Task IsRefusedAsync(TestBrowser browser, string page, string why, string act, params (string, string)[] fields)
    {
        using var refused = await PostAsync(browser, page, act, fields);
        Assert.InRange((int)refused.StatusCode, 409, 422);
        Assert.Contains(why, await refused.TextAsync(), StringComparison.Ordinal);
    }

    private static Task<string> StatusAsync(NpgsqlConnection connection, long question) => connection.QuerySingleAsync<string>("select status from question where id = @question", new { question })!;
}
