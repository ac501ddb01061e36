using System.Net;
using StudyQuiz.App.Features.EditQuestion;
using StudyQuiz.App.Platform;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.KeepBank;

/// <summary>A newer text of a bank: what it would do, and what it does.</summary>
public sealed class RenewTextTests(TestApp app) : IClassFixture<TestApp>
{
    [Fact]
    public async Task Quotes_are_found_again_and_questions_whose_are_not_go_to_a_queue_and_to_review()
    {
        var bank = await EditedBank.MakeAsync(app, "renewed", "第一段讲的是教育要优先发展这件事情。", "第二段讲的是医疗卫生要更加公平这件事情。", "第三段讲的是住房保障要进一步完善这件事情。");
        var moved = await bank.AddAsync("教育？", evidence: new Evidence("P01", "教育要优先发展"));
        var near = await bank.AddAsync("医疗？", evidence: new Evidence("P02", "医疗卫生要更加公平这件事情"));
        var lost = await bank.AddAsync("住房？", evidence: new Evidence("P03", "住房保障要进一步完善"));
        var bare = await bank.AddAsync("没有依据？");
        await bank.AskAsync<int>("with u as (update key_point set evidence = '[{\"paragraph\": \"P01\", \"quote\": \"教育要优先发展\"}]' where source_id = @Id and label = 'K1' returning 1) select count(*) from u", new { bank.Id });
        using var editor = await app.SignedInAsync("renewing", Roles.Editor);
        using var author = await app.SignedInAsync("proposing", Roles.Editor);
        // Two changes wait: what one quotes will be found, what the other quotes will not; a third is being typed
        await bank.AskAsync<int>("update workflow_setting set two_people = true returning 1");
        var (open, mend) = (EditQuestionEndpoints.PathOf("renewed", moved), EditQuestionEndpoints.PathOf("renewed", near));
        using (await author.SubmitAsync(open, open, Form("教育？", "提出的解析。", "教育要优先发展")))
        using (await author.SubmitAsync(mend, mend, Form("医疗？", "提出的解析。", "住房保障要进一步完善"))) Assert.Equal(2, await bank.AskAsync<int>("select count(*) from question_proposal"));
        var typed = (await editor.FillInAsync(open, open, Form("教育？", "还在写的解析。", "教育要优先发展"))).ToArray();
        var path = bank.Path + "/text";
        const string text = "开头新加了一段，说的是这次会议的背景和由来。\n\n第一段讲的是教育要优先发展这件事情。\n\n第二段讲的是医疗卫生要更公平这件事情。\n\n末尾换了一段，说的是交通出行的几项具体安排。";

        using var shown = await editor.UploadAsync(path, path, null, ("text", text), ("do", "preview"));
        var page = await shown.TextAsync();
        Assert.Contains("1 题的依据逐字找到", page, StringComparison.Ordinal);
        Assert.Contains("1 题的依据找到相近的一处", page, StringComparison.Ordinal);
        Assert.Contains("1 题的依据没有找到（其中 1 题已发布，会改为待审）", page.Replace("<span class=\"muted\">", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("1 处待批准的改动跟过去", page, StringComparison.Ordinal);
        Assert.Contains("1 处待批准的改动没有找到依据", page, StringComparison.Ordinal);
        Assert.Equal(1, await bank.AskAsync<int>("select count(*) from source_version where source_id = @Id", new { bank.Id }));

        using var stored = await editor.UploadAsync(path, path, null, ("text", text), ("do", "store"));
        Assert.Equal(path + "?stored=1", stored.Headers.Location?.ToString());
        Assert.Contains("已换成第 2 版", WebUtility.HtmlDecode(await editor.ReadAsync(path + "?stored=1")), StringComparison.Ordinal);
        Assert.Equal("P02 教育要优先发展, P03 医疗卫生要更公平这件事情, P03 住房保障要进一步完善, ", await bank.AskAsync<string>(
            """
            select string_agg(coalesce(v.body #>> '{evidence,0,paragraph}' || ' ' || (v.body #>> '{evidence,0,quote}'), ''), ', ' order by q.id)
            from question q join question_version v on v.id = q.current_version_id where q.source_id = @Id
            """,
            new { bank.Id }));
        Assert.Equal("published published review published", await bank.AskAsync<string>("select string_agg(status, ' ' order by id) from question where source_id = @Id", new { bank.Id }));
        Assert.Equal(lost, await bank.AskAsync<long>("select question_id from question_listing where source_id = @Id and is_behind", new { bank.Id }));
        Assert.Equal("P02", await bank.AskAsync<string>("select evidence #>> '{0,paragraph}' from key_point where source_id = @Id and label = 'K1'", new { bank.Id }));
        Assert.Contains("原文已更新", WebUtility.HtmlDecode(await editor.ReadAsync(bank.Path + "?flag=behind")), StringComparison.Ordinal);
        // The wording is the same: nobody's memory of it begins anew
        Assert.Equal(1, await bank.AskAsync<int>("select max(fork) from question_version where question_id = any(@ids)", new { ids = new[] { moved, near, bare } }));

        // What waited goes along with the text, and somebody else can agree to it; where its quote is gone, that is said
        var review = $"{bank.Path}/questions/{moved}/review";
        Assert.Contains("等 renewing 批准", WebUtility.HtmlDecode(await editor.ReadAsync(review)), StringComparison.Ordinal);
        Assert.Contains("批准并发布", await editor.ReadAsync(review), StringComparison.Ordinal);
        Assert.Contains("这处改动引的话在新版里没有找到", WebUtility.HtmlDecode(await editor.ReadAsync($"{bank.Path}/questions/{near}/review")), StringComparison.Ordinal);
        using (var older = await author.SubmitAsync(mend, mend, Form("医疗？", "提出的解析。", "住房保障要进一步完善"))) Assert.Contains("原文刚换成新版", await older.TextAsync(), StringComparison.Ordinal);
        using (var merge = await editor.PostFormAsync(open, typed)) Assert.Contains("原文换了新版，看一遍你的改动", await merge.TextAsync(), StringComparison.Ordinal);
        var waiting = await bank.AskAsync<long>("select version_id from question_proposal where question_id = @moved", new { moved });
        using (await editor.SubmitAsync(review, review.Replace("/review", "/status", StringComparison.Ordinal), ("version", $"{waiting}"), ("to", "published"))) Assert.Equal("提出的解析。", await bank.AskAsync<string>("select v.body ->> 'explanation' from question q join question_version v on v.id = q.current_version_id where q.id = @moved", new { moved }));
        var history = WebUtility.HtmlDecode(await editor.ReadAsync(review.Replace("/review", "/versions", StringComparison.Ordinal)));
        foreach (var says in (string[])["换了新版原文", "文字同第 2 版", "文字同第 1 版"]) Assert.Contains(says, history, StringComparison.Ordinal);

        using var again = await editor.UploadAsync(path, path, null, ("text", text), ("do", "preview"));
        Assert.Contains("和现在的原文一样", await again.TextAsync(), StringComparison.Ordinal);
        using var nothing = await editor.UploadAsync(path, path, null, ("text", " "));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, nothing.StatusCode);
        // Somebody else's newer text is not thrown away by a page that was older
        using var late = await editor.UploadAsync(path, path, null, ("text", text + "\n\n又一段新的文字，说别的事情。"), ("do", "store"), ("version", "1"));
        Assert.Contains("刚才有人换了原文", await late.TextAsync(), StringComparison.Ordinal);
    }

    private static (string, string)[] Form(string stem, string explanation, string quote) => [.. TestBank.Form(EditedBank.Question(stem) with { Explanation = explanation }), ("evidence", "1"), ("quote0", quote)];
}
