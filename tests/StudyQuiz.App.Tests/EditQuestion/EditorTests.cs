using System.Net;
using System.Text.Json;
using Dapper;
using StudyQuiz.App.Tests.TakeSelfTest;
using StudyQuiz.Domain.Questions;

namespace StudyQuiz.App.Tests.EditQuestion;

/// <summary>Evidence, findings while typing, drafts, versions and new questions, as the editor's page asks for them.</summary>
public sealed partial class EditQuestionTests
{
    [Fact]
    public async Task Evidence_is_found_in_the_text_by_its_words_and_refused_where_it_is_not_there()
    {
        var (path, id) = await AnyAsync("flashcard");
        using var editor = await EditorAsync("edit-evidence");
        const string words = "第一段第二句，分两半";
        (string, string)[] quoted = [("evidence", "1"), ("quote0", words), ("place0", ""), ("explanation", "换了依据。")];
        using (var saved = await editor.SubmitAsync(path, path, await FilledInAsync(id, quoted))) Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        Assert.Equal([new Evidence("P01", words)], Read((await StoredAsync(id)).Body).Evidence);

        using var nowhere = await editor.SubmitAsync(path, path, await FilledInAsync(id, [.. quoted[..1], ("quote0", "原文里没有的这几个字"), .. quoted[2..]]));
        Assert.Contains("原文里没有这几个字", await nowhere.TextAsync(), StringComparison.Ordinal);
        // a published question may not lose its proof
        using var none = await editor.SubmitAsync(path, path, await FilledInAsync(id, ("evidence", "1"), ("explanation", "没有依据了。")));
        Assert.Contains("过不了入库检查", await none.TextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_is_checked_and_nothing_is_stored()
    {
        var (path, id) = await AnyAsync("single_choice");
        using var editor = await EditorAsync("edit-check");
        var before = await StoredAsync(id);
        var single = (SingleChoice)Read(before.Body);
        var key = single.Options.Index().First(option => option.Item.Correct);
        var other = single.Options.Index().First(option => !option.Item.Correct);

        var found = await CheckAsync(editor, path, await FilledInAsync(id, ($"option{other.Index}", key.Item.Text)));
        Assert.Contains(found.GetProperty("errors").EnumerateObject(), error => error.Value.GetString() == "有两个选项写得一样，分不出对错。");
        found = await CheckAsync(editor, path, await FilledInAsync(id, ("evidence", "1"), ("explanation", "没有依据了。")));
        Assert.Contains(found.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("blocks").GetBoolean() && finding.GetProperty("field").GetString()!.Length > 0);
        found = await CheckAsync(editor, path, await FilledInAsync(id, ("stem", single.Stem + "不"), ("evidence", "1")));
        Assert.Contains(found.GetProperty("meaning").EnumerateArray(), sign => sign.GetString() == "多了或少了否定词");
        found = await CheckAsync(editor, path, await FilledInAsync(id, ("stem", "")));
        Assert.Equal("题干不能空。", found.GetProperty("errors").GetProperty("stem").GetString());
        // A stem that asks nothing, and proof of something else, are told and keep nobody from storing a draft
        found = await CheckAsync(editor, path, await FilledInAsync(id, ("stem", "空"), ("evidence", "1"), ("quote0", "第一段第二句")));
        Assert.Equal(["evidence False", "stem False"], found.GetProperty("findings").EnumerateArray().Where(finding => finding.GetProperty("gate").GetString() is "stems that ask" or "evidence of the key").Select(finding => $"{finding.GetProperty("field")} {finding.GetProperty("blocks")}").Order(StringComparer.Ordinal));
        Assert.Equal(before, await StoredAsync(id));
    }

    [Fact]
    public async Task What_was_typed_is_offered_on_return_and_goes_when_it_is_saved()
    {
        var (path, id) = await AnyAsync("ordering");
        using var editor = await EditorAsync("edit-draft");
        using var another = await EditorAsync("edit-draft-other");
        var draft = Guid.CreateVersion7().ToString();
        async Task KeepAsync(string sequence, string explanation)
        {
            using var kept = await editor.PostFormAsync(path + "/draft", [.. await editor.FillInAsync(path, path, [.. await FilledInAsync(id, ("explanation", explanation)), ("draft", draft), ("sequence", sequence)])]);
            Assert.Equal(HttpStatusCode.NoContent, kept.StatusCode);
        }

        await KeepAsync("2", "写到第二句。");
        // what comes late, or again, changes nothing
        await KeepAsync("1", "写到第一句。");
        await KeepAsync("2", "写到第一句。");
        Assert.Contains("接着写", WebUtility.HtmlDecode(await editor.ReadAsync(path)), StringComparison.Ordinal);
        Assert.DoesNotContain("接着写", WebUtility.HtmlDecode(await another.ReadAsync(path)), StringComparison.Ordinal);
        Assert.DoesNotContain("写到第二句。", WebUtility.HtmlDecode(await another.ReadAsync($"{path}?draft={draft}")), StringComparison.Ordinal);
        Assert.Contains("写到第二句。", WebUtility.HtmlDecode(await editor.ReadAsync($"{path}?draft={draft}")), StringComparison.Ordinal);

        using (var saved = await editor.SubmitAsync(path, path, [.. await FilledInAsync(id, ("explanation", "写完了。")), ("draft", draft)])) Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        await KeepAsync("9", "页面还开着。");
        Assert.DoesNotContain("接着写", WebUtility.HtmlDecode(await editor.ReadAsync(path)), StringComparison.Ordinal);

        draft = Guid.CreateVersion7().ToString();
        await KeepAsync("1", "又写了一句。");
        using (await editor.SubmitAsync(path, path + "/discard", ("draft", draft)))
        {
        }

        Assert.DoesNotContain("接着写", WebUtility.HtmlDecode(await editor.ReadAsync(path)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Versions_tell_who_changed_what_and_an_earlier_one_comes_back_as_a_new_one()
    {
        var (path, id) = await AnyAsync("matching");
        using var editor = await EditorAsync("edit-versions");
        var before = await StoredAsync(id);
        using (await editor.SubmitAsync(path, path, await FilledInAsync(id, ("explanation", "说得更清楚的解析。"), ("why", "text"))))
        {
        }

        var versions = path.Replace("/edit", "/versions", StringComparison.Ordinal);
        var page = WebUtility.HtmlDecode(await editor.ReadAsync(versions));
        Assert.Contains("<p class=\"mb-2\">“text”</p>", page, StringComparison.Ordinal);
        Assert.Contains("edit-versions · ", page, StringComparison.Ordinal);
        Assert.Contains("<ins>", page, StringComparison.Ordinal);
        using var restored = await editor.SubmitAsync(versions, $"{versions}/{before.Id}/restore");
        Assert.Equal(HttpStatusCode.Found, restored.StatusCode);
        var after = await StoredAsync(id);
        Assert.Equal((before.Number + 2, before.Fork, $"恢复第 {before.Number} 版"), (after.Number, after.Fork, after.Reason));
        Assert.Equal(Read(before.Body).Explanation, Read(after.Body).Explanation);
        // Nobody changes what a version said, the app itself neither
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        foreach (var change in (string[])["update question_version set body = '{}' where id = @Id", "update question_version set reason = 'x' where id = @Id", "delete from question_version where id = @Id", "truncate question_version cascade"])
            Assert.Contains("fixed", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => connection.ExecuteAsync(change, new { before.Id }))).MessageText, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_question_of_every_type_is_a_draft_stored_once()
    {
        var (path, _) = await AnyAsync("flashcard");
        using var editor = await EditorAsync("edit-new");
        var create = $"/banks/{SelfTestBank.Slug}/questions/new";
        foreach (var type in QuestionTypes.All)
        {
            var page = $"{create}?type={type}";
            (string, string)[] fields = [("explanation", "原文这样写。"), ("difficulty", "1"), ("stem", type == "cloze" ? "第一段＿＿＿，分两半。" : $"新写的{type}题？"), ("answer", type == "cloze" ? "第二句" : type == "true_false" ? "true" : "甲一\n乙二\n丙三"), .. Rows(type)];
            var sent = await editor.FillInAsync(page, create, fields);
            using var saved = await editor.PostFormAsync(create, [.. sent]);
            Assert.True(saved.StatusCode == HttpStatusCode.Found, type + WebUtility.HtmlDecode(await saved.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
            using var again = await editor.PostFormAsync(create, [.. sent]);
            Assert.Equal(saved.Headers.Location, again.Headers.Location);
            Assert.Contains("缺依据", WebUtility.HtmlDecode(await editor.ReadAsync(saved.Headers.Location!.ToString())), StringComparison.Ordinal);
        }

        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.Equal(QuestionTypes.All.Count, await connection.QuerySingleAsync<int>("select count(*)::int from question where slug like 'written-%' and status = 'draft' and origin = 'written'"));

        static (string, string)[] Rows(string type) => type switch
        {
            "single_choice" => [("option0", "甲"), ("option1", "乙"), ("correct", "0")],
            "multiple_choice" => [("option0", "甲"), ("option1", "乙"), ("option2", "丙"), ("correct", "0"), ("correct", "1")],
            "matching" => [("left0", "甲"), ("right0", "一"), ("left1", "乙"), ("right1", "二")],
            _ => [],
        };
    }

    [Fact]
    public async Task A_picture_comes_with_the_form_and_is_shown_with_the_question_for_good()
    {
        var (path, id) = await AnyAsync("multiple_choice");
        using var editor = await EditorAsync("edit-picture");
        var file = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
        async Task<HttpResponseMessage> SendAsync(byte[] bytes, params (string, string)[] fields) => await editor.UploadAsync(path, path, "pictureFile", ("map.png", bytes), [.. await FilledInAsync(id), .. fields]);

        using var unsaid = await SendAsync(file);
        Assert.Contains("写一句图片说明", await unsaid.TextAsync(), StringComparison.Ordinal);
        using var refused = await SendAsync("<svg onload=alert(1)>"u8.ToArray(), ("pictureAlt", "一张图"));
        Assert.Contains("这不是能收的图片", await refused.TextAsync(), StringComparison.Ordinal);
        using var cut = await SendAsync(file[..^10], ("pictureAlt", "一张图"));
        Assert.Contains("图片文件不完整", await cut.TextAsync(), StringComparison.Ordinal);
        using (var saved = await SendAsync(file, ("pictureAlt", "一张\u202E**地\0图**"), ("meaning", "same"))) Assert.Equal(HttpStatusCode.Found, saved.StatusCode);
        var picture = Read((await StoredAsync(id)).Body).Picture!;
        Assert.Equal((1, 1, "一张**地图**"), (picture.Width, picture.Height, picture.Alt));

        using var anyone = app.Browser();
        using var shown = await anyone.GetAsync(Picture.PathOf(picture.Hash));
        Assert.Equal(file, await shown.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal("default-src 'none'; frame-ancestors 'none'; sandbox", shown.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal(("image/png", "nosniff"), (shown.Content.Headers.ContentType!.ToString(), shown.Headers.GetValues("X-Content-Type-Options").Single()));
        Assert.Contains("immutable", shown.Headers.GetValues("Cache-Control").Single(), StringComparison.Ordinal);
        using var none = await anyone.GetAsync(Picture.PathOf(new string('0', 64)));
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
        Assert.Contains(picture.Hash, await editor.ReadAsync($"/banks/{SelfTestBank.Slug}/review?q={id}"), StringComparison.Ordinal);
        // and is taken out again
        using (await editor.SubmitAsync(path, path, await FilledInAsync(id, ("pictureGone", "on"), ("meaning", "same"))))
        {
        }

        Assert.Null(Read((await StoredAsync(id)).Body).Picture);
    }

    private static async Task<JsonElement> CheckAsync(TestBrowser editor, string path, (string Name, string Value)[] fields)
    {
        using var answer = await editor.PostFormAsync(path + "/check", [.. await editor.FillInAsync(path, path, fields)]);
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
    }
}
